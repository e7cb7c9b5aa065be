"""What Iris calls: describes the step, and handles one event."""

import json
import traceback

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports import handler
from wit_world.imports import facts, messages, types

from greeting import greeting

# JSON Schema of its `config` in the team's file.
SETTINGS = {"type": "object", "additionalProperties": False, "properties": {}}


class Handler(exports.Handler):
    def describe(self, locale: str) -> handler.Descriptor:
        """Texts for people in the team's language, all else always the same."""
        english, japanese = "Greets everybody in the war room", "War roomの皆にあいさつします"
        return handler.Descriptor(
            name="{{name}}",
            version="0.1.0",
            sentence=japanese if locale == "ja" else english,
            # What it hears of, and what it may wish: the team's file must allow the latter.
            events=["room-opened"],
            capabilities=["messages"],
            words=[],
            shortcuts=[],
            fields=[],
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
    incident = facts.this_incident()
    if isinstance(what, handler.Happening_RoomOpened) and incident:
        text = greeting(facts.this_team().locale, incident.number)
        messages.say(types.Place_Room(), types.Content(text, None, None))
