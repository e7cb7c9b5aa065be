"""From an incident to Markdown. Knows nothing of Iris, so that it is tested alone."""

import re
from dataclasses import dataclass, field
from typing import Any, Iterable, Mapping


class Unknown(Exception):
    """A placeholder of the template that there is not."""


@dataclass
class Entry:
    """Something that happened, with names and times as people read them."""

    time: str
    kind: str
    text: str = ""
    by: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    # Who or what it is since then.
    now: str | None = None


@dataclass
class Story:
    """An incident."""

    number: int
    title: str
    severity: str
    product: str
    declared_by: str
    declared: str
    minutes: int
    situation: str = ""
    drill: bool = False
    roles: list[tuple[str, str]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def fill(template: str, story: Story, texts: Mapping[str, str]) -> str:
    """The template with everything that is known in it."""
    values = {
        "number": str(story.number),
        "title": escape(story.title),
        "severity": escape(story.severity),
        "product": escape(story.product),
        "declared": story.declared,
        "declared_by": escape(story.declared_by),
        "duration": duration(story.minutes, texts),
        "situation": quote(story.situation) or "–",
        "roles": rows(f"{role}: {name}" for role, name in story.roles),
        "timeline": rows(line for entry in story.entries if (line := told(entry, texts))),
        "todos": rows(todos(story.entries), mark="- [ ] "),
        "drill": texts["drill"] if story.drill else "",
    }

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise Unknown(match[1])
        return values[match[1]]

    return re.sub(r"\{([a-z_]+)\}", value, template)


def told(entry: Entry, texts: Mapping[str, str]) -> str | None:
    """One line of the timeline; none for what nobody needs to read again."""
    sentence = texts.get(f"entry-{entry.kind}")
    if sentence is None:
        return None
    said = sentence.format(
        by=entry.by or "Iris",
        text=one_line(entry.text),
        people=texts["comma"].join(entry.people),
        now=texts.get(f"status-{entry.now}") or entry.now or "–",
    )
    return f"{entry.time} {escape(said)}"


def todos(entries: list[Entry]) -> list[str]:
    """What is still to do: added, and neither done nor taken away since."""
    open_ones: dict[Any, str] = {}
    for entry in entries:
        if entry.kind != "todo":
            continue
        number, act = entry.data.get("n"), entry.data.get("act")
        if act in ("done", "removed"):
            open_ones.pop(number, None)
        elif entry.text:
            open_ones[number] = escape(one_line(entry.text))
    return list(open_ones.values())


def duration(minutes: int, texts: Mapping[str, str]) -> str:
    hours, rest = divmod(minutes, 60)
    if hours:
        return texts["hours"].format(hours=hours, minutes=rest)
    return texts["minutes"].format(minutes=rest)


def rows(lines: Iterable[str], mark: str = "- ") -> str:
    return "\n".join(mark + line for line in lines) or "–"


def one_line(text: str) -> str:
    return " ".join(text.split())


def quote(text: str) -> str:
    return "\n".join(f"> {escape(line)}" for line in text.splitlines())


def escape(text: str) -> str:
    """People's words never become Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)
