"""Has a peer handle one declaration in a simulated workspace, and checks what stands there.

    python drive.py SERVE python|node

SERVE is slack-sim's example `serve`. Prints the calls of the declaration, and how many round trips
of 100 ms they took; exits 1 on a fault.
"""

import os
import sqlite3
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "oracles" / "bolt"))

from workspace import Workspace, wait  # noqa: E402

BOTS = {"python": [sys.executable, "bot.py"], "node": ["node", "bot.mjs"]}
AYA = "U0AYA"
LATENCY_MS = 100
CALLS = [
    "conversations.create",
    "conversations.setTopic",
    "conversations.setPurpose",
    "bookmarks.add",
    "usergroups.users.list",
    "users.lookupByEmail",
    "conversations.invite",
    "chat.postMessage",
    "pins.add",
    "chat.postMessage",
]


def main(serve: str, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STORE"] = str(Path(folder) / "peer.db")
        workspace = Workspace(serve, BOTS[kind], False, HERE)
        try:
            drive(workspace, kind)
        except Exception:
            print(workspace.last_words())
            raise
        finally:
            workspace.stop()


def drive(ws: Workspace, kind: str) -> None:
    helped = ws.act(AYA, "command", channel="#general", line="/incident help")
    assert "/incident todo" in helped["ephemeral"]["text"], helped
    ws.act(AYA, "command", channel="#general", line="/incident")
    view = wait("the form", lambda: ws.state(AYA)["modals"])[-1]
    before = len(ws.get("calls"))
    latency(ws, LATENCY_MS)
    ws.act(AYA, "submit", view=view["id"], entries={"Title": "Checkout fails", "severity": "sev1"})
    calls = wait("the announcement", lambda: declared(ws, before))
    latency(ws, 0)
    assert [one["method"] for one in calls] == CALLS, calls
    refused = [one for one in calls if not one["answer"]["ok"]]
    assert not refused, refused
    room = stands(ws)
    keeps(ws, room)
    refuses(ws, room)
    trips = (calls[-1]["began"] + calls[-1]["took"] - calls[0]["began"]) / 1000 / LATENCY_MS
    print(f"{kind}: {len(calls)} calls, {trips:.1f} round trips from the first to the last answer")


def latency(ws: Workspace, milliseconds: int) -> None:
    ws.post("levers", {"latency_ms": milliseconds, "rate_limits": False})


def declared(ws: Workspace, before: int) -> list[dict] | None:
    calls = ws.get("calls")[before:]
    return calls if len(calls) >= len(CALLS) else None


def stands(ws: Workspace) -> str:
    """The room has its topic, its guide and its people; #ops has heard. The room's id."""
    state = ws.state(AYA)
    room = next(one for one in state["channels"].values() if one["name"].startswith("inc-"))
    assert room["topic"] == "sev1: Checkout fails", room
    assert {AYA, "U0KEN", "U0LEAD", "U0CTO"} <= set(room["members"]), room
    assert any("take a role" in one["text"] for one in state["messages"][room["id"]]), state
    assert any(room["id"] in one["text"] for one in state["messages"]["C0OPS"]), state
    return room["id"]


def keeps(ws: Workspace, room: str) -> None:
    """A todo and a message of the room are in the store."""
    ws.act(AYA, "command", channel=room, line="/incident todo call the bank")
    ws.act(AYA, "say", channel=room, text="the database is full")
    rows = "SELECT text FROM todo UNION ALL SELECT text FROM timeline"
    wait("both are stored", lambda: stored(rows) == ["call the bank", "the database is full"])


def refuses(ws: Workspace, room: str) -> None:
    """A message that cannot be stored is not acknowledged."""
    store = sqlite3.connect(os.environ["STORE"])
    store.execute("DROP TABLE timeline")
    store.close()
    before = len(ws.get("deliveries"))
    ws.act(AYA, "say", channel=room, text="nowhere to go")
    delivery = wait("it is delivered", lambda: ws.get("deliveries")[before:])[0]
    assert delivery["reached"]["answered"]["status"] == 500, delivery


def stored(query: str) -> list[str]:
    store = sqlite3.connect(os.environ["STORE"])
    try:
        return [text for (text,) in store.execute(query)]
    finally:
        store.close()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[2] not in BOTS:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
