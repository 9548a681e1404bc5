"""The time all workers share, the only clock there is, estimated between samples by this machine's steady one.

It is the clock of Redis as it was when the first worker began. If that is set meanwhile, the shared one goes on: rounds
end when they were to end. `Presence.beat` sees to it.
"""

import time
from collections import deque
from collections.abc import Callable

from rooms.language.ids import Instant

SAMPLES_KEPT = 8
"""The one with the shortest way among these is believed."""


def steady() -> float:
    """Seconds since this machine was started, also those it slept, where it can tell."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


class Clock:
    """What the time is, without asking Redis."""

    def __init__(self, monotonic: Callable[[], float] = steady) -> None:
        self._monotonic = monotonic
        self._samples: deque[tuple[float, float]] = deque(maxlen=SAMPLES_KEPT)
        self._offset_ms = time.time() * 1000 - monotonic() * 1000
        self._behind_ms = 0

    def now(self) -> Instant:
        """Milliseconds since 1970."""
        return Instant(int(self._monotonic() * 1000 + self._offset_ms))

    def of_redis(self) -> Instant:
        """What Redis itself takes the time for: its clock may have been set."""
        return Instant(self.now() - self._behind_ms)

    def sent(self) -> float:
        """Note the moment before asking Redis; hand it to `learn` with the answer."""
        return self._monotonic() * 1000

    def learn(self, sent_ms: float, redis_ms: int, behind_ms: int = 0) -> None:
        """Take in what the time was said to be to a question asked at `sent_ms`, and how far behind Redis itself is."""
        self._behind_ms = behind_ms
        way = self._monotonic() * 1000 - sent_ms
        self._samples.append((way, redis_ms - (sent_ms + way / 2)))
        best_way, offset = min(self._samples)
        if abs(self._samples[-1][1] - offset) > best_way + way + 1:
            self._samples = deque([self._samples[-1]], maxlen=SAMPLES_KEPT)  # we had stood still, or had never known
            offset = self._samples[-1][1]
        self._offset_ms = offset
