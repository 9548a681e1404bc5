"""Many arrivals, one notice: changes of the list are merged; the more hear them, the more seldom they are sent."""

from rooms.language.cards import RosterRow
from rooms.language.ids import AttendeeId
from rooms.language.notices import RosterChanged

PAUSE_S = 0.25
"""Shortest time between two notices of the list."""
PAUSE_EACH_S = 0.00017
"""Time between two notices for each who hears them: one costs about 12 µs, so the list takes 7 % of a core at most."""
LONGEST_PAUSE_S = 1.0
"""However many hear them."""


class RosterPile:
    """Collects changes of the list; pure, the caller has the clock."""

    def __init__(self) -> None:
        self._rows: dict[AttendeeId, RosterRow] = {}
        self._gone: set[AttendeeId] = set()
        self._counts = (0, 0)
        self._counted = False
        self._sent_at = -LONGEST_PAUSE_S
        self.sent_seq = 0
        """The event's number when the list was last sent."""

    @property
    def empty(self) -> bool:
        """Whether nothing waits to be sent."""
        return not self._rows and not self._gone and not self._counted

    def add(self, notice: RosterChanged) -> None:
        """Take a change in; what it says of a person replaces what was said before."""
        for row in notice.rows:
            self._gone.discard(row.id)
            self._rows[row.id] = row
        for attendee in notice.gone:
            self._rows.pop(attendee, None)
            self._gone.add(attendee)
        self._counts, self._counted = (notice.present, notice.ready), True

    def due_in(self, now: float, hearers: int) -> float:
        """Seconds until the pile may be sent to so many; 0 when at once."""
        pause = min(LONGEST_PAUSE_S, max(PAUSE_S, PAUSE_EACH_S * hearers))
        return max(0.0, self._sent_at + pause - now)

    def take(self, now: float, seq: int) -> RosterChanged:
        """The merged notice as of this number of the event; the pile is empty then."""
        present, ready = self._counts
        notice = RosterChanged(tuple(self._rows.values()), tuple(self._gone), present, ready, seq)
        self._rows, self._gone, self._counted = {}, set(), False
        self._sent_at, self.sent_seq = now, seq
        return notice
