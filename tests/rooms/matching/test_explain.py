"""Why two people did or did not meet."""

import pytest
from msgspec.structs import replace

from rooms.language import rules as r
from rooms.matching import MatchRequest, explain
from rooms.matching.account import account
from rooms.matching.prepare import prepare
from rooms.matching.solution import Room, Solution
from tests.rooms.matching.people import a_person, a_request, group, held, rooms

TEAMS = (a_person("a", team="Red"), a_person("b", team="Red"), a_person("c", team="Blue"), a_person("d"))
MUST = r.MustDiffer("team")


@pytest.mark.parametrize(
    ("request_", "found", "two", "why"),
    [
        (a_request("a b"), ((0, 1),), "a b", "together"),
        (a_request("a b"), ((0, 1),), "a x", "unknown"),
        (a_request("a b"), ((0, 1),), "a a", "unknown"),
        (a_request("a b c", present=group("a b")), ((0, 1),), "a c", "not_present"),
        (a_request("a b c d", apart=frozenset(rooms("d a"))), ((0, 1), (2, 3)), "a d", "kept_apart"),
        (a_request("a b c", odd="sit_out"), ((0, 1),), "a c", "sits_out"),
        (a_request(attendees=TEAMS, rules=(MUST,)), ((0, 2), (1, 3)), "a b", "rule"),
        (a_request("a b c d", round=2, history=(held(1, "a d"),)), ((0, 1), (2, 3)), "a d", "repeat"),
        (a_request("a b c d"), ((0, 1), (2, 3)), "a d", "better_elsewhere"),
    ],
)
def test_the_first_that_holds_is_the_cause(request_: MatchRequest, found: tuple[Room, ...], two: str, why: str) -> None:
    result = account(prepare(request_), Solution(list(found), "by hand"))
    assert explain(result, *group(two)).why == why
    assert explain(result, *reversed(group(two))).why == why


def test_it_tells_the_rules_the_rounds_and_what_the_meeting_is_worth() -> None:
    people = tuple(a_person(name, team="Red", languages=("en",)) for name in "abcd")
    request = a_request(attendees=people, rules=(MUST,), round=3, history=(held(0, "a b"), held(2, "a b c")))
    result = account(prepare(request), Solution([(0, 1), (2, 3)], "by hand"))
    found = explain(result, *group("a b"))
    assert (found.met_in, found.rules) == ((0, 2), ("must_differ:team",))
    assert found.worth == pytest.approx(0.1)
    assert [entry.rule for entry in found.given_up] == ["must_differ:team", "repeat"]
    assert explain(result, *group("a c")).theirs == pytest.approx((0.1, 0.1))


def test_an_answer_from_which_the_request_was_taken_cannot_be_explained() -> None:
    result = account(prepare(a_request("a b")), Solution([(0, 1)], "by hand"))
    with pytest.raises(ValueError, match="holds its request"):
        explain(replace(result, request=None), *group("a b"))
