"""Pairs: for few people with a look at the rounds to come, so that nobody meets twice while that can be avoided."""

from rooms.language.limits import MESH_SEATS
from rooms.matching.groups import Arrangement, arrange, arrangements, sizes
from rooms.matching.score import AGAIN, SIT_OUT, Scores

LOOK_AHEAD = 10
"""People for whom all pairings are looked at: 945 for ten."""
STEPS = 4_000
"""Steps spent on looking into the coming rounds after one pairing."""

assert MESH_SEATS >= 3, "the odd one joins a pair"


def pairs(scores: Scores) -> tuple[Arrangement, list[int]]:
    """Everybody in pairs, and who sits out; the odd one makes a trio unless the request says otherwise."""
    people = list(range(len(scores.people)))
    if len(people) % 2 == 0:
        return _even_pairs(scores, people), []
    if scores.request.odd == "trio":
        return arrange(scores, people, sizes(len(people), 2)), []
    return _one_sits_out(scores, people)


def _even_pairs(scores: Scores, people: list[int]) -> Arrangement:
    if len(people) > LOOK_AHEAD:
        return arrange(scores, people, (2,) * (len(people) // 2))
    return _far_sighted(_Costs(scores, None), people)


def _one_sits_out(scores: Scores, people: list[int]) -> tuple[Arrangement, list[int]]:
    """Whose turn it is: nobody twice before everybody once."""
    if len(people) < LOOK_AHEAD:
        nobody = len(people)
        groups = _far_sighted(_Costs(scores, nobody), [*people, nobody])
        return [group for group in groups if nobody not in group], [
            who for group in groups if nobody in group for who in group if who != nobody
        ]
    fewest = min(person.sat_out for person in scores.people)
    turns = [who for who in people if scores.people[who].sat_out == fewest]
    out = max(turns, key=lambda who: (_trouble(scores, who, people), -who))
    rest = [who for who in people if who != out]
    return arrange(scores, rest, (2,) * (len(rest) // 2)), [out]


def _trouble(scores: Scores, who: int, people: list[int]) -> int:
    """With how many of the others this person has met already or must not meet."""
    return sum(scores.cost(who, other) >= AGAIN for other in people if other != who)


class _Costs:
    """Costs of pairs where one of them may be nobody: to be with nobody is to sit out."""

    def __init__(self, scores: Scores, nobody: int | None) -> None:
        self.scores = scores
        self.nobody = nobody
        self.fewest = min(person.sat_out for person in scores.people)

    def pair(self, one: int, other: int) -> int:
        if self.nobody in (one, other):
            who = one if other == self.nobody else other
            return SIT_OUT * (self.scores.people[who].sat_out - self.fewest)
        return self.scores.group_cost((one, other))

    def total(self, groups: Arrangement) -> int:
        return sum(self.pair(*group) for group in groups)


def _far_sighted(costs: _Costs, people: list[int]) -> Arrangement:
    """The cheapest pairing after which as many rounds as planned can still be held without a repeat."""
    ways = sorted(arrangements(people, (2,) * (len(people) // 2)), key=costs.total)
    if costs.total(ways[0]) >= AGAIN:
        return ways[0]
    fresh = {
        who: {other for other in people if other != who and costs.pair(*sorted((who, other))) < AGAIN} for who in people
    }
    rounds = min(costs.scores.request.rounds_left, min(len(others) for others in fresh.values()) - 1)
    for way in ways:
        if costs.total(way) >= AGAIN:
            break
        left = {who: others - set(_partner(way, who)) for who, others in fresh.items()}
        if _rounds_possible(left, rounds, [STEPS]):
            return way
    return ways[0]


def _partner(way: Arrangement, who: int) -> tuple[int, ...]:
    return next(group for group in way if who in group)


def _rounds_possible(fresh: dict[int, set[int]], rounds: int, steps: list[int]) -> bool:
    """Whether so many more rounds without a repeat exist; False also when the steps are used up."""
    if rounds <= 0:
        return True
    return _pairing_possible(fresh, sorted(fresh), [], rounds, steps)


def _pairing_possible(
    fresh: dict[int, set[int]], free: list[int], made: Arrangement, rounds: int, steps: list[int]
) -> bool:
    steps[0] -= 1
    if steps[0] < 0:
        return False
    if not free:
        left = {who: others - set(_partner(made, who)) for who, others in fresh.items()}
        return _rounds_possible(left, rounds - 1, steps)
    # The person with the fewest choices first: dead ends show at once.
    first = min(free, key=lambda who: len(fresh[who].intersection(free)))
    for other in sorted(fresh[first].intersection(free)):
        rest = [who for who in free if who not in (first, other)]
        if _pairing_possible(fresh, rest, [*made, (first, other)], rounds, steps):
            return True
    return False
