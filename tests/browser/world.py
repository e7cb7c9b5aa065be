"""What the tests run: the demo, the simulated Slack alone, a browser, a bot that misbehaves."""

import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,1000",
)


@contextmanager
def demo(program: str) -> Iterator[str]:
    """Runs the demo; its page's address once its own incident is over."""
    with running(program, "demo") as (process, said):
        for line in process.stdout:
            said.append(line)
            if "Now it is yours" in line:
                break
        else:
            sys.exit("".join(said[-30:]) + "the demo ended before it was a person's turn")
        yield address_in(said)


@contextmanager
def sim(program: str, settings: str) -> Iterator[str]:
    """Runs the simulated Slack alone; its page's address."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write(settings)
        file.flush()
        with running(program, "sim", "--config", file.name) as (process, said):
            for line in process.stdout:
                said.append(line)
                if line.startswith("SLACK_SIGNING_SECRET"):
                    break
            yield address_in(said)


@contextmanager
def running(*command: str) -> Iterator[tuple[subprocess.Popen, list[str]]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, []
        finally:
            process.terminate()
            process.stdout.read()


def address_in(said: list[str]) -> str:
    found = re.search(r"The simulated Slack: +(\S+)", "".join(said))
    assert found, "".join(said)
    return found[1]


@contextmanager
def browser(language: str = "en-GB") -> Iterator[Chrome]:
    with tempfile.TemporaryDirectory(prefix="iris-browser-") as profile:
        options = ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in (*QUIET, f"--lang={language}", f"--user-data-dir={profile}"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        chrome = Chrome(options, Service("/usr/bin/chromedriver"))
        try:
            yield chrome
        finally:
            chrome.quit()


@contextmanager
def bot(kind: str) -> Iterator[str]:
    """An app that never answers (`silent`), answers nothing (`empty`) or leads in a circle (`circle`)."""
    over = threading.Event()

    class Bot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if kind == "silent":
                over.wait(20)
                return
            if kind == "empty":
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()
                return
            self.send_response(302)
            self.send_header("location", self.path)
            self.send_header("content-length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bot)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/slack/events"
    finally:
        over.set()
        server.shutdown()
