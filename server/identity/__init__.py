"""Who is asking: organisers by their login, attendees by their seat."""

from server.identity.attendees import current_attendee
from server.identity.cookies import forget_session, remember_seat, remember_session
from server.identity.organisers import current_organiser, organised_event, organises, require_organiser

__all__ = [
    "current_attendee",
    "current_organiser",
    "forget_session",
    "organised_event",
    "organises",
    "remember_seat",
    "remember_session",
    "require_organiser",
]
