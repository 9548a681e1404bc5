"""Every page and state passes axe in both themes, on a desktop and on a phone, and scrolls down only."""

import pytest
from playwright.async_api import FilePayload, Page, expect

from rooms.language.agenda import BreakSegment, RoundsSegment
from rooms.language.commands import EndEvent, EndRound, NextSegment, OpenEvent, PauseEvent, ResumeEvent, StartRound
from server.records import events, organisers, registrations
from server.records.engine import now_ms
from server.records.registrations import Newcomer
from tests.journeys.desk import Desk
from tests.journeys.guests import Guest, Guests
from tests.journeys.hand import Hand, Organising, organise
from tests.journeys.inspector import Inspector
from tests.journeys.venue import Venue, short_agenda

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PAIRS = RoundsSegment(title="Pairs", rounds=2, length_s=900, changeover_s=120)
TABLES = RoundsSegment(title="Tables", rounds=1, length_s=900, changeover_s=120, size=4)


@pytest.fixture
def inspector() -> Inspector:
    """Fresh eyes."""
    return Inspector()


async def guest_of(guests: Guests, name: str) -> Guest:
    """Somebody in whose tab axe can work."""
    return await guests.invite(name, bypass_csp=True)


async def signed_in(guests: Guests, evening: Organising) -> Page:
    """The organiser's tab."""
    tab = await guest_of(guests, "Noor Haddad")
    await tab.context.add_cookies([{"name": "rondo_session", "value": evening.session, "url": evening.venue.url}])
    return tab.page


async def look_at(inspector: Inspector, page: Page, *states: tuple[str, str]) -> None:
    """Pages that stand still: what they are called, and their addresses."""
    for state, url in states:
        await page.goto(url)
        await inspector.look(page, state)


async def test_pages_before_the_door(venue: Venue, guests: Guests, inspector: Inspector) -> None:
    page = (await guest_of(guests, "Nobody yet")).page
    url = venue.url
    token = await organisers.invite_link(venue.records)
    await look_at(
        inspector, page,
        ("welcome", url), ("sign in", f"{url}/sign-in"), ("set up", f"{url}/setup/{token}"),
        ("set-up link that is spent", f"{url}/setup/{'0' * 20}"), ("page that is not there", f"{url}/e/nowhere-0000"),
    )  # fmt: skip
    await page.goto(f"{url}/sign-in")
    await Desk(Guest("Nobody yet", page.context, page)).press("Sign in")
    await page.wait_for_selector("[aria-invalid]")
    await inspector.look(page, "sign in with a mistake")
    assert not inspector.found, inspector.report()


async def test_pages_of_organisers(venue: Venue, guests: Guests, inspector: Inspector) -> None:
    evening = await organise(
        venue, "Still Life", (*short_agenda(PAIRS)[:-1], BreakSegment(length_s=300), *short_agenda(TABLES)[1:])
    )
    page = await signed_in(guests, evening)
    other = await organise(venue, "Somebody Elses", short_agenda(PAIRS))
    base = f"{venue.url}/events/{evening.event.id}"
    await look_at(
        inspector, page,
        ("events", f"{venue.url}/events"), ("new event", f"{venue.url}/events/new"), ("programme", f"{base}/agenda"),
        ("settings", f"{base}/settings"), ("people, nobody yet", f"{base}/people"), ("report, empty", f"{base}/report"),
        ("delete", f"{base}/delete"), ("not open to you", f"{venue.url}/events/{other.event.id}/settings"),
    )  # fmt: skip
    await page.goto(f"{base}/agenda")
    await page.locator("summary", has_text="Add a rule").first.click()
    await inspector.look(page, "programme, what rules there are")
    await page.locator("button[value=rule-1-add-mentor]").click()
    await page.get_by_label("Second role").first.fill("")
    await page.wait_for_selector("[aria-invalid]")
    await inspector.look(page, "programme, a rule that lacks a role")
    await page.locator(".sg .opener").nth(2).click()
    await inspector.look(page, "programme, a breather chosen")
    await page.goto(f"{base}/people")
    file = FilePayload(name="guests.csv", mimeType="text/csv", buffer=b"name,email\n,nobody\n")
    await page.set_input_files("#file", file)
    await page.get_by_role("button", name="Add all of them").click()
    await page.wait_for_selector(".wrong-file")
    await inspector.look(page, "people, a wrong file")
    await registrations.add(venue.records, evening.event.id, [Newcomer(name="Wren Carter", team="Garden")])
    await page.goto(f"{base}/people")
    await page.locator(".deeds summary").click()
    await inspector.look(page, "people, one opened")
    await events.remove(venue.records, evening.event.id)
    await look_at(inspector, page, ("events, none", f"{venue.url}/events"))
    assert not inspector.found, inspector.report()


