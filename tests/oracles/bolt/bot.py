"""A bot on Slack's Python SDK: what it makes of a workspace, it prints as a JSON object a line.

Set: SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, PORT; for Socket Mode SLACK_APP_TOKEN.
"""

import json
import os
import threading

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

import calls
import views

client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])
said = threading.Lock()
over_sockets = "SLACK_APP_TOKEN" in os.environ


def say(what: str, **more: object) -> None:
    with said:
        print(json.dumps({"said": what, **more}), flush=True)


@app.middleware
def once(req, next):
    """The first delivery of this message is not acknowledged."""
    event = req.body.get("event", {})
    number = req.headers.get("x-slack-retry-num", [None])[0]
    if event.get("text") == "not at first":
        say("delivered", retry=number, reason=req.headers.get("x-slack-retry-reason", [None])[0])
        # Sockets count from 0.
        if number in (None, "0"):
            return BoltResponse(status=500, body="")
    return next()


@app.command("/judge")
def judge(ack, command, respond):
    match command["text"].split():
        case ["form"]:
            ack()
            client.views_open(trigger_id=command["trigger_id"], view=views.form("What is it?"))
        case ["menu"]:
            ack(text="A menu", blocks=views.menu())
        case ["aloud"]:
            ack(response_type="in_channel", text="everybody hears it")
        case ["later"]:
            ack()
            respond(text="first")
            respond(text="second", response_type="in_channel")
            respond(text="third", replace_original=True)
        case ["calls"]:
            ack("I call")
            threading.Thread(target=call, args=(command["channel_id"], command["user_id"])).start()
        case _:
            ack(f"you said {command['text']}")


def call(channel: str, user: str) -> None:
    for name, step in calls.steps(client, channel, user).items():
        try:
            step()
            say("called", step=name)
        except Exception as error:
            say("called", step=name, error=f"{type(error).__name__}: {error}")
    say("done")


@app.action("press")
def pressed(ack, body, respond, action):
    ack()
    say("pressed", value=action["value"], user=body["user"]["id"])
    respond(replace_original=True, text="pressed", blocks=views.menu("pressed"))


@app.action("gone")
def gone(ack, respond):
    ack()
    respond(delete_original=True)


@app.action("pick")
def picked(ack, action, body, respond):
    ack()
    say("picked", option=action["selected_option"]["value"], state=body["state"]["values"])
    respond(replace_original=False, text=f"picked {action['selected_option']['text']['text']}")


@app.options("seek")
def sought(ack, payload):
    ack(options=[views.option(f"found {payload['value']}", "found")])


@app.action("seek")
def found(ack, action):
    ack()
    say("sought", option=action["selected_option"]["value"])


@app.action("more")
def more(ack, body):
    ack()
    view = body["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=views.form("What else is it?"))


@app.action("deeper")
def deeper(ack, body):
    ack()
    client.views_push(trigger_id=body["trigger_id"], view=views.deeper())


@app.view("form")
def submitted(ack, view, body):
    values = view["state"]["values"]
    title = values["title"]["said"]["value"]
    if title == "short":
        ack(response_action="errors", errors={"title": "Say more"})
    elif title == "again":
        ack(response_action="update", view=views.form("Once more?"))
    elif title == "deep":
        ack(response_action="push", view=views.deeper())
    else:
        ack()
        people = values["people"]["chosen"]["selected_users"]
        day = values["day"]["chosen"]["selected_date"]
        boxes = [box["value"] for box in values["boxes"]["chosen"]["selected_options"]]
        say("sent", title=title, people=people, day=day, boxes=boxes)


@app.view("deeper")
def deep(ack):
    ack(response_action="clear")


@app.view_closed("form")
def closed(ack):
    ack()
    say("closed")


@app.shortcut("begin")
def begun(ack, shortcut):
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=views.form("A shortcut"))


@app.shortcut("look")
def looked(ack, shortcut, say):
    ack()
    say(text=f"I see: {shortcut['message']['text']}", thread_ts=shortcut["message"]["ts"])


@app.event("app_home_opened")
def home(event):
    client.views_publish(user_id=event["user"], view=views.home())


@app.event("app_mention")
def mentioned(event, say):
    say(text="you called?", thread_ts=event["ts"])


@app.event("reaction_added")
def reacted(event):
    say("reacted", reaction=event["reaction"], item=event["item"])


@app.event("message")
def heard(event):
    if event.get("text") == "not at first":
        say("heard")


if over_sockets:
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
else:
    app.start(port=int(os.environ["PORT"]))
