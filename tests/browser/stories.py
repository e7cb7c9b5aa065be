"""Stories on the page: one is played from a file, and what was done is written down again."""

import tempfile

from page import BESIDE, MESSAGES, Page

STORY = """# Two people, two words.
> @aya #ops: hi
< #ops @aya: hi
> @ken #ops answers "hi": hello
"""


def played_and_written(page: Page, address: str) -> None:
    page.open(f"{address}?as=U0AYASATO")
    page.enter("ops")
    page.beside("stories")
    page.click("#story-start")
    page.sees(BESIDE, "recording")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(STORY)
        file.flush()
        page.done(lambda: page.one("#story-file").send_keys(file.name), "choose the file")
        page.sees(f"{BESIDE} .lines", '> @ken #ops answers "hi": hello')
    page.click("#story-step")
    page.sees(MESSAGES, "hi")
    page.sees(f"{BESIDE} .line.next", "> @ken")
    page.click("#story-all")
    page.sees(BESIDE, "Played to the end.")
    page.sees(MESSAGES, "One reply")
    page.sees(f"{BESIDE} .story-text", '> @ken #ops answers "hi": hello')
    page.click("#story-stop")
    page.sees_no(BESIDE, "recording")
    page.shows_no_errors()
