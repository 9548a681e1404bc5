"""The odd one joins a pair: rooms of three for whoever would be idle."""

from rooms.matching.case import Case
from rooms.matching.latecomer import best_room
from rooms.matching.solution import Room


def joined(case: Case, rooms: list[Room], idle: list[int]) -> list[Room]:
    """The rooms with as many of the idle in them as can be, at most one in each; who sat out most comes first."""
    order = sorted(idle, key=lambda who: (-int(case.sat_out[who]), int(case.past.draws[case.who[who]])))
    grown: list[Room] = list(rooms)
    for who in order:
        if (index := best_room(case, grown, who, 2)) is not None:
            grown[index] = tuple(sorted((*grown[index], who)))
    return grown
