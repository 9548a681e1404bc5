"""Who meets whom: pure, seeded, explained. The door is `match`."""

from rooms.matching.explain import Explanation, explain
from rooms.matching.match import match
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile, RangeError
from rooms.matching.result import MatchResult

__all__ = [
    "Explanation",
    "GroupSize",
    "Held",
    "MatchRequest",
    "MatchResult",
    "Profile",
    "RangeError",
    "explain",
    "match",
]
