"""Who is told what, and that each thing is said once for all who hear it."""

from collections import Counter

from rooms.event import (
    Announcement,
    Attendees,
    Event,
    Everyone,
    Hearers,
    InRoom,
    Organisers,
    Person,
    announce,
    evolve,
    initial,
    room_people,
)
from rooms.language import commands as k
from rooms.language.changes import Entry, FeedAdded, MeetingHeld, RoundEnded, RoundOpened
from rooms.language.codec import decode_downward, encode_downward
from rooms.language.ids import AttendeeId, RoomId
from rooms.language.notices import BoardChanged, EventChanged, MeChanged, NextChanged, RoomChanged, RoomLeft
from tests.rooms.event.picture import ORGANISER, reaches, viewer_of
from tests.support.builders import Evening, a_plan, an_event


def said_about(evening: Evening, kind: type) -> tuple[Event, list[Announcement]]:
    """The state after the last change of one kind, and what was said about it."""
    event, found = initial(evening.event.plan), None
    for entry in evening.journal:
        before, event = event, evolve(event, entry)
        if isinstance(entry.change, kind):
            found = (event, list(announce(before, event, entry)))
    assert found is not None
    return found


def test_a_round_opens_with_one_notice_a_room_and_one_for_all() -> None:
    evening = an_event().with_attendees(8).in_round()
    _, said = said_about(evening, RoundOpened)
    count = Counter((type(one.audience), type(one.notice)) for one in said)

    assert count[Everyone, EventChanged] == 1
    assert count[InRoom, RoomChanged] == 4
    assert count[Attendees, NextChanged] == 1
    assert count[Organisers, BoardChanged] == 1
    assert count[Person, MeChanged] == 0


def test_the_end_of_a_round_is_told_room_by_room_to_those_who_sat_there() -> None:
    evening = an_event().with_attendees(6).in_changeover()
    after, said = said_about(evening, RoundEnded)
    rooms = [one.audience.room for one in said if isinstance(one.audience, InRoom)]

    assert len(rooms) == 3
    assert all(len(room_people(after, room)) == 2 for room in rooms)
    assert all(isinstance(one.notice, RoomLeft) for one in said if isinstance(one.audience, InRoom))


def test_what_concerns_nobody_is_not_told() -> None:
    evening = an_event().with_attendees(2).in_round().wait(10_000)
    evening.attendee(1, k.LeaveSeat(room=evening.room_of(1)))
    _, said = said_about(evening, MeetingHeld)

    assert said == []


def test_the_feed_goes_to_organisers_alone() -> None:
    evening = an_event().with_attendees(1)
    _, said = said_about(evening, FeedAdded)

    assert [one.audience for one in said] == [Organisers()]


def test_audiences_are_values_that_can_be_keys() -> None:
    keys = {Everyone(): 1, Organisers(): 2, Attendees(): 3, Person(AttendeeId("a")): 4}

    assert keys[Person(AttendeeId("a"))] == 4
    assert len({*keys, Everyone()}) == 4


def test_what_nobody_here_would_hear_is_not_made_and_nothing_else_is_left_out() -> None:
    evening = an_event().with_attendees(9).in_round()
    evening.attendee(4, k.LeaveSeat(room=evening.event.people[AttendeeId("p4")].room or RoomId("")))
    evening.in_changeover().in_round()
    event, left_out = initial(evening.event.plan), 0
    for entry in evening.journal:
        before, event = event, evolve(event, entry)
        for viewer in (viewer_of(AttendeeId("p1")), viewer_of(AttendeeId("p4")), ORGANISER):
            attendees = {AttendeeId(viewer.id)} if viewer is not ORGANISER else set[AttendeeId]()
            some = list(announce(before, event, entry, Hearers(attendees, viewer is ORGANISER)))
            every = list(announce(before, event, entry))
            assert [one for one in some if reaches(event, viewer, one)] == [
                one for one in every if reaches(event, viewer, one)
            ]
            left_out += len(every) - len(some)
            assert not any(isinstance(one.audience, Person) and one.audience.attendee not in attendees for one in some)

    assert left_out > len(evening.journal)


def test_every_notice_can_be_written_and_read() -> None:
    evening = an_event().open_console().with_attendees(5).in_changeover()

    for one in evening.told:
        assert decode_downward(encode_downward(one.notice)) == one.notice


def test_a_notice_carries_the_number_of_its_entry() -> None:
    plan = a_plan()
    before = initial(plan)
    evening = an_event().with_attendees(1)
    entry: Entry = evening.journal[0]

    assert all(getattr(one.notice, "seq", None) == entry.seq for one in announce(before, evolve(before, entry), entry))
