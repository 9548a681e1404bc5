"""Made-up crowds: interests as uneven as in life, teams, wishes, languages; the same for the same seed."""

import numpy as np

from rooms.language.ids import AttendeeId
from rooms.matching import Held, MatchRequest, MatchResult, Profile

TAGS, NEEDS = 40, 12
LANGUAGES = ("en", "pt", "de", "fr", "es")
BLOCKS_EACH = 0.25
"""Pairs kept apart for each person: about one person in two is in one."""


def crowd(
    people: int, seed: int = 7, *, big_team: float = 0.0, mentors: float = 0.0, first: int = 0
) -> tuple[Profile, ...]:
    """People numbered from `first`. `big_team`: share of them in one team."""
    chance = np.random.default_rng((seed, people, first))
    tags = 1 / np.arange(1, TAGS + 1)
    made = []
    for number in range(first, first + people):
        one_team = chance.random() < big_team
        made.append(
            Profile(
                id=AttendeeId(f"p{number:05}"),
                team="big" if one_team else f"team {chance.integers(max(2, people // 8))}",
                role="mentee",
                interests=_some(chance, "tag", tags / tags.sum(), int(chance.integers(3, 8))),
                looking_for=_some(chance, "need", np.full(NEEDS, 1 / NEEDS), int(chance.integers(1, 4))),
                offering=_some(chance, "need", np.full(NEEDS, 1 / NEEDS), int(chance.integers(1, 4))),
                languages=tuple(word for word in LANGUAGES if chance.random() < (0.8 if word == "en" else 0.2)),
            )
        )
    return tuple(made)


def blocks(people: tuple[Profile, ...], seed: int = 7) -> frozenset[tuple[AttendeeId, AttendeeId]]:
    """Pairs kept apart, by chance."""
    chance = np.random.default_rng((seed, len(people), 1))
    count = int(BLOCKS_EACH * len(people))
    pairs = chance.integers(0, len(people), (count, 2)).tolist()
    return frozenset((people[one].id, people[other].id) for one, other in pairs if one != other)


def held(result: MatchResult, number: int) -> Held:
    """A round as it goes into the history."""
    return Held(number, result.matches, tuple(who for reason in result.sits_out for who in reason.members))


def known_pairs(history: tuple[Held, ...]) -> set[frozenset[AttendeeId]]:
    """All who met."""
    return {
        frozenset((one, other))
        for round_ in history
        for room in round_.rooms
        for index, one in enumerate(room)
        for other in room[index + 1 :]
    }


def repeats(request: MatchRequest, result: MatchResult) -> int:
    """Pairs of this round that met before, counted from the rooms alone."""
    now = known_pairs((held(result, request.round),))
    return len(now & known_pairs(request.history))


def _some(chance: np.random.Generator, word: str, shares: np.ndarray, count: int) -> tuple[str, ...]:
    return tuple(f"{word} {index}" for index in sorted(chance.choice(len(shares), count, replace=False, p=shares)))
