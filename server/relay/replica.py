"""The event as this worker knows it: takes entries in order, and notices when some are missing."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rooms.event import Event, evolve
from rooms.language.changes import Entry


class GapError(Exception):
    """Entries are missing before these: read them from the journal first."""


class Step(NamedTuple):
    """One entry with the event before and after it."""

    before: Event
    after: Event
    entry: Entry


class Replica:
    """One event, as of the last entry taken."""

    def __init__(self, state: Event) -> None:
        self.state = state
        self._last: Entry | None = None

    def agrees(self, entries: Sequence[Entry]) -> bool:
        """Whether the journal still says what was taken, by its entries from the last one taken on.

        A replica of Redis that takes over may lack the last moments, and goes on from there under the same numbers.
        """
        if self.state.seq == 0:
            return True
        return bool(entries) and (self._last is None or entries[0].seq != self.state.seq or entries[0] == self._last)

    def take(self, entries: Sequence[Entry]) -> Iterator[Step]:
        """Go through the entries that are new; those known already are passed over.

        Raises:
            GapError: the first new one does not follow on what is known. Nothing was taken then.
        """
        if entries and entries[0].seq > self.state.seq + 1:
            raise GapError(f"have {self.state.seq}, got {entries[0].seq}")
        return self._steps(entries)

    def _steps(self, entries: Sequence[Entry]) -> Iterator[Step]:
        for entry in entries:
            if entry.seq <= self.state.seq:
                continue
            before, self.state = self.state, evolve(self.state, entry)
            self._last = entry
            yield Step(before, self.state, entry)
