"""Journey (f): an attendee and an organiser with the keyboard alone; the focus is seen, never lost, never trapped."""

import pytest
from playwright.async_api import expect

from rooms.language.agenda import RoundsSegment
from server.records import events
from server.records.engine import now_ms
from tests.journeys.desk import Desk
from tests.journeys.guests import Guests
from tests.journeys.hand import Organising, organise
from tests.journeys.keys import Keys
from tests.journeys.venue import Venue, short_agenda

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PAIRS = RoundsSegment(title="Pairs", rounds=2, length_s=900, changeover_s=120)
SINGLE_KEYS = "mvtnybrlp+"


async def take_a_seat(keys: Keys, landing: str) -> None:
    """The form of the event page, the device check, the lobby."""
    await keys.page.goto(landing)
    await keys.to("Skip to content")
    await keys.press("Enter")
    await keys.to("Name")
    await keys.type("Priya Raman")
    await keys.to("I keep to this")
    await keys.press("Space")
    await keys.to("Save my seat")
    await keys.press("Enter")
    await keys.page.wait_for_url("**/live", wait_until="domcontentloaded")
    await keys.page.wait_for_selector("button[data-way=audio]:not([disabled])")
    await keys.to("Join with audio only")
    await keys.press("Enter")
    await keys.page.wait_for_selector("body[data-scene=lobby]")
    await keys.held()


async def wait_in_the_lobby(keys: Keys) -> None:
    """Chat, the list of keys, resting and being ready; single keys rest while one writes."""
    page = keys.page
    await keys.press("/")
    await expect(page.locator("#lobby-chat")).to_be_focused()
    await keys.type(SINGLE_KEYS + "?")
    await expect(page.locator("#lobby-chat")).to_have_value(SINGLE_KEYS + "?")
    await expect(page.locator("dialog")).to_have_count(0)
    await keys.press("Enter")
    await page.locator(".chat li", has_text=SINGLE_KEYS).wait_for()
    await keys.to("Send")
    await keys.press("?")
    await expect(page.locator("dialog")).to_have_count(1)
    await keys.press("Escape")
    await expect(page.locator("dialog")).to_have_count(0)
    assert await keys.at() == "Send"
    await keys.to("Sit one out")
    await keys.press("Space")
    await page.get_by_role("button", name="I am ready").wait_for()
    await keys.held()
    await keys.to("I am ready", back=await keys.at() != "Get help")
    await keys.press("Enter")
    await page.get_by_role("button", name="Sit one out").wait_for()
    assert "Leave" in await keys.goes_round()


async def talk(keys: Keys) -> None:
    """In the room: microphone, yes, chat; the stops go round."""
    page = keys.page
    await page.wait_for_selector("body[data-scene=pair]")
    await keys.held()
    stops = await keys.goes_round()
    assert {"Chat", "Get help", "Report"} <= set(stops)
    microphone = page.get_by_role("group", name="Room controls").get_by_role("button", name="Mic")
    pressed = await microphone.get_attribute("aria-pressed")
    await keys.press("m")
    await expect(microphone).to_have_attribute("aria-pressed", "false" if pressed == "true" else "true")
    await keys.press("y")
    await page.wait_for_selector(".stay-card [aria-pressed=true]")
    await keys.press("b")
    await expect(page.locator("#room-chat")).to_be_focused()
    await keys.type(SINGLE_KEYS)
    await expect(page.locator("#room-chat")).to_have_value(SINGLE_KEYS)
    await keys.press("Enter")
    await page.locator(".bub", has_text=SINGLE_KEYS).wait_for()
    await keys.to("Chat")
    await keys.press("Enter")
    await page.wait_for_selector(".stay-card [aria-pressed=true]")
    assert await keys.at() == "Chat"
    assert await page.locator("body[data-scene=pair]").count() == 1


async def start(desk: Desk, keys: Keys) -> None:
    """Doors and round by Tab and Enter, pause and resume by Space."""
    await keys.to("Start round 1")
    await keys.press("Enter")
    await expect(desk.page.locator(".rooms .rm")).to_have_count(2)
    await keys.held()
    await keys.to("Pause")
    await keys.press("Space")
    await desk.verb("resumeEvent").wait_for()
    await keys.held()
    await keys.to("End round")
    await keys.to("Resume", back=True)
    await keys.press("Enter")
    await desk.verb("pauseEvent").wait_for()
    await keys.press("b")
    await expect(desk.page.locator("#tell")).to_be_focused()
    await keys.type("e +gai?/b")
    await expect(desk.page.locator("#tell")).to_have_value("e +gai?/b")
    await expect(desk.page.locator(".question, dialog")).to_have_count(0)
    assert {"End round", "Find a person", "Keys"} <= set(await keys.goes_round())


