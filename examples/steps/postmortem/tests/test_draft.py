"""The draft without Iris: an incident goes in, Markdown comes out."""

import unittest

import draft
from texts import EN, JA, Texts

STORY = draft.Story(
    number=7,
    title="Checkout *fails*",
    severity="SEV1",
    product="Payments",
    declared_by="Aya",
    declared="2026-12-01 14:05",
    minutes=72,
    situation="500s since 13:58\n# not a heading",
    roles=[("Incident commander", "Ken")],
    entries=[
        draft.Entry("14:05", "declared", "Checkout *fails*", by="Aya"),
        draft.Entry("14:05", "called", people=["Ken", "Yui"]),
        draft.Entry("14:20", "todo", "Renew the certificate", data={"n": 1, "act": "added"}),
        draft.Entry("14:21", "todo", "Call the bank", data={"n": 2, "act": "added"}),
        draft.Entry("14:40", "todo", "Call the bank", data={"n": 2, "act": "done"}),
        draft.Entry("14:41", "person", data={"how": "left"}),
        draft.Entry("15:17", "status", "Rolled\nback", by="Ken", now="resolved"),
    ],
)


class DraftTest(unittest.TestCase):
    def test_everything_known_is_in_it(self) -> None:
        written = draft.fill(EN["template"], STORY, Texts("en"))
        for line in [
            "# INC-7: Checkout \\*fails\\*",
            "| SEV1 | Payments | 2026-12-01 14:05, Aya | 1 h 12 min |",
            "> \\# not a heading",
            "- Incident commander: Ken",
            "- 14:05 Called: Ken, Yui",
            "- 15:17 Ken: resolved. Rolled back",
            "- [ ] Renew the certificate",
        ]:
            self.assertIn(line, written.splitlines())
        self.assertNotIn("Call the bank", written)
        self.assertNotIn("drill", written)

    def test_japanese_has_the_same_words(self) -> None:
        self.assertEqual(EN.keys(), JA.keys())
        written = draft.fill(JA["template"], STORY, Texts("ja"))
        self.assertIn("- 14:05 招集: Ken、Yui", written.splitlines())
        self.assertIn("1時間12分", written)

    def test_a_placeholder_that_does_not_exist_is_named(self) -> None:
        with self.assertRaisesRegex(draft.Unknown, "impact"):
            draft.fill("{title} {impact}", STORY, Texts("en"))

    def test_nothing_is_a_dash(self) -> None:
        empty = draft.Story(1, "t", "SEV1", "–", "Aya", "now", 3, drill=True)
        written = draft.fill("{drill}{timeline} {todos} {roles} {duration}", empty, Texts("en"))
        self.assertEqual(written, "*This was a drill.*\n\n– – – 3 min")
