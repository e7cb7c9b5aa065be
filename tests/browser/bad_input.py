"""Apps that never answer, or answer in a circle: people see what Slack would show, nothing hangs."""

from http.client import HTTPConnection
from urllib.parse import urlparse

from page import BESIDE, MESSAGES, Page


def silent(page: Page, address: str) -> None:
    page.open(address)
    page.enter("general")
    page.say("/incident help")
    page.sees(MESSAGES, '/incident failed with the error "operation_timeout"')
    page.say("still here")
    page.sees(MESSAGES, "still here")
    page.beside("log")
    page.sees(BESIDE, "operation_timeout")


def circle(page: Page, address: str) -> None:
    page.open(address)
    page.enter("general")
    page.say("/incident help")
    page.sees(MESSAGES, '/incident failed with the error "dispatch_failed"')
    page.beside("log")
    page.sees(BESIDE, "too_many_redirects")


def mistakes(page: Page, address: str) -> None:
    """What an app asks for wrongly stands in the list with Slack's code."""
    connection = HTTPConnection(urlparse(address).netloc)
    for method, token in [("no.such.method", "xoxb-simulated-workspace"), ("auth.test", "xoxb-wrong")]:
        connection.request("POST", f"/api/{method}", headers={"authorization": f"Bearer {token}"})
        connection.getresponse().read()
    page.sees(BESIDE, "unknown_method")
    page.sees(BESIDE, "invalid_auth")
    page.shows_no_errors()
    page.chrome.get(f"{address}?as=U0NOBODY")
    page.sees(MESSAGES, "There is nobody of this name here.")
    page.click(f"{MESSAGES} a")
    page.sees("#header h2", "general")
    page.shows_no_errors()
