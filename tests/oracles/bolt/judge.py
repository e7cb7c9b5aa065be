"""Has bots on Slack's own SDKs do in a simulated workspace what bots do.

    python judge.py SERVE python|node http|sockets

SERVE is slack-sim's example `serve`. People act through the workspace's own API; what the SDK's
client refuses or misreads is a mistake of the simulator. Prints each fault; exits 1 on one.
"""

import sys
import time

from workspace import Workspace, wait

BOTS = {"python": [sys.executable, "bot.py"], "node": ["node", "bot.mjs"]}
DOORS = ["http", "sockets"]
STEPS = ["pages", "channels", "messages", "marks", "people", "files", "patience", "ends"]
AYA, KEN = "U0AYASATO", "U0KENMORI"


def main(serve: str, kind: str, door: str) -> int:
    began = time.monotonic()
    failed = 0
    workspace = Workspace(serve, BOTS[kind], door == "sockets")
    # Over sockets the SDK for JavaScript acknowledges events before its listeners see them.
    workspace.refuses = (kind, door) != ("node", "sockets")
    kind = f"{kind}, {door}"
    try:
        for scene in SCENES:
            try:
                scene(workspace)
            except Exception as error:
                failed += 1
                print(f"{kind}: {scene.__name__}: {type(error).__name__}: {error}")
                print(workspace.last_words(), *workspace.heard, sep="\n")
    finally:
        workspace.stop()
    took = time.monotonic() - began
    print(f"{kind}: {len(SCENES) - failed} scenes passed, {failed} failed, {took:.1f} s")
    return 1 if failed else 0


def words(ws: Workspace) -> None:
    """A command's answer, with mentions escaped; one that all hear; three through its url."""
    answer = command(ws, "hello @ken <b>")
    assert answer["ephemeral"]["text"] == "you said hello <@U0KENMORI|ken> &lt;b&gt;", answer
    assert command(ws, "aloud")["ephemeral"] is None
    wait("all hear it", lambda: said(ws, "everybody hears it"))
    command(ws, "later")
    wait("the second", lambda: said(ws, "second"))
    wait("the third in place of the first", lambda: only(ws)[-1]["text"] == "third")
    assert "first" not in [shown["text"] for shown in only(ws)]


def menu(ws: Workspace) -> None:
    """Buttons and menus, answered through their url."""
    shown = command(ws, "menu")["ephemeral"]
    place = {"ephemeral": {"ts": shown["ts"]}}
    assert ws.act(AYA, "select", place=place, what="pick", choice="Red") == "ok"
    picked = ws.hears("picked")
    assert picked["option"] == "red", picked
    assert picked["state"]["menu"]["pick"]["selected_option"]["value"] == "red", picked
    wait("the answer", lambda: only(ws)[-1]["text"] == "picked Red")
    options = ws.act(AYA, "suggest", place=place, what="seek", typed="pay")
    assert [one["text"]["text"] for one in options] == ["found pay"], options
    assert ws.act(AYA, "select", place=place, what="seek", choice="found") == "ok"
    assert ws.hears("sought")["option"] == "found"
    assert ws.act(AYA, "press", place=place, what="Press") == "ok"
    assert ws.hears("pressed") == {"said": "pressed", "value": "7", "user": AYA}
    wait("it is replaced", lambda: any(one["text"] == "pressed" for one in only(ws)))
    assert ws.act(AYA, "press", place=place, what="gone") == "ok"
    wait("it is gone", lambda: all(one["ts"] != shown["ts"] for one in only(ws)))


def form(ws: Workspace) -> None:
    """Field errors, an update, a press in the form, views on top, values of every kind."""
    command(ws, "form")
    view = opened(ws, "What is it?")
    assert view["private_metadata"] == "kept", view
    short = submit(ws, view, {"title": "short"})
    assert short == {"errors": {"title": "Say more"}}, short
    again = submit(ws, view, {"title": "again"})
    assert again["updated"]["body"]["title"]["text"] == "Once more?", again
    ws.act(AYA, "press", place={"view": {"id": view["id"]}}, what="more")
    opened(ws, "What else is it?")
    ws.act(AYA, "press", place={"view": {"id": view["id"]}}, what="deeper")
    opened(ws, "Deeper")
    assert ws.act(AYA, "close_view") is None and opened(ws, "What else is it?")
    assert "pushed" in submit(ws, view, {"title": "deep"})
    assert submit(ws, opened(ws, "Deeper"), {}) == "cleared"
    assert not ws.state(AYA)["modals"]
    command(ws, "form")
    view = opened(ws, "What is it?")
    entries = {"Title": "Checkout", "People": ["@aya", "@ken"], "day": "2026-12-01", "boxes": ["2"]}
    assert submit(ws, view, entries) == "closed"
    sent = {"title": "Checkout", "people": [AYA, KEN], "day": "2026-12-01", "boxes": ["2"]}
    assert ws.hears("sent") == {"said": "sent", **sent}


