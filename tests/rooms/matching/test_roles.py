"""Two sides: the smaller is always seated, the larger in turn, and the pairs are the best of those seated."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from rooms.language.rules import Complementary, Quota
from rooms.matching import roles
from rooms.matching.pairs import solve_pairs
from rooms.matching.request import Held
from rooms.matching.roles import two_sides
from tests.rooms.matching.pair_cases import case_of, held, people, plain_case

STRICT = Complementary(attr="role", values=("mentor", "mentee"), on_infeasible="sit_out")
ROLES = ("mentor", "mentee", "mentee")


def test_everybody_of_the_smaller_side_meets_somebody_and_the_others_wait_in_turn() -> None:
    who = people(60, roles=ROLES)
    mentors = {person.id for person in who if person.role == "mentor"}
    history: tuple[Held, ...] = ()
    for number in range(1, 11):
        case = case_of(who, STRICT, odd="sit_out", round=number, history=history)
        found = solve_pairs(case)
        assert all(len(mentors & {case.person(one).id for one in room}) == 1 for room in found.rooms)
        assert len(found.rooms) == len(mentors)
        assert not any(case.room_faults(room) for room in found.rooms)
        history += (held(case, found.rooms, number),)
        waited = [sum(p.id in past.sat_out for past in history) for p in who if p.id not in mentors]
        assert max(waited) - min(waited) <= 1


def test_the_pairs_are_the_best_of_those_seated() -> None:
    case = plain_case(people(60, roles=ROLES), STRICT, odd="sit_out")
    found = solve_pairs(case)
    seated = [who for room in found.rooms for who in room]
    mentors = np.array([who for who in seated if case.person(who).role == "mentor"])
    mentees = np.array([who for who in seated if case.person(who).role == "mentee"])
    gain = case.gain(mentors)[:, mentees]
    best = gain[linear_sum_assignment(gain, maximize=True)].sum()
    assert sum(case.room_gain(room) for room in found.rooms) == pytest.approx(best, abs=0.01)


def test_many_are_near_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    case = plain_case(people(400, roles=ROLES), STRICT, odd="sit_out")
    sparse = solve_pairs(case)
    monkeypatch.setattr(roles, "DENSE", 1_000)
    dense = solve_pairs(case)
    assert sparse.method == dense.method == "pairs_roles"
    assert sum(map(case.worth, sparse.rooms)) >= 0.999 * sum(map(case.worth, dense.rooms))


def test_a_quota_of_one_makes_two_sides() -> None:
    quota = Quota(attr="role", value="mentor", min=1, max=1, on_infeasible="sit_out")
    sides = two_sides(case_of(people(30, roles=ROLES), quota))
    assert sides is not None
    assert len(sides.small) + len(sides.large) == 30


def test_with_a_rule_that_yields_the_rest_of_the_larger_side_is_paired_too() -> None:
    rule = Complementary(attr="role", values=("mentor", "mentee"))
    for count in (40, 200):
        who = people(count, roles=ROLES)
        case = plain_case(who, rule)
        found = solve_pairs(case)
        mentors = sum(person.role == "mentor" for person in who)
        broken = sum(case.room_faults(room) > 0 for room in found.rooms)
        assert sum(map(len, found.rooms)) == count
        assert broken == (count - 2 * mentors) // 2


def test_where_nobody_of_the_other_side_is_here_nobody_is_seated() -> None:
    assert solve_pairs(case_of(people(20, roles=("mentee",)), STRICT)).rooms == []
