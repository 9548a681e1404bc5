"""What one entry of the journal has changed, found once for all who ask."""

from collections.abc import Iterable

from rooms.event.audiences import Hearers
from rooms.event.state import Attendee, Event, rooms_in_order
from rooms.language import changes as c
from rooms.language.ids import AttendeeId, Instant, RoomId


class Step:
    """The event before and after one entry, whom it concerns, and who listens."""

    def __init__(self, before: Event, after: Event, entry: c.Entry, hearers: Hearers | None) -> None:
        self.before = before
        self.after = after
        self.change = entry.change
        self.at: Instant = entry.at
        self.seq = entry.seq
        self.people = changed_people(before, after, entry.change)
        """Everybody whose own facts differ, as they are now."""
        self.rooms = changed_rooms(before, after, entry.change)
        """All rooms that differ, the new ones and those that are closed now among them."""
        self.hosts_hear = hearers is None or hearers.organisers
        self._attendees = None if hearers is None else hearers.attendees

    def hears(self, attendee: AttendeeId) -> bool:
        """Whether this attendee listens here."""
        return self._attendees is None or attendee in self._attendees

    def one_hears(self, attendees: Iterable[AttendeeId]) -> bool:
        """Whether any of these listens here."""
        return self._attendees is None or any(who in self._attendees for who in attendees)


def changed_people(before: Event, after: Event, change: c.Change) -> list[Attendee]:
    """Everybody whose own facts differ; unchanged people are the very same values."""
    if before.people is after.people:
        return []
    subjects = _subjects(before, change)
    if subjects is None:
        return [person for who, person in after.people.items() if before.people.get(who) is not person]
    found = ((before.people.get(who), after.people.get(who)) for who in subjects)
    return [person for was, person in found if person is not None and person is not was]


def changed_rooms(before: Event, after: Event, change: c.Change) -> list[RoomId]:
    """All rooms that differ, in order; unchanged rooms are the very same values."""
    if before.rooms is after.rooms:
        return []
    match change:
        case c.RoomOpened():
            return [change.room.id]
        case (
            c.SeatTaken()
            | c.SeatGiven()
            | c.SeatVacated()
            | c.RoomClosed()
            | c.RoomClockChanged()
            | c.MinuteAsked()
            | c.PromptTurned()
        ):
            return [change.room]
        case _:
            closed = [room.id for room in rooms_in_order(before) if room.id not in after.rooms]
            return closed + [room.id for room in rooms_in_order(after) if before.rooms.get(room.id) is not room]


def _subjects(before: Event, change: c.Change) -> tuple[AttendeeId, ...] | None:
    """The only people whom a change may be about; None when it may be about anybody."""
    match change:
        case c.AttendeeArrived() | c.CardChanged():
            return (change.card.id,)
        case (
            c.AttendeeGone()
            | c.AttendeeLost()
            | c.ReadinessChanged()
            | c.MediaTold()
            | c.OfferMade()
            | c.HelpAsked()
            | c.HelpSettled()
            | c.SeatGiven()
            | c.SeatVacated()
            | c.AttendeeRemoved()
        ):
            return (change.attendee,)
        case c.RoomOpened():
            return change.room.people
        case c.RoomClosed():
            room = before.rooms.get(change.room)
            return () if room is None else room.people
        case _:
            return None