def shortcuts(ws: Workspace) -> None:
    ws.act(AYA, "global_shortcut", callback_id="begin")
    opened(ws, "A shortcut")
    ws.act(AYA, "close_view")
    ws.hears("closed")
    message = ws.act(AYA, "say", channel="#general", text="the database")
    where = {"channel": message["channel"], "ts": message["ts"]}
    ws.act(KEN, "shortcut", callback_id="look", **where)
    seen = wait("its answer", lambda: said(ws, "I see: the database"))
    assert seen["thread_ts"] == message["ts"], seen


def events(ws: Workspace) -> None:
    """The home tab, a mention, a reaction; a message that is not acknowledged at first."""
    ws.act(AYA, "open_home")
    wait("the home tab", lambda: ws.state(AYA)["home"])
    ws.act(AYA, "invite", channel="#general", people=["@judge"])
    message = ws.act(AYA, "say", channel="#general", text="hey @judge")
    seen = wait("its answer", lambda: said(ws, "you called?"))
    assert seen["thread_ts"] == message["ts"], seen
    where = {"channel": message["channel"], "ts": message["ts"]}
    ws.act(KEN, "react", emoji="eyes", **where)
    assert ws.hears("reacted")["item"] == {"type": "message", **where}
    ws.act(AYA, "say", channel="#general", text="not at first")
    first = ws.hears("delivered")
    assert first["retry"] in (None, "0"), first
    if ws.refuses:
        second = ws.hears("delivered")
        reason = "timeout" if ws.over_sockets else "http_error"
        assert (second["retry"], second["reason"]) == ("1", reason), second
    ws.hears("heard")


def calls(ws: Workspace) -> None:
    """The Web API, step by step; the SDK's own retries meet a 429 and a reset connection."""
    ws.post("faults", {"method": "team.info", "fault": {"rate_limited": 1}, "times": 1})
    ws.post("faults", {"method": "api.test", "fault": "reset_before_apply", "times": 1})
    command(ws, "calls")
    for name in STEPS:
        called = ws.hears("called")
        assert called["step"] == name, called
        assert "error" not in called, called["error"]
    ws.hears("done")
    files = [one for one in ws.state(AYA)["messages"][room(ws)] if one.get("files")]
    titles = [[file["title"] for file in one["files"]] for one in files]
    assert titles == [["report.md"], ["A", "B"]], titles
    assert files[0]["text"] == "Read it", files


def sockets(ws: Workspace) -> None:
    """The SDK opens another socket where one is refreshed."""
    if not ws.over_sockets:
        return
    before = ws.sockets()["opened"]
    ws.post("sockets", {"act": "refresh"})
    wait("another socket", lambda: ws.sockets()["opened"] > before)
    answer = command(ws, "still there")
    assert answer["ephemeral"]["text"] == "you said still there", answer


SCENES = [words, menu, form, shortcuts, events, calls, sockets]


def command(ws: Workspace, text: str) -> dict:
    outcome = ws.act(AYA, "command", channel="#general", line=f"/judge {text}")
    assert outcome["status"] == "ok", outcome
    return outcome


def submit(ws: Workspace, view: dict, entries: dict) -> object:
    return ws.act(AYA, "submit", view=view["id"], entries=entries)


def opened(ws: Workspace, title: str) -> dict:
    def top() -> dict | None:
        views = ws.state(AYA)["modals"]
        return views[-1] if views and views[-1]["title"]["text"] == title else None

    return wait(f"the form {title}", top)


def said(ws: Workspace, text: str) -> dict | None:
    every = [one for many in ws.state(AYA)["messages"].values() for one in many]
    return next((one for one in every if one["text"] == text), None)


def only(ws: Workspace) -> list[dict]:
    return ws.state(AYA)["ephemerals"]


def room(ws: Workspace) -> str:
    channels = ws.state(AYA)["channels"].values()
    return next(one["id"] for one in channels if one["name"] == "judged-2")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in BOTS or sys.argv[3] not in DOORS:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
