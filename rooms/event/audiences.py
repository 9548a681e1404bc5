"""For whom a notice is: a closed set, so that each notice is encoded once for all of them."""

from collections.abc import Container
from typing import NamedTuple

from rooms.language.ids import AttendeeId, RoomId
from rooms.language.message import Value


class Hearers(NamedTuple):
    """Who listens where notices are made: what nobody there would hear is not made."""

    attendees: Container[AttendeeId]
    organisers: bool


class Everyone(Value, frozen=True):
    """All viewers of the event."""


class Organisers(Value, frozen=True):
    """All open consoles."""


class Attendees(Value, frozen=True):
    """All attendees."""


class InRoom(Value, frozen=True):
    """Those who sit in a room, or sat in it when it closed: `room_people(after, room)` names them."""

    room: RoomId


class Person(Value, frozen=True):
    """One attendee."""

    attendee: AttendeeId


Audience = Everyone | Organisers | Attendees | InRoom | Person
