"""The format is read as it is written down, and refused by path where it is not."""

import json
from typing import Any

import pytest

from rooms.language.ids import AttendeeId
from rooms.language.rules import Companion, MustDiffer, Weights
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile
from server.match_file.decode import decode
from server.match_file.refusals import RefusedError

P00, P01, P02, P07, X = (AttendeeId(name) for name in ("p00", "p01", "p02", "p07", "x"))
EXAMPLE: dict[str, Any] = {
    "config": {
        "group": {"target": 2, "min": 2, "max": 2},
        "odd_policy": "trio",
        "repeat_policy": "repeat_over_idle",
        "rounds_planned": 10,
        "constraints": [{"type": "must_differ", "attr": "team", "hardness": "hard", "on_infeasible": "relax"}],
    },
    "round": 3,
    "rounds_planned": 10,
    "seed": 7,
    "attendees": [
        {
            "id": "p00",
            "team": "design",
            "role": "mentor",
            "interests": ["choir"],
            "looking_for": ["go"],
            "offering": ["python"],
            "languages": ["en", "de"],
        },
        {"id": "p01", "team": None, "role": None, "interests": []},
        {"id": "p02"},
        {"id": "p07"},
    ],
    "present": ["p00", "p01"],
    "blocks": [["p07", "p00"]],
    "requests": [["p01", "p00"]],
    "history": [{"round": 1, "rooms": [["p00", "p01"]], "sat_out": ["p02"]}],
    "sit_out_counts": {"p02": 1},
    "plan": None,
}


def read(**changes: Any) -> MatchRequest:
    return decode(json.dumps(EXAMPLE | changes).encode())


def refusal(text: object) -> str:
    with pytest.raises(RefusedError) as refused:
        decode(json.dumps(text).encode())
    return str(refused.value)


def refused(**changes: Any) -> str:
    return refusal(EXAMPLE | changes)


def rules(*constraints: object) -> dict[str, Any]:
    return {"config": {"constraints": list(constraints)}}


def person(**keys: Any) -> dict[str, Any]:
    return {"attendees": [*EXAMPLE["attendees"], {"id": "x", **keys}]}


def test_every_key_of_the_example_arrives() -> None:
    assert read() == MatchRequest(
        attendees=(
            Profile(P00, "design", "mentor", (), ("choir",), ("go",), ("python",), ("en", "de")),
            Profile(P01),
            Profile(P02),
            Profile(P07),
        ),
        present=(P00, P01),
        round=3,
        rounds_planned=10,
        group=GroupSize(2, 2, 2),
        rules=(MustDiffer("team"),),
        apart=frozenset({(P00, P07)}),
        wishes=((P01, P00),),
        history=(Held(1, ((P00, P01),), (P02,)),),
        sat_out=((P02, 1),),
        seed="7",
    )


def test_attendees_alone_are_enough() -> None:
    assert decode(b'{"attendees": [{"id": "a"}]}') == MatchRequest(attendees=(Profile(AttendeeId("a")),), seed="0")


def test_our_own_keys_arrive() -> None:
    request = read(
        config={"weights": {"interests": 0.5, "fairness": 2}},
        **person(groups=["ada"], language_required=True, size=4, companion_of="p02", present_since=5, waiting_since=6),
        pinned=[["p00", "p01"]],
        passed=[["p01", "p00"]],
        plan=[["p00", "p01"]],
    )
    assert request.weights == Weights(interests=0.5, fairness=2)
    assert request.attendees[-1] == Profile(
        X, groups=("ada",), language_required=True, size=4, companion_of=P02, present_since=5, waiting_since=6
    )
    assert (request.pinned, request.passed, request.shown) == (
        (("p00", "p01"),), frozenset({("p00", "p01")}), (("p00", "p01"),)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("group", "sizes"),
    [
        ({}, (2, 2, 2)),
        ({"target": 4}, (4, 4, 4)),
        ({"target": 4, "min": 3}, (4, 3, 4)),
        ({"min": 3, "max": 5}, (3, 3, 5)),
        ({"max": 4}, (4, 4, 4)),
    ],
)
def test_least_and_most_are_the_wanted_number_unless_said(group: dict[str, int], sizes: tuple[int, int, int]) -> None:
    assert read(config={"group": group}).group == GroupSize(*sizes)


def test_rounds_planned_may_stand_in_two_places_and_this_round_says_more_than_the_evening() -> None:
    bare = {key: value for key, value in EXAMPLE.items() if key != "rounds_planned"}
    assert decode(json.dumps(bare).encode()).rounds_planned == 10
    assert read(rounds_planned=4).rounds_planned == 4
    assert decode(json.dumps(bare | {"config": {}}).encode()).rounds_planned == 3


def test_the_round_is_the_one_after_the_last_unless_said() -> None:
    bare = {key: value for key, value in EXAMPLE.items() if key != "round"}
    assert decode(json.dumps(bare).encode()).round == 2


