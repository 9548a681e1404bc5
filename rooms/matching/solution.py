"""What a way of making rooms gives back; who is in no room sits out."""

from typing import NamedTuple

Room = tuple[int, ...]
"""People by their numbers in a case, rising."""


class Solution(NamedTuple):
    """Rooms of one case."""

    rooms: list[Room]
    method: str
    bound: float | None = None
    """Upper bound on the worth of all rooms together, by the weights alone; None where none is known."""
