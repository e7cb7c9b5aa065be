"""Does Slack's own SDK take what the simulated workspace takes, and refuse what it refuses?

    python agree.py FOLDER      the folder with the cases of slack-sim's own tests

Prints each difference that is not judged below, then the counts; exits 1 on one.
"""

import json
import sys
from pathlib import Path

import sdk

OBJECTS = "the SDK checks a block's own fields, and leaves those of objects inside to Slack"
COUNTS = "the SDK leaves this number to Slack, whose reference has it"
# Where they differ, and why the simulator is right: it is always the stricter one, by Slack's
# reference. By the beginning of the case.
JUDGED = {
    "blocks of a message: 51": "the SDK checks each block, not how many a message has",
    '[{"block_id":"a","type":"divider"},{"block_id":"a"': "the SDK does not compare blocks",
    '[{"text":{"text":"","type":"plain_text"}': OBJECTS,
    '[{"text":{"text":"a","type":"html"}': OBJECTS,
    "a field of a section: 2001": OBJECTS,
    "text of an option: 76": OBJECTS,
    "value of an option: 151": OBJECTS,
    "description of an option: 76": OBJECTS,
    '[{"elements":[],"type":"context"}]': COUNTS,
    '[{"accessory":{"action_id":"a","options":[]': COUNTS,
    "checkboxes: 11": COUNTS,
    "radio_buttons: 11": COUNTS,
    "max_length of an input: 3001": COUNTS,
    "external_id: 256": COUNTS,
}


def main(folder: Path) -> int:
    same, judged, faults = 0, set(), 0
    for file in sorted(folder.glob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8")):
            complaints = sdk.view(case["view"]) if "view" in case else sdk.blocks(case["blocks"])
            if case["taken"] == (not complaints):
                same += 1
                continue
            why = next((begin for begin in JUDGED if case["what"].startswith(begin)), None)
            if why is not None and not case["taken"]:
                judged.add(why)
                continue
            faults += 1
            taken = "takes" if case["taken"] else "refuses"
            print(f"{case['what'][:200]}: the simulator {taken} it; the SDK says {complaints}")
    for unused in JUDGED.keys() - judged:
        faults += 1
        print(f"judged, but there is no difference any more: {unused}")
    print(f"{same} agree, {len(judged)} differ for a reason, {faults} differ")
    return 0 if same and not faults else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
