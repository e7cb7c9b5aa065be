"""What Iris calls. It gathers facts; `draft` writes them down."""

import json
import traceback

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports import handler
from wit_world.imports import config, facts, log, messages, types

import draft
from texts import Texts

SETTINGS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "template": {"type": "string", "description": "Markdown with {placeholders}; see README.md"},
    },
}
# The most that one answer holds.
PAGE = 1_000


class Handler(exports.Handler):
    def describe(self, locale: str) -> handler.Descriptor:
        texts = Texts(locale)
        word = handler.Word("postmortem", "", texts["word"], handler.Reach.ROOM)
        return handler.Descriptor(
            name="postmortem",
            version="0.1.0",
            sentence=texts["sentence"],
            events=["status-changed"],
            words=[word],
            shortcuts=[],
            fields=[],
            capabilities=["messages"],
            slack_methods=[],
            http_hosts=[],
            settings=json.dumps(SETTINGS),
            more="{}",
        )

    def handle(self, event: handler.Event) -> None:
        try:
            handle(event.what)
        except Err:
            raise
        except Exception as error:
            # With the place where it happened, instead of a trap without one.
            where = traceback.format_exc(limit=-3)
            raise Err(handler.Failure_Bug(f"{error}\n{where}")) from error


def handle(what: handler.Happening) -> None:
    match what:
        case handler.Happening_StatusChanged(change) if change.now == "resolved":
            write(asked=False)
        case handler.Happening_Command():
            write(asked=True)
        case _:
            pass


def write(asked: bool) -> None:
    """Puts the draft into the room."""
    incident = facts.this_incident()
    if incident is None:
        return
    texts = Texts(facts.this_team().locale)
    template = json.loads(config.get()).get("template") or texts["template"]
    try:
        written = draft.fill(template, story(incident, texts), texts)
    except draft.Unknown as unknown:
        sentence = texts["unknown"].format(name=unknown)
        if asked:
            raise Err(handler.Failure_Refuse(sentence)) from unknown
        # Nobody has asked: the operator can mend it.
        log.write(log.Level.WARN, sentence)
        return
    name = f"postmortem-INC-{incident.number}.md"
    file = messages.File(name, texts["title"], written.encode(), texts["comment"])
    messages.upload("postmortem", types.Place_Room(), file)


def story(incident: facts.Incident, texts: Texts) -> draft.Story:
    """The incident, with names and times as the team reads them."""
    labels = {severity.id: severity.label for severity in facts.severities()}
    products = {product.id: product.name for product in facts.products()}
    roles = {role.id: role.label for role in facts.roles()}
    moments = [milestone.at for milestone in incident.times]
    over = [m.at for m in incident.times if m.status == "resolved"] or [facts.now()]
    return draft.Story(
        number=incident.number,
        title=incident.title,
        situation=incident.situation,
        drill=incident.drill,
        severity=labels.get(incident.severity or "", texts["unsure"]),
        product=products.get(incident.product or "", "–"),
        declared_by=who(incident.declared_by),
        declared=clock(moments[0] if moments else facts.now(), day=True),
        minutes=(over[-1] - (moments[0] if moments else over[-1])) // 60_000,
        roles=[(roles.get(held.role, held.role), who(held.user)) for held in incident.roles],
        entries=[entry(one, labels) for one in entries()],
    )


def entries() -> list[facts.Entry]:
    """All of them: one answer may hold fewer."""
    all_entries: list[facts.Entry] = []
    while page := facts.entries(all_entries[-1].seq if all_entries else 0, PAGE):
        all_entries += page
    return all_entries


def entry(one: facts.Entry, labels: dict[str, str]) -> draft.Entry:
    data = json.loads(one.data) if one.data else {}
    people = [who(user) for user in data.get("people", [])]
    now = data.get("now")
    if now and one.kind == "role":
        now = who(now)
    elif one.kind == "severity":
        now = labels.get(now)
    return draft.Entry(
        time=clock(one.at),
        kind=one.kind,
        by=who(one.by) if one.by else None,
        text=one.text,
        data=data,
        people=people,
        now=now,
    )


def who(user: str) -> str:
    person = facts.find_person(user)
    return person.name if person else user


def clock(at: int, day: bool = False) -> str:
    wall = facts.wall(at)
    time = f"{wall.hour:02}:{wall.minute:02}"
    return f"{wall.year}-{wall.month:02}-{wall.day:02} {time}" if day else time
