"""Many arrivals, one notice: changes of the lobby's list are merged and sent at most four times a second."""

from rooms.language.cards import RosterRow
from rooms.language.ids import AttendeeId
from rooms.language.notices import RosterChanged

PAUSE_S = 0.25
"""Shortest time between two notices of the list."""


class RosterPile:
    """Collects changes of the list; pure, the caller has the clock."""

    def __init__(self) -> None:
        self._rows: dict[AttendeeId, RosterRow] = {}
        self._gone: set[AttendeeId] = set()
        self._counts = (0, 0)
        self._sent_at = -PAUSE_S
        self.sent_seq = 0
        """The event's number when the list was last sent."""

    @property
    def empty(self) -> bool:
        """Whether nothing waits to be sent."""
        return not self._rows and not self._gone

    def add(self, notice: RosterChanged) -> None:
        """Take a change in; what it says of a person replaces what was said before."""
        for row in notice.rows:
            self._gone.discard(row.id)
            self._rows[row.id] = row
        for attendee in notice.gone:
            self._rows.pop(attendee, None)
            self._gone.add(attendee)
        self._counts = (notice.present, notice.ready)

    def due_in(self, now: float) -> float:
        """Seconds until the pile may be sent; 0 when at once."""
        return max(0.0, self._sent_at + PAUSE_S - now)

    def take(self, now: float, seq: int) -> RosterChanged:
        """The merged notice as of this number of the event; the pile is empty then."""
        present, ready = self._counts
        notice = RosterChanged(tuple(self._rows.values()), tuple(self._gone), present, ready, seq)
        self._rows, self._gone = {}, set()
        self._sent_at, self.sent_seq = now, seq
        return notice
