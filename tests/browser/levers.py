"""The levers: Iris is killed in the middle and nothing is lost; time jumps; Slack fails."""

from page import BESIDE, FORM, MESSAGES, SIDEBAR, Page, said


def nothing_is_lost(page: Page, address: str) -> None:
    """Killed right after the form was sent: the room stands all the same, once."""
    page.open(address)
    page.beside("levers")
    page.sees(BESIDE, "running")
    latency(page, "500")  # so that Iris is killed while it makes the room
    page.enter("general")
    page.say("/incident Login loops for ever")
    page.sees(FORM, "Declare an incident")
    page.choose("Product", 1)
    page.submit()
    page.sees(FORM, "is declared")
    page.close_form()
    page.click("#lever-kill")
    page.sees(BESIDE, "killed")
    page.enter("general")
    page.say("/incident status")
    page.sees(MESSAGES, 'failed with the error "dispatch_failed"')
    latency(page, "0")
    page.click("#lever-start")
    page.sees(BESIDE, "running")
    page.enter("login-loops-for-ever")
    page.sees(MESSAGES, "I'll take it")
    page.sees(MESSAGES, "You are called")
    rooms = page.one(SIDEBAR).text.count("login-loops")
    assert rooms == 1, f"{rooms} rooms for one incident"
    page.shows_no_errors()


def reminded(page: Page, address: str) -> None:
    """Who leads is asked for an update when half an hour has gone."""
    page.press("I'll take it")
    page.sees(MESSAGES, "is Operation lead")
    page.until(lambda: said(page.one(MESSAGES)).count("I'll take it") == 1, "the role is not taken in the panel")

    def led() -> bool:
        """Pressed again where the room moved under the pointer."""
        if "is Incident commander" in said(page.one(MESSAGES)):
            return True
        page.found(f"{MESSAGES} .blocks button", "I'll take it").click()
        return False

    page.until(led, "nobody leads")
    page.click("#lever-30m")
    page.click("#lever-5m")
    page.until(lambda: page.one(f"{SIDEBAR} .place.fresh"), "nothing new after 35 minutes")
    page.click(f"{SIDEBAR} .place", "Messages")
    page.sees(MESSAGES, "⏰")


def faults_are_seen(page: Page, address: str) -> None:
    """A call that fails is marked in the list, and done again."""
    page.enter("general")
    page.click("#fault-order")
    page.sees(BESIDE, "internal_error")
    page.say("/incident list")
    page.click("#tab-log")
    page.sees(BESIDE, "/incident")
    page.click("#tab-chart")
    page.until(lambda: page.one(f"{BESIDE} svg.chart-drawing"), "no chart is drawn")
    page.click("#tab-levers")
    page.click("#fault-clear")
    page.sees_no(BESIDE, "error internal_error")
    page.shows_no_errors()


def latency(page: Page, milliseconds: str) -> None:
    page.click(f"#lever-latency option[value='{milliseconds}']")
