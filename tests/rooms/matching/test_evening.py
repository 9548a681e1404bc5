"""Whole evenings out of a plan that nobody remembers."""

from collections import Counter
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms.language.ids import AttendeeId
from rooms.language.rules import Complementary, MustDiffer, MustLink
from rooms.matching import GroupSize, Held, MatchRequest, Profile, match
from rooms.matching.evening import forget_plans, plan_evening, planned_round
from rooms.matching.prepare import prepare
from rooms.matching.request import Group

Rooms = tuple[Group, ...]


def name(number: int) -> AttendeeId:
    return AttendeeId(f"p{number:02}")


def torn(people: int) -> tuple[Profile, ...]:
    """Two halves with eyes for each other only: one round at a time, these run out after half of all rounds."""
    sides = (("piano",), ("violin",))
    return tuple(
        Profile(id=name(number), offering=sides[number % 2], looking_for=sides[1 - number % 2])
        for number in range(people)
    )


def some(people: int) -> tuple[Profile, ...]:
    """People with three interests each, in no order."""
    words = ["choir", "chess", "climbing", "cooking", "cycling", "drawing"]
    return tuple(
        Profile(id=name(number), interests=tuple(words[number * step % 6] for step in (1, 5, 7)))
        for number in range(people)
    )


def planned(request: MatchRequest) -> Rooms | None:
    """The rooms of one round, nothing being remembered."""
    case = prepare(request).case
    found = planned_round(case)
    return found and tuple(tuple(case.person(who).id for who in room) for room in found.rooms)


def held(request: MatchRequest, rooms: Rooms) -> MatchRequest:
    """The request of the round after."""
    seated = {who for room in rooms for who in room}
    present = request.present or tuple(person.id for person in request.attendees)
    idle = tuple(who for who in present if who not in seated)
    return replace(
        request,
        round=request.round + 1,
        history=(*request.history, Held(round=request.round, rooms=rooms, sat_out=idle)),
        passed=frozenset(),
    )


def walk(request: MatchRequest, rounds: int) -> tuple[list[Rooms], MatchRequest]:
    """Round after round out of the plan."""
    found: list[Rooms] = []
    for _ in range(rounds):
        rooms = planned(request)
        assert rooms is not None
        found.append(rooms)
        request = held(request, rooms)
    return found, request


def meetings(rounds: list[Rooms]) -> Counter[Group]:
    return Counter(pair for rooms in rounds for room in rooms for pair in combinations(sorted(room), 2))


def asking(people: tuple[Profile, ...], rounds: int, **terms: Any) -> MatchRequest:
    return MatchRequest(attendees=people, rounds_planned=rounds, seed="evening", **terms)


@pytest.mark.parametrize("people", [4, 6, 8, 10, 14, 20, 32, 50])
@pytest.mark.parametrize("kind", [torn, some])
def test_everybody_meets_everybody_whatever_the_scores(people: int, kind: Any) -> None:
    rounds, _ = walk(asking(kind(people), people - 1), people - 1)
    met = meetings(rounds)
    assert len(met) == people * (people - 1) // 2
    assert set(met.values()) == {1}


@pytest.mark.parametrize("people", [3, 5, 9, 21, 33])
def test_of_an_odd_number_each_sits_out_once(people: int) -> None:
    rounds, after = walk(asking(torn(people), people, odd="sit_out"), people)
    assert max(meetings(rounds).values()) == 1
    assert [len(entry.sat_out) for entry in after.history] == [1] * people
    assert len({entry.sat_out for entry in after.history}) == people


