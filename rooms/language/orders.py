"""An order: a command or an errand with who gives it, through which connection, and when."""

from rooms.language.commands import Command
from rooms.language.errands import Errand
from rooms.language.ids import ConnectionId, Instant, Role
from rooms.language.message import Value


class Cause(Value, frozen=True):
    """Which frame of which connection led to something; the browser settles its promise by it."""

    connection: ConnectionId
    ref: int
    page: str = ""
    """The page that asked, where asking again on another connection must not do it again."""

    @property
    def once(self) -> str:
        """What names the wish, on whatever connection it comes; empty when it may be granted twice."""
        return f"{self.page}/{self.ref}" if self.page else ""


class Order(Value, frozen=True):
    """What the conductor decides about."""

    wish: Command | Errand
    by: str = ""
    """AttendeeId or OrganiserId, as the role says; empty for the platform."""
    role: Role = Role.PLATFORM
    name: str = ""
    """The giver's display name."""
    cause: Cause | None = None
    at: Instant = Instant(0)
    """Set by Redis when the order enters the inbox; 0 until then."""
