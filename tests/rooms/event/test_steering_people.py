"""The organiser's hand on the next round: who sits out, who never meets, and another chance for all."""

from itertools import combinations

import pytest

from rooms.event import Person
from rooms.event.views_next import next_round_ahead
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.changes import MatchWanted
from rooms.language.ids import AttendeeId, Role
from rooms.language.notices import BoardChanged, NextChanged
from rooms.language.refusals import Refusal
from tests.rooms.event.steered import LONG, made, mates, opened, previewed, refused
from tests.support.builders import an_event, last_told

# Excluding.


def test_an_excluded_person_sits_out_the_next_round_and_only_that() -> None:
    evening = previewed()
    out = made(evening).matches[0][0]
    evening.organiser(k.ExcludeAttendee(attendee=out))
    assert evening.organiser(k.ExcludeAttendee(attendee=out)) == []
    assert out not in {who for room in made(evening).matches for who in room}
    assert next_round_ahead(evening.event).excluded == (out,)
    assert all(out not in room for room in opened(evening))
    assert evening.why(int(out[1:])) == "host_wish"
    assert evening.event.people[out].sat_out == 1
    assert evening.event.excluded == frozenset()
    late = evening.with_attendees(1)
    assert late.event.people[out].room is None, "not put together with a latecomer either"
    evening.in_changeover()
    assert out in {who for room in made(evening).matches for who in room}


def test_who_is_excluded_is_told_at_once_when_cards_are_shown() -> None:
    evening = an_event(LONG).with_attendees(4)
    while evening.event.phase != "forming":
        evening.next_deadline()
    out = made(evening).matches[0][0]
    evening.told.clear()
    evening.answers_matches = False
    evening.organiser(k.ExcludeAttendee(attendee=out))
    (told,) = [said for said in evening.told if isinstance(said.notice, NextChanged)]
    assert told.audience == Person(out)
    last = last_told(evening, NextChanged).next
    assert last is not None
    assert last.sits_out is not None
    assert last.sits_out.code == "host_wish"
    evening.organiser(k.ExcludeAttendee(attendee=out, excluded=False))
    evening.answer_match()
    assert out in made(evening).place


def test_a_round_waits_when_all_but_one_are_excluded_and_begins_when_one_may_come_back() -> None:
    evening = an_event(LONG).in_lobby().with_attendees(3)
    for number in (1, 2):
        evening.organiser(k.ExcludeAttendee(attendee=AttendeeId(f"p{number}")))
    assert refused(evening, k.StartRound()) is Refusal.TOO_FEW
    evening.wait(600_000)
    assert evening.event.awaited_since is not None
    evening.organiser(k.ExcludeAttendee(attendee=AttendeeId("p1"), excluded=False))
    assert evening.is_in("forming")
    assert opened(evening) == {frozenset((AttendeeId("p1"), AttendeeId("p3")))}


def test_nobody_unknown_or_removed_is_excluded() -> None:
    evening = previewed()
    assert refused(evening, k.ExcludeAttendee(attendee=AttendeeId("p99"))) is Refusal.UNKNOWN_PERSON
    evening.organiser(k.RemoveAttendee(attendee=AttendeeId("p1")))
    assert refused(evening, k.ExcludeAttendee(attendee=AttendeeId("p1"))) is Refusal.REMOVED


# Another chance.


def test_the_same_number_makes_the_same_rooms_again() -> None:
    evening = previewed(12)
    first = set(map(frozenset, made(evening).matches))
    evening.organiser(k.RedoRound(redo=1))
    second = set(map(frozenset, made(evening).matches))
    assert evening.organiser(k.RedoRound(redo=1)) == [], "two hosts who ask at once ask for the same"
    assert second != first
    evening.organiser(k.RedoRound(redo=0))
    assert set(map(frozenset, made(evening).matches)) == first
    assert {who for room in first for who in room} == {who for room in second for who in room}


