"""Declares an incident with a real browser in the page of a running `iris demo`.

    python declare.py IRIS      the program to run

Types /incident as a person does, fills the form by its labels, submits it, and reads the room.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from selenium.common.exceptions import NoSuchElementException, WebDriverException
from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

TITLE = "Search answers with nothing"
PATIENCE_SECONDS = 60

QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,1200",
)


def main(program: str) -> None:
    with demo(program) as address, browser() as chrome:
        page = Page(chrome)
        page.open(address)
        page.type_command(f"/incident {TITLE}")
        page.sees("dialog[open]", "Declare an incident")
        page.choose("Product", 1)
        page.tick("SEV2")
        page.submit()
        page.sees("dialog[open]", "is declared")
        page.close_form()
        page.enter_room("search-answers-with-nothing")
        page.sees("#messages", "I'll take it")
        page.press("I'll take it")  # the last of the panel
        page.sees("#messages", "is Operation lead")
    print("browser: an incident was declared, and a lead found")


class Page:
    """The simulated Slack, by what a person sees of it.

    The page draws itself again whenever something happens, so whatever is done is tried until it
    was done to something that still stood there.
    """

    def __init__(self, chrome: Chrome) -> None:
        self.chrome = chrome
        self.wait = WebDriverWait(chrome, PATIENCE_SECONDS, 0.1, [WebDriverException])

    def open(self, address: str) -> None:
        self.chrome.get(address)
        self.enter_room("general")

    def enter_room(self, name: str) -> None:
        self.click("#sidebar", "button", name)

    def type_command(self, line: str) -> None:
        self.done(lambda: self.one("#composer textarea").send_keys(line, Keys.ENTER), line)

    def choose(self, label: str, index: int) -> None:
        def choose() -> None:
            field = self.with_words("dialog", "*[@data-input]", label)
            Select(field.find_element(By.TAG_NAME, "select")).select_by_index(index)

        self.done(choose, f"choose a {label}")

    def tick(self, label: str) -> None:
        self.click("dialog", "label", label)

    def press(self, label: str) -> None:
        self.click("#messages", "button", label)

    def submit(self) -> None:
        self.done(lambda: self.one("dialog #submit").click(), "submit")

    def close_form(self) -> None:
        self.done(lambda: self.one("dialog header button").click(), "close the form")
        gone = lambda chrome: not chrome.find_elements(By.CSS_SELECTOR, "dialog[open]")
        self.wait.until(gone, "the form stays open")

    def click(self, where: str, tag: str, words: str) -> None:
        self.done(lambda: self.with_words(where, tag, words).click(), f"click {words} in {where}")

    def sees(self, where: str, words: str) -> None:
        self.wait.until(lambda _: words in self.one(where).text, f"no `{words}` in {where}")

    def done(self, act: Callable[[], None], what: str) -> None:
        self.wait.until(lambda _: act() is None, f"cannot: {what}")

    def one(self, selector: str) -> WebElement:
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def with_words(self, where: str, tag: str, words: str) -> WebElement:
        """The newest element that contains these words."""
        path = f'.//{tag}[contains(normalize-space(.), "{words}")]'
        found = self.one(where).find_elements(By.XPATH, path)
        if not found:
            raise NoSuchElementException(path)
        return found[-1]


@contextmanager
def demo(program: str) -> Iterator[str]:
    """Runs the demo; its page's address once its own incident is over."""
    with subprocess.Popen([program, "demo"], stdout=subprocess.PIPE, text=True) as process:
        try:
            address, lines = None, []
            for line in process.stdout:
                lines.append(line)
                if said := re.match(r"The simulated Slack: +(\S+)", line):
                    address = said[1]
                if "Now it is yours" in line:
                    break
            else:
                sys.exit("".join(lines[-30:]) + "the demo ended before it was a person's turn")
            yield address
        finally:
            process.terminate()
            process.stdout.read()


@contextmanager
def browser() -> Iterator[Chrome]:
    with tempfile.TemporaryDirectory(prefix="iris-browser-") as profile:
        options = ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in (*QUIET, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        chrome = Chrome(options, Service("/usr/bin/chromedriver"))
        try:
            yield chrome
        finally:
            chrome.quit()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
