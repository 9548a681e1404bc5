"""From the journal into SQL: once, whatever is replayed."""

import pytest

from rooms.language.cards import Card, Clock
from rooms.language.changes import (
    AttendeeArrived,
    AttendeeGone,
    AttendeeReadmitted,
    AttendeeRemoved,
    Change,
    Entry,
    EventEnded,
    EventOpened,
    MeetingHeld,
    PeopleParted,
    RoundEnded,
)
from rooms.language.ids import AttendeeId, ConnectionId, EventId, Instant, RoomId
from server.records import listings, meetings, nevers, registrations, scribe
from server.records.engine import Records
from tests.support.seating import EVENT, add_event, event_row, seat


@pytest.fixture
async def records(records: Records) -> Records:
    await add_event(records)
    return records


async def test_an_evening_is_copied_and_a_replay_changes_nothing(records: Records) -> None:
    ana, ben, cem = [await seat(records, name) for name in ("Ana", "Ben", "Cem")]
    people = (ana.id, ben.id, cem.id)
    entries = [
        Entry(1, Instant(1_000), EventOpened()),
        Entry(2, Instant(2_000), AttendeeArrived(ana.card, ConnectionId("c1"))),
        Entry(3, Instant(3_000), MeetingHeld(1, RoomId("1-1"), 1, people, 5_000)),
        Entry(4, Instant(4_000), RoundEnded(Clock(1))),
        Entry(5, Instant(5_000), AttendeeGone(ana.id, meant=True)),
        Entry(6, Instant(6_000), AttendeeRemoved(ben.id, ban=True)),
        Entry(7, Instant(7_000), EventEnded()),
    ]
    await scribe.copy(records, EVENT, entries[:3])
    assert (await event_row(records))["status"] == "live"
    await scribe.copy(records, EVENT, entries)
    await scribe.copy(records, EVENT, entries)
    await scribe.copy(records, EVENT, [])
    assert await scribe.cursor(records, EVENT) == 7
    event = await event_row(records)
    assert (event["status"], event["ended_at"]) == ("ended", 7_000)
    found = {person.name: person for person in await listings.everyone(records, EVENT)}
    assert (found["Ana"].first_seen_at, found["Ana"].last_seen_at) == (2_000, 5_000)
    assert found["Ben"].status == "banned"
    assert [one.partner for one in await meetings.of(records, EVENT, ana.id)] == sorted([ben.id, cem.id])


async def test_many_at_once_are_copied_together_and_each_right(records: Records) -> None:
    ana, ben, cem = [await seat(records, name) for name in ("Ana", "Ben", "Cem")]
    here, room = ConnectionId("c"), RoomId("1-1")
    changes: list[Change] = [
        AttendeeArrived(ana.card, here),
        AttendeeArrived(ben.card, here),
        AttendeeGone(ana.id, meant=False),
        AttendeeArrived(ana.card, here),
        MeetingHeld(1, room, 1, (ana.id, ben.id), 9_000),
        MeetingHeld(1, room, 1, (ana.id, ben.id, cem.id), 5_000),
        MeetingHeld(1, RoomId("1-2"), 2, (ana.id, AttendeeId("nobody")), 5_000),
        AttendeeGone(cem.id, meant=False),
        AttendeeRemoved(ben.id, ban=False),
    ]
    await scribe.copy(records, EVENT, [Entry(n, Instant(n * 1_000), change) for n, change in enumerate(changes, 1)])
    found = {person.name: person for person in await listings.everyone(records, EVENT)}
    seen = {name: (person.first_seen_at, person.last_seen_at) for name, person in found.items()}
    assert seen == {"Ana": (1_000, 4_000), "Ben": (2_000, 2_000), "Cem": (None, 8_000)}
    assert found["Ben"].status == "removed"
    talks = [(one.partner, one.talked_ms) for one in await meetings.of(records, EVENT, ana.id)]
    assert sorted(talks) == sorted([(ben.id, 9_000), (cem.id, 5_000)])


async def test_first_seen_stays_when_somebody_returns(records: Records) -> None:
    ana = await seat(records, "Ana")
    for seq, at in enumerate((1_000, 9_000), 1):
        await scribe.copy(records, EVENT, [Entry(seq, Instant(at), AttendeeArrived(ana.card, ConnectionId("c")))])
    found = await registrations.find(records, ana.id)
    assert found is not None
    assert (found.first_seen_at, found.last_seen_at) == (1_000, 9_000)


