"""What Slack's Python SDK says of blocks and views, down to the innermost element."""

import logging
from collections.abc import Callable, Iterator

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View


class Complaints(logging.Handler):
    """Collects what the SDK only logs: objects and fields that it does not know."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


complaints = Complaints()
logging.getLogger("slack_sdk").addHandler(complaints)
logging.getLogger("slack_sdk").setLevel(logging.DEBUG)
logging.getLogger("slack_sdk").propagate = False


def blocks(raw: list) -> list[str]:
    return judged(lambda: Block.parse_all(raw))


def view(raw: dict) -> list[str]:
    def parse() -> View:
        parsed = View(**raw)
        if parsed.additional_attributes:
            raise SlackObjectFormationError(f"unknown fields {list(parsed.additional_attributes)}")
        return parsed

    return judged(parse)


def judged(parse: Callable[[], object]) -> list[str]:
    complaints.lines.clear()
    try:
        parsed = parse()
    except (SlackObjectFormationError, TypeError, KeyError, AttributeError) as error:
        return [f"not understood: {error}"]
    faults = list(complaints.lines)
    for part in parts(parsed):
        try:
            part.validate_json()
        except SlackObjectFormationError as error:
            faults.append(f"{type(part).__name__}: {error}")
    return faults


def parts(value: object) -> Iterator[JsonObject]:
    """An object of the SDK and everything inside it."""
    if isinstance(value, JsonObject):
        yield value
        value = list(vars(value).values())
    if isinstance(value, (list, tuple)):
        for inner in value:
            yield from parts(inner)
