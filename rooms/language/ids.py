"""Names for identifiers and instants, so that a signature says which one it wants."""

from enum import Enum
from typing import NewType

EventId = NewType("EventId", str)
"""The slug of an event, as in its address: `midsummer-mixer-7k2p`."""

AttendeeId = NewType("AttendeeId", str)
"""One registration of one person for one event."""

OrganiserId = NewType("OrganiserId", str)
"""One organiser's account."""

RoomId = NewType("RoomId", str)
"""One room of one round, unique within its event: `3-12` is room 12 of the third round held."""

ConnectionId = NewType("ConnectionId", str)
"""One open WebSocket of one tab; never used twice."""

WorkerId = NewType("WorkerId", str)
"""One worker process; a restarted worker has a new one."""

Instant = NewType("Instant", int)
"""Milliseconds since 1970 on the clock of Redis, the only clock there is."""


class Role(Enum):
    """In which capacity somebody gives an order or looks at an event."""

    ATTENDEE = "attendee"
    ORGANISER = "organiser"
    PLATFORM = "platform"
    """Ourselves: errands only, no socket ever has it."""
