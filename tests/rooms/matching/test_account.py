"""The account of rooms says what is true of them, whichever way they were found."""

import pytest

from rooms.language import rules as r
from rooms.language.cards import Reason
from rooms.matching import GroupSize, MatchRequest, MatchResult
from rooms.matching.account import account
from rooms.matching.prepare import prepare
from rooms.matching.result import GivenUp
from rooms.matching.solution import Room, Solution
from tests.rooms.matching.people import a_person, a_request, group, held, pairs, rooms


def told(request: MatchRequest, *found: Room) -> MatchResult:
    return account(prepare(request), Solution(list(found), "by hand"))


def codes(reasons: tuple[Reason, ...]) -> list[tuple[str, str]]:
    return [(reason.code, " ".join(reason.members)) for reason in reasons]


TEAMS = (a_person("a", team="Red"), a_person("b", team="Red"), a_person("c", team="Blue"), a_person("d"))


def test_reasons_name_what_two_share_what_they_trade_and_that_they_are_new_to_each_other() -> None:
    people = (
        a_person("a", team="Red", interests=("Choir", "tea"), looking_for=("go",), offering=("time",)),
        a_person("b", team="Blue", interests=("TEA", "choir ", "x"), offering=("Go",)),
    )
    assert told(a_request(attendees=people), (0, 1)).reasons == (
        Reason("shared_interest", group("a b"), ("Choir", "tea")),
        Reason("offer_meets_wish", group("a b"), ("go",)),
        Reason("other_team", group("a b"), ("Red", "Blue")),
        Reason("first_time", group("a b")),
    )


def test_a_wish_is_named_only_when_it_is_mutual() -> None:
    one_sided = told(a_request("a b", wishes=(("a", "b"),)), (0, 1))
    assert codes(one_sided.reasons) == [("first_time", "a b")]
    mutual = told(a_request("a b", wishes=(("a", "b"), ("b", "a"))), (0, 1))
    assert codes(mutual.reasons) == [("must_meet", "a b"), ("first_time", "a b")]
    assert one_sided.parts.wishes_met == mutual.parts.wishes_met == 1


def test_who_met_before_in_the_event_or_in_the_series_meets_again() -> None:
    request = a_request("a b c d", round=2, history=(held(0, "a b"), held(1, "c d")))
    result = told(request, (0, 1), (2, 3))
    assert codes(result.reasons) == [("again", "a b"), ("again", "c d")]
    assert (result.parts.repeats, result.parts.series_repeats) == (1, 1)
    assert [(entry.rule, entry.members) for entry in result.given_up] == [
        ("repeat", ("a", "b")), ("repeat", ("c", "d")),
    ]  # fmt: skip


def test_a_rule_given_up_names_exactly_those_whom_it_touches() -> None:
    request = a_request(attendees=TEAMS, rules=(r.MustDiffer("team"), r.MustShare("languages", hardness="soft")))
    result = told(request, (0, 1), (2, 3))
    assert [(entry.rule, entry.members) for entry in result.given_up] == [("must_differ:team", ("a", "b"))]
    assert result.parts.rules == (("must_differ:team", 1),)
    assert not told(request, (0, 2), (1, 3)).given_up


def test_one_team_only_is_given_as_the_cause() -> None:
    people = tuple(a_person(name, team="Red") for name in "ab")
    result = told(a_request(attendees=people, rules=(r.MustDiffer("team"),)), (0, 1))
    assert result.given_up == (GivenUp("must_differ:team", group("a b"), "only one team is present"),)


@pytest.mark.parametrize(
    ("size", "odd", "room", "expected"),
    [
        (GroupSize(), "trio", (0, 1, 2), []),
        (GroupSize(), "sit_out", (0, 1, 2), ["room_size"]),
        (GroupSize(4, 3, 4), "trio", (0, 1), ["room_size"]),
        (GroupSize(4, 3, 4), "trio", (0, 1, 2), []),
    ],
)
def test_a_room_of_another_size_than_asked_for_is_named(
    size: GroupSize, odd: str, room: Room, expected: list[str]
) -> None:
    request = a_request(" ".join("abc"[: len(room)]), group=size, odd=odd)
    assert [entry.rule for entry in told(request, room).given_up] == expected


def test_a_must_link_that_is_not_kept_names_the_two_also_if_one_sits_out() -> None:
    rule = r.MustLink(1, pairs("a b, c e"))
    result = told(a_request("a b c d e", rules=(rule,), odd="sit_out"), (0, 2), (1, 3))
    assert [(entry.rule, entry.members) for entry in result.given_up] == [
        ("must_link", ("a", "b")), ("must_link", ("c", "e")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("request_", "found", "expected"),
    [
        (a_request("a"), (), [("not_enough_people", "a")]),
        (a_request("a b c", odd="sit_out"), ((0, 1),), [("odd_number", "c")]),
        (a_request("a b c", odd="sit_out", apart=frozenset(rooms("a c, c b"))), ((0, 1),), [("kept_apart", "c")]),
        (a_request("a b", apart=frozenset(rooms("b a"))), (), [("kept_apart", "a"), ("kept_apart", "b")]),
        (
            a_request("a b", round=2, history=(held(1, "a b"),), repeat="idle_over_repeat"),
            (),
            [("repeat", "a"), ("repeat", "b")],
        ),
    ],
)
def test_whoever_sits_out_is_told_why(
    request_: MatchRequest, found: tuple[Room, ...], expected: list[tuple[str, str]]
) -> None:
    assert codes(told(request_, *found).sits_out) == expected


def test_a_rule_above_the_seat_is_named_to_those_it_leaves_idle() -> None:
    people = (*(a_person(name, team="Red") for name in "abc"), a_person("d", team="Blue"))
    rule = r.MustDiffer("team", on_infeasible="sit_out")
    result = told(a_request(attendees=people, rules=(rule,)), (0, 3))
    assert result.sits_out == tuple(Reason("rule", group(who), ("must_differ:team",)) for who in ("b", "c"))
    assert not result.given_up


def test_a_companion_stands_with_their_person_and_sits_out_with_them() -> None:
    people = (a_person("a"), a_person("b"), a_person("c"), a_person("z", companion_of="a"))
    request = a_request(attendees=people, odd="sit_out")
    assert told(request, (0, 1)).matches == (group("a z b"),) or told(request, (0, 1)).matches == (group("a b z"),)
    assert codes(told(request, (1, 2)).sits_out) == [("odd_number", "a"), ("companion", "z")]


def test_the_worst_served_is_told_over_the_evening() -> None:
    people = tuple(a_person(name, languages=("en",)) for name in "abc")
    request = a_request(attendees=people, round=2, history=(held(1, "a b", "c"),), odd="sit_out")
    assert told(request, (0, 2)).parts.worst == pytest.approx(0.05)
    assert told(request, (0, 2)).parts.weight == pytest.approx(0.1)


def test_how_much_stays_of_what_was_shown() -> None:
    request = a_request("a b c d", shown=rooms("b a, c d"))
    assert told(request, (0, 1), (2, 3)).parts.kept == 1
    assert told(request, (0, 2), (1, 3)).parts.kept == 0
