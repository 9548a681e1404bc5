"""Why these people meet, as data; the page makes sentences of it."""

from itertools import combinations

from rooms.language.cards import Reason
from rooms.matching.request import MatchRequest, Profile
from rooms.matching.score import shared

MOST_NAMED = 3
"""Shared things named in one reason."""


def reasons(request: MatchRequest, group: tuple[Profile, ...]) -> tuple[Reason, ...]:
    """Reasons for each two of a group, the strongest first."""
    return tuple(reason for one, other in combinations(group, 2) for reason in _pair(request, one, other))


def _pair(request: MatchRequest, one: Profile, other: Profile) -> list[Reason]:
    members = (one.id, other.id)
    found: list[Reason] = []
    if same := shared(one.interests, other.interests):
        found.append(Reason(code="shared_interest", members=members, what=same[:MOST_NAMED]))
    if wish := shared(one.looking_for, other.offering):
        found.append(Reason(code="offer_meets_wish", members=members, what=wish[:MOST_NAMED]))
    if wish := shared(other.looking_for, one.offering):
        found.append(Reason(code="offer_meets_wish", members=members[::-1], what=wish[:MOST_NAMED]))
    if one.team and other.team and one.team.casefold() != other.team.casefold():
        found.append(Reason(code="other_team", members=members, what=(one.team, other.team)))
    met = request.met.get(one.id, {}).get(other.id, ())
    found.append(Reason(code="again" if met else "first_time", members=members))
    return found
