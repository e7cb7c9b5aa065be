"""Channels made, filled and closed by hand, a message pinned; and all of it in the written story."""

from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from page import BESIDE, MESSAGES, SIDEBAR, Page

ASKED = "dialog.ask[open]"
WRITTEN = (
    "> @aya creates private #war",
    "> @aya #room invites @ken",
    "> @aya #room: It is the database",
    '> @aya #room pins "It is the database"',
    "> @aya #room renames war-room",
    "> @aya #room removes @ken",
    "> @aya #room archives",
    "> @aya #room unarchives",
)


def by_hand(page: Page, address: str) -> None:
    page.open(f"{address}?as=U0AYASATO")
    page.beside("stories")
    page.click("#story-start")
    page.sees(BESIDE, "recording")

    page.click(f"{SIDEBAR} [title='Create channel']")
    page.click("[role=menuitem]", "Create a private channel")
    answer(page, "name", "war")
    page.sees("#header h2", "war")
    menu(page, "Invite people")
    choose(page, "Ken Mori")
    page.until(lambda: page.one("#header .members").text.strip().endswith("2"), "Ken is not in it")
    page.say("It is the database")
    page.sees(MESSAGES, "It is the database")
    pin(page, "It is the database")
    page.sees("#header .bookmarks", "One pinned")
    menu(page, "Rename channel")
    answer(page, "name", "war-room")
    page.sees("#header h2", "war-room")
    menu(page, "Remove somebody")
    choose(page, "Ken Mori")
    page.until(lambda: page.one("#header .members").text.strip().endswith("1"), "Ken is still in it")
    menu(page, "Archive channel")
    page.sees(ASKED, "Nobody can write in #war-room any more.")
    page.click(f"{ASKED} .button", "Archive")
    page.sees("#composer", "Open channel again")
    page.click("#composer .button", "Open channel again")
    page.until(lambda: page.one("#composer textarea"), "nobody can write again")

    for line in WRITTEN:
        page.sees(f"{BESIDE} .story-text", line)
    page.shows_no_errors()


def menu(page: Page, entry: str) -> None:
    page.click("#header [title='This channel']")
    page.click("[role=menuitem]", entry)


def answer(page: Page, name: str, words: str) -> None:
    def answer() -> None:
        field = page.one(f"{ASKED} #ask-{name}")
        field.clear()
        field.send_keys(words, Keys.ENTER)

    page.done(answer, f"answer {words}")


def choose(page: Page, who: str) -> None:
    page.done(lambda: Select(page.one(f"{ASKED} #ask-who")).select_by_visible_text(who), f"choose {who}")
    page.click(f"{ASKED} footer .button:last-child")


def pin(page: Page, words: str) -> None:
    def pin() -> None:
        message = page.found(f"{MESSAGES} .message", words)
        ActionChains(page.chrome).move_to_element(message.find_element(By.CSS_SELECTOR, ".body")).perform()
        message.find_element(By.CSS_SELECTOR, ".tools [title='More for this message']").click()

    page.done(pin, "open the message's menu")
    page.click("[role=menuitem]", "Pin")
