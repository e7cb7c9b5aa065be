import unittest

from greeting import greeting


class GreetingTest(unittest.TestCase):
    def test_the_incident_is_named_in_the_teams_language(self) -> None:
        self.assertEqual(greeting("en", 7), "INC-7 begins here.")
        self.assertEqual(greeting("ja", 7), "INC-7の対応を始めます。")