@pytest.mark.parametrize(
    ("history", "counts"),
    [
        ([], (("p00", 0), ("p01", 0), ("p02", 1), ("p07", 0))),
        ([{"round": 0, "rooms": []}], (("p00", 0), ("p01", 0), ("p02", 1), ("p07", 0))),
        ([{"round": 1, "rooms": [["p00", "p01"]]}], (("p02", 1),)),
    ],
)
def test_who_is_not_listed_never_sat_out_unless_rounds_held_tell_newcomers(history: object, counts: object) -> None:
    assert read(history=history).sat_out == counts


def test_the_whole_answer_may_come_back_as_the_plan() -> None:
    answer = {
        "rooms": [["p00", "p01"]], "sat_out": ["p02"], "relaxed": [], "reasons": [{"code": "odd_number"}],
        "weight": 0.5, "bound": None, "ms": 0.4, "digest": "ab", "round": 3, "explained": [],
    }  # fmt: skip
    assert read(plan=answer).shown == (("p00", "p01"),)


def test_people_who_are_gone_may_stand_in_the_past_alone() -> None:
    request = read(history=[{"round": -2, "rooms": [["gone", "p00"]], "sat_out": ["lost"]}], sit_out_counts={"gone": 2})
    assert request.history[0].rooms == (("gone", "p00"),)
    assert ("gone", 2) in request.sat_out


def test_a_companion_may_say_that_nobody_sits_out_for_it() -> None:
    rule = {"type": "companion", "pairs": [["p00", "p07"]], "hardness": "hard", "on_infeasible": "relax"}
    (found,) = read(**rules(rule)).rules
    assert isinstance(found, Companion)
    assert found.pairs == (("p00", "p07"),)


