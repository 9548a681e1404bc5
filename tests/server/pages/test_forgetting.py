"""Whoever is erased is forgotten by the other events of the series as well."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rooms.language.errands import RecallMeetings
from rooms.language.ids import EventId, Instant
from server.identity.cookies import SEAT
from server.pages import people, profile
from server.records import events, registrations
from server.records.events import Event
from server.records.organisers import Organiser
from server.records.registrations import Newcomer, Registration
from tests.support.organising import IN_2100, House, open_house
from tests.support.seating import meet

Recalled = tuple[EventId, RecallMeetings]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, [*profile.routes, *people.routes]) as opened:
        yield opened


@pytest.fixture
async def noor(house: House) -> Organiser:
    return await house.organiser()


@pytest.fixture
async def series(house: House, noor: Organiser) -> list[Event]:
    """Two events that are over, and one that is to come."""
    first = await house.event(noor)
    later = [await events.duplicate(house.records, first, "Again", Instant(IN_2100 + week), noor.id) for week in (1, 2)]
    for event in (first, later[0]):
        await events.set_status(house.records, event.id, "ended")
    return [first, *later]


async def register(house: House, event: Event, name: str) -> Registration:
    """Somebody with a seat and an address."""
    person = await registrations.join(house.records, event.id, Newcomer(name, f"{name}@example.org"), 0)
    assert person
    return person


def recalled(house: House) -> list[Recalled]:
    """What events were told to remember instead."""
    return [(event, order.wish) for event, order in house.inbox.orders if isinstance(order.wish, RecallMeetings)]


async def test_an_event_to_come_remembers_only_what_others_still_know(house: House, series: list[Event]) -> None:
    seats = [[await register(house, event, name) for name in ("ana", "ben")] for event in series]
    for ana, ben in seats[:2]:
        await meet(house.records, 1, ana, ben)
    (oldest, _), _, (here, other) = seats
    browser = house.visitor()
    browser.cookies.set(SEAT + oldest.event, oldest.token)
    assert (await browser.post(f"/e/{oldest.event}/erase", data={"sure": "on"})).status_code == 200
    assert recalled(house) == [(here.event, RecallMeetings(here.id, ((other.id, 1),)))]


async def test_nothing_is_known_of_somebody_who_is_erased_here(house: House, series: list[Event]) -> None:
    seats = [[await register(house, event, name) for name in ("ana", "ben")] for event in series]
    await meet(house.records, 1, *seats[0])
    here = seats[2][0]
    browser = house.visitor()
    browser.cookies.set(SEAT + here.event, here.token)
    await browser.post(f"/e/{here.event}/erase", data={"sure": "on"})
    assert recalled(house) == [(here.event, RecallMeetings(here.id, ()))]


async def test_a_host_who_deletes_somebody_has_them_forgotten_too(
    house: House, noor: Organiser, series: list[Event]
) -> None:
    seats = [[await register(house, event, name) for name in ("ana", "ben")] for event in series]
    await meet(house.records, 1, *seats[0])
    old, here = seats[0][0], seats[2][0]
    browser = await house.browser_of(noor)
    assert (await browser.post(f"/events/{old.event}/people/{old.id}/delete")).status_code == 303
    assert recalled(house) == [(here.event, RecallMeetings(here.id, ()))]
