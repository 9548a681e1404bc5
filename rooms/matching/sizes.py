"""How many people each room of a round holds."""

from bisect import bisect_left
from functools import lru_cache

from rooms.language.limits import MESH_SEATS
from rooms.matching.request import GroupSize

ROOM_LEAST = 2
"""People in the smallest room there is."""
MISFIT_STEP = 1 << 16
"""One person more or less than wanted, squared, weighs more than any number of rooms (10,000 people have 5,000)."""
TOO_SMALL = 1 << 10
"""How much worse than one off the target a room below the least is, squared as well."""


@lru_cache(1024)
def room_sizes(people: int, group: GroupSize, odd: str) -> tuple[int, ...]:
    """Sizes of the rooms for so many people, largest first; whom they leave over sits out.

    As many are seated as can be; sizes differ by one at most and are as near to the wanted one as can be. Where
    somebody would sit out otherwise, `trio` allows one more in a pair, and tables smaller than the least.
    """
    least, most = lawful_sizes(group, odd)
    for seated in range(people, ROOM_LEAST - 1, -1):
        if counts := range(-(-seated // most), seated // least + 1):
            return even_sizes(seated, _best_fitting(seated, counts, group))
    return ()


def _best_fitting(people: int, counts: range, group: GroupSize) -> int:
    """The number of rooms that is least far from what was wanted, the smallest of equals.

    The misfit of even rooms is the perspective of a convex function (Boyd and Vandenberghe 2004, §3.2.6), so it falls,
    then rises: the first number after which it no longer falls is found by halving.
    """

    def no_longer_falls(rooms: int) -> bool:
        return misfits(people, rooms + 1, group) >= misfits(people, rooms, group)

    return counts[bisect_left(counts, True, hi=len(counts) - 1, key=no_longer_falls)]


def lawful_sizes(group: GroupSize, odd: str) -> tuple[int, int]:
    """The least and the most people a room may ever hold."""
    if odd != "trio":
        return group.min, group.max
    return ROOM_LEAST, group.max + 1 if group.max == ROOM_LEAST else group.max


def misfit(size: int, group: GroupSize) -> int:
    """How far one room is from what was wanted, to be added up over rooms; of two equal sums more rooms have the less.

    The square of the distance, so that of all ways to seat the same people in so many rooms the evenest is best.
    """
    short = max(0, group.min - size)
    return MISFIT_STEP * ((size - group.target) ** 2 + TOO_SMALL * short * short) - 1


@lru_cache(1024)
def usual_sizes(people: int, size: int, odd: str) -> tuple[int, ...]:
    """Sizes of the rooms in a part of the agenda that asks for rooms of this size."""
    return room_sizes(people, usual_group(size), odd)


def usual_group(size: int) -> GroupSize:
    """What rooms of this size usually may hold: pairs are pairs, tables may be one off where browsers can bear it."""
    if size == ROOM_LEAST:
        return GroupSize()
    return GroupSize(target=size, min=size - 1, max=min(size + 1, MESH_SEATS))


def misfits(people: int, rooms: int, group: GroupSize) -> int:
    """How far so many rooms for these people are from what was wanted."""
    small, larger = divmod(people, rooms)
    return larger * misfit(small + 1, group) + (rooms - larger) * misfit(small, group)


def even_sizes(people: int, rooms: int) -> tuple[int, ...]:
    """So many rooms for these people, differing by one at most, the largest first."""
    small, larger = divmod(people, rooms)
    return (small + 1,) * larger + (small,) * (rooms - larger)
