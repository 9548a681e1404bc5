"""Journey (d): an organiser makes an event from nothing, runs it by every verb, and reads what came of it."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, expect

from tests.journeys.conftest import free_port
from tests.journeys.desk import AGREES_WITHIN_MS, Desk, Meetings, rows_of
from tests.journeys.guests import Guest, Guests
from tests.journeys.hand import PASSWORD
from tests.journeys.venue import Venue, open_venue

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CODE = "juniper"
IMPORTED = "Wren Carter"
AT_THE_DOOR = ("Priya Raman", "Mateo Quispe", "Hana Sato", "Tomasz Wilk")
WRONG_LIST = "name,email,team\nWren Carter,wren@example.org,Garden\n,nobody@example.org,Works\n"
RIGHT_LIST = "name,email,team\nWren Carter,wren@example.org,Garden\nKofi Mensah,kofi@example.org,Works\n"


@pytest.fixture(scope="module")
async def fresh_venue(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Venue]:
    """A server nobody has an account at: its set-up link works once."""
    data: Path = tmp_path_factory.mktemp("fresh")
    async with open_venue(data, free_port(), "--no-demo") as venue:
        yield venue


@dataclass
class Evening:
    """What the steps of the journey hand on."""

    desk: Desk
    guests: Guests
    slug: str = ""
    people: list[Guest] = field(default_factory=list)
    met: Meetings = field(default_factory=set)

    def guest(self, name: str) -> Guest:
        """One of those who came."""
        (found,) = [guest for guest in self.people if guest.name == name]
        return found

    @property
    def url(self) -> str:
        """Of the organiser's pages of this event."""
        return f"/events/{self.slug}"


async def make_an_account(desk: Desk, link: str) -> None:
    """By the printed link, which then has done its work."""
    await desk.page.goto(link)
    await desk.fill(name="Noor Haddad", email="noor@example.org", password=PASSWORD)
    await desk.press("Make my account")
    await desk.said("Set out the first chairs")
    await desk.page.goto(link)
    await desk.said("This link has done its work")
    desk.forgive(410)
    await desk.page.goto(link.split("/setup/")[0])


async def make_an_event(evening: Evening) -> None:
    """From a shape, with a name; it opens on its programme."""
    desk = evening.desk
    await desk.page.get_by_role("link", name="Speed rounds").click()
    await desk.fill(name="Garden Mixer")
    await desk.press("Make the event")
    await desk.page.wait_for_url("**/agenda*")
    evening.slug = desk.page.url.split("/")[-2]


async def shorten_the_programme(desk: Desk) -> None:
    """Two rounds of three minutes, without the breather and what follows it; the sentence says what that means."""
    page = desk.page
    for _ in range(2):
        await page.locator(".sg .opener").nth(2).click()
        await page.locator(".part:visible").get_by_role("button", name="Remove this part").click()
    await page.locator(".sg .opener").nth(1).click()
    part = page.locator(".part:visible")
    await part.get_by_label("Rounds", exact=True).fill("3")
    await part.get_by_role("button", name="Less, Rounds").click()
    await part.get_by_label("Minutes each", exact=True).fill("3")
    await expect(page.locator("[data-sentence]")).to_contain_text("2 rounds")
    await desk.press("Save programme")
    await page.wait_for_selector("[data-saved]")
    assert await page.locator(".sg").count() == 3


async def let_in_by_code(desk: Desk) -> None:
    """Only with a code, and the organiser keeps the time."""
    await desk.go("Settings")
    await desk.page.get_by_text("Only with a code").click()
    await desk.fill(code=CODE)
    await desk.page.get_by_text("You, part by part").click()
    await desk.press("Save settings")
    await desk.page.wait_for_selector("main [role=status]")
    assert await desk.page.is_checked("[name=entry][value=code]")


async def bring_a_list(desk: Desk, text: str) -> None:
    """Choose a file and send it."""
    file = FilePayload(name="guests.csv", mimeType="text/csv", buffer=text.encode())
    await desk.page.set_input_files("#file", file)
    await desk.press("Add all of them")


async def bring_people(desk: Desk) -> str:
    """A file with a wrong row adds nobody and says which row; the right one adds all. The link of one of them."""
    await desk.go("People")
    await bring_a_list(desk, WRONG_LIST)
    await desk.said("Nobody was added")
    assert await rows_of(desk.page.locator(".wrong-file table")) == [
        ["3", "name", "There is no name. Write one, or clear the row."]
    ]
    assert await desk.page.locator("table.roster").count() == 0
    desk.forgive(422)
    await bring_a_list(desk, RIGHT_LIST)
    await desk.said("2 people added")
    added = {row[0][-11:]: row[3] for row in await rows_of(desk.page.locator("table.roster"))}
    assert added == {"Kofi Mensah": "Invited", "Wren Carter": "Invited"}
    await desk.page.locator("summary", has_text=f"More about {IMPORTED}").click()
    return await desk.page.locator(".deeds[open]").get_by_label("Personal link").input_value()


