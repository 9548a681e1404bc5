"""A listener that writes down what it hears."""

from rooms.language.codec import Downward, decode_downward
from rooms.language.ids import ConnectionId, Role
from rooms.language.refusals import Refusal


class Ear:
    """A session of which only the relay's side is there."""

    def __init__(self, who: str, connection: str = "", role: Role = Role.ATTENDEE) -> None:
        self.role = role
        self.id = who
        self.connection = ConnectionId(connection or f"w1.{who}")
        self.arrived = True
        self.raw: list[bytes] = []
        self.answers: list[tuple[int, Refusal | None]] = []
        self.ended: Exception | None = None
        self.fresh = 0

    @property
    def heard(self) -> list[Downward]:
        """The frames as messages."""
        return [decode_downward(data) for data in self.raw]

    def hear(self, *frames: bytes) -> None:
        """Note them."""
        self.raw.extend(frames)

    def answer(self, ref: int, reason: Refusal | None) -> None:
        """Note it."""
        self.answers.append((ref, reason))

    def start_over(self) -> None:
        """Count it."""
        self.fresh += 1

    def end(self, error: Exception) -> None:
        """Note it."""
        self.ended = error
