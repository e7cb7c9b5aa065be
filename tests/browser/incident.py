"""An incident from command to feedback by two people: as the guide leads, in either language."""

from dataclasses import dataclass

from page import FORM, MESSAGES, Page


@dataclass
class Words:
    """What is typed and pressed, and what Iris answers, in one language."""

    title: str
    declare: str
    severity: str
    declared: str
    take: str
    lead: str
    update: str
    resolve: str
    resolved: str
    give_feedback: str
    how: str
    helped: str
    begin: str
    end: str


ENGLISH = Words(
    title="Search answers with nothing",
    declare="Declare an incident",
    severity="SEV2",
    declared="is declared",
    take="I'll take it",
    lead="is Operation lead",
    update="/incident update The index is being built again",
    resolve="/incident resolve The index is whole again",
    resolved="Resolved",
    give_feedback="Give feedback",
    how="4 Well",
    helped="Yes",
    begin="Show me",
    end="That was a whole incident.",
)

JAPANESE = Words(
    title="検索結果が空になる",
    declare="障害を報告",
    severity="SEV2",
    declared="として記録しました",
    take="やります",
    lead="がオペレーションリーダーになりました",
    update="/incident 状況更新 インデックスを再作成しています",
    resolve="/incident 復旧 インデックスが復旧しました",
    resolved="復旧",
    give_feedback="回答する",
    how="4",
    helped="役に立った",
    begin="はじめる",
    end="障害対応はこれで一巡です。",
)


def whole_incident(page: Page, address: str, words: Words) -> None:
    """Follows the guide: every prompt is recognised when it was done."""
    page.open(address)
    page.enter("general")
    page.click("#guide button", words.begin)
    at_step(page, 1)
    page.say(f"/incident {words.title}")
    at_step(page, 2)
    page.sees(FORM, words.declare)
    if words is ENGLISH:  # the Japanese team has one product only
        page.choose("Product", 1)
    page.tick(words.severity)
    page.submit()
    at_step(page, 3)
    page.sees(FORM, words.declared)
    page.close_form()
    page.click("#guide .button")
    page.sees(MESSAGES, words.take)
    page.press(words.take)  # the last of the panel: the operation lead
    page.sees(MESSAGES, words.lead)
    at_step(page, 4)
    page.say(words.update)
    page.sees(MESSAGES, words.update.split(" ", 2)[2])
    at_step(page, 5)
    page.say("1.42 went out")

    page.become("ken")
    page.react("1.42 went out", "pushpin")
    at_step(page, 6)
    page.say(words.resolve)
    page.sees("#guide", words.end)
    page.sees(MESSAGES, words.resolved)
    feedback(page, words)
    page.become("aya")
    feedback(page, words)
    page.shows_no_errors()


def feedback(page: Page, words: Words) -> None:
    def opened() -> bool:
        """Pressed again where the room moved under the pointer."""
        if page.chrome.find_elements("css selector", FORM):
            return True
        page.found(f"{MESSAGES} .blocks button", words.give_feedback).click()
        return False

    page.until(opened, "the feedback's form does not open")
    page.tick(words.how)
    page.tick(words.helped)
    page.submit()
    page.until(lambda: not page.chrome.find_elements("css selector", FORM), "the form stays open")


def at_step(page: Page, number: int) -> None:
    page.sees("#guide .step", f"{number}/6")