@pytest.mark.parametrize(("people", "rounds"), [(9, 5), (15, 10), (21, 14), (31, 22)])
def test_of_an_odd_number_one_room_of_three_a_round(people: int, rounds: int) -> None:
    found, _ = walk(asking(torn(people), rounds), rounds)
    assert max(meetings(found).values()) == 1
    for rooms in found:
        assert sorted(map(len, rooms)) == [2] * ((people - 3) // 2) + [3]


def test_two_sides_meet_across_and_those_of_the_larger_one_wait_in_turn() -> None:
    people = tuple(replace(person, role="mentor" if at < 5 else "mentee") for at, person in enumerate(some(15)))
    across = Complementary(attr="role", values=("mentor", "mentee"), on_infeasible="sit_out")
    rounds, after = walk(asking(people, 10, rules=(across,)), 10)
    assert max(meetings(rounds).values()) == 1
    assert all(len(rooms) == 5 for rooms in rounds)
    idle = Counter(who for entry in after.history for who in entry.sat_out)
    for number in range(1, 11):
        so_far = Counter(who for entry in after.history[:number] for who in entry.sat_out)
        assert max(so_far.values()) - min(so_far[person.id] for person in people[5:]) <= 1
    assert set(idle) == {person.id for person in people[5:]}


def test_the_plan_is_found_again_without_memory() -> None:
    request = asking(some(12), 11)
    whole = plan_evening(request)
    for number in range(11):
        forget_plans()
        rooms = planned(request)
        assert rooms == tuple(sorted(whole[number]))
        request = held(request, rooms or ())


def test_the_plan_goes_on_where_history_tells_pairs_only_and_somebody_did_not_show_up() -> None:
    request = asking(some(12), 11)
    whole = plan_evening(request)
    for number in range(11):
        rooms = planned(request)
        assert rooms == tuple(sorted(whole[number]))
        request = held(request, (rooms or ())[1:])
        entries = [replace(entry, sat_out=()) for entry in request.history[:-1]]
        request = replace(request, history=(*entries, request.history[-1]))


def test_a_round_that_was_held_otherwise_begins_a_new_plan() -> None:
    request = asking(torn(12), 11)
    first, request = walk(request, 4)
    swapped = planned(request) or ()
    (a, b), (c, d) = swapped[:2]
    pairs = {tuple(sorted(pair)) for pair in ((a, c), (b, d))}
    if pairs & set(meetings(first)):
        pairs = {tuple(sorted(pair)) for pair in ((a, d), (b, c))}
    other: Rooms = (*pairs, *swapped[2:])
    rest, _ = walk(held(request, other), 4)
    again = meetings([*first, other, *rest])
    assert max(again.values()) == 1 or pairs & set(meetings(first))


@pytest.mark.parametrize("change", ["leaves", "arrives", "both"])
def test_the_evening_goes_on_without_a_repeat_when_people_come_and_go(change: str) -> None:
    people = torn(22)
    request = replace(asking(people, 15, odd="sit_out"), present=tuple(person.id for person in people[:20]))
    first, request = walk(request, 6)
    gone = {name(3)} if change != "arrives" else set()
    here = [person.id for person in people[: 20 if change == "leaves" else 21] if person.id not in gone]
    rest, _ = walk(replace(request, present=tuple(here)), 9)
    assert max(meetings([*first, *rest]).values()) == 1
    assert gone.isdisjoint(who for rooms in rest for room in rooms for who in room)


def test_the_order_of_people_changes_nothing() -> None:
    request = asking(some(14), 13)
    assert planned(replace(request, attendees=request.attendees[::-1])) == planned(request)


def test_another_seed_makes_another_plan() -> None:
    request = asking(some(14), 13)
    assert planned(replace(request, seed="other")) != planned(request)


def test_few_rounds_with_many_others_are_not_planned() -> None:
    assert planned(asking(some(40), 10)) is None
    assert planned(asking(some(40), 2, group=GroupSize(4, 3, 4))) is None
    assert planned(asking(some(2), 1)) is None


def test_rounds_the_organiser_has_pinned_rooms_in_are_not_planned() -> None:
    assert planned(asking(some(8), 7, pinned=((name(0), name(1)),))) is None


def test_who_passed_on_each_other_meets_later() -> None:
    request = asking(some(8), 7)
    first = planned(request) or ()
    rounds, _ = walk(replace(request, passed=frozenset([(first[0][0], first[0][1])])), 7)
    assert first[0] not in rounds[0]
    assert meetings(rounds)[first[0]] == 1


def test_linked_people_meet_in_their_round_and_in_no_other() -> None:
    links = MustLink(round=5, pairs=((name(0), name(7)), (name(1), name(2))))
    rounds, _ = walk(asking(torn(10), 9, rules=(links,)), 9)
    assert {("p00", "p07"), ("p01", "p02")} <= set(rounds[4])
    assert set(meetings(rounds).values()) == {1}


def test_after_everybody_has_met_rounds_come_in_the_order_they_came() -> None:
    rounds, _ = walk(asking(some(6), 9), 5)
    assert len(meetings(rounds)) == 15
    request = asking(some(6), 10)
    again, _ = walk(request, 5)
    for rooms in again:
        request = held(request, rooms)
    second = plan_evening(request)
    assert len(second) == 5
    assert set(map(tuple, second[0])).isdisjoint(again[-1])


@given(
    blocks=st.sets(st.tuples(st.integers(0, 15), st.integers(0, 15)).filter(lambda two: two[0] < two[1]), max_size=12),
    rounds=st.integers(6, 10),
    seed=st.integers(0, 99),
)
@settings(max_examples=20, deadline=None)
def test_blocks_are_kept_and_nobody_meets_twice(blocks: set[tuple[int, int]], rounds: int, seed: int) -> None:
    apart = frozenset((name(one), name(other)) for one, other in blocks)
    request = replace(asking(torn(16), rounds, apart=apart), seed=str(seed))
    open_ = min(15 - sum(who in pair for pair in blocks) for who in range(16))
    for rooms in plan_evening(request):
        assert sorted(who for room in rooms for who in room) == [person.id for person in request.attendees]
    met = meetings(list(plan_evening(request)))
    assert apart.isdisjoint(met)
    assert open_ < rounds or max(met.values(), default=1) == 1


GOLFERS = [(15, 3, 7), (16, 4, 5), (20, 4, 5), (27, 3, 13), (32, 4, 9), (21, 3, 10), (24, 4, 7), (28, 4, 9)]


@pytest.mark.parametrize(("people", "size", "rounds"), GOLFERS)
def test_golfers_play_every_round_with_new_people(people: int, size: int, rounds: int) -> None:
    request = asking(some(people), rounds, group=GroupSize(size, size, size))
    found, _ = walk(request, rounds)
    assert set(meetings(found).values()) == {1}
    assert {len(room) for rooms in found for room in rooms} == {size}


def test_fifty_one_people_with_a_large_team_that_stays_apart() -> None:
    people = tuple(replace(person, team="large" if at < 10 else "") for at, person in enumerate(some(51)))
    request = asking(people, 10, group=GroupSize(4, 3, 4), rules=(MustDiffer(attr="team"),))
    found = list(plan_evening(request))
    met = meetings(found)
    assert len(found) == 10
    assert set(met.values()) == {1}
    large = {person.id for person in people[:10]}
    assert not [pair for pair in met if large.issuperset(pair)]


def test_thirty_two_people_in_fours_repeat_in_the_tenth_round_only() -> None:
    found = list(plan_evening(asking(some(32), 10, group=GroupSize(4, 4, 4))))
    assert set(meetings(found[:9]).values()) == {1}
    assert sum(count - 1 for count in meetings(found).values()) <= 20


def test_five_people_never_all_three_times_the_same_two() -> None:
    """In a pair and a trio five people cannot meet three rounds without repeats; spread, they are three."""
    people = tuple(Profile(AttendeeId(name)) for name in "abcde")
    for seed in range(5):
        history: tuple[Held, ...] = ()
        met: Counter[tuple[str, ...]] = Counter()
        for number in (1, 2, 3):
            request = MatchRequest(people, round=number, rounds_planned=3, history=history, seed=str(seed))
            rooms = match(request).matches
            history += (Held(number, rooms),)
            met.update(two for room in rooms for two in combinations(sorted(room), 2))
        assert (sum(times - 1 for times in met.values()), max(met.values())) == (3, 2)
