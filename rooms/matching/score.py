"""How good it is that two people meet: a cost, the lower the better."""

from rooms.language.ids import AttendeeId
from rooms.matching.chance import number
from rooms.matching.request import MatchRequest, Profile

NEVER = 10**13
"""Kept apart, or passed for this round."""
MUST = 10**8
"""A wish marked `must` that is not met."""
AGAIN = 10**6
"""A repeat; older ones cost less than younger ones."""
BACK_TO_BACK = 5 * 10**6
"""A repeat of the round just before."""
PAIR_AGAIN = 2 * 10**6
"""A repeat with nobody else in the room."""
SIT_OUT = 10**10
"""Sitting out once more than somebody else."""
NO_LANGUAGE = 4_000
SAME_TEAM = 300
SHARED = 120
"""For each shared interest, up to three."""
WISH = 200
"""For each wish that the other's offer meets, up to two."""
PAIR_NOT_WANTED = 400
"""A pair for somebody who prefers groups."""
BASE = 1_000
"""Keeps every cost above zero, so that a search may stop early."""
JITTER = 60


def words(texts: tuple[str, ...]) -> frozenset[str]:
    """Texts as they are compared."""
    return frozenset(text.strip().casefold() for text in texts if text.strip())


def shared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """What both name, as the first one writes it."""
    theirs = words(other)
    return tuple(text.strip() for text in one if text.strip().casefold() in theirs)


class Scores:
    """Costs of all pairs of one request, worked out when first asked for. People are numbers here, by order of id."""

    def __init__(self, request: MatchRequest) -> None:
        self.request = request
        self.people: tuple[Profile, ...] = tuple(sorted(request.attendees, key=lambda person: person.id))
        self._interests = [words(person.interests) for person in self.people]
        self._languages = [words(person.languages) for person in self.people]
        self._wants = [words(person.looking_for) for person in self.people]
        self._offers = [words(person.offering) for person in self.people]
        self._teams = [person.team.strip().casefold() for person in self.people]
        self._found: dict[tuple[int, int], int] = {}

    def id(self, index: int) -> AttendeeId:
        """Whose number it is."""
        return self.people[index].id

    def rounds_together(self, one: int, other: int) -> tuple[int, ...]:
        """The rounds in which these two met."""
        return self.request.met.get(self.id(one), {}).get(self.id(other), ())

    def forbidden(self, one: int, other: int) -> bool:
        """Whether these two must not meet in this round."""
        pair = (self.id(min(one, other)), self.id(max(one, other)))
        return pair in self.request.apart or pair in self.request.passed

    def cost(self, one: int, other: int) -> int:
        """The cost of these two in one room."""
        key = (one, other) if one < other else (other, one)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._pair_cost(*key)
        return found

    def group_cost(self, group: tuple[int, ...]) -> int:
        """The cost of these people in one room."""
        total = 0
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                total += self.cost(one, other)
        if len(group) == 2:
            total += PAIR_AGAIN * len(self.rounds_together(*group))
            total += PAIR_NOT_WANTED * sum(self.people[who].groups_only for who in group)
        return total

    def _pair_cost(self, one: int, other: int) -> int:
        if self.forbidden(one, other):
            return NEVER
        jitter = number(self.request.seed, self.id(one), self.id(other)) % JITTER
        return (
            BASE
            + jitter
            + self._repeat_cost(self.rounds_together(one, other))
            + self._team_cost(one, other)
            + self._ground_cost(one, other)
        )

    def _repeat_cost(self, rounds: tuple[int, ...]) -> int:
        """Rises faster than the number of times, so that forced repeats do not always hit the same two."""
        return len(rounds) * sum(self._again(before) for before in rounds)

    def _again(self, before: int) -> int:
        ago = max(1, self.request.round - before)
        return AGAIN + AGAIN // ago + (BACK_TO_BACK if ago == 1 else 0)

    def _team_cost(self, one: int, other: int) -> int:
        if self.request.mix_teams == "off" or not self._teams[one] or self._teams[one] != self._teams[other]:
            return 0
        return MUST if self.request.mix_teams == "must" else SAME_TEAM

    def _ground_cost(self, one: int, other: int) -> int:
        speak, listen = self._languages[one], self._languages[other]
        cost = NO_LANGUAGE if speak and listen and not speak & listen else 0
        if self.request.common_ground == "off":
            return cost
        same = len(self._interests[one] & self._interests[other])
        wishes = len(self._wants[one] & self._offers[other]) + len(self._wants[other] & self._offers[one])
        if self.request.common_ground == "must" and not same and not wishes:
            return cost + MUST
        return cost - SHARED * min(same, 3) - WISH * min(wishes, 2)
