"""Arithmetic of clocks that run or stand."""

from msgspec.structs import replace

from rooms.language.cards import Clock
from rooms.language.ids import Instant


def started(length_ms: int, at: Instant) -> Clock:
    """A clock of this length that runs from now."""
    return Clock(length_ms=length_ms, ends_at=Instant(at + length_ms))


def stand(clock: Clock, at: Instant) -> Clock:
    """The same clock, stopped."""
    if clock.ends_at is None:
        return clock
    return replace(clock, ends_at=None, left_ms=max(0, clock.ends_at - at))


def run(clock: Clock, at: Instant) -> Clock:
    """The same clock, running on."""
    if clock.left_ms is None:
        return clock
    return replace(clock, ends_at=Instant(at + clock.left_ms), left_ms=None)


def longer(clock: Clock, more_ms: int) -> Clock:
    """The same clock with more time, running or not."""
    ends_at = None if clock.ends_at is None else Instant(clock.ends_at + more_ms)
    left_ms = None if clock.left_ms is None else clock.left_ms + more_ms
    return Clock(length_ms=clock.length_ms + more_ms, ends_at=ends_at, left_ms=left_ms)


def left_ms(clock: Clock, at: Instant) -> int:
    """What is left, never less than nothing."""
    if clock.left_ms is not None:
        return clock.left_ms
    return max(0, clock.ends_at - at) if clock.ends_at is not None else clock.length_ms


def over(clock: Clock, at: Instant) -> bool:
    """Whether the clock runs and its end has come."""
    return clock.ends_at is not None and clock.ends_at <= at
