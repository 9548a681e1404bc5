"""What the relay needs of a session, and the reasons for which it ends one."""

from typing import Protocol

from rooms.language.ids import ConnectionId, Role
from rooms.language.refusals import Refusal


class SupersededError(Exception):
    """The person is here by another connection now."""


class RemovedError(Exception):
    """An organiser has sent the person away."""


class MovingError(Exception):
    """This worker stops; the browser comes back at once and finds another."""


class TooManyError(Exception):
    """Too many connections of one person, or too many frames of one connection."""


class NotRunningError(Exception):
    """The event has no state and nobody made one in time."""


class Listener(Protocol):
    """One connection that listens to an event."""

    role: Role
    id: str
    """AttendeeId or OrganiserId."""
    connection: ConnectionId
    arrived: bool
    """Whether the conductor has taken note of it."""

    def hear(self, *frames: bytes) -> None:
        """Send these frames, one after another, as soon as the network takes them. Never waits."""

    def answer(self, ref: int, reason: Refusal | None) -> None:
        """The command of that number was carried out, or refused."""

    def start_over(self) -> None:
        """Whatever was sent: the next frame is a fresh snapshot."""

    def end(self, error: Exception) -> None:
        """Close the connection for this reason."""
