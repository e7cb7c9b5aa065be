"""Everything that a real browser is asked about the page.

    python run.py IRIS [NAME]     the program to run; only the scenarios whose name holds NAME
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import accessible
import bad_input
import channels
import consent
import forms
import incident
import keyboard
import levers
import many
import stories
from page import Page
from world import bot, browser, demo, sim

DESKTOP, PHONE = (1400, 1000), (360, 740)
FREE = 'listen = "127.0.0.1:0"\n'


def main(program: str, only: str) -> None:
    begun = time.monotonic()
    groups = [group for group in (with_iris, without_iris) if only in group.__name__]
    # Two browsers at once: one waits for Iris while the other draws.
    with ThreadPoolExecutor() as at_once:
        for said in at_once.map(lambda group: group(program), groups):
            print(said)
    print(f"browser: done in {time.monotonic() - begun:.0f} s")


def with_iris(program: str) -> str:
    with demo(program) as address:
        with browser() as chrome:
            page = Page(chrome)
            shown("an incident by two people", page, lambda: incident.whole_incident(page, address, incident.ENGLISH))
            shown("declared by keyboard", page, lambda: keyboard.declared_by_keyboard(page, address))
            shown("killed and started again", page, lambda: levers.nothing_is_lost(page, address))
            shown("half an hour later", page, lambda: levers.reminded(page, address))
            shown("faults", page, lambda: levers.faults_are_seen(page, address))
        with browser("ja") as chrome:
            page = Page(chrome)
            page.size(*PHONE)
            shown("in Japanese, on a phone", page, lambda: incident.whole_incident(page, address, incident.JAPANESE))
    return "with Iris: all well"


def without_iris(program: str) -> str:
    with browser() as chrome, ExitStack() as around:
        page = Page(chrome)
        for kind, look in (("silent", bad_input.silent), ("circle", bad_input.circle)):
            url = around.enter_context(bot(kind))
            address = around.enter_context(sim(program, f'{FREE}app_url = "{url}"\n'))
            shown(f"an app that is {kind}", page, lambda: look(page, address))
        shown("an app's mistakes", page, lambda: bad_input.mistakes(page, address))
        app = around.enter_context(forms.app())
        address = around.enter_context(sim(program, forms.settings(app)))
        shown("for everybody", page, lambda: accessible.everywhere(page, address, app))
        shown("a form of every kind", page, lambda: forms.filled(page, address, app))
        app = around.enter_context(bot("empty"))
        address = around.enter_context(sim(program, consent.settings(app)))
        shown("an app is installed", page, lambda: consent.pressed(page, address, app))
        address = around.enter_context(sim(program, FREE))
        shown("a story", page, lambda: stories.played_and_written(page, address))
        address = around.enter_context(sim(program, FREE))
        shown("channels by hand", page, lambda: channels.by_hand(page, address))
        address = around.enter_context(sim(program, FREE))
        figures = []
        shown("5,000 messages", page, lambda: figures.append(many.scrolls(page, f"{address}?as=U0AYASATO")))
    return figures[0]


def shown(name: str, page: Page, scenario) -> None:
    """Runs a scenario; where it fails, keeps what could be seen."""
    begun = time.monotonic()
    try:
        scenario()
    except BaseException:
        picture = Path(sys.argv[1]).absolute().with_name("browser.png")
        page.chrome.save_screenshot(str(picture))
        print(f"{name}: failed; the page then: {picture}", flush=True)
        raise
    print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else "")