def test_the_moment_before_the_round_opens_is_too_late_for_another_chance() -> None:
    evening = an_event(LONG).with_attendees(4)
    while evening.event.phase != "forming":
        evening.next_deadline()
    assert evening.event.clock is not None
    assert evening.event.clock.ends_at is not None
    evening.wait(evening.event.clock.ends_at - evening.now - 1_000)
    assert refused(evening, k.RedoRound(redo=1)) is Refusal.OPENS_NOW


@pytest.mark.parametrize(
    "wish",
    [
        k.RedoRound(redo=1),
        k.PinRoom(people=(AttendeeId("p1"), AttendeeId("p2"))),
        k.SwapPlaces(one=AttendeeId("p1"), other=AttendeeId("p2"), people=(AttendeeId("p3"),)),
    ],
)
def test_nothing_is_changed_before_it_is_made(wish: k.OrganiserCommand) -> None:
    assert refused(an_event(LONG).in_lobby().with_attendees(4), wish) is Refusal.NOTHING_MADE


@pytest.mark.parametrize(
    "wish",
    [
        k.PreviewRound(),
        k.RedoRound(redo=1),
        k.PinRoom(people=(AttendeeId("p1"), AttendeeId("p2"))),
        k.ExcludeAttendee(attendee=AttendeeId("p2")),
        k.KeepTwoApart(one=AttendeeId("p1"), other=AttendeeId("p2")),
    ],
)
def test_attendees_have_no_hand_in_it(wish: k.OrganiserCommand) -> None:
    assert previewed().refusal(wish, "p1", Role.ATTENDEE) is Refusal.NOT_ALLOWED


# Never.


def test_two_are_kept_apart_by_a_host_who_may_take_it_back() -> None:
    evening = previewed()
    one, other = made(evening).matches[0]
    evening.organiser(k.KeepTwoApart(one=other, other=one))
    assert evening.event.nevers == evening.event.apart == {(one, other)}
    assert mates(evening, one) != (other,)
    assert last_told(evening, BoardChanged) is not None
    assert evening.organiser(k.KeepTwoApart(one=one, other=other)) == []
    evening.organiser(k.KeepTwoApart(one=one, other=other, parted=False))
    assert evening.event.apart == frozenset()


def test_a_host_cannot_undo_what_one_of_the_two_wished_and_learns_nothing_of_it() -> None:
    evening = previewed()
    one, other = AttendeeId("p1"), AttendeeId("p2")
    evening.organiser(k.KeepTwoApart(one=one, other=other))
    evening.order(e.KeepApart(pairs=((one, other),)))
    evening.organiser(k.KeepTwoApart(one=one, other=other, parted=False))
    assert evening.event.nevers == frozenset()
    assert evening.event.apart == {(one, other)}


def test_somebody_cannot_be_kept_apart_from_themselves_or_from_nobody() -> None:
    evening = previewed()
    for one, other in combinations((AttendeeId("p1"), AttendeeId("p99")), 2):
        assert refused(evening, k.KeepTwoApart(one=one, other=other)) is Refusal.UNKNOWN_PERSON
    same = AttendeeId("p1")
    assert refused(evening, k.KeepTwoApart(one=same, other=same)) is Refusal.UNKNOWN_PERSON


def test_a_pass_is_told_to_nobody_not_even_to_hosts() -> None:
    evening = an_event(LONG).with_attendees(2)
    while evening.event.phase != "forming":
        evening.next_deadline()
    evening.told.clear()
    evening.attendee(1, k.PassMatch())
    assert "kept_apart" not in repr(evening.told)


def test_back_to_the_chance_before_are_the_very_rooms_if_they_are_still_true() -> None:
    evening = previewed(12)
    before = made(evening)
    evening.organiser(k.RedoRound(redo=1))
    evening.answers_matches = False
    changes = evening.organiser(k.RedoRound(redo=0))
    assert not any(isinstance(change, MatchWanted) for change in changes)
    assert made(evening) == before

    evening.organiser(k.PinRoom(people=before.matches[0]))
    evening.organiser(k.RedoRound(redo=1))
    assert isinstance(evening.organiser(k.ExcludeAttendee(attendee=AttendeeId("p1")))[-1], MatchWanted)
    assert isinstance(evening.organiser(k.RedoRound(redo=0))[-1], MatchWanted), "not with somebody who sits out"