async def test_doors_of_events(venue: Venue, guests: Guests, inspector: Inspector) -> None:
    evening = await organise(venue, "Open Door", short_agenda(PAIRS))
    priya = await guest_of(guests, "Priya Raman")
    await look_at(inspector, priya.page, ("landing", evening.landing))
    await priya.page.click("main form button.sun")
    await priya.page.wait_for_selector("[aria-invalid]")
    await inspector.look(priya.page, "landing with a mistake")
    await priya.join(evening.landing)
    await priya.page.wait_for_selector(".tile[data-own][data-camera=on]")
    await inspector.look(priya.page, "device check")
    await look_at(
        inspector, priya.page,
        ("landing, seated", evening.landing), ("profile", f"{evening.landing}/profile"),
        ("connections, nobody", f"{evening.landing}/connections"),
        ("link without a seat", f"{evening.landing}/me/{'0' * 43}"),
    )  # fmt: skip
    await priya.context.clear_cookies()
    await events.change(venue.records, evening.event.id, {"entry": "code", "code": "juniper"})
    await look_at(inspector, priya.page, ("landing, with a code", evening.landing))
    await events.change(venue.records, evening.event.id, {"capacity": 1})
    await look_at(inspector, priya.page, ("landing, full", evening.landing))
    await events.set_status(venue.records, evening.event.id, "ended")
    await look_at(inspector, priya.page, ("landing, ended", evening.landing))
    assert not inspector.found, inspector.report()


async def in_a_room(inspector: Inspector, page: Page) -> None:
    """Everything that opens in a room of two."""
    await inspector.look(page, "pair room")
    await page.keyboard.press("b")
    await expect(page.locator("#room-chat")).to_be_focused()
    await page.keyboard.type("hello")
    await page.keyboard.press("Enter")
    await page.locator(".bub").wait_for()
    await inspector.look(page, "pair room, chat")
    await page.locator("[role=group][aria-label='Room controls']").get_by_role("button", name="Chat").click()
    for words, state in (("Devices", "devices"), ("React", "reactions"), ("Get help", "help"), ("Report", "report")):
        await page.get_by_role("button", name=words, exact=True).first.click()
        await page.locator("dialog[open], .popped").wait_for()
        await inspector.look(page, f"pair room, {state}")
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog, .popped")).to_have_count(0)


async def test_the_evening_of_a_guest(venue: Venue, guests: Guests, inspector: Inspector) -> None:
    evening = await organise(venue, "Quiet Evening", short_agenda(PAIRS, TABLES))
    people = [await guest_of(guests, name) for name in ("Priya Raman", "Mateo Quispe", "Hana Sato")]
    priya, page = people[0], people[0].page
    async with evening.hand() as hand:
        await hand.order(OpenEvent())
        for guest in people[:2]:
            await guest.join(evening.landing, team="Design")
            await guest.enter("audio")
        await hand.until_ready(2)
        await inspector.look(page, "lobby")
        await page.keyboard.press("?")
        await inspector.look(page, "lobby, keys")
        await page.keyboard.press("Escape")
        await hand.order(StartRound())
        # Those five seconds are too few to look at everything.
        await hand.order(PauseEvent())
        await page.locator(".nextcard").wait_for()
        await inspector.look(page, "next partner")
        await hand.order(ResumeEvent())
        await priya.scene("pair")
        await in_a_room(inspector, page)
        await page.locator(".stay-card button[aria-pressed]").click()
        await hand.order(EndRound())
        await priya.scene("changeover")
        await inspector.look(page, "changeover")
        await at_a_table(inspector, evening, hand, people)
        await hand.order(EndEvent())
        await priya.scene("ended")
        await inspector.look(page, "event ended")
    await afterwards(inspector, guests, evening, page)
    assert not inspector.found, inspector.report()


