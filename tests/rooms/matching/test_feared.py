"""The cases one would fear, one by one."""

from typing import Any

import pytest

from rooms.language import rules as r
from rooms.language.ids import AttendeeId
from rooms.matching import GroupSize, Held, MatchRequest, MatchResult, Profile, match
from rooms.matching.request import Two
from tests.rooms.matching.audit import audit
from tests.rooms.matching.evenings import FOURS
from tests.rooms.matching.people import a_person, a_request, group, held, rooms

EXACTLY_FOUR = GroupSize(4, 4, 4)


def matched(request: MatchRequest) -> MatchResult:
    """The answer, seen to be lawful and true."""
    result = match(request)
    audit(request, result)
    return result


def two(both: str) -> Two:
    one, other = group(both)
    return one, other


def sizes(result: MatchResult) -> list[int]:
    return sorted(map(len, result.matches), reverse=True)


def why(result: MatchResult) -> dict[str, str]:
    return {reason.members[0]: reason.code for reason in result.sits_out}


def given_up(result: MatchResult) -> set[tuple[str, str]]:
    return {(entry.rule, " ".join(entry.members)) for entry in result.given_up}


def names(count: int) -> str:
    return " ".join(f"p{index:02}" for index in range(count))


def teams(**members: str) -> tuple[Profile, ...]:
    return tuple(a_person(name, team=team) for team, some in members.items() for name in some.split())


def everybody_apart(people: str) -> frozenset[Any]:
    some = people.split()
    return frozenset((one, other) for one in some for other in some if one < other)


@pytest.mark.parametrize(
    ("people", "odd", "size", "found", "reasons"),
    [
        ("", "trio", GroupSize(), [], {}),
        ("a", "trio", GroupSize(), [], {"a": "not_enough_people"}),
        ("a b", "trio", GroupSize(), [2], {}),
        ("a b c", "trio", GroupSize(), [3], {}),
        ("", "sit_out", GroupSize(), [], {}),
        ("a", "sit_out", GroupSize(), [], {"a": "not_enough_people"}),
        ("a b", "sit_out", GroupSize(), [2], {}),
        ("a", "trio", FOURS, [], {"a": "not_enough_people"}),
        ("a b", "trio", FOURS, [2], {}),
        ("a b c", "trio", FOURS, [3], {}),
        ("a b", "sit_out", FOURS, [], {"a": "not_enough_people", "b": "not_enough_people"}),
        ("a b c", "sit_out", FOURS, [3], {}),
    ],
)
def test_nobody_one_two_and_three(people: str, odd: str, size: GroupSize, found: list[int], reasons: Any) -> None:
    result = matched(a_request(people, odd=odd, group=size))
    assert (sizes(result), why(result)) == (found, reasons)


def test_the_odd_one_of_three_sits_out_where_sizes_are_exact() -> None:
    result = matched(a_request("a b c", odd="sit_out", sat_out=(("a", 1), ("b", 1))))
    assert (result.matches, why(result)) == (rooms("a b"), {"c": "odd_number"})


@pytest.mark.parametrize("size", [GroupSize(), FOURS])
@pytest.mark.parametrize("odd", ["trio", "sit_out"])
def test_everybody_is_kept_apart_from_everybody(size: GroupSize, odd: str) -> None:
    result = matched(a_request("a b c d e", apart=everybody_apart("a b c d e"), group=size, odd=odd))
    assert (result.matches, why(result)) == ((), dict.fromkeys("abcde", "kept_apart"))


def test_who_is_kept_apart_from_all_sits_out_and_the_others_do_not() -> None:
    result = matched(a_request("a b c d e", apart=frozenset({(group("e")[0], who) for who in group("a b c d")})))
    assert (sizes(result), why(result)) == ([2, 2], {"e": "kept_apart"})


@pytest.mark.parametrize("size", [GroupSize(), FOURS])
def test_one_team_only_gives_up_that_teams_differ_and_says_so(size: GroupSize) -> None:
    request = a_request(attendees=teams(red=names(8)), rules=(r.MustDiffer("team"),), group=size)
    result = matched(request)
    assert result.parts.sits_out == 0
    assert {(entry.rule, entry.because) for entry in result.given_up} == {
        ("must_differ:team", "only one team is present")
    }


