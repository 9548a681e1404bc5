"""What an event inherits from the others of its series: meetings by e-mail address, and who is kept apart."""

import pytest
from sqlalchemy import text

from rooms.language.changes import PeopleParted
from rooms.language.ids import AttendeeId, EventId, Instant
from rooms.language.limits import EARLIER_MEETINGS
from server.records import events, organisers, registrations, reports, series
from server.records.engine import Records
from server.records.events import Event
from server.records.registrations import Newcomer, Registration
from server.records.reports import Complaint
from server.records.series import Acquaintance, Past, Seat
from tests.support.seating import STARTS_AT, add_event, meet, write_down

WEEK_MS = 7 * 24 * 3_600_000
FIRST, SECOND, THIRD = (EventId(f"mixer-{number}") for number in (1, 2, 3))
"""Three events of one series, a week apart; the first two were held."""


@pytest.fixture
async def records(records: Records) -> Records:
    for number, slug in enumerate((FIRST, SECOND, THIRD)):
        status = "planned" if slug == THIRD else "ended"
        values = {"series": FIRST, "starts_at": STARTS_AT + number * WEEK_MS, "status": status}
        await add_event(records, slug, name=f"Mixer {number + 1}", created_at=number, **values)
    return records


async def register(records: Records, event: EventId, *names: str) -> list[Registration]:
    """People with a seat, known by an e-mail address made of their name."""
    people = [await registrations.join(records, event, Newcomer(name, f"{name}@example.org"), 0) for name in names]
    return [person for person in people if person]


async def past(records: Records, person: Registration) -> Past | None:
    """What somebody brings along to their event."""
    return await series.past_of(records, person.event, person.id)


async def event_of(records: Records, slug: EventId) -> Event:
    """The event of this slug."""
    found = await events.find(records, slug)
    assert found
    return found


async def test_who_met_earlier_is_known_by_address_whatever_its_capitals(records: Records) -> None:
    ana, ben = await register(records, FIRST, "ana", "ben")
    await meet(records, 1, ana, ben)
    here, there = await register(records, THIRD, "ANA", "Ben")
    assert await past(records, here) == Past(((there.id, 2),), ())
    assert await past(records, there) == Past(((here.id, 2),), ())


async def test_the_latest_meeting_counts_and_comes_first(records: Records) -> None:
    ana, ben, cleo = await register(records, FIRST, "ana", "ben", "cleo")
    await meet(records, 1, ana, ben, cleo)
    await meet(records, 2, ana, ben)
    later, same = await register(records, SECOND, "ana", "cleo")
    await meet(records, 1, later, same)
    me, second, first = await register(records, THIRD, "ana", "ben", "cleo")
    assert await past(records, me) == Past(((first.id, 1), (second.id, 2)), ())


async def test_an_event_that_was_never_held_is_not_counted(records: Records) -> None:
    ana, ben = await register(records, FIRST, "ana", "ben")
    await meet(records, 1, ana, ben)
    await events.set_status(records, SECOND, "planned")
    me, other = await register(records, THIRD, "ana", "ben")
    assert await past(records, me) == Past(((other.id, 1),), ())


async def test_what_comes_later_is_not_the_past(records: Records) -> None:
    ana, ben = await register(records, SECOND, "ana", "ben")
    await meet(records, 1, ana, ben)
    me, _ = await register(records, FIRST, "ana", "ben")
    assert await past(records, me) == Past((), ())


async def test_without_an_address_nobody_is_known(records: Records) -> None:
    nobody = [await registrations.join(records, FIRST, Newcomer(name), 0) for name in ("Ana", "Ben")]
    await meet(records, 1, *(person for person in nobody if person))
    again = await registrations.join(records, THIRD, Newcomer("Ana"), 0)
    await registrations.join(records, THIRD, Newcomer("Ben"), 0)
    assert again
    assert await past(records, again) is None


async def test_another_series_is_another_matter(records: Records) -> None:
    ana, ben = await register(records, FIRST, "ana", "ben")
    await meet(records, 1, ana, ben)
    await reports.block(records, ana, ben.id)
    other = await add_event(records, "other", series="other", starts_at=STARTS_AT + 9 * WEEK_MS)
    me, _ = await register(records, other, "ana", "ben")
    assert await past(records, me) is None
    assert await series.apart(records, other) == []
    assert await series.acquaintance(records, await event_of(records, other)) is None


async def test_it_is_bounded_and_the_oldest_go_first(records: Records) -> None:
    many = [f"p{number}" for number in range(EARLIER_MEETINGS)]
    ana, *others = await register(records, FIRST, "ana", *many)
    for number, other in enumerate(others):
        await meet(records, number, ana, other)
    later, newest = await register(records, SECOND, "ana", "zoe")
    await meet(records, 1, later, newest)
    me, zoe, *_ = await register(records, THIRD, "ana", "zoe", *many)
    found = await past(records, me)
    assert found
    assert len(found.met) == EARLIER_MEETINGS
    assert found.met[0] == (zoe.id, 1)


