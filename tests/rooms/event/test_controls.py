"""The organiser's verbs."""

import pytest

from rooms.event import next_deadline, rounds
from rooms.event.clocks import left_ms
from rooms.event.rounds import START_MS
from rooms.language import commands as k
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import Instant, Role
from rooms.language.limits import EXTENSION_MS, SEAT_KEPT_MS
from rooms.language.refusals import Refusal
from tests.support.builders import STARTS_AT, Evening, an_event


def left(evening: Evening) -> int:
    """What is left on the clock of the phase."""
    assert evening.event.clock is not None
    return left_ms(evening.event.clock, evening.now)


def reason(evening: Evening, wish: k.Command) -> Refusal | None:
    """Why an organiser is refused this."""
    return evening.refusal(wish, "o1", Role.ORGANISER)


def test_doors_opened_early_stay_open_until_their_time() -> None:
    evening = an_event()
    evening.organiser(k.OpenEvent())

    assert evening.is_in("lobby")
    assert left(evening) == 65_000
    assert evening.organiser(k.OpenEvent()) == []


def test_rounds_without_a_lobby_wait_for_their_time_or_a_word() -> None:
    agenda = (RoundsSegment(rounds=1, length_s=60), ClosingSegment())
    evening = an_event(agenda).with_attendees(2)
    evening.organiser(k.OpenEvent())
    assert evening.is_in("lobby")
    evening.until(STARTS_AT)
    assert evening.is_in("talking")

    by_word = an_event(agenda, unattended=False).with_attendees(2).in_lobby()
    assert by_word.is_in("lobby")
    assert next_deadline(by_word.event) is None


def test_a_start_gives_five_seconds_in_which_it_can_be_undone() -> None:
    evening = an_event().with_attendees(4).in_lobby()
    evening.organiser(k.StartRound())
    assert left(evening) == START_MS
    assert evening.organiser(k.StartRound()) == []
    evening.wait(2_000)
    evening.organiser(k.CancelRound())

    assert evening.is_in("lobby")
    assert evening.event.segment == 0
    assert left(evening) == 58_000
    assert evening.organiser(k.CancelRound()) == []


def test_where_many_are_to_be_matched_a_start_gives_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "MANY", 4)
    evening = an_event().with_attendees(10).in_lobby()
    evening.organiser(k.StartRound())
    assert left(evening) == START_MS + 6 * rounds.EACH_MORE_MS


def test_an_undone_automatic_start_waits_for_a_word() -> None:
    evening = an_event().with_attendees(4).in_lobby().wait(46_000)
    assert evening.is_in("forming")
    evening.organiser(k.CancelRound())

    assert evening.is_in("lobby")
    assert next_deadline(evening.event) is None
    evening.organiser(k.StartRound())
    evening.wait(START_MS)
    assert evening.is_in("talking")


def test_a_start_in_the_changeover_skips_the_rest_of_the_wait() -> None:
    evening = an_event().with_attendees(4).in_changeover()
    evening.organiser(k.StartRound())

    assert evening.is_in("talking")
    assert evening.event.round == 2


def test_a_start_from_a_break_finds_the_next_rounds() -> None:
    evening = an_event(unattended=False).with_attendees(4).in_lobby()
    assert next_deadline(evening.event) is None
    evening.organiser(k.StartRound())
    while not evening.is_in("lobby"):
        evening.next_deadline()
    assert evening.event.segment == 2
    evening.organiser(k.StartRound())

    assert evening.event.segment == 3


def test_a_start_needs_two_people_and_a_round_to_come() -> None:
    evening = an_event().with_attendees(1).in_lobby()
    assert reason(evening, k.StartRound()) is Refusal.TOO_FEW
    last = an_event((LobbySegment(length_s=60), ClosingSegment())).with_attendees(2).in_lobby()
    assert reason(last, k.StartRound()) is Refusal.NOTHING_NEXT