@pytest.mark.parametrize("size", [GroupSize(), FOURS])
def test_one_team_only_sits_out_where_teams_stand_above_the_seat(size: GroupSize) -> None:
    rule = r.MustDiffer("team", on_infeasible="sit_out")
    result = matched(a_request(attendees=teams(red=names(8)), rules=(rule,), group=size))
    assert (result.matches, set(why(result).values()), result.given_up) == ((), {"rule"}, ())
    assert all(reason.what == ("must_differ:team",) for reason in result.sits_out)


def test_two_very_unequal_teams_give_up_the_rule_for_as_few_as_can_be() -> None:
    request = a_request(attendees=teams(red=names(14), blue="x y"), rules=(r.MustDiffer("team"),))
    result = matched(request)
    assert len(result.matches) == 8
    assert len(result.given_up) == 6
    assert all("x" not in entry.members and "y" not in entry.members for entry in result.given_up)


def test_two_very_unequal_teams_leave_the_rest_of_the_larger_out_in_turn() -> None:
    rule = r.MustDiffer("team", on_infeasible="sit_out")
    people = teams(red=names(6), blue="x y")
    past: tuple[Held, ...] = ()
    times = dict.fromkeys((person.id for person in people), 0)
    for number in range(1, 4):
        request = a_request(attendees=people, rules=(rule,), round=number, rounds_planned=3, history=past)
        result = matched(request)
        assert sizes(result) == [2, 2]
        for name in why(result):
            times[AttendeeId(name)] += 1
        past += (Held(number, result.matches, tuple(AttendeeId(name) for name in why(result))),)
    assert sorted(times.values()) == [0, 0, 2, 2, 2, 2, 2, 2]


def test_more_rounds_than_others_to_meet_repeat_the_oldest_and_never_back_to_back() -> None:
    past: tuple[Held, ...] = ()
    for number in range(1, 10):
        result = matched(a_request("a b c d", round=number, rounds_planned=9, history=past))
        assert len(result.matches) == 2
        assert len(result.given_up) == (2 if number > 3 else 0)
        assert number <= 3 or set(result.matches) == set(past[number - 4].rooms)
        past += (Held(number, result.matches, ()),)


def test_more_rounds_than_others_to_meet_leave_people_idle_where_repeats_are_worse() -> None:
    past = (held(1, "a b, c d"), held(2, "a c, b d"), held(3, "a d, b c"))
    result = matched(a_request("a b c d", round=4, history=past, repeat="idle_over_repeat"))
    assert (result.matches, why(result)) == ((), dict.fromkeys("abcd", "repeat"))


@pytest.mark.parametrize(
    ("people", "size", "odd", "found", "undersized"),
    [
        (5, FOURS, "trio", [5], 0),
        (6, FOURS, "trio", [3, 3], 0),
        (7, FOURS, "trio", [4, 3], 0),
        (9, FOURS, "trio", [5, 4], 0),
        (11, FOURS, "trio", [4, 4, 3], 0),
        (5, EXACTLY_FOUR, "trio", [3, 2], 2),
        (6, EXACTLY_FOUR, "trio", [3, 3], 2),
        (7, EXACTLY_FOUR, "trio", [4, 3], 1),
        (9, EXACTLY_FOUR, "trio", [3, 3, 3], 3),
        (11, EXACTLY_FOUR, "trio", [4, 4, 3], 1),
        (5, EXACTLY_FOUR, "sit_out", [4], 0),
        (6, EXACTLY_FOUR, "sit_out", [4], 0),
        (7, EXACTLY_FOUR, "sit_out", [4], 0),
        (9, EXACTLY_FOUR, "sit_out", [4, 4], 0),
        (11, EXACTLY_FOUR, "sit_out", [4, 4], 0),
    ],
)
def test_tables_of_four_with_numbers_that_do_not_divide(
    people: int, size: GroupSize, odd: str, found: list[int], undersized: int
) -> None:
    result = matched(a_request(names(people), group=size, odd=odd))
    assert sizes(result) == found
    assert len([entry for entry in result.given_up if entry.rule == "room_size"]) == undersized == len(result.given_up)
    assert set(why(result).values()) <= {"odd_number"}


