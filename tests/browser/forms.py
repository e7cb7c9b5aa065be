"""A form with every kind of input: what the person sees, and what the app is told."""

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen

from selenium.webdriver import Keys

from page import FORM, Page


class App(ThreadingHTTPServer):
    """Opens the form at `/kinds`; refuses it the first time; keeps what was sent."""

    daemon_threads = True
    api = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.sent: list[dict] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/slack/events"

    def call(self, method: str, **arguments: object) -> None:
        written = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
        request = Request(f"{self.api}api/{method}", urlencode(written).encode())
        request.add_header("authorization", "Bearer xoxb-simulated-workspace")
        answer = json.load(urlopen(request))
        assert answer["ok"], answer


class Answers(BaseHTTPRequestHandler):
    server: App

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        fields = parse_qs(body)
        if "command" in fields:
            self.server.call("views.open", trigger_id=fields["trigger_id"][0], view=form())
            self.answer("")
        elif "payload" in fields:
            self.answer(self.interaction(json.loads(fields["payload"][0])))
        else:
            self.answer("")

    def interaction(self, payload: dict) -> object:
        if payload["type"] == "block_suggestion":
            fruits = [option(name) for name in ("Apple", "Apricot", "Banana") if payload["value"].lower() in name.lower()]
            return {"options": fruits}
        if payload["type"] == "block_actions":
            if payload["actions"][0]["action_id"] == "more":
                view = form(more=True)
                self.server.call("views.update", view_id=payload["view"]["id"], view=view)
            return ""
        self.server.sent.append(payload["view"]["state"]["values"])
        if len(self.server.sent) == 1:
            return {"response_action": "errors", "errors": {"text": "Say more."}}
        if len(self.server.sent) == 2:
            return {"response_action": "push", "view": note("Really?", submit="Yes")}
        return {"response_action": "clear"}

    def answer(self, body: object) -> None:
        written = (json.dumps(body) if body else "").encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def app() -> Iterator[App]:
    server = App()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()


def settings(server: App) -> str:
    return f'''
listen = "127.0.0.1:0"
app_url = "{server.url}"
commands = [{{ command = "/kinds" }}]
'''


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict:
    return {"text": plain(text), "value": text.lower()}


def field(name: str, kind: str, **more: object) -> dict:
    given = {key: more.pop(key) for key in ("hint", "optional", "dispatch_action") if key in more}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(name.capitalize()),
        "element": {"type": kind, "action_id": "v", **more},
        **given,
    }


def note(text: str, **buttons: str) -> dict:
    blocks = [{"type": "section", "text": plain(text)}]
    return {"type": "modal", "title": plain("Sure"), "blocks": blocks, **{name: plain(label) for name, label in buttons.items()}}


def form(more: bool = False) -> dict:
    colours = [option("Red"), option("Green"), option("Blue")]
    groups = [{"label": plain("Warm"), "options": colours[:1]}, {"label": plain("Cold"), "options": colours[1:]}]
    confirm = {"title": plain("More fields?"), "text": plain("There are many already."), "confirm": plain("Add"), "deny": plain("Leave")}
    button = {"type": "button", "action_id": "more", "text": plain("More"), "confirm": confirm}
    blocks = [
        field("text", "plain_text_input", hint=plain("In your own words"), placeholder=plain("Words")),
        field("long", "plain_text_input", multiline=True, initial_value="First line"),
        field("group", "static_select", option_groups=groups),
        field("several", "multi_static_select", options=colours),
        field("fruit", "external_select", min_query_length=2),
        field("person", "users_select"),
        field("people", "multi_users_select"),
        field("place", "conversations_select"),
        field("channel", "channels_select"),
        field("radio", "radio_buttons", options=colours),
        field("boxes", "checkboxes", options=colours, optional=True),
        field("day", "datepicker", initial_date="2026-12-01"),
        field("time", "timepicker", initial_time="14:05"),
        field("moment", "datetimepicker", initial_date_time=1_796_101_500),
        field("number", "number_input", is_decimal_allowed=False, min_value="1"),
        field("mail", "email_text_input"),
        field("address", "url_text_input"),
        field("rich", "rich_text_input"),
        field("files", "file_input", filetypes=["txt"]),
        {"type": "actions", "block_id": "buttons", "elements": [button]},
    ]
    if more:
        blocks.append(field("added", "plain_text_input", optional=True))
    return {"type": "modal", "title": plain("Every kind"), "submit": plain("Send"), "close": plain("Cancel"), "blocks": blocks}


