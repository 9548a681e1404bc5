"""Why these people meet, as data; the page makes sentences of it."""

from collections.abc import Container, Iterable, Sequence
from itertools import chain, combinations

import numpy as np

from rooms.language.cards import Reason
from rooms.language.rules import Attribute
from rooms.matching.crowd import Bools, Ints
from rooms.matching.past import Past

MOST_NAMED = 3
"""Shared things named in one reason."""


def reasons(past: Past, rooms: Sequence[Sequence[int]], pinned: Container[int] = ()) -> list[tuple[Reason, ...]]:
    """For each room, as rows of the crowd, the reasons for each two in it, the strongest first; `pinned` are indexes
    of rooms."""
    told = iter(_of_pairs(past, [pair for room in rooms for pair in combinations(room, 2)]))
    ids = past.crowd.ids
    found: list[tuple[Reason, ...]] = []
    for index, room in enumerate(rooms):
        pairs = len(room) * (len(room) - 1) // 2
        some = chain.from_iterable(next(told) for _ in range(pairs))
        fixed = [Reason("pinned", tuple(ids[row] for row in room))] if index in pinned else []
        found.append((*fixed, *some))
    return found


def _of_pairs(past: Past, pairs: Sequence[tuple[int, int]]) -> list[list[Reason]]:
    """Reasons for each pair. A wish is named only if it is mutual: a one-sided one is nobody's business."""
    both = np.array(pairs, np.int64).reshape(-1, 2)
    one, other = both[:, 0], both[:, 1]
    ids, people = past.crowd.ids, past.people
    members = [(ids[a], ids[b]) for a, b in pairs]
    wished = bool(past.request.wishes)
    found = [[Reason("must_meet", two)] if wished and past.mutual(*two) else [] for two in members]
    for pair, words in _shared(past, "interests", "interests", (one, other)):
        found[pair].append(Reason("shared_interest", members[pair], words))
    for pair, words in _shared(past, "looking_for", "offering", (one, other)):
        found[pair].append(Reason("offer_meets_wish", members[pair], words))
    for pair, words in _shared(past, "looking_for", "offering", (other, one)):
        found[pair].append(Reason("offer_meets_wish", members[pair][::-1], words))
    for pair in np.flatnonzero(past.crowd.differ("team", one, other)).tolist():
        a, b = pairs[pair]
        found[pair].append(Reason("other_team", members[pair], (people[a].team, people[b].team)))
    for some, two, again in zip(found, members, _acquainted(past, one, other).tolist(), strict=True):
        some.append(Reason("again" if again else "first_time", two))
    return found


def _acquainted(past: Past, one: Ints, other: Ints) -> Bools:
    """Whether two met before, in this event or in the series."""
    met: Bools = (past.met.of(one, other) > 0) | (past.series.of(one, other) > 0)
    return met


def _shared(
    past: Past, mine: Attribute, theirs: Attribute, sides: tuple[Ints, Ints]
) -> Iterable[tuple[int, tuple[str, ...]]]:
    """Pairs of whom one has of `mine` what the other has of `theirs`, with the words as the first one writes them: at
    most three, in the order of the alphabet."""
    crowd, one = past.crowd, sides[0].tolist()
    named: dict[int, list[str]] = {}
    for pair, word in crowd.shared(mine, theirs, *sides):
        if pair not in named:
            named[pair] = [word]
        elif len(named[pair]) < MOST_NAMED:
            named[pair].append(word)
    return [(pair, tuple([crowd.written(one[pair], mine, word) for word in words])) for pair, words in named.items()]
