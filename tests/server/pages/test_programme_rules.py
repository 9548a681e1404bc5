"""Rules in words: there and back, what is refused, adding and moving."""

import pytest

from rooms.language.agenda import LobbySegment, RoundsSegment
from rooms.language.ids import AttendeeId
from rooms.language.rules import (
    RULES,
    Anchor,
    Companion,
    Complementary,
    Mix,
    MustDiffer,
    MustLink,
    MustShare,
    NoToken,
    Quota,
    Rule,
)
from server.pages.programme_rule_rows import RuleRow, blank_row, read_rows, rearranged, rows_of
from server.pages.programme_rules import KEPT, RULE_KINDS, Tables, chosen_roles, groups_in, roles_in

PAIRS = Tables(2, "trio")
TWO = (AttendeeId("a"), AttendeeId("b"))


def fields(rows: list[RuleRow]) -> dict[str, str]:
    """The rows as the form sends them."""
    found = {"rules": ",".join(row.key for row in rows)}
    for row in rows:
        found |= {row.name("kind"): row.kind} | {row.name(name): value for name, value in row.values.items()}
    return found


def typed(**values: str) -> list[RuleRow]:
    """One rule as somebody filled it in."""
    return read_rows({"rules": "0"} | {f"rule0-{name}": value for name, value in values.items()}, PAIRS)


@pytest.mark.parametrize(
    "rule",
    [
        Mix(attr="team"),
        MustDiffer(attr="team"),
        MustDiffer(attr="team", on_infeasible="sit_out"),
        Complementary(attr="role", values=("mentor", "mentee")),
        Complementary(attr="role", values=("mentor", "mentee"), hardness="soft"),
        MustShare(attr="languages", on_infeasible="sit_out"),
        MustShare(attr="interests", hardness="soft"),
        MustShare(attr="team"),
        Quota(attr="role", value="host", min=1),
        Quota(attr="role", value="host", min=1, max=1, on_infeasible="sit_out"),
        Quota(attr="role", value="host", max=1, hardness="soft"),
        Anchor(attr="role", value="host", visitors_max=2),
        NoToken(),
        NoToken(values=("Night shift", "Apprentices")),
    ],
)
def test_what_the_words_can_say_reads_back_the_same(rule: Rule) -> None:
    (row,) = rows_of((rule,), PAIRS)
    assert row.kind in RULE_KINDS
    assert [read.rule for read in read_rows(fields([row]), PAIRS)] == [rule]


@pytest.mark.parametrize(
    "rule",
    [
        MustLink(round=2, pairs=(TWO,)),
        Companion(pairs=(TWO,)),
        MustDiffer(attr="team", weight=2.0),
        Mix(attr="role"),
        MustShare(attr="groups"),
        Quota(attr="role", value="host", min=2, max=3),
        NoToken(attr="team"),
        NoToken(values=("one, with a comma",)),
    ],
)
def test_what_the_words_cannot_say_stays_as_it_is(rule: Rule) -> None:
    (row,) = rows_of((rule,), PAIRS)
    assert row.kind == KEPT
    assert [read.rule for read in read_rows(fields([row]), PAIRS)] == [rule]


@pytest.mark.parametrize("kind", RULE_KINDS)
def test_a_rule_that_was_just_added_means_something(kind: str) -> None:
    row = blank_row("0", kind, PAIRS)
    assert row.rule is not None
    assert [read.rule for read in read_rows(fields([row]), PAIRS)] == [row.rule]


@pytest.mark.parametrize(
    ("size", "odd", "most"), [(2, "trio", 2), (2, "sit_out", 1), (3, "trio", 3), (3, "sit_out", 3)]
)
def test_a_host_has_as_many_visitors_as_the_room_has_seats(size: int, odd: str, most: int) -> None:
    rule = blank_row("0", "anchor", Tables(size, odd)).rule
    assert isinstance(rule, Anchor)
    assert rule.visitors_max == most


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"kind": "teams", "how": "now and then"}, "how", "Choose one of these."),
        ({"kind": "teams"}, "how", "Choose one of these."),
        ({"kind": "anchor", "how": "relax", "value": ""}, "value", "Write a role"),
        ({"kind": "anchor", "how": "relax", "value": "x" * 41}, "value", "Shorten this to 40"),
        ({"kind": "each_room", "how": "nice", "value": "host", "count": "many"}, "count", "Choose one of these."),
        ({"kind": "mentor", "how": "nice", "value": "Buddy", "other": "buddy"}, "other", "Write two different roles."),
        ({"kind": "not_alone", "groups": ",".join(f"g{n}" for n in range(13))}, "groups", "Name 12 groups at most"),
        ({"kind": "kept", "json": '{"type":"quota"}'}, "json", "This rule cannot be read any more."),
        ({"kind": "kept", "json": "["}, "json", "This rule cannot be read any more."),
    ],
)
def test_a_rule_says_what_it_needs(values: dict[str, str], field: str, sentence: str) -> None:
    (row,) = typed(**values)
    assert row.rule is None
    assert row.errors[field].startswith(sentence)


def test_a_rule_for_pairs_says_so_at_a_table() -> None:
    values = {"rules": "0", "rule0-kind": "mentor", "rule0-value": "a", "rule0-other": "b", "rule0-how": "relax"}
    (row,) = read_rows(values, Tables(4, "trio"))
    assert row.errors["value"].startswith("This works in pairs.")


def test_what_does_not_matter_is_no_rule_and_no_mistake() -> None:
    (row,) = typed(kind="teams", how="off")
    assert (row.rule, row.errors) == (None, {})


def test_the_same_rule_twice_is_refused() -> None:
    rows = read_rows(
        {"rules": "0,1", "rule0-kind": "teams", "rule0-how": "nice", "rule1-kind": "teams", "rule1-how": "relax"}, PAIRS
    )
    assert [bool(row.rule) for row in rows] == [True, False]
    assert rows[1].errors["how"].startswith("This stands above already.")


def test_rules_are_added_moved_and_removed_and_never_too_many() -> None:
    rows = rows_of((Mix(attr="team"), NoToken()), PAIRS)
    assert [row.key for row in rearranged(rows, "up", "1", PAIRS)] == ["1", "0"]
    assert [row.key for row in rearranged(rows, "up", "0", PAIRS)] == ["0", "1"]
    assert [row.key for row in rearranged(rows, "down", "0", PAIRS)] == ["1", "0"]
    assert [row.key for row in rearranged(rows, "remove", "0", PAIRS)] == ["1"]
    assert rearranged(rows, "up", "9", PAIRS) == rows
    assert [row.kind for row in rearranged(rows, "add", "language", PAIRS)][2:] == ["language"]
    for _ in range(RULES + 3):
        rows = rearranged(rows, "add", "anchor", PAIRS)
    assert len(rows) == len({row.key for row in rows}) == RULES


def test_what_an_agenda_asks_of_people_is_known() -> None:
    rules = (
        Complementary(attr="role", values=("mentor", "mentee")),
        Quota(attr="role", value="host", min=1),
        NoToken(values=("Night shift",)),
    )
    agenda = (LobbySegment(), RoundsSegment(rules=rules), RoundsSegment(rules=rules[1:]))
    assert roles_in(agenda) == ["mentor", "mentee", "host"]
    assert chosen_roles(agenda) == ["mentor", "mentee"]
    assert groups_in(agenda) == ["Night shift"]