def filled(page: Page, address: str, server: App) -> None:
    server.api = address
    page.open(f"{address}?as=U0AYASATO")
    page.enter("general")
    page.say("/kinds")
    page.sees(FORM, "Every kind")
    page.click("#submit")
    page.sees(f"{FORM} [data-input=text]", "Please complete this required field.")
    page.done(lambda: page.one(f"{FORM} [data-input=text] input").send_keys("Hello"), "type")
    page.done(lambda: page.one(f"{FORM} [data-input=long] textarea").send_keys(Keys.ENTER, "Second line"), "type")
    page.click(f"{FORM} [data-input=group] option[value=blue]")
    pick(page, "several", "Red", "Green")
    pick(page, "fruit", "Apricot", typed="ap")
    pick(page, "person", "Ken Mori")
    pick(page, "people", "Yui Tanaka", "佐藤 花子")
    pick(page, "place", "#ops")
    pick(page, "channel", "#general")
    page.click(f"{FORM} [data-input=radio] .choice", "Green")
    page.click(f"{FORM} [data-input=boxes] .choice", "Blue")

    for name, typed in (("number", "42"), ("mail", "lead@acme.example"), ("address", "https://acme.example/run")):
        page.done(lambda: page.one(f"{FORM} [data-input={name}] input").send_keys(typed), f"type {typed}")
    page.done(lambda: page.one(f"{FORM} [data-input=rich] textarea").send_keys("It is the cache"), "type")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("a line of the log")
        file.flush()
        page.done(lambda: page.one(f"{FORM} [data-input=files] input").send_keys(file.name), "choose the file")
        page.until(lambda: page.one(f"{FORM} [data-input=files] [data-uploaded='1']"), "the file is not uploaded")
    change(page, "day", "2026-12-24")
    change(page, "time", "09:30")
    page.click(f"{FORM} .b-actions button", "More")
    page.sees("dialog.ask", "There are many already.")
    page.click("dialog.ask .button", "Add")
    page.sees(FORM, "Added")  # and what was typed is still there
    page.click("#submit")
    page.sees(f"{FORM} [data-input=text]", "Say more.")
    page.done(lambda: page.one(f"{FORM} [data-input=text] input").send_keys(", all"), "type")
    page.click("#submit")
    page.sees(FORM, "Really?")
    page.click("#modal [aria-label=Back]")
    page.sees(FORM, "Every kind")
    page.click("#submit")
    page.until(lambda: not page.chrome.find_elements("css selector", FORM), "the forms stay open")
    told(server.sent[1])
    page.shows_no_errors()


def pick(page: Page, name: str, *labels: str, typed: str = "") -> None:
    page.click(f"{FORM} [data-input={name}] .picker")
    if typed:
        page.done(lambda: page.one(".picker-sheet input").send_keys(typed), f"search {typed}")
    for label in labels:
        page.click(".picker-sheet [role=option]", label)
    if len(labels) > 1:
        page.keys(Keys.ESCAPE)
    page.until(lambda: not page.chrome.find_elements("css selector", ".picker-sheet"), "the list stays open")
    page.sees(f"{FORM} [data-input={name}]", labels[-1])


def change(page: Page, name: str, value: str) -> None:
    """As a date's own calendar or clock does: how one types into it depends on the language."""
    page.chrome.execute_script(
        "const input = document.querySelector(arguments[0]); input.value = arguments[1];"
        "for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }));",
        f"{FORM} [data-input={name}] input",
        value,
    )


def told(values: dict) -> None:
    """What the app was told, input by input."""

    def value(name: str) -> object:
        state = values[name]["v"]
        chosen = next(state[key] for key in state if key == "value" or key.startswith("selected_"))
        if isinstance(chosen, list):
            return [one["value"] if isinstance(one, dict) else one for one in chosen]
        return chosen["value"] if isinstance(chosen, dict) else chosen

    expected = {
        "text": "Hello, all",
        "long": "First line\nSecond line",
        "group": "blue",
        "several": ["red", "green"],
        "fruit": "apricot",
        "person": "U0KENMORI",
        "people": ["U0YUITANA", "U0HANAKO"],
        "place": "C0OPS",
        "channel": "C0GENERAL",
        "radio": "green",
        "boxes": ["blue"],
        "day": "2026-12-24",
        "time": "09:30",
        "moment": 1_796_101_500,
        "number": "42",
        "mail": "lead@acme.example",
        "address": "https://acme.example/run",
        "added": None,
    }
    found = {name: value(name) for name in expected}
    assert found == expected, found
    words = values["rich"]["v"]["rich_text_value"]["elements"][0]["elements"]
    assert words == [{"type": "text", "text": "It is the cache"}], words
    [file] = values["files"]["v"]["files"]
    assert (file["mimetype"], file["size"], file["user"]) == ("text/plain", 17, "U0AYASATO"), file
