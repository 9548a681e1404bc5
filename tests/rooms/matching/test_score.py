"""What makes a pair cheap or dear."""

import pytest

from rooms.language.ids import AttendeeId
from rooms.matching.request import MatchRequest, Profile
from rooms.matching.score import AGAIN, JITTER, MUST, NEVER, Scores, shared

A, B = AttendeeId("a"), AttendeeId("b")


def cost(one: Profile, other: Profile, **values: object) -> int:
    return Scores(MatchRequest(attendees=(one, other), **values)).cost(0, 1)  # type: ignore[arg-type]


PLAIN = cost(Profile(id=A), Profile(id=B))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"interests": ("Tea",)}, {"interests": (" tea ",)}),
        ({"looking_for": ("a mentor",)}, {"offering": ("A mentor",)}),
        ({"offering": ("a mentor",)}, {"looking_for": ("A mentor",)}),
    ],
)
def test_common_ground_makes_a_pair_cheaper(one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]) -> None:
    mine, theirs = Profile(id=A, **one), Profile(id=B, **other)  # type: ignore[arg-type]

    assert cost(mine, theirs) < PLAIN - JITTER
    assert cost(mine, theirs, common_ground="off") == PLAIN


def test_the_same_team_costs_as_much_as_is_wished() -> None:
    one, other = Profile(id=A, team="Red"), Profile(id=B, team="red ")

    assert cost(one, other, mix_teams="off") == PLAIN
    assert PLAIN < cost(one, other) < AGAIN
    assert cost(one, other, mix_teams="must") > MUST


def test_without_a_common_language_a_pair_is_dear() -> None:
    assert cost(Profile(id=A, languages=("en",)), Profile(id=B, languages=("nl",))) > PLAIN + 1_000
    assert cost(Profile(id=A, languages=("en",)), Profile(id=B)) == PLAIN


def test_younger_and_more_frequent_repeats_cost_more() -> None:
    def repeat(*rounds: int) -> int:
        return cost(Profile(id=A), Profile(id=B), round=9, met={A: {B: rounds}})

    assert AGAIN < repeat(1) < repeat(7) < repeat(8) < NEVER
    assert repeat(1, 3) > repeat(1) + repeat(3)


@pytest.mark.parametrize("rule", ["apart", "passed"])
def test_some_must_never_meet(rule: str) -> None:
    assert cost(Profile(id=A), Profile(id=B), **{rule: frozenset({(A, B)})}) == NEVER


def test_what_is_shared_is_named_as_the_first_one_writes_it() -> None:
    assert shared(("Go ", "Tea", ""), ("tea", "Bees", "")) == ("Tea",)
