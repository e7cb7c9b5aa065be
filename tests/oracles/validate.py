"""Has Slack's own SDK, and Slack's unwritten limits, judge all that Iris sent in the stories.

    python validate.py FOLDER      the folder with a JSON file for each story

Prints each fault with its story, then the counts; exits 1 on a fault or when nothing was sent.
"""

import json
import sys
from pathlib import Path

import limits
import sdk


def main(folder: Path) -> int:
    passed, failed = 0, 0
    for file in sorted(folder.glob("*.json")):
        for number, item in enumerate(json.loads(file.read_text(encoding="utf-8")), start=1):
            faults = judge(item["sent"])
            for fault in faults:
                print(f"{file.stem} {number} {item['by']}: {fault}")
            passed, failed = passed + (not faults), failed + bool(faults)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


def judge(sent: object) -> list[str]:
    """The faults of a message, a view, or an answer to a form."""
    if not isinstance(sent, dict):
        return [f"not an object: {sent!r}"]
    match sent:
        case {"view": dict(view)}:
            return sdk.view(view) + limits.view(view)
        case {"response_action": "errors", "errors": dict(errors)}:
            return limits.errors(errors)
        case {"response_action": "clear"} | {"delete_original": True}:
            return []
        case {"text": _} | {"blocks": _}:
            return sdk.blocks(sent.get("blocks", [])) + limits.message(sent)
    return [f"neither a message nor a view: {', '.join(sent)}"]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
