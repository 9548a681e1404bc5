"""Why these people meet, as data; the page makes sentences of it."""

from collections.abc import Container, Sequence
from itertools import combinations

from rooms.language.cards import Reason
from rooms.matching.past import Past
from rooms.matching.request import Profile
from rooms.matching.solution import pairs_of

MOST_NAMED = 3
"""Shared things named in one reason."""


def reasons(past: Past, rooms: Sequence[tuple[Profile, ...]], pinned: Container[int] = ()) -> list[tuple[Reason, ...]]:
    """For each room the reasons for each two in it, the strongest first; `pinned` are indexes of rooms."""
    known = _acquainted(past, rooms)
    found: list[tuple[Reason, ...]] = []
    for index, room in enumerate(rooms):
        some = [Reason(code="pinned", members=tuple(person.id for person in room))] if index in pinned else []
        for one, other in combinations(room, 2):
            some += pair_reasons(past, one, other, again=frozenset((one.id, other.id)) in known)
        found.append(tuple(some))
    return found


def _acquainted(past: Past, rooms: Sequence[tuple[Profile, ...]]) -> set[frozenset[str]]:
    """Those in one room who met before, in this event or in the series."""
    one, other = pairs_of([tuple(past.rows[person.id] for person in room) for room in rooms])
    met = (past.met.of(one, other) > 0) | (past.series.of(one, other) > 0)
    people = past.people
    return {
        frozenset((people[a].id, people[b].id)) for a, b in zip(one[met].tolist(), other[met].tolist(), strict=True)
    }


def pair_reasons(past: Past, one: Profile, other: Profile, *, again: bool) -> list[Reason]:
    """Reasons for these two. A wish is named only if it is mutual: a one-sided one is nobody's business."""
    members = (one.id, other.id)
    a, b = past.rows[one.id], past.rows[other.id]
    words = past.crowd.words
    found: list[Reason] = []
    if past.mutual(one.id, other.id):
        found.append(Reason("must_meet", members))
    if same := _shared(words(a, "interests"), words(b, "interests")):
        found.append(Reason("shared_interest", members, same))
    if wish := _shared(words(a, "looking_for"), words(b, "offering")):
        found.append(Reason("offer_meets_wish", members, wish))
    if wish := _shared(words(b, "looking_for"), words(a, "offering")):
        found.append(Reason("offer_meets_wish", members[::-1], wish))
    if one.team and other.team and words(a, "team").keys() != words(b, "team").keys():
        found.append(Reason("other_team", members, (one.team, other.team)))
    found.append(Reason("again" if again else "first_time", members))
    return found


def _shared(one: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    """What both name, as the first one writes it, at most three."""
    both = one.keys() & other.keys()
    return tuple(one[word] for word in sorted(both)[:MOST_NAMED]) if both else ()