async def move_somebody(desk: Desk, keys: Keys) -> None:
    """G and a number, the handle, the number of the other room; whoever is moved joins Priya."""
    rooms = await desk.rooms()
    hers = next(at for at, room in enumerate(rooms) if "Priya Raman" in room)
    moved = rooms[1 - hers][0]
    await desk.page.locator("main").focus()
    await keys.press("g", str(2 - hers))
    await expect(desk.page.locator(f"[data-room='{2 - hers}']")).to_be_focused()
    await keys.to(f"Move {moved}")
    await keys.press("Enter")
    await expect(desk.page.locator("#move-number")).to_be_focused()
    await keys.press("Escape")
    await expect(desk.page.locator("dialog")).to_have_count(0)
    assert (await keys.at()).startswith(f"Move {moved}")
    await keys.press("Enter")
    await expect(desk.page.locator("#move-number")).to_be_focused()
    await keys.type(str(hers + 1))
    await keys.press("Enter")
    await expect(desk.card(hers).locator(".pp .truncate")).to_have_count(3)
    await keys.held()
    assert (await keys.at()).startswith(f"Move {moved}")


async def end(desk: Desk, keys: Keys) -> None:
    """E asks once in place; no answer but Enter ends the round. The next part goes the same way."""
    await keys.press("e")
    await expect(desk.page.locator(".question button").first).to_be_focused()
    await keys.press("Escape")
    await expect(desk.page.locator(".question")).to_have_count(0)
    await keys.held()
    await keys.press("e")
    await expect(desk.page.locator(".question button").first).to_be_focused()
    await keys.press("Enter")
    await desk.phase("After round 1")
    await keys.held()


async def stay_between_rounds(keys: Keys) -> None:
    """After the round the focus is on the question, and every answer can be reached."""
    await keys.page.wait_for_selector("body[data-scene=changeover]")
    await keys.held()
    await keys.goes_round()


async def read_the_list(keys: Keys) -> None:
    """From the closing to the list of people, and to one of them."""
    await keys.page.wait_for_selector("body[data-scene=closing]")
    await keys.held()
    await keys.page.locator(".met li").first.wait_for()
    await keys.to("Open your list")
    await keys.press("Enter")
    await keys.page.wait_for_url("**/connections", wait_until="domcontentloaded")
    await keys.to("All")
    await keys.press("Enter")
    await keys.page.wait_for_url("**show=all", wait_until="domcontentloaded")
    first = await keys.page.locator(".ppl b").first.inner_text()
    await keys.page.locator("main").focus()
    for _ in range(12):
        await keys.press("Tab")
        if first in await keys.at():
            break
    await keys.press("Enter")
    await expect(keys.page.locator("#chosen-name")).to_have_text(first)


async def company(evening: Organising, guests: Guests) -> None:
    """Three more people, who use what they like."""
    others = [await guests.invite(name) for name in ("Mateo Quispe", "Hana Sato", "Wren Carter")]
    for guest in others:
        await guest.join(evening.landing)
        await guest.enter("audio")


async def test_an_evening_with_the_keyboard_alone(venue: Venue, guests: Guests) -> None:
    evening = await organise(venue, "Keys Only", short_agenda(PAIRS))
    await events.change(venue.records, evening.event.id, {"starts_at": now_ms() + 3_600_000})
    host, priya = await guests.invite("Noor Haddad"), await guests.invite("Priya Raman")
    await host.context.add_cookies([{"name": "rondo_session", "value": evening.session, "url": venue.url}])
    desk, hosting, attending = Desk(host), Keys(host.page), Keys(priya.page)
    await host.page.goto(evening.console)
    await desk.verb("openEvent").wait_for()
    await hosting.to("Open the doors")
    await hosting.press("Enter")
    await desk.verb("startRound").wait_for()
    await hosting.held()
    await take_a_seat(attending, evening.landing)
    await wait_in_the_lobby(attending)
    await company(evening, guests)
    await start(desk, hosting)
    await talk(attending)
    await move_somebody(desk, hosting)
    await end(desk, hosting)
    await stay_between_rounds(attending)
    await hosting.to("Next part")
    await hosting.press("Enter")
    await expect(host.page.locator(".question button").first).to_be_focused()
    await hosting.press("Enter")
    await read_the_list(attending)
    assert not guests.complaints()
    assert not venue.tracebacks()
