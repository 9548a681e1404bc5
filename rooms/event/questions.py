"""Small questions that the delivery asks of an event."""

from rooms.event.agenda import next_deadline, opening_due
from rooms.event.clocks import left_ms
from rooms.event.state import Event
from rooms.language.agenda import Plan
from rooms.language.ids import AttendeeId, ConnectionId, Instant, RoomId

PREVIEW_MS = 10_000
"""So long an organiser who looks ahead waits for good rooms; nobody else waits for them yet."""


def initial(plan: Plan) -> Event:
    """An event before anybody has come."""
    return Event(plan=plan)


def over(plan: Plan) -> Event:
    """An event that has ended, as those find it who come back long afterwards."""
    return Event(plan=plan, phase="ended")


def may_signal(event: Event, sender: AttendeeId, to: AttendeeId, room: RoomId, round: int) -> bool:
    """Whether these two hold seats in that room of that round now, so that their browsers may talk."""
    found = event.rooms.get(room)
    if found is None or found.round != round or sender == to:
        return False
    return all(who in found.seats and not found.seats[who].gone for who in (sender, to))


def removed(event: Event, attendee: AttendeeId) -> bool:
    """Whether an organiser has closed this event for somebody."""
    return attendee in event.removed


def is_current(event: Event, attendee: AttendeeId, connection: ConnectionId) -> bool:
    """Whether this is the connection that counts; another one has been superseded or is gone."""
    person = event.people.get(attendee)
    return person is not None and person.connection == connection


def match_due_ms(event: Event, now: Instant) -> int:
    """How long the matcher may think about the request that waits; 0 when a round should be open already."""
    if not opening_due(event):
        return PREVIEW_MS
    return left_ms(event.clock, now) if event.clock is not None else 0


def idle(event: Event) -> bool:
    """Whether nobody needs a conductor: it is over, or nobody is present and nothing is to come by itself."""
    if event.phase == "ended":
        return True
    return event.present == 0 and not event.organisers and next_deadline(event) is None
