"""Rules as arrays: barred, faulty, regretted; the same for grids and single pairs, for pairs and whole rooms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.language import rules as r
from rooms.matching import GroupSize, MatchRequest, Profile
from tests.rooms.matching.people import a_case, a_person, a_request, held, pairs, who

FOURS = GroupSize(4, 3, 4)
TEAMS = (a_person("a", team="Red"), a_person("b", team="red "), a_person("c", team="Blue"), a_person("d"))


def faults(request: MatchRequest, *room: int) -> dict[str, int]:
    case = a_case(request)
    return case.ruling.unpacked(case.room_faults(room))


@pytest.mark.parametrize(("room", "broken"), [((0, 1), 1), ((0, 2), 0), ((0, 3), 0), ((0, 1, 2), 1)])
def test_teams_must_differ_and_nobody_shares_no_team(room: tuple[int, ...], broken: int) -> None:
    request = a_request(attendees=TEAMS, rules=(r.MustDiffer("team"),), group=FOURS)
    assert faults(request, *room).get("must_differ:team", 0) == broken


ROLES = tuple(a_person(name, role=role) for name, role in zip("abcd", ("Host", "guest", "guest", "host"), strict=True))


@pytest.mark.parametrize(
    ("rule", "group", "room", "broken"),
    [
        (r.Complementary("role", ("host", "guest")), GroupSize(), (0, 1), 0),
        (r.Complementary("role", ("host", "guest")), GroupSize(), (1, 2), 1),
        (r.MustShare("role"), GroupSize(), (1, 2), 0),
        (r.MustShare("role"), GroupSize(), (0, 1), 1),
        (r.Quota("role", "host", 1, 1), GroupSize(), (0, 1), 0),
        (r.Quota("role", "host", 1, 1), GroupSize(), (0, 3), 1),
        (r.Quota("role", "host", 1, 1), FOURS, (0, 1, 2), 0),
        (r.Quota("role", "host", 1, 1), FOURS, (0, 1, 3), 1),
        (r.Anchor("role", "host", 1, 2), FOURS, (0, 1, 2), 0),
        (r.Anchor("role", "host", 1, 1), FOURS, (0, 1, 2), 1),
        (r.Anchor("role", "host", 1, 2), FOURS, (0, 1, 3), 1),
        (r.Anchor("role", "host", 2, 2), GroupSize(), (0, 1), 1),
        (r.Anchor("role", "host"), GroupSize(), (1, 2), 0),
        (r.MustLink(1, pairs("a b")), GroupSize(), (0, 2), 1),
        (r.MustLink(1, pairs("a b")), GroupSize(), (0, 1), 0),
        (r.MustLink(2, pairs("a b")), GroupSize(), (0, 2), 0),
    ],
)
def test_each_rule_knows_when_a_room_breaks_it(
    rule: r.Rule, group: GroupSize, room: tuple[int, ...], broken: int
) -> None:
    request = a_request(attendees=ROLES, rules=(rule,), group=group)
    assert bool(faults(request, *room).get(r.rule_name(rule), 0)) == bool(broken)


def test_nobody_visits_the_same_anchor_twice() -> None:
    request = a_request(attendees=ROLES, rules=(r.Anchor("role", "host"),), round=2, history=(held(1, "a b"),))
    assert faults(request, 0, 1)["anchor:role"] == 1
    assert "anchor:role" not in faults(request, 0, 2)


def test_all_share_one_value_and_not_only_each_two() -> None:
    people = tuple(a_person(name, languages=tuple(some)) for name, some in zip("abc", ("xy", "yz", "zx"), strict=True))
    request = a_request(attendees=people, rules=(r.MustShare("languages"),), group=FOURS)
    assert faults(request, 0, 1, 2)["must_share:languages"] == 1
    assert not faults(request, 0, 1)


def test_a_rule_above_the_seat_bars_and_is_no_fault() -> None:
    request = a_request(attendees=TEAMS, rules=(r.MustDiffer("team", on_infeasible="sit_out"),))
    case = a_case(request)
    assert case.barred(np.arange(4))[0].tolist() == [True, True, False, False]
    assert case.room_barred((0, 1))
    assert not case.room_faults((0, 1))


def test_whoever_needs_a_common_language_is_a_fault_without_one() -> None:
    people = (a_person("a", languages=("en",), language_required=True), a_person("b"), a_person("c", languages=("EN",)))
    request = a_request(attendees=people)
    assert faults(request, 0, 1) == {"must_share:languages": 1}
    assert not faults(request, 0, 2)
    assert not faults(request, 1, 2)


def test_a_repeat_in_the_event_weighs_more_than_one_in_the_series_and_a_third_meeting_most() -> None:
    history = (held(0, "a b"), held(1, "a c"), held(4, "a d"), held(2, "a e"), held(3, "a e"))
    case = a_case(a_request("a b c d e f", round=5, history=history))
    series, old, back_to_back, often, fresh = case.faults_of(np.zeros(5, np.int64), np.arange(1, 6))
    assert fresh == 0 < series < old < back_to_back < often


def test_of_forced_repeats_of_the_series_the_oldest_weighs_least() -> None:
    case = a_case(a_request("a b c d", history=(held(0, "a b"), held(-2, "a b, a c"), held(-5, "a d"))))
    last_event, earlier, oldest = case.faults_of(np.zeros(3, np.int64), np.arange(1, 4))
    assert 0 < oldest < earlier < last_event
    assert case.ruling.unpacked(int(last_event))["series_repeat"] == 1


def test_repeats_bar_where_the_organiser_would_rather_have_people_idle() -> None:
    request = a_request("a b c", round=2, history=(held(1, "a b"), held(0, "a c")), repeat="idle_over_repeat")
    assert a_case(request).barred(np.array([0])).tolist() == [[True, True, True]]


def test_soft_rules_are_taken_from_the_gain() -> None:
    rules = (r.MustDiffer("team", hardness="soft", weight=0.5), r.Mix("team", weight=0.25))
    case = a_case(a_request(attendees=TEAMS, rules=rules))
    assert case.gain_of(np.array([0, 0]), np.array([1, 2])).tolist() == [-0.75, 0]
    assert case.room_gain((0, 1)) == -0.75
    assert not case.faults(np.arange(4))[0, 1]


def test_nobody_of_a_declared_group_is_left_alone_if_it_can_be_avoided() -> None:
    people = tuple(a_person(name, groups=some) for name, some in zip("abcd", ((), ("G",), ("g",), ("h",)), strict=True))
    rule = r.NoToken("groups", values=("g",), weight=0.5)
    in_pairs = a_case(a_request(attendees=people, rules=(rule,)))
    assert in_pairs.gain_of(np.array([0, 1, 0]), np.array([1, 2, 3])).tolist() == [-0.5, 0, 0]
    in_groups = a_case(a_request(attendees=people, rules=(rule,), group=FOURS))
    assert [in_groups.room_gain(room) for room in ((0, 1, 3), (0, 1, 2), (0, 3))] == [-0.5, 0, 0]


def test_a_wish_for_another_size_is_regretted() -> None:
    people = (a_person("a", size=3), a_person("b"), a_person("c"))
    case = a_case(a_request(attendees=people, group=GroupSize(2, 2, 3)))
    assert case.room_gain((0, 1)) == pytest.approx(-0.1)
    assert case.room_gain((0, 1, 2)) == 0


words = st.lists(st.sampled_from(["x", "y", "z"]), max_size=2, unique=True).map(tuple)
profiles = st.builds(
    Profile,
    id=st.just(who("")),
    team=st.sampled_from(["", "x", "y"]),
    role=st.sampled_from(["", "x", "y"]),
    groups=words,
    interests=words,
    looking_for=words,
    offering=words,
    languages=words,
    language_required=st.booleans(),
)
RULES: list[r.Rule] = [
    r.MustDiffer("team"),
    r.MustDiffer("interests", hardness="soft", weight=0.5),
    r.Complementary("role", ("x", "y"), on_infeasible="sit_out"),
    r.MustShare("languages"),
    r.Quota("role", "x", 1, 1),
    r.Anchor("role", "y", 1, 1),
    r.MustLink(1, pairs("p0 p1")),
    r.Mix("interests"),
    r.NoToken("groups"),
]
some_rules = st.lists(st.sampled_from(RULES), max_size=4, unique_by=r.rule_name).map(tuple)


@given(st.lists(profiles, min_size=2, max_size=6), some_rules)
def test_rows_and_single_pairs_and_rooms_of_two_agree(people: list[Profile], rules: tuple[r.Rule, ...]) -> None:
    named = tuple(
        Profile(who(f"p{i}"), *[getattr(p, f) for f in p.__struct_fields__[1:]]) for i, p in enumerate(people)
    )
    case = a_case(a_request(attendees=named, rules=rules))
    rows = np.arange(case.n)
    one, other = np.triu_indices(case.n, 1)
    for whole, single in (
        (case.barred, case.barred_of), (case.faults, case.faults_of), (case.gain, case.gain_of),
        (case.jitter, case.jitter_of),
    ):  # fmt: skip
        assert np.array_equal(whole(rows)[one, other], single(one, other))
        assert np.array_equal(whole(rows), whole(rows).T)
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        assert case.room_barred((a, b)) == bool(case.barred(rows)[a, b])
        assert case.room_faults((a, b)) == case.faults(rows)[a, b]
        assert case.room_gain((a, b)) == pytest.approx(case.gain(rows)[a, b], abs=1e-4)
