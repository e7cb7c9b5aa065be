"""Everybody can use the page: axe-core finds nothing wrong, wherever one is on it."""

from pathlib import Path

import forms
from page import FORM, Page

AXE = Path(__file__).with_name("node_modules") / "axe-core/axe.min.js"
# Answers with what is wrong, each with where.
RUN = """
const done = arguments[0];
const said = (one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`;
axe.run(document).then(({ violations }) => done(violations.map(said)));
"""


def everywhere(page: Page, address: str, server: forms.App) -> None:
    server.api = address
    for scheme in ("light", "dark"):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        page.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        page.size(1400, 1000)
        page.open(f"{address}?as=U0AYASATO")
        page.enter("general")
        page.say(f"In the {scheme}")
        page.sees("#messages", f"In the {scheme}")
        accessible(page, f"a channel, {scheme}")
        for tab in ("log", "chart", "levers", "stories"):
            page.beside(tab)
            accessible(page, f"{tab}, {scheme}")
        page.size(360, 740)
        accessible(page, f"a phone, {scheme}")
        page.size(1400, 1000)
        page.say("/kinds")
        page.sees(FORM, "Every kind")
        page.click("#submit")
        page.sees(FORM, "Please complete this required field.")
        accessible(page, f"a form with mistakes, {scheme}")
        page.close_form()
    page.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def accessible(page: Page, where: str) -> None:
    page.chrome.execute_script(AXE.read_text())
    wrong = page.chrome.execute_async_script(RUN)
    assert not wrong, f"{where}: {wrong}"
