"""The time of Redis, the only clock there is, estimated between samples by this machine's monotonic one."""

import time
from collections import deque
from collections.abc import Callable

from rooms.language.ids import Instant

SAMPLES_KEPT = 8
"""The one with the shortest way among these is believed."""


class Clock:
    """What Redis would answer to TIME, without asking."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._samples: deque[tuple[float, float]] = deque(maxlen=SAMPLES_KEPT)
        self._offset_ms = time.time() * 1000 - monotonic() * 1000

    def now(self) -> Instant:
        """Milliseconds since 1970."""
        return Instant(int(self._monotonic() * 1000 + self._offset_ms))

    def sent(self) -> float:
        """Note the moment before asking Redis; hand it to `learn` with the answer."""
        return self._monotonic() * 1000

    def learn(self, sent_ms: float, redis_ms: int) -> None:
        """Take in what Redis said to a question asked at `sent_ms`."""
        way = self._monotonic() * 1000 - sent_ms
        self._samples.append((way, redis_ms - (sent_ms + way / 2)))
        best_way, offset = min(self._samples)
        if abs(self._samples[-1][1] - offset) > best_way + way + 1:
            self._samples = deque([self._samples[-1]], maxlen=SAMPLES_KEPT)  # the clock of Redis was set anew
            offset = self._samples[-1][1]
        self._offset_ms = offset
