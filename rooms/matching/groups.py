"""Sizes of groups, and arranging people in groups: all ways for few people, improving by swaps for many."""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from rooms.language.limits import MESH_SEATS
from rooms.matching.chance import Chance
from rooms.matching.score import AGAIN, Scores

Arrangement = list[tuple[int, ...]]

FEW = 10
"""Up to here all arrangements are looked at: at most a few thousand."""
LOOK_ROUND = 48
"""People compared when somebody is placed first; more would cost time and change little."""


def sizes(people: int, size: int, odd: Literal["trio", "sit_out"] = "trio") -> tuple[int, ...]:
    """Sizes of the rooms for so many people: differing by one at most, none of one, the nearest to what was asked."""
    if people < 2:
        return ()
    if size == 2 and odd == "sit_out":
        return (2,) * (people // 2)
    largest = min(size + 1, MESH_SEATS)
    options = [_even(people, count) for count in {max(1, people // size), -(-people // size)}]
    fitting = [option for option in options if option[-1] >= 2 and option[0] <= largest]
    # With 3 in rooms of 2 there is one option only; otherwise rounding up always fits for sizes above 2.
    return min(fitting, key=lambda option: (sum(abs(one - size) for one in option), len(option)))


def _even(people: int, count: int) -> tuple[int, ...]:
    small, larger = divmod(people, count)
    return (small + 1,) * larger + (small,) * (count - larger)


def arrange(scores: Scores, people: list[int], wanted: tuple[int, ...]) -> Arrangement:
    """People in groups of the wanted sizes, as cheap as can be found within the budget."""
    if len(people) <= FEW:
        return min(arrangements(people, wanted), key=lambda groups: total(scores, groups))
    best: Arrangement = []
    cheapest = -1
    for attempt in range(4):
        chance = Chance(scores.request.seed, "arrange", attempt)
        groups = _improved(scores, _first(scores, chance.shuffled(people), wanted), chance)
        cost = total(scores, groups)
        if cheapest < 0 or cost < cheapest:
            best, cheapest = groups, cost
        if cheapest < AGAIN:
            break
    return best


def total(scores: Scores, groups: Arrangement) -> int:
    """The cost of an arrangement."""
    return sum(scores.group_cost(group) for group in groups)


def arrangements(people: list[int], wanted: tuple[int, ...]) -> Iterator[Arrangement]:
    """All ways to seat these people in groups of these sizes, each way once."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for size in sorted(set(wanted), reverse=True):
        left = list(wanted)
        left.remove(size)
        for others in combinations(rest, size - 1):
            remaining = [who for who in rest if who not in others]
            for groups in arrangements(remaining, tuple(left)):
                yield [(first, *others), *groups]


def _first(scores: Scores, people: list[int], wanted: tuple[int, ...]) -> Arrangement:
    """A start: each group begins with whoever is next and takes the cheapest of those nearby."""
    waiting = list(people)
    groups: Arrangement = []
    for size in wanted:
        group: tuple[int, ...] = (waiting.pop(0),)
        while len(group) < size:
            nearby = waiting[:LOOK_ROUND]
            best = min(nearby, key=lambda who: sum(scores.cost(who, other) for other in group))
            waiting.remove(best)
            group = (*group, best)
        groups.append(group)
    return groups


def _improved(scores: Scores, groups: Arrangement, chance: Chance) -> Arrangement:
    """Swap people between groups while that helps; the worst groups first, until the budget is used up."""
    groups = list(groups)
    tries = scores.request.budget
    while tries > 0:
        costs = [scores.group_cost(group) for group in groups]
        worst = sorted(range(len(groups)), key=lambda index: -costs[index])
        better = False
        for index in worst:
            if tries <= 0:
                break
            for other in chance.shuffled(range(len(groups)))[:LOOK_ROUND]:
                if other == index:
                    continue
                tries -= len(groups[index]) * len(groups[other])
                better = _swap(scores, groups, index, other) or better
        if not better:
            break
    return groups


def _swap(scores: Scores, groups: Arrangement, one: int, other: int) -> bool:
    """Make the best swap between two groups, if any helps."""
    now = scores.group_cost(groups[one]) + scores.group_cost(groups[other])
    best = (now, groups[one], groups[other])
    for mine in groups[one]:
        for theirs in groups[other]:
            left = tuple(theirs if who == mine else who for who in groups[one])
            right = tuple(mine if who == theirs else who for who in groups[other])
            cost = scores.group_cost(left) + scores.group_cost(right)
            if cost < best[0]:
                best = (cost, left, right)
    groups[one], groups[other] = best[1], best[2]
    return best[0] < now
