"""The programme as times: it shifts as one."""

import pytest

from rooms.event.agenda import behind_ms, next_deadline, segment_views
from rooms.event.views import event_view
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import Instant
from rooms.language.limits import EXTENSION_MS
from tests.support.builders import STARTS_AT, Evening, an_event

AGENDA = (
    LobbySegment(length_s=60),
    RoundsSegment(rounds=2, length_s=120, changeover_s=10),
    BreakSegment(length_s=60, hint="Tea"),
    ClosingSegment(length_s=60),
)
PLANNED = [0, 60, 320, 380]


def starts(evening: Evening) -> list[int | None]:
    """When each part begins, in seconds from the planned start."""
    return [
        None if view.starts_at is None else (view.starts_at - STARTS_AT) // 1000
        for view in segment_views(evening.event)
    ]


def test_before_the_doors_open_the_programme_is_the_plan() -> None:
    evening = an_event(AGENDA)

    assert starts(evening) == PLANNED
    assert next_deadline(evening.event) == STARTS_AT


def test_an_evening_on_time_keeps_to_the_plan_in_every_phase() -> None:
    evening = an_event(AGENDA).with_attendees(4)
    while next_deadline(evening.event) is not None:
        evening.next_deadline()
        if not evening.is_in("ended"):
            assert starts(evening) == PLANNED, evening.event.phase
            assert behind_ms(evening.event) == 0


@pytest.mark.parametrize("phase_steps", [1, 3, 5])
def test_a_minute_more_shifts_all_that_follows(phase_steps: int) -> None:
    evening = an_event(AGENDA).with_attendees(4)
    for _ in range(phase_steps):
        evening.next_deadline()
    evening.organiser(k.ExtendRound())

    assert behind_ms(evening.event) == EXTENSION_MS
    assert starts(evening)[-1] == 380 + 60


def test_a_pause_makes_the_future_open_and_then_later() -> None:
    evening = an_event(AGENDA).with_attendees(4).in_round()
    evening.organiser(k.PauseEvent())
    assert starts(evening) == [0, 60, None, None]
    assert event_view(evening.event).paused
    evening.wait(30_000)
    evening.organiser(k.ResumeEvent())

    assert starts(evening) == [0, 60, 350, 410]
    assert behind_ms(evening.event) == 30_000


def test_with_an_organiser_the_future_is_open_where_it_takes_a_word() -> None:
    evening = an_event(AGENDA, unattended=False).with_attendees(4).in_lobby()
    assert starts(evening) == [0, None, None, None]
    evening.organiser(k.StartRound())
    evening.in_round()

    assert starts(evening) == [0, 5, 265, None]


def test_being_early_is_not_being_late() -> None:
    evening = an_event(AGENDA).with_attendees(4).in_round()
    evening.organiser(k.EndRound())

    assert behind_ms(evening.event) == 0


def test_a_deadline_heard_a_little_late_does_not_shift_the_programme_but_a_long_silence_does() -> None:
    for late_ms, behind in ((800, 0), (60_000, 60_000)):
        evening = an_event(AGENDA).with_attendees(4).in_round()
        due = next_deadline(evening.event)
        assert due is not None
        evening.now = Instant(due + late_ms)
        evening.order(e.DeadlinePassed())
        assert evening.is_in("changeover")
        assert behind_ms(evening.event) == behind


def test_a_deadline_that_comes_early_changes_nothing() -> None:
    evening = an_event(AGENDA).with_attendees(4)
    while next_deadline(evening.event) is not None:
        due = next_deadline(evening.event)
        assert due is not None
        if due > evening.now:
            evening.now = Instant(due - 1)
            assert evening.order(e.DeadlinePassed()) == []
        evening.next_deadline()


def test_parts_are_shown_with_their_numbers() -> None:
    views = segment_views(an_event(AGENDA).event)

    assert [view.kind for view in views] == ["lobby", "rounds", "break", "closing"]
    assert (views[1].rounds, views[1].size, views[1].round_length_ms, views[1].changeover_ms) == (2, 2, 120_000, 10_000)
    assert views[1].length_ms == 260_000
    assert views[2].hint == "Tea"


def test_an_event_without_a_programme_waits_for_its_organiser() -> None:
    evening = an_event(()).with_attendees(2).in_lobby()

    assert evening.is_in("lobby")
    assert next_deadline(evening.event) is None
