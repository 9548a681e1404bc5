"""Journey (g): a host sees the next round before anybody else, changes it, and it opens as they left it."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from rooms.language.agenda import RoundsSegment
from tests.journeys.desk import AGREES_WITHIN_MS, Desk
from tests.journeys.guests import Guest, Guests
from tests.journeys.hand import organise
from tests.journeys.inspector import Inspector
from tests.journeys.venue import Venue, short_agenda

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PAIRS = RoundsSegment(title="Pairs", rounds=3, length_s=900, changeover_s=120, odd="sit_out")
PEOPLE = {
    "Priya Raman": "Works",
    "Mateo Quispe": "Garden",
    "Hana Sato": "Works",
    "Tomasz Wilk": "Garden",
    "Wren Carter": "Library",
}
Rooms = set[frozenset[str]]
NAMES = "cards => cards.map(card => [...card.querySelectorAll('.pp .truncate[title]')].map(one => one.title))"
SAME = f"""wanted => JSON.stringify(({NAMES})([...document.querySelectorAll('[data-ahead]')])
  .map(room => room.sort().join('+')).sort()) === JSON.stringify(wanted)"""


class Ahead:
    """The panel of the next round on a host's page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def page(self) -> Page:
        """The host's tab."""
        return self.desk.page

    @property
    def panel(self) -> Locator:
        """All of it."""
        return self.page.locator(".next-round")

    async def rooms(self) -> Rooms:
        """Who is with whom."""
        return {frozenset(room) for room in await self.page.eval_on_selector_all("[data-ahead]", NAMES)}

    async def are(self, rooms: Rooms) -> None:
        """Wait until just these are the rooms."""
        wanted = sorted("+".join(sorted(room)) for room in rooms)
        await self.page.wait_for_function(SAME, arg=wanted, timeout=AGREES_WITHIN_MS)

    async def idle(self) -> set[str]:
        """Who sits out."""
        return set(await self.page.locator("[data-sits-out] b").all_inner_texts())

    def card(self, name: str) -> Locator:
        """The room somebody is in."""
        return self.page.locator("[data-ahead]", has=self.page.locator(f"[title='{name}']"))

    def handle(self, name: str) -> Locator:
        """What opens somebody's sheet."""
        return self.panel.get_by_role("button", name=f"Change the place of {name} in the next round")

    async def is_made(self) -> None:
        """Wait until an answer has come and none is awaited."""
        await expect(self.panel.locator("h2 [role=status]")).to_contain_text("see this")

    async def say(self, words: str) -> None:
        """Press a button of the panel."""
        await self.panel.get_by_role("button", name=words).click()

    async def undo(self) -> None:
        """From the toast."""
        await self.page.locator(".toast .undo").click()

    async def swap_by_keys(self, one: str, other: str) -> None:
        """The handle, a name, down to the choice: nothing needs a pointer. The focus stays with the person."""
        await self.handle(one).focus()
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator("#swap-find")).to_be_focused()
        await self.page.keyboard.type(other)
        await expect(self.page.locator("dialog [data-swap]")).to_have_count(1)
        await self.page.keyboard.press("Tab")
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator("dialog")).to_have_count(0)
        await expect(self.handle(one)).to_be_focused()

    async def swap(self, one: str, other: str) -> None:
        """The same with the pointer."""
        await self.handle(one).click()
        await self.page.locator("dialog [data-swap]", has_text=other).click()
        await expect(self.page.locator("dialog")).to_have_count(0)


def exchanged(rooms: Rooms, one: str, other: str) -> Rooms:
    """The rooms after these two have changed places."""
    way = {one: other, other: one}
    return {frozenset(way.get(name, name) for name in room) for room in rooms}


def mate(rooms: Rooms, name: str) -> str:
    """With whom somebody is."""
    (room,) = [room for room in rooms if name in room]
    (other,) = room - {name}
    return other


async def shows_next(guest: Guest, other: Guest) -> None:
    """Wait until somebody's page names this person as the next one."""
    await guest.page.wait_for_selector(f"[data-next='{await other.fact('attendee')}']")