def test_a_companion_shares_the_room_and_takes_no_place() -> None:
    people = (*a_request("a b c").attendees, a_person("x", companion_of="a"))
    result = matched(a_request(attendees=people))
    assert sizes(result) == [4]
    people = (*a_request("a b c d").attendees, a_person("x", companion_of="a"))
    assert sizes(matched(a_request(attendees=people))) == [3, 2]


@pytest.mark.parametrize("known", [True, False])
def test_the_companion_of_somebody_who_left_is_a_guest_like_others(known: bool) -> None:
    people = [*a_request("b c d").attendees, a_person("x", companion_of="a")]
    if known:
        people.append(a_person("a"))
    result = matched(a_request(attendees=tuple(people), present=group("b c d x")))
    assert sizes(result) == [2, 2]


def test_the_companion_of_somebody_who_sits_out_sits_out_with_them() -> None:
    people = (*a_request("a b c").attendees, a_person("x", companion_of="a"))
    result = matched(a_request(attendees=people, odd="sit_out", sat_out=(("a", 0), ("b", 1), ("c", 1))))
    assert why(result) == {"a": "odd_number", "x": "companion"}


def test_a_block_of_a_companion_keeps_their_person_away_too() -> None:
    people = (*a_request("a b c d").attendees, a_person("x", companion_of="a"))
    apart = frozenset({(group("b")[0], group("x")[0]), (group("x")[0], group("c")[0])})
    assert set(matched(a_request(attendees=people, apart=apart)).matches) == {("a", "d", "x"), ("b", "c")}


def test_a_must_that_contradicts_a_never_is_not_met() -> None:
    never = frozenset({group("a b")})
    both = (group("a b"), group("b a"))
    assert not matched(a_request("a b", apart=never, wishes=both)).matches
    result = matched(a_request("a b c d", apart=never, wishes=both))
    assert ("a", "b") not in result.matches
    assert sizes(result) == [2, 2]


@pytest.mark.parametrize("infeasible", ["relax", "sit_out"])
def test_a_link_that_contradicts_a_never_is_given_up_or_costs_the_seats(infeasible: Any) -> None:
    link = r.MustLink(1, (two("a b"),), on_infeasible=infeasible)
    result = matched(a_request("a b c d", apart=frozenset({group("a b")}), rules=(link,)))
    assert given_up(result) == {("must_link", "a b")}
    assert sizes(result) == ([2, 2] if infeasible == "relax" else [2])


def test_a_room_the_organiser_fixed_in_spite_of_a_never_is_not_made() -> None:
    result = matched(a_request("a b c d", apart=frozenset({group("a b")}), pinned=rooms("a b")))
    assert ("a", "b") not in result.matches


def test_a_rule_about_whole_rooms_bars_pairs_and_not_the_trio_they_are_part_of() -> None:
    people = (a_person("m", role="mentor"), a_person("x", role="mentee"), a_person("y", role="mentee"))
    quota = r.Quota("role", "mentor", 1, 2, on_infeasible="sit_out")
    assert matched(a_request(attendees=people, rules=(quota,))).matches == rooms("m x y")
    link = r.MustLink(1, (two("m x"),), on_infeasible="sit_out")
    assert matched(a_request(attendees=people, rules=(link,))).matches == rooms("m x y")


@pytest.mark.parametrize("size", [GroupSize(), FOURS])
def test_ten_thousand_who_are_all_alike(size: GroupSize) -> None:
    alike = {"team": "red", "interests": ("choir",), "looking_for": ("go",), "offering": ("go",), "languages": ("en",)}
    people = tuple(a_person(f"p{index:04}", **alike) for index in range(10_000))
    result = match(a_request(attendees=people, group=size))
    assert sorted(who for room in result.matches for who in room) == [person.id for person in people]
    assert set(sizes(result)) == {size.target}
    assert not result.given_up


def test_a_round_missing_from_the_history_ends_the_plan_it_belonged_to() -> None:
    fond = {name: a_person(name, interests=("choir",)) for name in "ad"}
    people = (fond["a"], a_person("b"), a_person("c"), fond["d"])
    result = matched(a_request(attendees=people, round=3, history=(held(1, "a b, c d"),)))
    assert result.matches == rooms("a d, b c")
