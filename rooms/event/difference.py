"""What one entry of the journal has changed, found once for all who ask."""

from rooms.event.state import Attendee, Event
from rooms.language import changes as c
from rooms.language.ids import AttendeeId, Instant


class Step:
    """The event before and after one entry, and whom it concerns."""

    def __init__(self, before: Event, after: Event, entry: c.Entry, people: list[Attendee]) -> None:
        self.before = before
        self.after = after
        self.change = entry.change
        self.at: Instant = entry.at
        self.seq = entry.seq
        self.people = people
        """Everybody whose own facts differ, as they are now."""


def changed_people(before: Event, after: Event, change: c.Change) -> list[Attendee]:
    """Everybody whose own facts differ; unchanged people are the very same values."""
    if before.people is after.people:
        return []
    subject = _subject(change)
    if subject is not None:
        person = after.people.get(subject)
        return [] if person is None or before.people.get(subject) is person else [person]
    return [person for who, person in after.people.items() if before.people.get(who) is not person]


def _subject(change: c.Change) -> AttendeeId | None:
    """The one person whom a change is about; None when it may be about several."""
    match change:
        case c.AttendeeArrived() | c.CardChanged():
            return change.card.id
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
            return change.attendee
        case _:
            return None
