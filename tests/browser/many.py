"""A channel of 5,000 messages scrolls and changes without a stall."""

import json
from http.client import HTTPConnection
from urllib.parse import urlparse

from page import MESSAGES, Page, said

MANY = 5_000
NEWS = 20
#: What the page may compute for one frame or one message, in milliseconds of its own thread: so the
#: figure says something of the page and not of who else is at work on the machine.
STALL = 50

SCROLL = """
const done = arguments[arguments.length - 1];
const stream = document.querySelector("#messages");
let most = 0;
let frames = 0;
const up = () => {
  frames += 1;
  most = Math.max(most, stream.querySelectorAll(".message").length);
  if (stream.scrollTop === 0 && stream.querySelector(".beginning")) return done([most, frames]);
  stream.scrollTop -= 2000;
  requestAnimationFrame(up);
};
up();
"""


def scrolls(page: Page, address: str) -> str:
    """Says what a frame cost while scrolling, and a message while it came."""
    speak(address, MANY, "Line")
    page.open(address)
    page.enter("leads")
    page.sees(MESSAGES, f"Line {MANY}")
    chrome = page.chrome
    chrome.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    chrome.set_script_timeout(60)
    before = computed(page)
    most, frames = chrome.execute_async_script(SCROLL)
    frame = (computed(page) - before) / frames
    assert most < 500, f"{most} messages are drawn at once"
    assert said(page.one(f"{MESSAGES} .message .text")) == "Line 1", "the first message is not reached"
    before = computed(page)
    speak(address, NEWS, "News")
    page.click("#messages .below")  # up there, what is new is only announced
    page.sees(MESSAGES, f"News {NEWS}")
    message = (computed(page) - before) / NEWS
    assert frame < STALL, f"a frame costs {frame:.0f} ms while scrolling"
    assert message < STALL, f"a new message costs {message:.0f} ms"
    page.shows_no_errors()
    return f"{MANY} messages: {frame:.0f} ms a frame while scrolling, {message:.0f} ms a new message"


def computed(page: Page) -> float:
    """What the page's thread has computed so far, in milliseconds."""
    metrics = page.chrome.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return 1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def speak(address: str, many: int, words: str) -> None:
    """Somebody says so many lines in #leads."""
    connection = HTTPConnection(urlparse(address).netloc)
    for number in range(1, many + 1):
        act = {"act": "say", "channel": "#leads", "text": f"{words} {number}", "thread_ts": None}
        connection.request("POST", "/sim/as/U0CTO", json.dumps(act), {"content-type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
