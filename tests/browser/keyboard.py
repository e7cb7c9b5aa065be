"""Declaring an incident without a pointer: focus goes where a person expects it."""

from selenium.webdriver import Keys

from page import FORM, MESSAGES, Page


def declared_by_keyboard(page: Page, address: str) -> None:
    page.open(address)
    page.enter("general")
    page.until(lambda: page.one("#composer textarea"), "no composer")
    page.keys(Keys.ESCAPE)  # from anywhere to where one types
    page.until(lambda: focus(page, "tagName") == "TEXTAREA", "Escape does not lead to the composer")
    page.keys("/inc")
    page.sees(".complete", "/incident")
    page.keys(Keys.ENTER, "Mail arrives late", Keys.ENTER)
    page.sees(FORM, "Declare an incident")
    page.until(lambda: focus(page, "value") == "Mail arrives late", "the first field has no focus")
    page.keys(Keys.TAB)
    page.until(lambda: focus(page, "tagName") == "SELECT", "the product does not come next")
    page.keys(Keys.ARROW_DOWN, Keys.TAB, Keys.ARROW_DOWN)
    page.until(lambda: focus(page, "type") == "radio", "the severity does not come next")
    page.keys(Keys.ENTER)  # sends the form from any of its fields
    page.sees(FORM, "is declared")
    page.keys(Keys.ESCAPE)
    page.until(lambda: not page.chrome.find_elements("css selector", FORM), "Escape does not close the form")
    page.enter("mail-arrives-late")
    page.sees(MESSAGES, "I'll take it")
    menu_by_keyboard(page)
    page.shows_no_errors()


def menu_by_keyboard(page: Page) -> None:
    """From the composer up to a message, into its menu, and out again."""
    page.keys(Keys.ESCAPE)
    page.until(lambda: focus(page, "tagName") == "TEXTAREA", "Escape does not lead to the composer")
    page.keys("Who is on it?", Keys.ENTER)
    page.sees(MESSAGES, "Who is on it?")
    page.until(lambda: focus(page, "value") == "", "the line stays")
    page.keys(Keys.ARROW_UP)
    page.until(lambda: "message" in focus(page, "className"), "the arrow key does not reach a message")
    page.until(lambda: page.one(".message:focus .tools"), "the message shows no tools")
    for _ in range(8):
        if not focus(page, "title").startswith("More"):
            page.keys(Keys.TAB)
    page.keys(Keys.ENTER)
    page.until(lambda: focus(page, "role") == "menuitem", "the menu has no focus")
    first = focus(page, "textContent")
    page.keys(Keys.ARROW_DOWN)
    page.until(lambda: focus(page, "textContent") != first, "arrow keys do not move in the menu")
    page.keys(Keys.ESCAPE)
    page.until(lambda: not page.chrome.find_elements("css selector", "[role=menu]"), "Escape does not close the menu")


def focus(page: Page, what: str) -> str:
    return page.chrome.execute_script(f"return document.activeElement.{what}") or ""
