"""Seats: taken, kept, left and given."""

import pytest

from rooms.event import may_signal
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId, Role, RoomId
from rooms.language.limits import MESH_SEATS, SEAT_KEPT_MS
from rooms.language.notices import RoomChanged
from rooms.language.refusals import Refusal
from tests.support.builders import Evening, an_event, last_told, of_kind

FOUR = (LobbySegment(length_s=60), RoundsSegment(rounds=2, length_s=120, size=4), ClosingSegment())


def partner_of(evening: Evening, number: int) -> int:
    """The other one of a pair."""
    people = evening.event.rooms[evening.room_of(number)].people
    return next(int(who[1:]) for who in people if who != f"p{number}")


def test_sitting_down_twice_is_harmless_and_elsewhere_is_refused() -> None:
    evening = an_event().with_attendees(4).in_round()
    elsewhere = next(room for room in evening.event.rooms if room != evening.room_of(1))

    assert evening.attendee(1, k.TakeSeat(room=evening.room_of(1))) == []
    assert evening.refusal(k.TakeSeat(room=elsewhere), "p1", Role.ATTENDEE) is Refusal.WRONG_ROOM
    room = evening.room_of(1)
    evening.in_changeover()
    assert evening.refusal(k.TakeSeat(room=room), "p1", Role.ATTENDEE) is Refusal.ROUND_CLOSED


def test_a_refresh_keeps_the_seat_and_the_partner_sees_another_connection() -> None:
    evening = an_event().with_attendees(4).in_round()
    room = evening.room_of(1)
    evening.depart(1)
    evening.wait(SEAT_KEPT_MS - 1)
    new = evening.arrive(1)

    assert evening.room_of(1) == room
    shown = last_told(evening, RoomChanged).room
    mine = next(person for person in shown.people if person.card.id == "p1")
    assert (mine.connection, mine.presence) == (new, "here")


def test_after_twenty_seconds_the_partner_is_alone_and_the_meeting_is_kept() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.depart(1)
    evening.wait(SEAT_KEPT_MS)

    assert evening.person(2).without == Reason(code="alone", members=(AttendeeId("p2"),))
    (meeting,) = of_kind([entry.change for entry in evening.journal], c.MeetingHeld)
    assert meeting.talked_ms == SEAT_KEPT_MS
    assert set(meeting.people) == {"p1", "p2"}


def test_two_who_come_together_again_get_a_room() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.depart(1)
    evening.wait(SEAT_KEPT_MS)
    evening.arrive(1)

    assert evening.room_of(1) == evening.room_of(2)


def test_who_stayed_away_too_long_gets_the_seat_back_while_the_room_is_open() -> None:
    evening = an_event(FOUR).with_attendees(4).in_round()
    room = evening.room_of(1)
    evening.depart(1)
    evening.wait(SEAT_KEPT_MS)
    assert evening.person(1).room is None
    evening.arrive(1)

    assert evening.person(1).room == room


def test_less_than_five_seconds_together_is_no_meeting() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.wait(4_999)
    evening.attendee(1, k.LeaveSeat(room=evening.room_of(1)))

    assert not of_kind([entry.change for entry in evening.journal], c.MeetingHeld)


def test_leaving_is_for_this_round_and_the_one_left_is_placed_again() -> None:
    evening = an_event().with_attendees(4).in_round()
    one, other = partner_of(evening, 1), next(n for n in (2, 3, 4) if n != partner_of(evening, 1))
    evening.attendee(1, k.LeaveSeat(room=evening.room_of(1)))
    evening.attendee(other, k.LeaveSeat(room=evening.room_of(other)))

    last = next(n for n in (2, 3, 4) if n not in (one, other))
    assert evening.room_of(one) == evening.room_of(last)
    assert evening.person(1).room is None
    evening.in_changeover()
    evening.next_deadline()
    assert evening.person(1).room is not None


def test_saying_ready_again_takes_back_that_one_left() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.attendee(1, k.LeaveSeat(room=evening.room_of(1)))
    assert evening.person(2).room is None
    evening.attendee(1, k.SetReadiness(ready=False))
    evening.attendee(1, k.SetReadiness(ready=True))

    assert evening.room_of(1) == evening.room_of(2)


