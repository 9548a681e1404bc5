"""Rounds: forming, opening, ending, and matches that come late or not at all."""

from itertools import pairwise

import pytest

from rooms.event import next_deadline
from rooms.event.agenda import MATCH_WAIT_MS
from rooms.event.rounds import START_MS
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import AttendeeId, Instant
from rooms.language.limits import FORMING_MS
from rooms.language.notices import EventChanged
from tests.support.builders import STARTS_AT, an_event, last_told, of_kind


def test_matches_are_made_fifteen_seconds_before_the_round() -> None:
    evening = an_event().with_attendees(4).in_lobby()
    evening.until(Instant(STARTS_AT + 60_000 - FORMING_MS))

    assert evening.is_in("forming")
    assert evening.event.match is not None
    evening.wait(FORMING_MS)
    assert evening.is_in("talking")
    assert evening.event.clock is not None
    assert evening.event.clock.ends_at == STARTS_AT + 60_000 + 120_000


def test_a_short_wait_forms_for_half_of_it() -> None:
    agenda = (LobbySegment(length_s=10), RoundsSegment(rounds=1), ClosingSegment())
    evening = an_event(agenda).with_attendees(2).in_lobby()

    assert next_deadline(evening.event) == STARTS_AT + 5_000


def test_the_next_match_is_wanted_as_soon_as_a_round_ends() -> None:
    evening = an_event().with_attendees(4).in_changeover()

    assert evening.event.match is not None
    assert evening.event.round == 1
    evening.next_deadline()
    assert evening.is_in("talking")
    assert evening.event.round == 2


def test_a_round_waits_for_its_matches_and_asks_again_every_two_seconds() -> None:
    evening = an_event().with_attendees(4)
    evening.answers_matches = False
    while not evening.is_in("forming"):
        evening.next_deadline()
    first = evening.event.request

    for asked in range(1, 4):
        evening.next_deadline()
        assert evening.event.request == first + asked
        assert next_deadline(evening.event) == evening.now + MATCH_WAIT_MS
    evening.now = Instant(evening.now + 700)
    evening.answer_match()
    assert evening.is_in("talking")


def test_an_answer_that_was_overtaken_is_void() -> None:
    evening = an_event().with_attendees(4)
    evening.answers_matches = False
    while not evening.is_in("forming"):
        evening.next_deadline()
    ids = tuple(evening.event.people)
    old = e.MatchFound(request=evening.event.request - 1, matches=(ids[:2], ids[2:]))

    assert evening.order(old) == []
    evening.answer_match()
    assert evening.order(e.MatchFound(request=evening.event.request, matches=())) == []


@pytest.mark.parametrize(
    "matches", [(("p1", "p1"),), (("p1", "nobody"),), (("p1", "p2"), ("p2", "p3"))], ids=["twice", "unknown", "shared"]
)
def test_an_answer_that_makes_no_sense_is_void(matches: tuple[tuple[AttendeeId, ...], ...]) -> None:
    evening = an_event().with_attendees(4)
    evening.answers_matches = False
    while not evening.is_in("forming"):
        evening.next_deadline()

    assert evening.order(e.MatchFound(request=evening.event.request, matches=matches)) == []


def test_with_fewer_than_two_ready_a_round_waits_and_begins_with_the_second() -> None:
    evening = an_event().in_lobby().with_attendees(1).wait(60_000)
    assert evening.event.awaited_since is not None
    assert last_told(evening, EventChanged).event.waiting_for_people
    evening.with_attendees(1)

    assert evening.is_in("forming")
    evening.wait(START_MS)
    assert evening.is_in("talking")


def test_when_people_are_missing_in_mid_evening_the_programme_goes_on_in_time() -> None:
    evening = an_event().with_attendees(2).in_changeover()
    evening.attendee(1, k.SetReadiness(ready=False))
    while next_deadline(evening.event) is not None:
        evening.next_deadline()

    assert evening.is_in("ended")


def test_who_is_no_longer_ready_is_matched_no_more() -> None:
    evening = an_event().with_attendees(5).in_changeover()
    evening.attendee(1, k.SetReadiness(ready=False))
    evening.next_deadline()

    assert evening.person(1).room is None
    assert sorted(len(people) for people in evening.rooms()) == [2, 2]


def test_one_sits_out_when_the_agenda_says_pairs_only_and_nobody_twice_before_all_did() -> None:
    rounds = RoundsSegment(rounds=5, length_s=60, odd="sit_out")
    evening = an_event((LobbySegment(length_s=60), rounds, ClosingSegment())).with_attendees(5)
    while next_deadline(evening.event) is not None:
        evening.next_deadline()

    opened = of_kind([entry.change for entry in evening.journal], c.RoundOpened)
    out = [reason.members for one in opened for reason in one.sits_out]
    assert sorted(out) == [("p1",), ("p2",), ("p3",), ("p4",), ("p5",)]
    assert all(reason.code == "odd_number" for one in opened for reason in one.sits_out)
    assert all(len(known) == 1 for met in evening.event.met.values() for known in met.values())


def test_rounds_of_another_size_follow_one_another_without_a_break() -> None:
    pairs, groups = RoundsSegment(rounds=1, length_s=60), RoundsSegment(rounds=1, length_s=60, size=4)
    evening = an_event((LobbySegment(length_s=60), pairs, groups, ClosingSegment())).with_attendees(5).in_changeover()
    assert evening.event.segment == 1
    evening.next_deadline()

    assert (evening.event.segment, evening.event.round) == (2, 1)
    assert sorted(len(people) for people in evening.rooms()) == [2, 3]


def test_room_names_never_repeat_in_an_evening() -> None:
    evening = an_event().with_attendees(6)
    while next_deadline(evening.event) is not None:
        evening.next_deadline()
    names = [
        room.id for one in of_kind([entry.change for entry in evening.journal], c.RoundOpened) for room in one.rooms
    ]

    assert len(names) == len(set(names))
    assert names[0] == "1-1"


def test_every_number_of_the_journal_follows_the_one_before() -> None:
    evening = an_event().with_attendees(3).in_changeover()

    assert all(after.seq == before.seq + 1 for before, after in pairwise(evening.journal))


def test_an_extended_room_is_closed_before_its_people_are_seated_again() -> None:
    rounds = RoundsSegment(rounds=1, length_s=60)
    agenda = (LobbySegment(length_s=60), rounds, BreakSegment(length_s=60), rounds, ClosingSegment(length_s=60))
    evening = an_event(agenda).with_attendees(2).in_round()
    room = evening.room_of(1)
    for _ in range(3):
        evening.organiser(k.ExtendRound(room=room))
    while not evening.is_in("forming"):
        evening.next_deadline()
    assert evening.room_of(1) == room
    evening.in_round()

    assert list(evening.event.rooms) == ["2-1"]