ROLES = {"type": "complementary", "attr": "role", "values": ["mentor", "mentee"]}
HELD = {"round": 1, "rooms": [], "sat_out": []}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (person(languages="en"), "attendees[4].languages: expected a list"),
        (person(languages=None), "attendees[4].languages: expected a list"),
        (person(interests=["choir", 3]), "attendees[4].interests[1]: expected text"),
        (person(colour="red"), "attendees[4].colour: unknown key"),
        (person(team=3), "attendees[4].team: expected text or null"),
        (person(size=7), "attendees[4].size: expected a whole number of at most 6"),
        (person(size=1), "attendees[4].size: expected 0 for no preference, or 2 and more"),
        (person(companion_of="x"), "attendees[4].companion_of: expected two different people"),
        (person(companion_of="y"), 'attendees[4].companion_of: expected the id of an attendee, got "y"'),
        ({"attendees": [{"team": "a"}]}, "attendees[0].id: missing"),
        ({"attendees": [{"id": ""}]}, "attendees[0].id: expected text of at least 1 character"),
        ({"attendees": [{"id": 4}]}, "attendees[0].id: expected text"),
        ({"attendees": {}}, "attendees: expected a list"),
        (person(id="p02"), 'attendees[4].id: expected each id once, "p02" is that of attendees[2]'),
        ({"colour": 1}, "colour: unknown key"),
        ({"round": 0}, "round: expected a whole number of at least 1"),
        ({"round": "3"}, "round: expected a whole number or null"),
        ({"round": 901, "rounds_planned": 901}, "round: expected a whole number of at most 900"),
        ({"rounds_planned": 2}, "rounds_planned: expected at least the round asked for, 3"),
        ({"seed": 1.5}, "seed: expected a whole number or text"),
        ({"present": ["p00", "p99"]}, 'present[1]: expected the id of an attendee, got "p99"'),
        ({"present": ["p00", "p01", "p00"]}, 'present[2]: expected each id once, got "p00" again'),
        ({"blocks": [["p00", "p99"]]}, 'blocks[0][1]: expected the id of an attendee, got "p99"'),
        ({"blocks": [["p00", "p00"]]}, "blocks[0]: expected two different people"),
        ({"blocks": [["p00"]]}, "blocks[0]: expected a list of exactly 2 items"),
        ({"requests": [["p00", "p01"], ["p99", "p00"]]}, 'requests[1][0]: expected the id of an attendee, got "p99"'),
        ({"requests": [["p00", "p00"]]}, "requests[0]: expected two different people"),
        ({"passed": [["p00", "p00"]]}, "passed[0]: expected two different people"),
        ({"history": [{"rooms": []}]}, "history[0].round: missing"),
        ({"history": [HELD, HELD | {"guests": []}]}, "history[1].guests: unknown key"),
        (
            {"history": [HELD | {"rooms": [["p00", "p00"]]}]},
            'history[0].rooms[0][1]: expected each id once, got "p00" again',
        ),
        ({"sit_out_counts": {"p02": -1}}, "sit_out_counts.p02: expected a whole number of at least 0"),
        ({"sit_out_counts": {"p02": True}}, "sit_out_counts.p02: expected a whole number of at least 0"),
        ({"sit_out_counts": []}, "sit_out_counts: expected an object"),
        ({"plan": 3}, "plan: expected an object, a list or null"),
        ({"plan": {"sat_out": []}}, "plan.rooms: missing"),
        ({"plan": {"rooms": [["p00", "p99"]]}}, 'plan.rooms[0][1]: expected the id of an attendee, got "p99"'),
        ({"plan": [["p00", "p01"], ["p00"]]}, 'plan[1][0]: expected nobody in two rooms, got "p00" again'),
        ({"pinned": [["p00"]]}, "pinned[0]: expected 2 to 6 people"),
        ({"pinned": [["p07", "p00"]]}, "pinned[0]: expected nobody whom blocks[0] parts"),
        (
            {"config": {"rounds_planned": 2}, "rounds_planned": None},
            "config.rounds_planned: expected at least the round asked for, 3",
        ),
        ({"config": {"group": {"max": 7}}}, "config.group.max: expected a whole number of at most 6"),
        ({"config": {"group": {"min": 1}}}, "config.group.min: expected a whole number of at least 2"),
        ({"config": {"group": {"target": 2, "min": 3}}}, "config.group: expected min ≤ target ≤ max, got 3, 2, 2"),
        ({"config": {"odd_policy": "duo"}}, 'config.odd_policy: expected trio or sit_out, got "duo"'),
        ({"config": {"repeat_policy": 3}}, "config.repeat_policy: expected text"),
        ({"config": {"weights": {"interests": 2}}}, "config.weights.interests: expected a number of at most 1"),
        ({"config": {"weights": {"age": 1}}}, "config.weights.age: unknown key"),
        (rules({"attr": "team"}), "config.constraints[0].type: missing"),
        (
            rules({"type": "mix", "attr": "team", "hardness": "hard"}),
            'config.constraints[0].hardness: expected soft, got "hard"',
        ),
        (
            rules({"type": "mix", "attr": "team", "on_infeasible": "relax"}),
            "config.constraints[0].on_infeasible: unknown key",
        ),
        (rules({"type": "must_share", "attr": "languages", "value": "en"}), "config.constraints[0].value: unknown key"),
        (rules({"type": "must_share"}), "config.constraints[0].attr: missing"),
        (rules(ROLES, ROLES | {"values": ["a"]}), "config.constraints[1].values: expected a list of exactly 2 items"),
        (
            rules({"type": "quota", "attr": "role", "value": "a", "min": 3, "max": 2}),
            "config.constraints[0]: expected min ≤ max, got 3, 2",
        ),
        (
            rules({"type": "anchor", "attr": "role", "value": "a", "visitors_min": 3, "visitors_max": 2}),
            "config.constraints[0]: expected visitors_min ≤ visitors_max",
        ),
        (
            rules({"type": "must_link", "round": 3, "pairs": [["p00", "p99"]]}),
            'config.constraints[0].pairs[0][1]: expected the id of an attendee, got "p99"',
        ),
        (
            rules({"type": "companion", "pairs": [["p00", "p01"], ["p01", "p02"]]}),
            'config.constraints[0].pairs[1]: expected "p02" to accompany somebody who accompanies nobody',
        ),
        (
            rules({"type": "companion", "pairs": [["p00", "p02"], ["p01", "p02"]]}),
            'config.constraints[0].pairs[1]: expected "p02" to accompany one person only',
        ),
        (rules(*[ROLES] * 13), "config.constraints: expected at most 12"),
    ],
)
def test_what_is_wrong_is_refused_by_path(changes: dict[str, Any], message: str) -> None:
    assert refused(**changes) == message


def test_an_unknown_type_or_attribute_names_those_there_are() -> None:
    assert refused(**rules({"type": "dance"})) == (
        "config.constraints[0].type: expected must_differ, complementary, must_share, quota, anchor, must_link, mix, "
        'companion or no_token, got "dance"'
    )
    assert refused(**rules({"type": "mix", "attr": "shoe"})) == (
        "config.constraints[0].attr: expected team, role, groups, interests, looking_for, offering or languages, "
        'got "shoe"'
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"[]", "request: expected an object"),
        (b"{}", "attendees: missing"),
        (b'{"attendees": [', "not JSON: it ends too early"),
        (b"{attendees: []}", "not JSON: object keys must be strings (byte 1)"),
        (b'{"attendees": []} {}', "not JSON: trailing characters (byte 19)"),
        (b'{"attendees": [{"id": "\xff"}]}', "not JSON: not UTF-8"),
        (b'{"attendees": [{"id": NaN}]}', "not JSON: invalid character (byte 22)"),
        (b'{"attendees": [], "plan": {"rooms": [], "ms": ' + b"[" * 100_000, "not a request: too deeply nested"),
    ],
)
def test_what_is_no_request_is_one_clear_line(text: bytes, message: str) -> None:
    with pytest.raises(RefusedError) as refused_:
        decode(text)
    assert str(refused_.value) == message


def test_more_people_than_an_event_holds_are_refused() -> None:
    crowd = [{"id": str(index)} for index in range(10_001)]
    assert refusal({"attendees": crowd}) == "attendees: expected at most 10000 people"
