"""The lists of others worth meeting: whom they hold, and that what is kept never changes an answer."""

import numpy as np

from rooms.language.rules import MustDiffer
from rooms.matching import candidates as lists
from rooms.matching.candidates import KEPT, PRICED, candidates, listed
from rooms.matching.prepare import crowd_of
from rooms.matching.request import MatchRequest
from tests.rooms.matching.pair_cases import alike, case_of, people


def test_the_best_others_are_listed_those_first_who_can_be_had() -> None:
    case = case_of(people(150, teams=3), MustDiffer(attr="team"))
    everybody = np.arange(case.n)
    worth = case.crowd.worth(everybody, everybody)
    worth[(case.faults(everybody) > 0) | case.barred(everybody)] = -1
    others = candidates(case).others[:, :KEPT]
    price = np.sort(worth, axis=1)[:, -PRICED]
    assert (price > 0).all()
    for row in everybody:
        mine = others[row][others[row] >= 0]
        assert (np.diff(worth[row][mine] - price[mine] / 2) <= 2**-14).all()
        assert worth[row][mine].min() >= np.sort(worth[row])[-len(mine)] - 2**-16


def test_those_with_whom_something_is_broken_stand_apart() -> None:
    case = case_of(people(150, teams=2), MustDiffer(attr="team"))
    others = candidates(case).others
    for one in range(case.n):
        team = case.person(one).team
        assert all(case.crowd.people[other].team != team for other in others[one, :KEPT] if other >= 0)
        assert all(case.crowd.people[other].team == team for other in others[one, KEPT:] if other >= 0)


def test_a_rule_above_the_seat_leaves_nobody_to_meet() -> None:
    case = case_of(alike(40, team="all"), MustDiffer(attr="team", on_infeasible="sit_out"))
    assert (candidates(case).others == -1).all()


def test_lists_extended_by_those_who_come_and_go_are_as_made_anew() -> None:
    everybody = people(220, teams=4)
    rules = MatchRequest((), round=0, rules=(MustDiffer(attr="team"),))
    before = crowd_of(everybody[10:200], rules.weights)
    after = crowd_of(everybody[:5] + everybody[12:215], rules.weights)
    extended = listed(after, rules, listed(before, rules))
    anew = listed(after, rules)
    assert (extended.keys == anew.keys).all()
    assert (extended.others == anew.others).all()


def test_lists_of_people_who_are_alike_differ_by_chance() -> None:
    others = candidates(case_of(alike(300))).others[:, :KEPT]
    chosen = np.bincount(others[others >= 0].ravel(), minlength=300)
    assert chosen.min() > KEPT // 4
    assert chosen.max() < 3 * KEPT


def test_a_bounded_number_of_crowds_is_kept() -> None:
    for seed in range(lists.LISTS + 3):
        candidates(case_of(people(20, seed=seed)))
    assert len(lists._kept) <= lists.LISTS