async def come_in(evening: Evening, landing: str, personal: str) -> None:
    """Four by the page with the code, one by the personal link; a wrong code opens nothing."""
    for name in AT_THE_DOOR:
        evening.people.append(await evening.guests.invite(name))
    stranger = evening.people[0]
    await stranger.page.goto(landing)
    await stranger.page.fill("main [name=name]", stranger.name)
    await stranger.page.fill("main [name=code]", "mistletoe")
    await stranger.page.check("main [name=consent]")
    await stranger.page.click("main form button.sun")
    await stranger.page.wait_for_selector("#code-error")
    stranger.complaints.clear()
    for guest in evening.people:
        await guest.join(landing, code=CODE)
    wren = await evening.guests.invite(IMPORTED)
    await wren.page.goto(personal)
    await wren.page.check("main [name=consent]")
    await wren.page.click("main form button.sun")
    await wren.page.wait_for_url("**/live")
    evening.people.append(wren)
    for guest in evening.people:
        await guest.enter("audio")


async def start_and_stop_the_clock(evening: Evening) -> None:
    """Start, pause, resume, a minute more; everybody's clock is the same."""
    desk = evening.desk
    await desk.do("startRound")
    for guest in evening.people:
        await guest.scene("pair", "group")
    await desk.phase("Round 1")
    evening.met |= await desk.some_talk()
    await desk.do("pauseEvent")
    await desk.verb("resumeEvent").wait_for()
    stood = await desk.left_s()
    await desk.do("resumeEvent")
    await desk.verb("pauseEvent").wait_for()
    assert stood - 5 <= await desk.left_s() <= stood, "the clock ran on while it was held"
    before = await desk.left_s()
    await desk.do("extendRound")
    more = "before => Number(document.querySelector('.phase .dial .big').textContent.split(':')[0]) * 60 > before"
    await desk.page.wait_for_function(more, arg=before)


async def two_and_three(desk: Desk) -> tuple[int, list[str], list[str]]:
    """Where the pair sits, the pair, and the table of three."""
    rooms = await desk.rooms()
    place = min(range(2), key=lambda at: len(rooms[at]))
    return place, rooms[place], rooms[1 - place]


async def changed(evening: Evening, place: int, pair: list[str], table: list[str]) -> None:
    """The first of the table sits with the pair now: on the console, and on the page of whoever moved."""
    rooms = [[*pair, table[0]], table[1:]]
    await evening.desk.seated(rooms if place == 0 else rooms[::-1])
    moved = evening.guest(table[0])
    await moved.page.wait_for_function(
        "names => names.every(name => document.querySelector('.order')?.innerText.includes(name))", arg=pair
    )
    assert len(await moved.partners()) == 2
    evening.met |= await evening.desk.some_talk()


async def move_by_menu(evening: Evening) -> None:
    """The handle opens a list of rooms that suit; one press moves."""
    desk = evening.desk
    place, pair, table = await two_and_three(desk)
    await desk.handle(table[0]).click()
    await desk.page.locator("dialog .choice", has_text=f"Room {place + 1}").click()
    await changed(evening, place, pair, table)


async def move_by_keys(evening: Evening) -> None:
    """Focus on the handle, Enter, the number of a room, Enter; the focus stays with the person."""
    desk = evening.desk
    place, pair, table = await two_and_three(desk)
    await desk.handle(table[0]).focus()
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.locator("#move-number")).to_be_focused()
    await desk.page.keyboard.type(str(place + 1))
    await expect(desk.page.locator("#move-outlook")).to_contain_text("Makes three")
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.locator("dialog")).to_have_count(0)
    await expect(desk.handle(table[0])).to_be_focused()
    await changed(evening, place, pair, table)


async def move_by_drag(evening: Evening) -> None:
    """Picked up with the pointer, put down on a card that says what it makes; Undo brings them back."""
    desk = evening.desk
    place, pair, table = await two_and_three(desk)
    await desk.carry(table[0], place)
    await changed(evening, place, pair, table)
    await desk.carry(table[0], 1 - place)
    rooms = [pair, table]
    await desk.seated(rooms if place == 0 else rooms[::-1])
    await desk.page.locator(".toast .undo").click()
    await changed(evening, place, pair, table)


async def tell_everybody(evening: Evening) -> None:
    """A message to every room is a banner for everybody."""
    desk = evening.desk
    await desk.page.fill("#tell", "Cake is in the kitchen")
    await desk.page.locator(".phase form").get_by_role("button", name="Send").click()
    for guest in evening.people:
        await guest.page.locator("[data-banner^=broadcast]", has_text="Cake is in the kitchen").wait_for()
    await expect(desk.page.locator("#tell")).to_have_value("")


