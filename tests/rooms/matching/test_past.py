"""What went before, as arrays."""

import numpy as np
import pytest

from rooms.language.rules import MustLink, Weights
from rooms.matching.request import GroupSize, Held, MatchRequest
from tests.rooms.matching.pair_cases import people
from tests.rooms.matching.people import a_case, a_person, a_request, group, held, pairs, who


def test_who_met_how_often_and_when_last() -> None:
    past = a_case(a_request("a b c d", round=4, history=(held(1, "a b, c d"), held(3, "b a"), held(2, "a c d")))).past
    one, other, times = past.met.pairs()
    assert list(zip(one.tolist(), other.tolist(), times.tolist(), strict=True)) == [
        (0, 1, 2), (0, 2, 1), (0, 3, 1), (2, 3, 2),
    ]  # fmt: skip
    assert past.last.of(one, other).tolist() == [3, 2, 2, 2]
    assert len(past.series) == 0


def test_rounds_below_one_belong_to_the_series() -> None:
    past = a_case(a_request("a b c", history=(held(0, "a b"), held(-3, "a b c")))).past
    assert len(past.met) == 0
    assert past.series.rows(np.arange(3), np.arange(3)).tolist() == [[0, 2, 1], [2, 0, 1], [1, 1, 0]]


def test_people_who_are_gone_are_left_out() -> None:
    past = a_case(a_request("a b", round=2, history=(held(1, "a x b, y z", "w"),))).past
    assert past.met.of(np.array([0]), np.array([1])).tolist() == [1]
    assert len(past.met) == 1


def test_who_never_sat_out_counts_nought_though_only_others_are_listed() -> None:
    past = a_case(a_request("a b c", round=2, history=(held(1, "a b", "c"),), sat_out=(("c", 1),))).past
    assert past.sat_out.tolist() == [0, 0, 1]


def test_a_newcomer_counts_like_the_least_of_those_present() -> None:
    request = a_request("a b c n", round=3, sat_out=(("a", 2), ("b", 3), ("c", 1)), present=group("a b n"))
    assert a_case(request).past.sat_out.tolist() == [2, 3, 1, 2]


def test_a_wish_is_open_until_the_two_have_met_in_this_event() -> None:
    wishes = (("a", "b"), ("b", "a"), ("a", "c"), ("c", "d"))
    past = a_case(a_request("a b c d", round=2, wishes=wishes, history=(held(1, "a c"), held(0, "c d")))).past
    one, other, _ = past.wished.pairs()
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(0, 1), (2, 3)]
    assert past.mutual(who("a"), who("b"))
    assert not past.mutual(who("a"), who("c"))


def test_who_fared_worse_than_the_average_counts_more() -> None:
    people = (*(a_person(name, languages=("en",)) for name in "ab"), a_person("c"), a_person("d"))
    request = a_request(attendees=people, round=2, history=(held(1, "a b, c d"),), weights=Weights(fairness=2.0))
    assert a_case(request).past.care.tolist() == [0, 0, 2, 2]


def test_at_tables_what_is_lacking_adds_up() -> None:
    people = (*(a_person(name, languages=("en",)) for name in "ab"), a_person("c"), a_person("d"))
    history = (held(1, "a b, c d"), held(2, "a b, c d"))
    request = a_request(attendees=people, round=3, history=history, group=GroupSize(target=3, min=2, max=3))
    assert a_case(request).past.care.tolist() == [0, 0, 16, 16]


def test_nobody_counts_more_before_the_first_round_or_without_fairness() -> None:
    people = tuple(a_person(name, languages=("en",)) for name in "ab")
    assert not a_case(a_request(attendees=people)).past.care.any()
    fair = a_request(attendees=people, round=2, history=(held(1, "", "a"),), weights=Weights(fairness=0))
    assert not a_case(fair).past.care.any()


def test_what_bars_a_companion_bars_their_person() -> None:
    people = (a_person("a"), a_person("b"), a_person("c", companion_of="a"))
    case = a_case(a_request(attendees=people, apart=frozenset({("b", "c")})))
    assert case.n == 2
    assert case.barred(np.array([0])).tolist() == [[True, True]]


@pytest.mark.parametrize(("number", "expected"), [(1, [(0, 1)]), (2, [])])
def test_a_must_link_counts_in_its_round_among_those_present(number: int, expected: list[tuple[int, int]]) -> None:
    rule = MustLink(number, pairs("a b, a c"))
    assert a_case(a_request("a b c", present=group("a b"), rules=(rule,))).past.linked(rule) == expected


def test_chance_between_two_depends_on_the_seed() -> None:
    one, other = np.triu_indices(20, 1)
    draws = [a_case(a_request(" ".join("abcdefghijklmnopqrst"), seed=seed)) for seed in ("evening/0", "evening/1")]
    first, second = (case.jitter_of(one, other) for case in draws)
    assert (first != second).any()


def test_what_rooms_were_worth_comes_to_the_same_in_whatever_order_they_are_told() -> None:
    everybody = people(40)
    names = [person.id for person in everybody]
    rounds = [held(number, ", ".join(" ".join(pair) for pair in zip(names, names[number:], strict=False)))
              for number in range(1, 20)]  # fmt: skip
    turned = [Held(one.round, tuple(room[::-1] for room in one.rooms[::-1])) for one in rounds[::-1]]
    told = [MatchRequest(everybody, round=20, rounds_planned=20, history=tuple(some)) for some in (rounds, turned)]
    first, second = (a_case(request).past for request in told)
    assert (first.fared[0] == second.fared[0]).all()
    assert (first.care == second.care).all()