async def preview(ahead: Ahead, guests: dict[str, Guest]) -> None:
    """Everybody is in a room or sits out with a reason; on no attendee's page anything is to be seen."""
    await expect(ahead.panel).to_contain_text("Next: round 1")
    await ahead.say("Preview")
    await ahead.is_made()
    rooms, idle = await ahead.rooms(), await ahead.idle()
    assert sorted(map(len, rooms)) == [2, 2]
    assert {name for room in rooms for name in room} | idle == set(PEOPLE)
    await expect(ahead.panel).to_contain_text("Only hosts see this")
    await expect(ahead.panel).to_contain_text("odd number")
    await expect(ahead.panel).to_contain_text("across teams")
    for name, team in PEOPLE.items():
        if name not in idle:
            await expect(ahead.card(name)).to_contain_text(team)
    for guest in guests.values():
        assert await guest.fact("scene") == "lobby"
        assert await guest.page.locator("[data-next]").count() == 0


async def pin_and_redo(ahead: Ahead) -> None:
    """Another chance leaves a pinned room as it is; Undo brings the first chance back."""
    before = await ahead.rooms()
    held = min(before, key=sorted)
    pin = ahead.card(min(held)).get_by_role("button", name="Pin")
    await pin.click()
    await expect(pin).to_have_attribute("aria-pressed", "true")
    await ahead.say("Another chance")
    await ahead.page.locator(".toast", has_text="Made again").wait_for()
    await ahead.is_made()
    assert held in await ahead.rooms()
    await expect(ahead.card(min(held)).get_by_role("button", name="Pin")).to_have_attribute("aria-pressed", "true")
    await ahead.undo()
    await ahead.are(before)
    await pin.click()
    await expect(pin).to_have_attribute("aria-pressed", "false")


async def swap_and_undo(ahead: Ahead) -> None:
    """By keys, back by Undo without a trace, and again, also with who sits out."""
    before = await ahead.rooms()
    one, other = (min(room) for room in before)
    await ahead.swap_by_keys(one, other)
    await ahead.are(exchanged(before, one, other))
    await expect(ahead.panel.locator(".pin[aria-pressed=true]")).to_have_count(2)
    await ahead.undo()
    await ahead.are(before)
    await expect(ahead.panel.locator(".pin[aria-pressed=true]")).to_have_count(0)
    (idle,) = await ahead.idle()
    await ahead.swap(idle, one)
    await ahead.are(exchanged(before, one, idle))
    assert await ahead.idle() == {one}
    await ahead.undo()
    await ahead.are(before)
    assert await ahead.idle() == {idle}


async def exclude(ahead: Ahead) -> str:
    """Somebody sits out by a host's word: the others fill two rooms. Taken back, and done again."""
    out = min(min(room) for room in await ahead.rooms())
    row = ahead.page.locator("[data-sits-out] .person", has_text=out)
    for _ in range(2):
        await ahead.handle(out).click()
        await ahead.page.locator("dialog").get_by_role("button", name="Sit out the next round").click()
        await expect(row).to_contain_text("by a host’s word")
        await expect(ahead.page.locator("[data-sits-out] .person")).to_have_count(1)
        await expect(ahead.page.locator("[data-ahead]")).to_have_count(2)
        await ahead.is_made()
        if _ == 0:
            await row.get_by_role("button", name="Take back").click()
            await expect(row.get_by_role("button", name="Take back")).to_have_count(0)
            await ahead.is_made()
    return out


async def never(ahead: Ahead) -> tuple[str, str]:
    """Two are kept apart: made again at once, and the page refuses to bring them together before it is asked."""
    before = await ahead.rooms()
    one, other = sorted(min(before, key=sorted))
    await ahead.handle(one).click()
    await ahead.page.locator("dialog").get_by_role("button", name=other).last.click()
    await expect(ahead.page.locator("[data-nevers] li")).to_have_count(1)
    await expect(ahead.card(one)).not_to_contain_text(other)
    await ahead.is_made()
    beside = mate(await ahead.rooms(), other)
    await ahead.handle(one).click()
    refused = ahead.page.locator("dialog .choice-no", has_text=beside)
    await expect(refused).to_contain_text("kept apart from somebody there")
    await ahead.page.keyboard.press("Escape")
    return one, other


