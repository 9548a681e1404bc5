"""Every rule of matching over random evenings with churn."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms.language import rules as r
from rooms.matching import GroupSize, MatchRequest, MatchResult, match
from rooms.matching.request import Two
from tests.rooms.matching.audit import audit, without_companions
from tests.rooms.matching.evenings import (
    FOURS,
    PAIRS,
    THREES,
    Evening,
    barred_pairs,
    room_for_all,
    shuffled,
    sizes_due,
    unwanted_pairs,
)
from tests.rooms.matching.oracle import Oracle, two

RULES: tuple[tuple[r.Rule, ...], ...] = (
    (),
    (r.MustDiffer("team"),),
    (r.MustShare("languages"), r.MustDiffer("team")),
    (r.MustDiffer("team", on_infeasible="sit_out"),),
    (r.Complementary("role", ("mentor", "mentee")),),
    (r.Quota("role", "mentor", 1, 2),),
    (r.Mix("team"), r.NoToken()),
)


def evenings(
    sizes: tuple[GroupSize, ...], people: tuple[int, int], rounds: tuple[int, int]
) -> st.SearchStrategy[Evening]:
    return st.builds(
        Evening,
        chance=st.randoms(use_true_random=False),
        people=st.integers(*people),
        rounds=st.integers(*rounds),
        terms=st.fixed_dictionaries(
            {
                "group": st.sampled_from(sizes),
                "odd": st.sampled_from(("trio", "sit_out")),
                "repeat": st.sampled_from(("repeat_over_idle", "repeat_over_idle", "idle_over_repeat")),
                "rules": st.sampled_from(RULES),
            }
        ),
        churn=st.sampled_from((0.0, 0.0, 0.05, 0.2)),
        blocks=st.sampled_from((0.0, 0.5, 2.0)),
    )


pairs = evenings((PAIRS,), (5, 40), (3, 8))
tables = evenings((THREES, FOURS), (5, 40), (3, 3))
"""Fewer rounds: tables for few people are planned for the whole evening, which takes a second a round."""
lively = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@lively
@given(pairs | tables)
def test_every_round_is_lawful_and_gives_up_nothing_it_need_not(evening: Evening) -> None:
    for request, result in evening.play():
        audit(request, result)
        check_seats(request, result)
        check_nothing_given_up(request, result)


def check_seats(request: MatchRequest, result: MatchResult) -> None:
    """Where certainly all can be placed: as few sit out as sizes allow, in turn, and sizes differ by one at most."""
    oracle = Oracle(request)
    due = sizes_due(oracle)
    if not room_for_all(oracle, barred_pairs(oracle), len(due)) or any_whole_room_bar(oracle):
        return
    rooms = without_companions(oracle, result.matches)
    seated = {who for room in rooms for who in room}
    assert len(seated) == sum(due)
    assert max(map(len, rooms), default=0) - min(map(len, rooms), default=0) <= 1
    waiting = [oracle.turns[who] for who in oracle.placed if who not in seated]
    assert max(waiting, default=0) <= min((oracle.turns[who] for who in seated), default=0)


def check_nothing_given_up(request: MatchRequest, result: MatchResult) -> None:
    """Where rooms without a repeat and within the rules about two certainly exist, none is given up."""
    oracle = Oracle(request)
    due = sizes_due(oracle)
    if not room_for_all(oracle, unwanted_pairs(oracle), len(due)) or any(isinstance(x, r.Quota) for x in oracle.hard):
        return
    assert {entry.rule for entry in result.given_up} <= {"room_size"}


def any_whole_room_bar(oracle: Oracle) -> bool:
    return any(isinstance(rule, r.Quota | r.Anchor | r.MustLink | r.MustShare) for rule in oracle.barring)


@lively
@given(pairs | tables, st.randoms(use_true_random=False))
def test_the_order_of_what_is_asked_and_asking_again_change_nothing(evening: Evening, chance: Random) -> None:
    for request, result in evening.play():
        for again in (match(request), match(shuffled(request, chance))):
            assert again.matches == result.matches
            assert again.digest == result.digest
            assert replace(again, request=None) == replace(result, request=None)


@lively
@given(pairs | tables, st.randoms(use_true_random=False))
def test_a_never_between_people_who_were_not_matched_changes_nothing_that_was_shown(
    evening: Evening, chance: Random
) -> None:
    for request, result in evening.play():
        never = apart_from_strangers(result, chance)
        again = match(replace(request, apart=request.apart | never, shown=result.matches))
        assert again.matches == result.matches or broken(request, again) < broken(request, result)


def broken(request: MatchRequest, result: MatchResult) -> tuple[object, ...]:
    """What counts more than that nothing changes; looking again at tables may better it."""
    oracle = Oracle(request)
    key = oracle.key(without_companions(oracle, result.matches))
    return key.idle, key.turns, key.rules, key.repeats, key.series_repeats, key.again


few = evenings((PAIRS, THREES, FOURS), (3, 12), (1, 1))


@settings(lively, max_examples=25)
@given(few, st.randoms(use_true_random=False))
def test_a_never_between_people_who_were_not_matched_changes_nothing(evening: Evening, chance: Random) -> None:
    for request, result in evening.play():
        never = apart_from_strangers(result, chance)
        assert match(replace(request, apart=request.apart | never)).matches == result.matches


def apart_from_strangers(result: MatchResult, chance: Random) -> set[Two]:
    """One never between two who have rooms, and not the same one."""
    together = {pair for room in result.matches for pair in two(room)}
    seated = sorted({who for pair in together for who in pair})
    strangers = [pair for pair in two(seated) if pair not in together]
    if not strangers:
        return set()
    one, other = sorted(chance.choice(strangers))
    return {(one, other)}


@pytest.mark.parametrize("people", [4, 6, 10, 11, 15, 20])
@pytest.mark.parametrize("pull", ["nothing", "halves"])
def test_pairs_meet_everybody_once_before_anybody_twice(people: int, pull: str) -> None:
    """However the scores pull: two halves that look for each other only are through at half time."""
    evening = Evening(Random(people), people, people - 1 + people % 2, {"odd": "sit_out"})
    if pull == "halves":
        evening.known = [
            replace(person, offering=("a",) if index % 2 else ("b",), looking_for=("b",) if index % 2 else ("a",))
            for index, person in enumerate(evening.known)
        ]
    met = [pair for _, result in evening.play() for room in result.matches for pair in two(room)]
    assert len(met) == len(set(met)) == people * (people - 1) // 2


@pytest.mark.parametrize(("people", "group"), [(9, THREES), (16, FOURS), (33, THREES), (33, FOURS), (40, FOURS)])
def test_those_who_sit_out_take_turns(people: int, group: Any) -> None:
    terms = {"group": replace(group, min=group.target, max=group.target), "odd": "sit_out"}
    evening = Evening(Random(1), people + 1, 6, terms)
    times = dict.fromkeys((person.id for person in evening.known), 0)
    for _, result in evening.play():
        for reason in result.sits_out:
            times[reason.members[0]] += 1
        assert max(times.values()) - min(times.values()) <= 1
