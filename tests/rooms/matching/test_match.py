"""The matcher: nobody twice, nobody forgotten, never those kept apart, no repeat while it can be avoided."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.language.ids import AttendeeId
from rooms.matching import MatchRequest, MatchResult, Profile, match

Met = dict[AttendeeId, dict[AttendeeId, tuple[int, ...]]]


def who(number: int) -> AttendeeId:
    return AttendeeId(f"p{number:02}")


def people(count: int, **values: object) -> tuple[Profile, ...]:
    return tuple(Profile(id=who(number), **values) for number in range(count))  # type: ignore[arg-type]


def remember(met: Met, result: MatchResult, number: int) -> int:
    """Write a round into the history; how many pairs had met before."""
    repeats = 0
    for group in result.matches:
        for one, other in combinations(group, 2):
            repeats += bool(met.get(one, {}).get(other))
            for left, right in ((one, other), (other, one)):
                known = met.setdefault(left, {})
                known[right] = (*known.get(right, ()), number)
    return repeats


PEOPLE = st.lists(
    st.builds(
        Profile,
        id=st.integers(0, 40).map(who),
        team=st.sampled_from(["", "Red", "Blue", "Green"]),
        interests=st.lists(st.sampled_from(["Tea", "go", "Bees"]), max_size=2).map(tuple),
        languages=st.lists(st.sampled_from(["en", "nl"]), max_size=2).map(tuple),
        groups_only=st.booleans(),
        sat_out=st.integers(0, 2),
    ),
    unique_by=lambda person: person.id,
    max_size=17,
)
PAIRS = st.frozensets(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).filter(lambda pair: pair[0] < pair[1]), max_size=12
).map(lambda pairs: frozenset((who(one), who(other)) for one, other in pairs))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(PEOPLE, PAIRS, PAIRS, st.sampled_from([2, 3, 4]), st.sampled_from(["trio", "sit_out"]), st.randoms())
def test_whatever_is_asked_the_answer_is_lawful(attendees, apart, passed, size, odd, random) -> None:  # type: ignore[no-untyped-def]
    request = MatchRequest(
        attendees=tuple(attendees), size=size, odd=odd, apart=apart, passed=passed, seed="s", budget=400
    )
    result = match(request)
    random.shuffle(attendees)
    again = match(
        MatchRequest(attendees=tuple(attendees), size=size, odd=odd, apart=apart, passed=passed, seed="s", budget=400)
    )

    placed = [one for group in result.matches for one in group]
    out = [reason.members[0] for reason in result.sits_out]
    assert sorted([*placed, *out]) == sorted(person.id for person in attendees)
    assert all(2 <= len(group) <= min(size + 1, 4) for group in result.matches)
    quarrels = apart | passed
    assert not any(pair in quarrels for group in result.matches for pair in combinations(sorted(group), 2))
    assert result == again
    assert all(set(reason.members) <= set(placed) for reason in result.reasons)


@pytest.mark.parametrize("count", [2, 4, 6, 8, 10])
def test_an_even_number_meets_everybody_once_before_anybody_twice(count: int) -> None:
    met: Met = {}
    for number in range(1, count):
        result = match(
            MatchRequest(
                attendees=people(count), round=number, rounds_left=count - 1 - number, met=met, seed=f"e/{number}"
            )
        )
        assert remember(met, result, number) == 0
        assert result.sits_out == ()


@pytest.mark.parametrize("count", [3, 5, 7, 9])
def test_an_odd_number_sits_out_in_turn_and_meets_everybody_once(count: int) -> None:
    met: Met = {}
    sat_out: dict[AttendeeId, int] = {}
    for number in range(1, count + 1):
        attendees = tuple(Profile(id=who(one), sat_out=sat_out.get(who(one), 0)) for one in range(count))
        result = match(
            MatchRequest(
                attendees=attendees,
                round=number,
                rounds_left=count - number,
                odd="sit_out",
                met=met,
                seed=f"e/{number}",
            )
        )
        assert remember(met, result, number) == 0
        (reason,) = result.sits_out
        assert reason.code == "odd_number"
        sat_out[reason.members[0]] = sat_out.get(reason.members[0], 0) + 1
    assert set(sat_out.values()) == {1}
    assert len(sat_out) == count


def test_with_many_people_nobody_meets_twice_in_an_evening() -> None:
    met: Met = {}
    for number in range(1, 11):
        result = match(MatchRequest(attendees=people(40), round=number, met=met, seed=f"e/{number}"))
        assert remember(met, result, number) == 0


def test_five_people_in_three_rounds_repeat_as_little_as_can_be() -> None:
    met: Met = {}
    repeats = [
        remember(met, match(MatchRequest(attendees=people(5), round=number, met=met, seed=f"e/{number}")), number)
        for number in (1, 2, 3)
    ]

    # A trio of five always holds two who met before; more than the one pair in the second round would be a waste.
    assert repeats[:2] == [0, 1]
    assert repeats[2] <= 2
    assert max(len(rounds) for known in met.values() for rounds in known.values()) == 2


def test_a_forced_repeat_is_the_oldest_one() -> None:
    met: Met = {who(0): {who(1): (1,), who(2): (2,), who(3): (3,)}}
    for one, other, number in ((1, 0, 1), (2, 0, 2), (3, 0, 3), (2, 3, 1), (1, 3, 2), (1, 2, 3)):
        met.setdefault(who(one), {})[who(other)] = (number,)
        met.setdefault(who(other), {})[who(one)] = (number,)
    result = match(MatchRequest(attendees=people(4), round=4, met=met, seed="x"))

    assert result.matches == ((who(0), who(1)), (who(2), who(3)))


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_people_are_told_so(count: int) -> None:
    result = match(MatchRequest(attendees=people(count)))

    assert result.matches == ()
    assert [reason.code for reason in result.sits_out] == ["not_enough_people"] * count


@pytest.mark.parametrize("weight", ["nice", "must"])
def test_teams_are_mixed(weight: str) -> None:
    attendees = tuple(Profile(id=who(number), team="Red" if number < 6 else "Blue") for number in range(12))
    for seed in ("a", "b", "c"):
        result = match(MatchRequest(attendees=attendees, mix_teams=weight, seed=seed))  # type: ignore[arg-type]
        assert all((one < who(6)) != (other < who(6)) for one, other in result.matches)


def test_people_with_common_ground_find_each_other() -> None:
    attendees = tuple(Profile(id=who(number), interests=(f"topic {number % 4}",)) for number in range(8))
    result = match(MatchRequest(attendees=attendees, seed="a"))

    assert {frozenset(group) for group in result.matches} == {frozenset((who(n), who(n + 4))) for n in range(4)}
    assert {reason.what for reason in result.reasons if reason.code == "shared_interest"} == {
        (f"topic {number}",) for number in range(4)
    }


def test_a_must_never_leaves_anybody_without_a_room() -> None:
    result = match(MatchRequest(attendees=people(6, team="Red"), mix_teams="must", common_ground="must", seed="a"))

    assert len(result.matches) == 3
    assert result.sits_out == ()


def test_two_who_are_kept_apart_sit_out_together_but_alone() -> None:
    result = match(MatchRequest(attendees=people(2), apart=frozenset({(who(0), who(1))})))

    assert result.matches == ()
    assert [reason.code for reason in result.sits_out] == ["kept_apart", "kept_apart"]


def test_a_thousand_people_are_matched() -> None:
    result = match(
        MatchRequest(attendees=tuple(Profile(id=who(n), team=str(n % 9)) for n in range(1001)), budget=2_000)
    )

    assert sorted(len(group) for group in result.matches) == [2] * 499 + [3]
