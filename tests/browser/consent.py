"""Slack's page that asks whether an app may be installed: pressed in a real browser."""

from urllib.parse import parse_qs, urlencode, urlparse

from selenium.webdriver.support.select import Select

from page import Page


def settings(app: str) -> str:
    """A workspace into which the app is not installed yet; it is led back to `app`."""
    return f'listen = "127.0.0.1:0"\nbot_token = ""\n[oauth]\nredirect_urls = ["{app}"]\n'


def pressed(page: Page, address: str, app: str) -> None:
    asked = {"client_id": "1000.2000", "scope": "chat:write,commands", "redirect_uri": app, "state": "s1"}
    cancelled = answer(page, address, asked, "Cancel")
    assert cancelled == {"error": ["access_denied"], "state": ["s1"]}, cancelled
    allowed = answer(page, address, asked, "Allow")
    assert allowed.keys() == {"code", "state"}, allowed


def answer(page: Page, address: str, asked: dict[str, str], label: str) -> dict[str, list[str]]:
    """Presses this button as Ken; what the app is given."""
    page.chrome.get(f"{address}oauth/v2/authorize?{urlencode(asked)}")
    page.sees("main ul", "chat:write")
    page.shows_no_errors()
    Select(page.one("#who")).select_by_visible_text("Ken Mori")
    page.click("main button", label)
    back = asked["redirect_uri"]
    page.until(lambda: page.chrome.current_url.startswith(back), "it does not lead back to the app")
    return parse_qs(urlparse(page.chrome.current_url).query)
