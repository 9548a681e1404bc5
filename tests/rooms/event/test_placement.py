"""Nobody who wants to talk is left standing: orphans, latecomers, and changes at the last moment."""

from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import AttendeeId, Role
from rooms.language.refusals import Refusal
from tests.support.builders import Evening, an_event


def forming(people: int, size: int = 2) -> Evening:
    """An evening in the last second before a round."""
    agenda = (LobbySegment(length_s=60), RoundsSegment(rounds=3, length_s=120, size=size), ClosingSegment())
    evening = an_event(agenda).with_attendees(people)
    while evening.event.phase != "forming":
        evening.next_deadline()
    return evening.wait(14_000)


def test_two_latecomers_are_put_together_at_once() -> None:
    evening = an_event().with_attendees(2).in_round().with_attendees(2)

    assert evening.room_of(3) == evening.room_of(4)
    assert evening.event.rooms[evening.room_of(3)].reasons[0].code == "latecomer"


def test_one_latecomer_is_offered_a_pair_while_more_than_half_the_time_is_left() -> None:
    evening = an_event().with_attendees(2).in_round().wait(59_000).with_attendees(1)
    assert evening.person(3).offer == evening.room_of(1)

    evening.wait(2_000)
    wish = k.AcceptOffer(room=evening.room_of(1))
    assert evening.refusal(wish, "p3", Role.ATTENDEE) is Refusal.NO_SPARE_TIME


def test_an_offer_taken_makes_a_trio_and_taking_it_again_changes_nothing() -> None:
    evening = an_event().with_attendees(2).in_round().with_attendees(1)
    wish = k.AcceptOffer(room=evening.room_of(1))
    evening.attendee(3, wish)

    assert len(evening.event.rooms[evening.room_of(1)].people) == 3
    assert evening.attendee(3, wish) == []


def test_an_orphan_may_join_as_long_as_a_quarter_is_left() -> None:
    evening = an_event().with_attendees(4).in_round().wait(80_000)
    evening.attendee(1, k.LeaveSeat(room=evening.room_of(1)))
    alone = next(n for n in (2, 3, 4) if evening.person(n).room is None)

    evening.attendee(alone, k.AcceptOffer(room=evening.offer_to(alone)))
    assert evening.person(alone).room is not None


def test_an_offer_is_taken_back_when_the_room_closes() -> None:
    evening = an_event().with_attendees(2).in_round().with_attendees(1)
    evening.attendee(1, k.LeaveSeat(room=evening.room_of(1)))

    assert evening.person(3).offer is None
    assert evening.room_of(3) == evening.room_of(2)


def test_nobody_is_offered_a_room_with_somebody_they_are_kept_apart_from() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.order(e.KeepApart(pairs=((AttendeeId("p1"), AttendeeId("p3")),)))
    evening.with_attendees(1)

    assert evening.person(3).offer is None
    assert evening.person(3).room is None


def test_whoever_goes_in_the_last_second_leaves_a_trio_or_another_pair() -> None:
    evening = forming(5)
    evening.depart(1, meant=True)
    evening.next_deadline()
    assert sorted(len(people) for people in evening.rooms()) == [2, 2]

    evening = forming(4)
    evening.depart(1, meant=True)
    evening.next_deadline()
    assert sorted(len(people) for people in evening.rooms()) == [3]


def test_whoever_comes_in_the_last_second_is_taken_in() -> None:
    evening = forming(4)
    evening.with_attendees(1)
    evening.next_deadline()
    assert sorted(len(people) for people in evening.rooms()) == [2, 3]

    evening = forming(7, size=4).with_attendees(1)
    evening.next_deadline()
    assert sorted(len(people) for people in evening.rooms()) == [4, 4]


def test_people_kept_apart_in_the_last_second_are_not_seated_together() -> None:
    evening = forming(2)
    evening.order(e.KeepApart(pairs=((AttendeeId("p1"), AttendeeId("p2")),)))
    evening.next_deadline()

    assert evening.is_in("lobby")
    assert evening.event.awaited_since is not None
    evening.wait(600_000)
    assert evening.is_in("lobby")
    evening.with_attendees(1)
    assert evening.is_in("forming")
