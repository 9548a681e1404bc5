"""What one order leads to, written down step by step, so that each step sees what the one before has changed."""

from rooms.event.evolve import evolve
from rooms.event.state import Attendee, Event
from rooms.language.cards import FeedKind, FeedLine
from rooms.language.changes import Change, Entry, FeedAdded
from rooms.language.ids import AttendeeId, Instant
from rooms.language.orders import Cause
from rooms.language.refusals import Refusal, RefusedError


class Ledger:
    """The changes decided so far for one order, and the event as they leave it. Lives no longer than one `decide`."""

    def __init__(self, event: Event, at: Instant, cause: Cause | None = None) -> None:
        self.before = event
        self.event = event
        self.at = at
        self._cause = cause
        self.changes: list[Change] = []

    def write(self, change: Change) -> None:
        """Decide this."""
        cause = None if self.changes else self._cause
        self.changes.append(change)
        self.event = evolve(self.event, Entry(seq=self.event.seq + 1, at=self.at, change=change, cause=cause))

    def feed(self, kind: FeedKind, names: tuple[str, ...] = (), room: int | None = None, text: str = "") -> None:
        """Tell the console's activity feed."""
        number = self.event.feed_lines + 1
        self.write(FeedAdded(line=FeedLine(id=number, at=self.at, kind=kind, names=names, room=room, text=text)))

    def person(self, attendee: str) -> Attendee:
        """Somebody who has come to this event and was not removed.

        Raises:
            RefusedError: UNKNOWN_PERSON or REMOVED.
        """
        who = AttendeeId(attendee)
        if who in self.event.removed:
            raise RefusedError(Refusal.REMOVED)
        person = self.event.people.get(who)
        if person is None:
            raise RefusedError(Refusal.UNKNOWN_PERSON)
        return person

    def names(self, *people: AttendeeId) -> tuple[str, ...]:
        """What these people are called."""
        return tuple(self.event.people[who].card.name for who in people if who in self.event.people)
