"""Everybody meets everybody, a pair a round: the circle method of round-robin tournaments.

One person stays, the others move one seat round a circle each round and meet whoever sits opposite (Schurig, 1886;
Lucas, *Récréations mathématiques* II, 1883, "les promenades du pensionnat"). n - 1 rounds for an even number of people;
with an odd number the one who stays is nobody, so each sits out once in n rounds.
"""

from collections.abc import Sequence

from rooms.matching.solution import Room


def circle_rounds(order: Sequence[int], rounds: int) -> list[list[Room]]:
    """The first rounds of everybody with everybody; `order` names each person once and decides who meets when.

    With an odd number of people, `order[r]` sits out in round r. No two meet twice: at most `len(order)` rounds, one
    fewer with an even number.
    """
    people = list(order)
    turning = len(people) - 1 + len(people) % 2
    if rounds > turning:
        raise ValueError(f"expected at most {turning} rounds for {len(people)} people, got {rounds}")
    return [_round(people, turning, number) for number in range(rounds)]


def _round(people: list[int], turning: int, number: int) -> list[Room]:
    rooms = [(people[number], people[turning])] if turning < len(people) else []
    for step in range(1, (turning + 1) // 2):
        rooms.append((people[(number - step) % turning], people[(number + step) % turning]))
    return sorted(sorted_room(room) for room in rooms)


def sorted_room(people: Sequence[int]) -> Room:
    """A room with its people rising."""
    return tuple(sorted(people))
