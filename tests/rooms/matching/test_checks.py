"""What is out of range is refused by name."""

from typing import Any

import pytest

from rooms.language import rules as r
from rooms.language.rules import Weights
from rooms.matching import GroupSize, RangeError, match
from tests.rooms.matching.people import a_person, a_request, group


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"group": GroupSize(2, 1, 2)}, "group.min"),
        ({"group": GroupSize(7, 2, 7)}, "group.target"),
        ({"group": GroupSize(2, 3, 4)}, "group"),
        ({"round": 0}, "round"),
        ({"round": 4, "rounds_planned": 3}, "rounds_planned"),
        ({"weights": Weights(interests=1.5)}, "weights.interests"),
        ({"weights": Weights(fairness=9)}, "weights.fairness"),
        ({"rules": (r.Mix("team", weight=11),)}, "rules[0].weight"),
        ({"rules": (r.Quota("team", "x", 0, 9),)}, "rules[0].max"),
        ({"rules": (r.Mix("team"),) * 13}, "rules"),
        ({"odd": "dance"}, "odd"),
        ({"sat_out": (("a", -1),)}, "sat_out.a"),
        ({"present": group("a x")}, "present[1]"),
        ({"attendees": (a_person("a"), a_person("a"))}, "attendees"),
        ({"attendees": (a_person("a", size=7),)}, "attendees[0].size"),
        ({"budget_ms": 0}, "budget_ms"),
    ],
)
def test_it_is_refused_by_path(parts: dict[str, Any], path: str) -> None:
    with pytest.raises(RangeError) as refused:
        match(a_request("a b", **parts) if "attendees" not in parts else a_request(**parts))
    assert refused.value.path == path
    assert refused.value.expected