async def at_a_table(inspector: Inspector, evening: Organising, hand: Hand, people: list[Guest]) -> None:
    """A third person comes, all sit at one table, and the part ends."""
    priya, _, hana = people
    await hana.join(evening.landing)
    await hana.enter("audio")
    await hand.until_ready(3)
    await hand.order(NextSegment())
    await hand.order(StartRound())
    await priya.scene("group")
    await inspector.look(priya.page, "table")
    await hand.order(EndRound())
    await priya.scene("changeover", "closing")
    if await priya.fact("scene") == "changeover":
        await inspector.look(priya.page, "changeover after a table")
        await hand.order(NextSegment())
    await priya.scene("closing")
    await priya.page.locator(".met li").first.wait_for()
    await inspector.look(priya.page, "closing")


async def afterwards(inspector: Inspector, guests: Guests, evening: Organising, page: Page) -> None:
    """Lists of people met, and the report."""
    await look_at(inspector, page, ("connections", f"{evening.landing}/connections?show=all"))
    await page.locator(".ppl a").first.click()
    await page.locator("#chosen").wait_for()
    await inspector.look(page, "connections, one opened")
    desk = await signed_in(guests, evening)
    await look_at(
        inspector, desk,
        ("report", f"{evening.venue.url}/events/{evening.event.id}/report"), ("console, ended", evening.console),
        ("events, all past", f"{evening.venue.url}/events"),
    )  # fmt: skip


async def test_the_console_of_an_organiser(venue: Venue, guests: Guests, inspector: Inspector) -> None:
    evening = await organise(venue, "Busy Console", short_agenda(PAIRS))
    await events.change(venue.records, evening.event.id, {"starts_at": now_ms() + 3_600_000})
    page = await signed_in(guests, evening)
    desk = Desk(Guest("Noor Haddad", page.context, page))
    people = [await guest_of(guests, name) for name in ("Kofi Mensah", "Wren Carter", "Tomasz Wilk")]
    await page.goto(evening.console)
    await desk.verb("openEvent").wait_for()
    await inspector.look(page, "console, draft")
    await desk.do("openEvent")
    for guest in people:
        await guest.join(evening.landing)
        await guest.enter("audio")
    await desk.verb("startRound").wait_for()
    await inspector.look(page, "console, lobby")
    await desk.do("startRound")
    for guest in people:
        await guest.scene("pair", "group")
    await expect(page.locator(".rooms .rm")).to_have_count(1)
    await call_for_help(people[0])
    await page.locator("[data-need]").wait_for()
    await inspector.look(page, "console, talking, with a call for help")
    await desk.verb("endRound").click()
    await inspector.look(page, "console, a question in place")
    await page.get_by_role("button", name="Keep going").click()
    for key, state in (("/", "people"), ("?", "keys")):
        await page.keyboard.press(key)
        await inspector.look(page, f"console, {state}")
        await page.keyboard.press("Escape")
    for opener, state in ((".rooms [data-handle]", "move"), (".rooms [data-room]", "room")):
        await page.locator(opener).first.click()
        await inspector.look(page, f"console, {state}")
        if state == "room":
            await page.locator("dialog").get_by_role("button", name="Remove Kofi Mensah").click()
            await inspector.look(page, "console, remove somebody")
        await page.keyboard.press("Escape")
    assert not inspector.found, inspector.report()


async def call_for_help(guest: Guest) -> None:
    """From the room, with a word about it."""
    await guest.page.get_by_role("button", name="Get help", exact=True).first.click()
    await guest.page.fill("#help-text", "The sound is odd")
    await guest.page.get_by_role("button", name="Call a host").click()
