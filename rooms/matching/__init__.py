"""Who meets whom: pure, seeded, explained. The door is `match`."""

from typing import TYPE_CHECKING, Any

from rooms.matching.explain import Explanation, explain
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile, RangeError
from rooms.matching.result import MatchResult

if TYPE_CHECKING:
    from rooms.matching.matcher import match

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


def __getattr__(name: str) -> Any:
    """`match` is found when first asked for: only who solves needs the solvers in memory (PEP 562)."""
    if name != "match":
        raise AttributeError(name)
    from rooms.matching.matcher import match

    return match
