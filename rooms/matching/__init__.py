"""Who meets whom: pure, seeded, explained. The door is `match`."""

from rooms.matching.match import match
from rooms.matching.request import MatchRequest, MatchResult, Profile

__all__ = ["MatchRequest", "MatchResult", "Profile", "match"]
