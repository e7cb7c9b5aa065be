"""An incident bot on Bolt for Python, with what Iris is compared.

Set: SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, PORT, STORE.
"""

import json
import os
import re
import sqlite3
import threading
import time
from pathlib import Path

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from waitress import serve

HERE = Path(__file__).parent
TEXTS = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
FORM = json.loads((HERE / "form.json").read_text(encoding="utf-8"))

client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
# An event is acknowledged when its listeners are done: a message is committed before.
app = App(
    client=client,
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
    process_before_response=True,
)
db = sqlite3.connect(os.environ["STORE"], check_same_thread=False)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = FULL")
db.executescript((HERE / "schema.sql").read_text(encoding="utf-8"))
storing = threading.Lock()


def store(statement: str, *values: str) -> None:
    with storing, db:
        db.execute(statement, values)


def has_incident(channel: str) -> bool:
    with storing:
        found = db.execute("SELECT 1 FROM incident WHERE channel = ?", (channel,)).fetchone()
    return found is not None


@app.command("/incident")
def incident(ack, command):
    match command.get("text", "").split():
        case ["help"]:
            ack(TEXTS["help"])
        case ["todo", *rest]:
            if not rest or not has_incident(command["channel_id"]):
                ack("Say what to do, in the room of an incident")
                return
            store(
                "INSERT INTO todo (channel, text) VALUES (?, ?)",
                command["channel_id"],
                " ".join(rest),
            )
            ack("Noted")
        case _:
            ack()
            client.views_open(trigger_id=command["trigger_id"], view=FORM)


@app.view("declare")
def submitted(ack, view, body):
    ack()
    values = view["state"]["values"]
    title = values["title"]["said"]["value"]
    severity = values["severity"]["chosen"]["selected_option"]["value"]
    # `process_before_response` would hold back the acknowledgement until the room stands.
    threading.Thread(target=declare, args=(title, severity, body["user"]["id"])).start()


def declare(title: str, severity: str, user: str) -> None:
    room = client.conversations_create(name=room_name(title))["channel"]["id"]
    store("INSERT INTO incident VALUES (?, ?, ?, ?)", room, title, severity, user)
    client.conversations_setTopic(channel=room, topic=f"{severity}: {title}")
    client.conversations_setPurpose(channel=room, purpose=TEXTS["purpose"])
    client.bookmarks_add(channel_id=room, title="Runbook", type="link", link=TEXTS["runbook"])
    users = people([user, *TEXTS["responders"]])
    client.conversations_invite(channel=room, users=users)
    guide = client.chat_postMessage(channel=room, text=TEXTS["guide"])
    client.pins_add(channel=room, timestamp=guide["ts"])
    client.chat_postMessage(channel=TEXTS["announce"], text=f"{severity}: {title}, in <#{room}>")


def people(named: list[str]) -> list[str]:
    found: dict[str, None] = {}
    for one in named:
        if one.startswith("S"):
            found |= dict.fromkeys(client.usergroups_users_list(usergroup=one)["users"])
        elif "@" in one:
            found[client.users_lookupByEmail(email=one)["user"]["id"]] = None
        else:
            found[one] = None
    return list(found)


def room_name(title: str) -> str:
    words = re.sub("[^a-z0-9]+", "-", title.lower())
    return f"inc-{time.time_ns() // 1_000_000:x}-{words}"[:80]


@app.event("message")
def heard(event):
    if "subtype" in event or "bot_id" in event or not has_incident(event["channel"]):
        return
    store(
        "INSERT OR IGNORE INTO timeline VALUES (?, ?, ?, ?)",
        event["channel"],
        event["ts"],
        event["user"],
        event.get("text", ""),
    )


# Bolt's own server is for development: it answers one request at a time.
serve(SlackRequestHandler(app, path="/slack/events"), host="127.0.0.1", port=int(os.environ["PORT"]))