async def test_a_removal_can_be_undone(records: Records) -> None:
    ana = await seat(records, "Ana")
    await scribe.copy(records, EVENT, [Entry(1, Instant(1), AttendeeRemoved(ana.id, ban=False))])
    await scribe.copy(records, EVENT, [Entry(2, Instant(2), AttendeeReadmitted(ana.id))])
    found = await registrations.find(records, ana.id)
    assert found is not None
    assert found.status == "joined"


async def test_the_longest_talk_of_a_room_counts(records: Records) -> None:
    ana, ben = await seat(records, "Ana"), await seat(records, "Ben")
    for seq, talked in enumerate((5_000, 60_000, 20_000), 1):
        held = MeetingHeld(1, RoomId("1-1"), 1, (ana.id, ben.id), talked)
        await scribe.copy(records, EVENT, [Entry(seq, Instant(seq), held)])
    [meeting] = await meetings.of(records, EVENT, ana.id)
    assert meeting.talked_ms == 60_000


async def test_people_whose_row_is_gone_do_not_stop_the_scribe(records: Records) -> None:
    ana, ben = await seat(records, "Ana"), await seat(records, "Ben")
    ghost = AttendeeId("ghost")
    changes: list[Change] = [
        AttendeeArrived(Card(ghost, "Ghost"), ConnectionId("c")),
        MeetingHeld(1, RoomId("1-1"), 1, (ghost, ana.id), 9_000),
        MeetingHeld(1, RoomId("1-2"), 2, (ana.id, ghost, ben.id), 9_000),
    ]
    await scribe.copy(records, EVENT, [Entry(n, Instant(n), change) for n, change in enumerate(changes, 1)])
    assert [one.partner for one in await meetings.of(records, EVENT, ana.id)] == [ben.id]
    assert await scribe.cursor(records, EVENT) == 3


async def test_a_deleted_event_is_passed_over(records: Records) -> None:
    await scribe.copy(records, EventId("deleted"), [Entry(1, Instant(1), EventOpened())])
    assert await scribe.cursor(records, EventId("deleted")) == 0


async def test_an_erased_person_stays_erased(records: Records) -> None:
    ana = await seat(records, "Ana")
    await registrations.erase(records, ana.id)
    await scribe.copy(records, EVENT, [Entry(1, Instant(1), AttendeeReadmitted(ana.id))])
    found = await registrations.find(records, ana.id)
    assert found is not None
    assert found.status == "erased"


async def test_who_is_kept_apart_by_a_host_is_known_until_it_is_taken_back(records: Records) -> None:
    ana, ben = [await seat(records, name) for name in ("Ana", "Ben")]
    one, other = sorted((ana.id, ben.id))
    entries = [
        Entry(1, Instant(1_000), PeopleParted(one=one, other=other, parted=True)),
        Entry(2, Instant(1_500), PeopleParted(one=one, other=other, parted=True)),
        Entry(3, Instant(2_000), PeopleParted(one=one, other=AttendeeId("nobody"), parted=True)),
    ]
    await scribe.copy(records, EVENT, entries)
    assert await nevers.of_event(records, EVENT) == [(one, other)]
    await scribe.copy(records, EVENT, [Entry(4, Instant(3_000), PeopleParted(one=one, other=other, parted=False))])
    assert await nevers.of_event(records, EVENT) == []


async def test_what_comes_under_numbers_that_redis_lost_is_copied(records: Records) -> None:
    ana, ben = await seat(records, "Ana"), await seat(records, "Ben")
    first = [Entry(seq, Instant(seq), EventOpened()) for seq in (1, 2, 3)]
    await scribe.copy(records, EVENT, first)
    await scribe.rewind(records, EVENT, 1)
    assert await scribe.cursor(records, EVENT) == 1
    held = MeetingHeld(1, RoomId("1-a"), 1, (ana.id, ben.id), 60_000)
    await scribe.copy(records, EVENT, [Entry(2, Instant(2), held)])
    assert [one.partner for one in await meetings.of(records, EVENT, ana.id)] == [ben.id]
    await scribe.rewind(records, EVENT, 9)
    assert await scribe.cursor(records, EVENT) == 2