def test_a_person_is_moved_and_the_one_left_behind_is_not_forgotten() -> None:
    evening = an_event().with_attendees(4).in_round()
    left, target = partner_of(evening, 1), next(n for n in (2, 3, 4) if n != partner_of(evening, 1))
    evening.organiser(k.MoveSeat(attendee=AttendeeId("p1"), room=evening.room_of(target)))

    assert evening.room_of(1) == evening.room_of(target)
    assert evening.why(left) == "alone"
    assert evening.person(left).offer == evening.room_of(target)
    evening.attendee(left, k.AcceptOffer(room=evening.room_of(target)))
    assert len(evening.event.rooms[evening.room_of(left)].people) == MESH_SEATS


@pytest.mark.parametrize(
    ("prepare", "room", "reason"),
    [
        ("", RoomId("9-9"), Refusal.ROOM_GONE),
        ("full", None, Refusal.ROOM_FULL),
        ("apart", None, Refusal.KEPT_APART),
        ("gone", None, Refusal.NOT_HERE),
        ("removed", None, Refusal.REMOVED),
    ],
)
def test_moves_that_cannot_be(prepare: str, room: RoomId | None, reason: Refusal) -> None:
    evening = an_event(FOUR).with_attendees(6).in_round()
    target = next(n for n in range(2, 7) if evening.room_of(n) != evening.room_of(1))
    goal = room or evening.room_of(target)
    if prepare == "full":
        others = [n for n in range(2, 7) if evening.room_of(n) == evening.room_of(1)]
        evening.organiser(k.MoveSeat(attendee=AttendeeId(f"p{others[0]}"), room=goal))
    elif prepare == "apart":
        evening.order(e.KeepApart(pairs=((AttendeeId("p1"), AttendeeId(f"p{target}")),)))
    elif prepare == "gone":
        evening.depart(1, meant=True)
    elif prepare == "removed":
        evening.organiser(k.RemoveAttendee(attendee=AttendeeId("p1")))

    assert evening.refusal(k.MoveSeat(attendee=AttendeeId("p1"), room=goal), "o", Role.ORGANISER) is reason


def test_a_move_to_the_same_room_changes_nothing() -> None:
    evening = an_event().with_attendees(4).in_round()

    assert evening.organiser(k.MoveSeat(attendee=AttendeeId("p1"), room=evening.room_of(1))) == []


def test_people_without_a_room_can_be_paired_up() -> None:
    evening = an_event().with_attendees(4).in_round()
    evening.with_attendees(2, ready=False)
    wish = k.PairUp(attendees=(AttendeeId("p5"), AttendeeId("p6")))
    evening.organiser(wish)

    assert evening.room_of(5) == evening.room_of(6)
    assert evening.organiser(wish) == []
    twice = k.PairUp(attendees=(AttendeeId("p5"), AttendeeId("p5")))
    assert evening.refusal(twice, "o", Role.ORGANISER) is Refusal.TOO_FEW
    evening.order(e.KeepApart(pairs=((AttendeeId("p5"), AttendeeId("p1")),)))
    apart = k.PairUp(attendees=(AttendeeId("p5"), AttendeeId("p1")))
    assert evening.refusal(apart, "o", Role.ORGANISER) is Refusal.KEPT_APART


def test_signals_pass_only_between_people_of_the_same_room_and_round() -> None:
    evening = an_event().with_attendees(4).in_round()
    other = partner_of(evening, 1)
    stranger = next(n for n in (2, 3, 4) if n != other)
    room, one, two = evening.room_of(1), AttendeeId("p1"), AttendeeId(f"p{other}")

    assert may_signal(evening.event, one, two, room, 1)
    assert not may_signal(evening.event, one, two, room, 2)
    assert not may_signal(evening.event, one, one, room, 1)
    assert not may_signal(evening.event, one, AttendeeId(f"p{stranger}"), room, 1)
    assert not may_signal(evening.event, one, two, evening.room_of(stranger), 1)
    evening.attendee(1, k.LeaveSeat(room=room))
    assert not may_signal(evening.event, one, two, room, 1)