def test_a_pause_stops_all_clocks_and_what_is_left_runs_on_afterwards() -> None:
    evening = an_event().with_attendees(4).in_round().wait(20_000)
    evening.depart(1)
    evening.wait(5_000)
    evening.organiser(k.PauseEvent())
    assert next_deadline(evening.event) is None
    assert reason(evening, k.PauseEvent()) is Refusal.ALREADY_PAUSED
    evening.wait(600_000)
    assert left(evening) == 95_000
    assert evening.person(1).presence == "reconnecting"
    evening.organiser(k.ResumeEvent())

    assert left(evening) == 95_000
    assert reason(evening, k.ResumeEvent()) is Refusal.NOT_PAUSED
    assert next_deadline(evening.event) == evening.now + SEAT_KEPT_MS - 5_000
    assert all(room.clock.ends_at == evening.now + 95_000 for room in evening.event.rooms.values())


def test_who_goes_during_a_pause_keeps_the_whole_twenty_seconds() -> None:
    evening = an_event().with_attendees(4).in_round()
    evening.organiser(k.PauseEvent())
    evening.wait(10_000)
    evening.depart(1)
    evening.wait(60_000)
    evening.organiser(k.ResumeEvent())

    assert next_deadline(evening.event) == evening.now + SEAT_KEPT_MS


@pytest.mark.parametrize("wish", [k.EndRound(), k.NextSegment(), k.EndEvent()])
def test_whoever_moves_the_programme_on_does_not_leave_it_standing(wish: k.Command) -> None:
    evening = an_event().with_attendees(4).in_round()
    evening.organiser(k.PauseEvent())
    evening.organiser(wish)

    assert evening.event.paused_at is None
    assert not evening.is_in("talking")


def test_one_minute_more_for_all_shifts_everything() -> None:
    evening = an_event().with_attendees(4).in_round()
    before = left(evening)
    evening.organiser(k.ExtendRound())

    assert left(evening) == before + EXTENSION_MS
    assert all(left_ms(room.clock, evening.now) == before + EXTENSION_MS for room in evening.event.rooms.values())
    evening.until(Instant(evening.now + before + EXTENSION_MS))
    assert evening.is_in("changeover")


def test_one_room_gets_a_minute_only_where_no_round_follows() -> None:
    evening = an_event().with_attendees(4).in_round()
    assert reason(evening, k.ExtendRound(room=evening.room_of(1))) is Refusal.NO_SPARE_TIME
    while evening.event.round < 3 or not evening.is_in("talking"):
        evening.next_deadline()
    room = evening.seated().room_of(1)
    evening.organiser(k.ExtendRound(room=room))
    while not evening.is_in("changeover"):
        evening.next_deadline()

    assert list(evening.event.rooms) == [room]
    evening.wait(EXTENSION_MS)
    assert evening.person(1).room is None
    assert evening.is_in("lobby")


def test_a_round_can_be_ended_and_twice_does_no_harm() -> None:
    evening = an_event().with_attendees(4).in_round()
    evening.organiser(k.EndRound())

    assert evening.is_in("changeover")
    assert evening.organiser(k.EndRound()) == []


def test_next_leads_through_the_whole_programme() -> None:
    evening = an_event().with_attendees(4).in_lobby()
    seen = []
    while reason(evening, k.NextSegment()) is None:
        evening.organiser(k.NextSegment())
        seen.append((evening.event.segment, evening.event.phase))

    assert seen == [
        (1, "forming"),
        (1, "talking"),
        (2, "lobby"),
        (3, "forming"),
        (3, "talking"),
        (4, "closing"),
    ]
    assert reason(evening, k.NextSegment()) is Refusal.NOTHING_NEXT


def test_next_goes_on_also_when_nobody_is_there() -> None:
    evening = an_event().in_lobby()
    for _ in range(4):
        evening.organiser(k.NextSegment())

    assert evening.is_in("closing")


def test_the_end_closes_every_room_and_is_final() -> None:
    evening = an_event().with_attendees(4).in_round()
    evening.organiser(k.EndEvent())

    assert evening.is_in("ended")
    assert not evening.event.rooms
    assert next_deadline(evening.event) is None
    assert reason(evening, k.NextSegment()) is Refusal.EVENT_ENDED