async def opens_as_steered(ahead: Ahead, guests: dict[str, Guest], out: str | None) -> None:
    """The rooms on the console and on every attendee's page are those of the preview."""
    rooms = await ahead.rooms()
    await ahead.desk.do("startRound")
    for room in rooms:
        for name in room:
            await guests[name].scene("pair")
            assert await guests[name].partners() == [await guests[mate(rooms, name)].fact("attendee")]
    assert {frozenset(room) for room in await ahead.desk.rooms()} == rooms
    if out:
        await guests[out].page.wait_for_selector("[data-without=host_wish]")
        await expect(guests[out].page.locator("main")).to_contain_text("A host keeps you free this round")


async def change_what_is_shown(ahead: Ahead, guests: dict[str, Guest]) -> None:
    """Between rounds people see whom they meet: a swap changes the cards, a repeat is said. The clock waits for us."""
    met = await ahead.desk.some_talk()
    await ahead.desk.do("endRound", asks=True)
    await ahead.desk.do("pauseEvent")
    await expect(ahead.panel).to_contain_text("People see this")
    await ahead.is_made()
    before = await ahead.rooms()
    assert met.isdisjoint(before)
    for room in before:
        for name in room:
            await shows_next(guests[name], guests[mate(before, name)])
    one, two = (name for name in sorted(next(iter(met))))
    if {one, two}.isdisjoint(await ahead.idle()):
        await ahead.swap(one, mate(before, two))
        after = exchanged(before, one, mate(before, two))
    else:
        idle = one if one in await ahead.idle() else two
        seat = mate(before, two if idle == one else one)
        await ahead.swap(idle, seat)
        after = exchanged(before, idle, seat)
    await ahead.are(after)
    assert frozenset((one, two)) in after
    await expect(ahead.card(one)).to_contain_text("Met in round 1")
    await expect(ahead.page.locator("[data-given-up]")).to_contain_text("a host has put them together")
    for room in after:
        for name in room:
            await shows_next(guests[name], guests[mate(after, name)])


@pytest.fixture
async def company(venue: Venue, guests: Guests) -> tuple[Ahead, dict[str, Guest]]:
    """A host at the console and five people in the lobby."""
    evening = await organise(venue, "Next Please", short_agenda(PAIRS))
    host = await guests.invite("Noor Haddad")
    await host.context.add_cookies([{"name": "rondo_session", "value": evening.session, "url": venue.url}])
    desk = Desk(host)
    await host.page.set_viewport_size({"width": 1440, "height": 900})
    await host.page.goto(evening.console)
    await desk.verb("startRound").wait_for()
    await expect(host.page.locator(".next-round")).to_contain_text("Fewer than two people are ready.")
    people = {name: await guests.invite(name) for name in PEOPLE}
    for name, guest in people.items():
        await guest.join(evening.landing, team=PEOPLE[name])
        await guest.enter("audio")
    await expect(host.page.locator(".phase .tag")).to_contain_text("5 ready")
    return Ahead(desk), people


async def look(ahead: Ahead, inspector: Inspector, state: str) -> None:
    """Axe and sideways scroll, in both themes and sizes; pictures too where somebody wants to see them."""
    await inspector.look(ahead.page, state)
    if shots := os.environ.get("RONDO_SHOTS"):
        for width, height in ((1440, 900), (390, 844)):
            for theme in ("light", "dark"):
                await ahead.page.set_viewport_size({"width": width, "height": height})
                await ahead.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                name = f"{state.replace(' ', '-')}-{width}-{theme}.png"
                await ahead.page.screenshot(path=Path(shots) / name, full_page=width == 390)
        await ahead.page.set_viewport_size({"width": 1440, "height": 900})
        await ahead.page.emulate_media(color_scheme="light")


async def test_a_host_steers_the_next_round(
    company: tuple[Ahead, dict[str, Guest]], guests: Guests, venue: Venue
) -> None:
    ahead, people = company
    inspector = Inspector()
    await preview(ahead, people)
    await look(ahead, inspector, "preview")
    await pin_and_redo(ahead)
    await swap_and_undo(ahead)
    out = await exclude(ahead)
    one, other = await never(ahead)
    await ahead.handle(one).click()
    await look(ahead, inspector, "sheet")
    await ahead.page.keyboard.press("Escape")
    await opens_as_steered(ahead, people, out)
    await change_what_is_shown(ahead, people)
    await look(ahead, inspector, "changeover")
    await opens_as_steered(ahead, people, None)
    assert other not in {mate({frozenset(room)}, one) for room in await ahead.desk.rooms() if one in room}
    assert inspector.found == []
    assert not guests.complaints()
    assert not venue.tracebacks()