async def test_in_a_large_crowd_less_is_carried_over(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, ben = await register(records, FIRST, "ana", "ben")
    await meet(records, 1, ana, ben)
    later, other = await register(records, SECOND, "ana", "cleo")
    await meet(records, 1, later, other)
    me, _, newer = await register(records, THIRD, "ana", "ben", "cleo")
    monkeypatch.setattr(series, "EARLIER_PAIRS", 5)
    assert await past(records, me) == Past(((newer.id, 1),), ())


async def test_a_block_lasts_through_the_series_in_both_directions_and_whatever_the_date(records: Records) -> None:
    ana, ben = await register(records, FIRST, "ana", "ben")
    await reports.file(records, ana, Complaint(ben.id, "unkind", never_again=True))
    later, cleo = await register(records, THIRD, "ben", "cleo")
    await reports.block(records, cleo, later.id)
    me, him, her = await register(records, SECOND, "ana", "ben", "cleo")
    pairs = [(me.id, him.id), (her.id, him.id)]
    assert await series.apart(records, SECOND) == sorted(pairs)
    assert await past(records, me) == Past((), ((me.id, him.id),))
    assert await past(records, him) == Past((), tuple(sorted(pairs)))


async def test_whom_a_host_keeps_apart_stays_so_until_taken_back_where_it_was_said(records: Records) -> None:
    ana, ben = sorted(await register(records, FIRST, "ana", "ben"), key=lambda person: person.id)
    me, other = await register(records, THIRD, ana.name, ben.name)
    await write_down(records, FIRST, PeopleParted(ana.id, ben.id, True))
    assert await series.apart(records, THIRD) == [(me.id, other.id)]
    assert await past(records, other) == Past((), ((me.id, other.id),))
    await write_down(records, FIRST, PeopleParted(ana.id, ben.id, False))
    assert await series.apart(records, THIRD) == []


async def test_somebody_erased_is_carried_over_no_more(records: Records) -> None:
    ana, ben = await register(records, FIRST, "ana", "ben")
    await meet(records, 1, ana, ben)
    me, other = await register(records, THIRD, "ana", "ben")
    await registrations.erase(records, ben.id)
    assert await past(records, me) == Past((), ())
    await registrations.erase(records, other.id)
    assert await past(records, other) is None
    async with records.connect() as connection:
        kept = await connection.execute(text("SELECT count(*) FROM registrations WHERE address LIKE 'ben%'"))
        assert kept.scalar_one() == 0


async def test_the_organiser_learns_how_many_know_each_other(records: Records) -> None:
    ana, ben, cleo = await register(records, FIRST, "ana", "ben", "cleo")
    await meet(records, 1, ana, ben)
    await meet(records, 2, ana, cleo)
    assert await series.acquaintance(records, await event_of(records, FIRST)) is None
    await register(records, THIRD, "ana", "dan")
    third = await event_of(records, THIRD)
    assert await series.acquaintance(records, third) == Acquaintance("Mixer 1", 2, 0)
    (again,) = await register(records, THIRD, "ben")
    assert await series.acquaintance(records, third) == Acquaintance("Mixer 1", 2, 2)
    await registrations.set_status(records, THIRD, again.id, "removed")
    assert await series.acquaintance(records, third) == Acquaintance("Mixer 1", 2, 0)
    await events.remove(records, FIRST)
    assert await series.acquaintance(records, third) == Acquaintance("Mixer 2", 1, 0)


async def test_all_seats_of_a_person_that_are_still_of_use_are_found(records: Records) -> None:
    (old,) = await register(records, FIRST, "ana")
    (new,) = await register(records, THIRD, "Ana")
    assert await series.seats_of(records, old.id) == [Seat(THIRD, new.id)]
    nobody = await registrations.join(records, THIRD, Newcomer("Ana"), 0)
    assert nobody
    assert await series.seats_of(records, nobody.id) == []
    assert await series.seats_of(records, AttendeeId("nobody")) == []


async def test_a_copy_goes_on_with_the_series_and_minds_who_met(records: Records) -> None:
    noor = await organisers.create(records, "noor@example.org", "Noor", None)
    first = await event_of(records, FIRST)
    copy = await events.duplicate(records, first, "Again", Instant(STARTS_AT), noor.id)
    again = await events.duplicate(records, copy, "And again", Instant(STARTS_AT), noor.id)
    assert [event.series for event in (first, copy, again)] == [FIRST] * 3
    assert [event.series_history for event in (first, copy, again)] == [False, True, True]
    assert [events.plan_of(event).series_history for event in (first, copy)] == [False, True]
    fresh = await events.create(records, copy, copy.agenda, noor.id)
    assert fresh.series == fresh.id
