"""The limits that no SDK knows: Slack's undocumented ones, and those that Iris sets itself."""

import re
from collections.abc import Iterator

BLOCKS = {"message": 45, "modal": 40, "home": 90}
TEXT_OF_BLOCKS = 9_000
TEXT_WITHOUT_BLOCKS = 4_000
FALLBACK = 300
PRIVATE_METADATA = 3_000

CROWD = re.compile(r"<!(channel|here|everyone|subteam)")
INTERACTIVE = re.compile(r"button|overflow|_select$|datepicker|timepicker|checkboxes|radio_buttons")
FORM = {"input"}


def message(sent: dict) -> list[str]:
    raw = sent.get("blocks", [])
    text = sent.get("text", "")
    allowed = FALLBACK if raw else TEXT_WITHOUT_BLOCKS
    faults = of_blocks(raw, BLOCKS["message"])
    if not text:
        faults.append("no text for notifications and screen readers")
    if units(text) > allowed:
        faults.append(f"text of {units(text)} characters, {allowed} are allowed")
    if CROWD.search(text):
        faults.append(f"calls a crowd: {text}")
    total = sum(units(node["text"]) for node in nodes(raw) if isinstance(node.get("text"), str))
    if total > TEXT_OF_BLOCKS:
        faults.append(f"blocks with {total} characters, {TEXT_OF_BLOCKS} are allowed")
    return faults


def view(sent: dict) -> list[str]:
    kind = sent.get("type", "modal")
    faults = of_blocks(sent.get("blocks", []), BLOCKS.get(kind, 0))
    if units(sent.get("private_metadata", "")) > PRIVATE_METADATA:
        faults.append("too much private_metadata")
    return faults


def errors(sent: dict) -> list[str]:
    if sent and all(isinstance(said, str) and said for said in sent.values()):
        return []
    return [f"errors without words: {sent}"]


def of_blocks(blocks: list, allowed: int) -> list[str]:
    faults = []
    if len(blocks) > allowed:
        faults.append(f"{len(blocks)} blocks, {allowed} are allowed")
    faults += repeated("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    # The element of a form's input is told by its block; all others by themselves.
    pressed = [
        node["action_id"]
        for node in nodes([block for block in blocks if block.get("type") not in FORM])
        if "action_id" in node
    ]
    faults += repeated("action_id", pressed)
    for node in nodes(blocks):
        faults += of_node(node)
    return faults


def of_node(node: dict) -> list[str]:
    kind, text = node.get("type"), node.get("text")
    faults = []
    if kind == "mrkdwn" and node.get("verbatim") is not True:
        faults.append(f"mrkdwn that is not verbatim: {text}")
    if kind == "mrkdwn" and CROWD.search(text or ""):
        faults.append(f"calls a crowd: {text}")
    if kind in ("broadcast", "usergroup"):
        faults.append(f"calls a crowd: {node}")
    if kind in ("plain_text", "mrkdwn", "text") and not text:
        faults.append(f"an empty text: {node}")
    if isinstance(kind, str) and INTERACTIVE.search(kind) and not node.get("action_id"):
        faults.append(f"an element without action_id: {node}")
    return faults


def repeated(what: str, ids: list[str]) -> list[str]:
    return [f"{what} {again!r} stands twice" for again in sorted({i for i in ids if ids.count(i) > 1})]


def nodes(value: object) -> Iterator[dict]:
    """Every object inside, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def units(text: str) -> int:
    """The length in UTF-16 units, the most careful reading of Slack's limits."""
    return len(text.encode("utf-16-le")) // 2