async def send_somebody_away(evening: Evening) -> None:
    """Removed, their page says so; let back in, their link opens again."""
    desk, hana = evening.desk, evening.guest("Hana Sato")
    await desk.page.get_by_role("button", name="Find a person").click()
    await desk.page.fill("#find", "hana")
    await desk.page.locator("dialog").get_by_role("button", name="Remove Hana Sato").click()
    await desk.page.locator("dialog").get_by_role("button", name="Remove", exact=True).click()
    await hana.page.wait_for_selector("[data-away=REMOVED]")
    await hana.page.get_by_text("A host has closed this event for you").wait_for()
    await desk.page.locator(".toast .undo").click()
    await desk.page.locator(".toast", has_text="Hana may come back").wait_for()
    door = hana.page.get_by_role("link", name="Come in")
    async with asyncio.timeout(AGREES_WITHIN_MS / 1000):
        await hana.page.goto(hana.page.url.removesuffix("/live"))
        while not await door.count():
            await hana.page.reload()
    await door.click()
    await hana.scene("lobby", "pair", "group")


async def end_everything(evening: Evening) -> None:
    """The round, the wait, the part, the event; each asks once."""
    desk = evening.desk
    await desk.do("endRound", asks=True)
    await evening.people[0].scene("changeover")
    await desk.do("startRound")
    await desk.phase("Round 2")
    await evening.people[0].scene("pair", "group", "lobby")
    await expect(desk.page.locator(".rooms .rm")).to_have_count(2)
    evening.met |= await desk.some_talk()
    await desk.do("nextSegment", asks=True)
    for guest in evening.people:
        await guest.scene("closing")
    await desk.do("endEvent", asks=True)
    for guest in evening.people:
        await guest.scene("ended")


async def read_the_report(evening: Evening) -> None:
    """Who came and who met whom, on the page and in its files."""
    desk = evening.desk
    await desk.go("Report")
    assert await desk.page.locator(".stat").first.inner_text() == "5\ncame, of 6 with a seat\n83%, 1 did not come"
    table = await rows_of(desk.page.get_by_role("region", name="Who met whom, table"))
    named = {frozenset((plain(one), plain(other))) for one, other, *_ in table}
    assert named == evening.met
    attended = await rows_of(desk.page.get_by_role("region", name="Person by person, table"))
    assert {row[0]: row[1] for row in attended} == {
        "Kofi Mensah": "no", **{guest.name: "yes" for guest in evening.people},
    }  # fmt: skip
    counts = {row[0]: int(row[2]) for row in attended}
    assert counts == {name: sum(name in pair for pair in evening.met) for name in counts}
    rows = await take_out(desk, "CSV of who met whom")
    assert {frozenset((row["name"], row["met"])) for row in rows} == evening.met
    assert {row["name"]: row["came"] for row in await take_out(desk, "CSV person by person")}["Kofi Mensah"] == ""


def plain(cell: str) -> str:
    """A name without the team below it."""
    return " ".join(cell.split()[:2])


async def take_out(desk: Desk, link: str) -> list[dict[str, str]]:
    """The rows of a file of the report."""
    async with desk.page.expect_download() as download:
        await desk.page.get_by_role("link", name=link).click()
    text = (await (await download.value).path()).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


async def set_out_again_and_delete(evening: Evening) -> None:
    """A copy without its people; the first one goes for good."""
    desk = evening.desk
    await desk.go("Settings")
    await desk.press("Set it out again")
    await desk.page.wait_for_url("**/settings?done=copied")
    copy = desk.page.url.split("/")[-2]
    assert copy != evening.slug
    await desk.go("People")
    await desk.said("Nobody yet")
    await desk.page.goto(desk.page.url.replace(f"/events/{copy}/people", f"{evening.url}/settings"))
    await desk.page.get_by_role("link", name="Delete this event").click()
    await desk.press("Delete")
    await desk.page.wait_for_url("**/events")
    assert await desk.page.locator(f"main a[href^='{evening.url}/']").count() == 0
    assert await desk.page.locator(f"main a[href^='/events/{copy}/']").count() > 0
    gone = await desk.page.goto(f"{desk.page.url}/{evening.slug}/report")
    assert gone
    assert gone.status == 404
    desk.forgive(404)


async def test_an_organiser_makes_runs_and_reads_an_event(fresh_venue: Venue, guests: Guests) -> None:
    desk = Desk(await guests.invite("Noor Haddad"))
    await desk.page.set_viewport_size({"width": 1440, "height": 900})
    evening = Evening(desk, guests)
    await make_an_account(desk, fresh_venue.setup_link)
    await make_an_event(evening)
    await shorten_the_programme(desk)
    await let_in_by_code(desk)
    personal = await bring_people(desk)
    await desk.go("Live")
    await desk.do("openEvent")
    await desk.verb("startRound").wait_for()
    await come_in(evening, f"{fresh_venue.url}/e/{evening.slug}", personal)
    await expect(desk.page.locator("main")).to_contain_text("Wren Carter")
    await start_and_stop_the_clock(evening)
    await move_by_menu(evening)
    await move_by_keys(evening)
    await move_by_drag(evening)
    await tell_everybody(evening)
    await send_somebody_away(evening)
    await end_everything(evening)
    await read_the_report(evening)
    await set_out_again_and_delete(evening)
    assert not guests.complaints()
    assert not fresh_venue.tracebacks()
