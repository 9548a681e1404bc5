"""What a way of making rooms gives back; who is in no room sits out."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from rooms.matching.crowd import Ints

Room = tuple[int, ...]
"""People by their numbers in a case, rising."""


class Solution(NamedTuple):
    """Rooms of one case."""

    rooms: list[Room]
    method: str
    bound: float | None = None
    """Upper bound on the worth of all rooms together, by the weights alone; None where none is known."""


def pairs_of(rooms: Sequence[Room]) -> tuple[Ints, Ints]:
    """All pairs of people in one room, as two arrays."""
    by_size: dict[int, list[Room]] = {}
    for room in rooms:
        by_size.setdefault(len(room), []).append(room)
    ones, others = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for size, some in by_size.items():
        people = np.array(some, np.int64)
        left, right = _each_two(size)
        ones.append(people[:, left].ravel())
        others.append(people[:, right].ravel())
    return np.concatenate(ones), np.concatenate(others)


@cache
def _each_two(size: int) -> tuple[Ints, Ints]:
    """Places of all pairs in a room; as many kinds as there are sizes of rooms."""
    left, right = np.triu_indices(size, 1)
    return left, right
