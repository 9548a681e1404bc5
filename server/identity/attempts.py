"""How often somebody may try a password: a few times in ten minutes, counted in this process."""

import time
from collections import OrderedDict

WINDOW_S = 600.0
TRIES_PER_ACCOUNT = 8
"""From one address for one e-mail; people mistype, machines guess."""
TRIES_PER_ADDRESS = 60
"""From one address for any e-mail: a whole office may sit behind it."""
KEPT = 10_000
"""Counters held at most; the oldest are forgotten first."""


class Attempts:
    """Counts tries of a password."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[str, ...], tuple[float, int]] = OrderedDict()

    def allow(self, address: str, email: str, now: float | None = None) -> bool:
        """Count one try; False if it is one too many. The answer does not depend on whether the e-mail is known."""
        at = time.monotonic() if now is None else now
        one = self._count((address, email.strip().lower()), at)
        all_of_them = self._count((address,), at)
        return one <= TRIES_PER_ACCOUNT and all_of_them <= TRIES_PER_ADDRESS

    def forget(self, address: str, email: str) -> None:
        """The password was right: earlier mistakes do not count any more."""
        self._counts.pop((address, email.strip().lower()), None)

    def _count(self, key: tuple[str, ...], at: float) -> int:
        began, count = self._counts.pop(key, (at, 0))
        if at - began >= WINDOW_S:
            began, count = at, 0
        self._counts[key] = began, count + 1
        if len(self._counts) > KEPT:
            self._counts.popitem(last=False)
        return count + 1
