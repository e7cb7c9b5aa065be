"""The simulated Slack's page, by what a person sees of it and does with it.

The page draws itself again whenever something happens, so whatever is done is tried until it was
done to something that still stood there.
"""

from collections.abc import Callable

from selenium.common.exceptions import NoSuchElementException, WebDriverException
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE_SECONDS = 40
MESSAGES, FORM, SIDEBAR, BESIDE = "#messages", "#modal[open]", "#sidebar", "#beside"


class Page:
    """One window, as one person."""

    def __init__(self, chrome: Chrome) -> None:
        self.chrome = chrome
        self.wait = WebDriverWait(chrome, PATIENCE_SECONDS, 0.05, [WebDriverException])

    def open(self, address: str) -> None:
        self.chrome.get(address)
        self.until(lambda: self.one("#header h2"), "the page does not appear")

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    # Places

    def enter(self, name: str) -> None:
        """Opens a channel, from the sidebar or, where it is narrow, from what slides in."""
        self.show_sidebar()
        self.click(f"{SIDEBAR} .place", name)
        self.until(lambda: name in self.one("#header h2").text, f"#{name} does not open")

    def become(self, handle: str) -> None:
        self.show_sidebar()
        self.click(f"{SIDEBAR} [data-person={handle}]")
        self.until(lambda: self.one(f"{SIDEBAR} [data-person={handle}][aria-current]"), f"not {handle}")

    def show_sidebar(self) -> None:
        menu = self.chrome.find_elements(By.CSS_SELECTOR, "#header .title > .only-narrow")
        if menu and menu[0].is_displayed():
            self.done(lambda: self.one("#header .title > .only-narrow").click(), "open the sidebar")

    def beside(self, tab: str) -> None:
        if not self.one(BESIDE).is_displayed():
            self.click("#open-beside")
        self.click(f"#tab-{tab}")

    # Talking

    def say(self, line: str) -> None:
        self.done(lambda: self.one("#composer textarea").send_keys(line, Keys.ENTER), line)

    def react(self, words: str, emoji: str) -> None:
        def react() -> None:
            message = self.found(f"{MESSAGES} .message", words)
            ActionChains(self.chrome).move_to_element(message.find_element(By.CSS_SELECTOR, ".body")).perform()
            message.find_element(By.CSS_SELECTOR, f".tools [title=':{emoji}:']").click()

        self.done(react, f"react {emoji} to {words}")

    def press(self, label: str, where: str = MESSAGES) -> None:
        self.click(f"{where} .blocks button", label)

    # Forms

    def choose(self, label: str, index: int) -> None:
        def choose() -> None:
            field = self.found(f"{FORM} [data-input]", label)
            Select(field.find_element(By.TAG_NAME, "select")).select_by_index(index)

        self.done(choose, f"choose a {label}")

    def tick(self, label: str) -> None:
        self.click(f"{FORM} .choice", label)

    def submit(self) -> None:
        self.click("#submit")

    def close_form(self) -> None:
        self.click("#modal header button:last-child")
        self.until(lambda: not self.chrome.find_elements(By.CSS_SELECTOR, FORM), "the form stays open")

    # Seeing and doing

    def sees(self, where: str, words: str) -> None:
        self.until(lambda: words in said(self.one(where)), f"no `{words}` in {where}")

    def sees_no(self, where: str, words: str) -> None:
        self.until(lambda: words not in said(self.one(where)), f"`{words}` stays in {where}")

    def click(self, selector: str, words: str = "") -> None:
        self.done(lambda: self.found(selector, words).click(), f"click {words} {selector}")

    def done(self, act: Callable[[], object], what: str) -> None:
        self.until(lambda: act() is None, f"cannot: {what}")

    def until(self, holds: Callable[[], object], what: str) -> None:
        self.wait.until(lambda _: holds(), f"{what}\n{self.chrome.current_url}")

    def keys(self, *keys: str) -> None:
        ActionChains(self.chrome).send_keys(*keys).perform()

    def one(self, selector: str) -> WebElement:
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def found(self, selector: str, words: str = "") -> WebElement:
        """The last element that fits and contains these words."""
        every = self.chrome.find_elements(By.CSS_SELECTOR, selector)
        for element in reversed(every):
            if words in said(element):
                return element
        raise NoSuchElementException(f"{selector} with `{words}`")

    def shows_no_errors(self) -> None:
        """Nothing went wrong in the page's own program, and nothing sticks out of its window."""
        severe = [entry["message"] for entry in self.chrome.get_log("browser") if entry["level"] == "SEVERE"]
        # What the workspace refuses is an answer, not a mistake of the page.
        mistakes = [message for message in severe if "status of 4" not in message]
        assert not mistakes, mistakes
        wide = self.chrome.execute_script("return document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"the page is {wide} pixels wider than its window"


def said(element: WebElement) -> str:
    """Its words, those too that one would have to scroll to."""
    return element.get_property("textContent")
