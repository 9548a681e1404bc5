"""Clocks that run or stand."""

import pytest

from rooms.event.clocks import left_ms, longer, over, run, stand, started
from rooms.language.ids import Instant

NOW = Instant(1_000_000)


def test_a_clock_stands_and_runs_on_with_what_was_left() -> None:
    clock = stand(started(60_000, NOW), Instant(NOW + 20_000))
    assert (clock.ends_at, clock.left_ms) == (None, 40_000)
    assert stand(clock, Instant(NOW + 90_000)) == clock

    again = run(clock, Instant(NOW + 500_000))
    assert again.ends_at == NOW + 540_000
    assert run(again, NOW) == again


@pytest.mark.parametrize(("passed_ms", "left"), [(0, 60_000), (59_999, 1), (60_000, 0), (90_000, 0)])
def test_a_clock_never_goes_below_zero(passed_ms: int, left: int) -> None:
    clock, at = started(60_000, NOW), Instant(NOW + passed_ms)

    assert left_ms(clock, at) == left
    assert left_ms(stand(clock, at), at) == left
    assert over(clock, at) == (left == 0)


def test_a_standing_clock_is_never_over_and_can_be_made_longer() -> None:
    clock = stand(started(60_000, NOW), Instant(NOW + 60_000))

    assert not over(clock, Instant(NOW + 90_000))
    assert left_ms(longer(clock, 5_000), NOW) == 5_000
    assert longer(started(1_000, NOW), 500).ends_at == NOW + 1_500
