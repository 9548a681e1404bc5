"""What rounds will come to, before anything is made."""

from itertools import combinations

import pytest
from msgspec.structs import replace

from rooms.language.ids import AttendeeId
from rooms.language.rules import Complementary, MustDiffer, MustShare, Quota
from rooms.matching import GroupSize, Held, MatchRequest, Profile
from rooms.matching.forecast import CAUTIONS_MOST, NAMED_MOST, Caution, forecast
from rooms.matching.forecast_count import count

ACROSS = Complementary(attr="role", values=("mentor", "mentee"), on_infeasible="sit_out")


def some(people: int) -> tuple[Profile, ...]:
    return tuple(Profile(id=AttendeeId(f"p{number:04}"), team=f"team {number % 5}") for number in range(people))


def mentors(few: int, people: int) -> tuple[Profile, ...]:
    return tuple(
        replace(person, role="mentor" if at < few else "mentee", team="") for at, person in enumerate(some(people))
    )


def names(people: tuple[Profile, ...]) -> tuple[AttendeeId, ...]:
    return tuple(person.id for person in people)


@pytest.mark.parametrize("people", [8, 100])
def test_each_meets_somebody_new_in_every_round(people: int) -> None:
    found = forecast(MatchRequest(attendees=some(people)), 5)
    assert (found.people, found.rounds, found.meets, found.sits_out) == (people, 5, (5, 5), (0, 0))
    assert found.idle == (0,) * 5
    assert not found.repeats
    assert not found.cautions
    assert found.exact == (people == 8)


@pytest.mark.parametrize("people", [9, 101])
def test_of_an_odd_number_one_sits_out_each_round(people: int) -> None:
    found = forecast(MatchRequest(attendees=some(people), odd="sit_out"), 5)
    assert found.idle == (1,) * 5
    assert found.sits_out == (0, 1)
    assert found.meets == (4, 5)
    assert not found.cautions


@pytest.mark.parametrize("people", [6, 62])
def test_more_rounds_than_there_are_others_repeat(people: int) -> None:
    found = forecast(MatchRequest(attendees=some(people)), people + 1)
    assert found.repeats == (people, people + 1)
    assert found.meets == (people - 1, people - 1)
    (caution,) = found.cautions
    assert (caution.code, caution.count, caution.round) == ("nobody_new", people, people - 1)
    assert caution.people == names(some(people))[:NAMED_MOST]


@pytest.mark.parametrize("people", [20, 100])
def test_some_have_nobody_new_to_meet_before_the_others(people: int) -> None:
    """Three who must not meet each other, nor anybody but five more."""
    crowd = some(people)
    ids = names(crowd)
    apart = frozenset(two for two in combinations(ids, 2) if two[0] in ids[:3] and two[1] not in ids[3:8])
    found = forecast(MatchRequest(attendees=crowd, apart=apart), 7)
    assert Caution(code="nobody_new", count=3, people=ids[:3], round=5) in found.cautions
    assert found.repeats[-2:] == (6, 7)
    assert found.exact or len(found.repeats) == 2


@pytest.mark.parametrize(("few", "people"), [(3, 10), (30, 100)])
def test_mentees_wait_for_mentors_in_turn(few: int, people: int) -> None:
    found = forecast(MatchRequest(attendees=mentors(few, people), rules=(ACROSS,)), 3)
    waiting = people - 2 * few
    assert found.idle == (waiting,) * 3
    assert Caution(code="waits", count=waiting) in found.cautions
    assert found.sits_out == (0, -(-3 * waiting // (people - few)))
    assert not found.repeats


@pytest.mark.parametrize("people", [14, 140])
def test_a_rule_that_nobody_can_keep_is_told_from_the_start(people: int) -> None:
    crowd = tuple(replace(person, team="one") for person in some(people))
    found = forecast(MatchRequest(attendees=crowd, rules=(MustDiffer(attr="team"),)), 3)
    (caution,) = [caution for caution in found.cautions if caution.code == "rule"]
    assert (caution.rule, caution.round) == ("must_differ:team", 1)
    assert caution.count >= people / 2


def test_rules_are_counted_against_the_rooms_there_are() -> None:
    crowd = mentors(20, 100)
    lead = Quota(attr="role", value="mentor", min=1, max=1)
    across = replace(ACROSS, on_infeasible="relax")
    assert count(MatchRequest(attendees=crowd, rules=(across,)), 1).rules == {"complementary:role": 60}
    fours = GroupSize(4, 4, 4)
    assert count(MatchRequest(attendees=crowd, group=fours, rules=(lead,)), 1).rules == {"quota:role": 5}
    assert count(MatchRequest(attendees=some(100), rules=(MustDiffer(attr="team"),)), 1).rules == {}


def test_who_is_kept_apart_from_everybody_meets_nobody() -> None:
    ids = names(some(8))
    apart = frozenset((ids[0], other) for other in ids[1:])
    found = forecast(MatchRequest(attendees=some(8), apart=apart, odd="sit_out"), 3)
    assert found.cautions[0] == Caution(code="nobody", count=1, people=ids[:1])
    assert found.sits_out[1] == 3


def test_whom_one_has_met_counts_no_more() -> None:
    ids = names(some(6))
    held = Held(round=1, rooms=((ids[0], ids[1]), (ids[2], ids[3]), (ids[4], ids[5])))
    found = forecast(MatchRequest(attendees=some(6), round=2, history=(held,), rounds_planned=9), 5)
    assert found.repeats == (6,)
    assert found.cautions == (Caution(code="nobody_new", count=6, people=ids, round=5),)


def test_tables_meet_several_at_once() -> None:
    found = forecast(MatchRequest(attendees=some(16), group=GroupSize(4, 4, 4)), 5)
    assert (found.meets, found.repeats, found.cautions) == ((15, 15), (), ())
    counted = count(MatchRequest(attendees=some(200), group=GroupSize(4, 3, 5)), 5)
    assert (counted.meets, counted.runs_out) == ((15, 15), {})


def test_counting_agrees_with_asking_everybody() -> None:
    crowd = tuple(
        replace(person, interests=tuple(f"thing {at * step % 7}" for step in (1, 3)))
        for at, person in enumerate(some(70))
    )
    rules = (MustDiffer(attr="team"), MustShare(attr="interests"))
    counted = count(MatchRequest(attendees=crowd, rules=rules), 50)
    for after, people in counted.runs_out.items():
        for one in (person for person in crowd if person.id in people):
            others = [other for other in crowd if other.team != one.team and set(other.interests) & set(one.interests)]
            assert len(others) == after


@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_hardly_anybody(people: int) -> None:
    found = forecast(MatchRequest(attendees=some(people)), 2)
    assert found.people == people
    assert found.meets == {0: (0, 0), 1: (0, 0), 2: (1, 1), 3: (2, 2)}[people]


def test_cautions_are_few() -> None:
    ids = names(some(80))
    apart = frozenset((ids[at], ids[other]) for at in range(40) for other in range(40 + at % 40, 80))
    assert len(forecast(MatchRequest(attendees=some(80), apart=apart), 79).cautions) == CAUTIONS_MOST
