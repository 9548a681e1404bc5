"""The rules of one part as rows of a form: read, written, added, moved."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from rooms.language.limits import LIST_ITEMS, SHORT_TEXT_CHARS
from rooms.language.rules import RULES, Rule, rule_name
from server.files.rosters import ROLE_CHARS
from server.forms import Form
from server.pages.programme_rules import (
    BEGINNINGS,
    COUNTS,
    KEPT,
    LABELS,
    PAIR,
    RULE_KINDS,
    STRICTNESS,
    RuleKind,
    Tables,
    made,
    worded,
    words,
)

KEY_CHARS = 4
PREFIX = "rule"
GROUPS_CHARS = LIST_ITEMS * (SHORT_TEXT_CHARS + 2)
TOO_MANY = f"A part has {RULES} rules at most: nobody could say which of more counts."
ONLY_IN_PAIRS = "This works in pairs. For tables, ask for one of them in each room instead."
TWICE = "This stands above already. Remove one of the two."


@dataclass
class RuleRow:
    """One rule as it was typed."""

    key: str
    kind: str
    values: dict[str, str]
    rule: Rule | None = None
    """What the fields mean; None as long as one needs a change, and for what is no matter."""
    errors: dict[str, str] = field(default_factory=dict)

    def name(self, field_name: str) -> str:
        """The name of one of its fields within its part."""
        return f"{PREFIX}{self.key}-{field_name}"

    @property
    def known(self) -> RuleKind:
        """Its words."""
        if self.kind != KEPT:
            return RULE_KINDS[self.kind]
        return RuleKind("A rule of your own", self.values.get("named", ""), "lock", strict=False)

    @property
    def last_field(self) -> str:
        """Where it is said what is wrong with the rule as a whole."""
        return "json" if self.kind == KEPT else "how" if self.known.strict else "groups"

    @property
    def labels(self) -> tuple[str, str]:
        """What stands above its fields for roles."""
        return LABELS.get(self.kind, ("Role", ""))


def rows_of(rules: Iterable[Rule], tables: Tables) -> list[RuleRow]:
    """Rules as rows of a form."""
    return [row_of(str(index), rule, tables) for index, rule in enumerate(rules)]


def row_of(key: str, rule: Rule, tables: Tables) -> RuleRow:
    """One rule as a row; one that our words would change is kept as it is."""
    kind, values = worded(rule)
    if kind != KEPT and made(kind, values, tables) == rule:
        return RuleRow(key, kind, values, rule)
    kept = {"json": msgspec.json.encode(rule).decode(), "named": rule_name(rule).replace("_", " ").replace(":", ", ")}
    return RuleRow(key, KEPT, kept, rule)


def blank_row(key: str, kind: str, tables: Tables) -> RuleRow:
    """A rule that somebody has just added."""
    values = {"how": "relax" if RULE_KINDS[kind].asks else "nice", "count": "least", **BEGINNINGS.get(kind, {})}
    row = RuleRow(key, kind, values)
    row.rule = made(kind, values, tables)
    return row


def read_rows(values: dict[str, str], tables: Tables) -> list[RuleRow]:
    """The rules of one part of a form in their order, each with what it means or what is wrong with it."""
    keys = dict.fromkeys(key for key in values.get("rules", "").split(",") if key.isalnum() and len(key) <= KEY_CHARS)
    rows: list[RuleRow] = []
    for key in list(keys)[: RULES + 1]:
        prefix = f"{PREFIX}{key}-"
        own = {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
        if own.get("kind") in RULE_KINDS or own.get("kind") == KEPT:
            rows.append(_read(key, own, tables))
    _refuse_twice(rows)
    return rows


def _read(key: str, values: dict[str, str], tables: Tables) -> RuleRow:
    form, kind = Form(values), values["kind"]
    row = RuleRow(key, kind, values, errors=form.errors)
    if kind == KEPT:
        row.rule = _read_kept(form)
        return row
    known = RULE_KINDS[kind]
    how = form.choice("how", STRICTNESS) if known.strict else "nice"
    for name in ("value", "other"):
        if name in known.asks:
            form.line(name, ROLE_CHARS, "Write a role, spelled as on the page of people.")
    if "count" in known.asks:
        form.choice("count", COUNTS)
    if "groups" in known.asks:
        _check_groups(form)
    if kind == "mentor":
        _check_pair(form, tables)
    if not form.errors and how != "off":
        row.rule = made(kind, values, tables)
    return row


def _read_kept(form: Form) -> Rule | None:
    try:
        rule: Rule = msgspec.json.decode(form.values.get("json", ""), type=Rule)
    except msgspec.DecodeError:
        form.wrong("json", "This rule cannot be read any more. Remove it.")
        return None
    form.values["named"] = rule_name(rule)
    return rule


def _check_groups(form: Form) -> None:
    groups = words(form.text("groups", GROUPS_CHARS))
    if len(groups) > LIST_ITEMS or any(len(word) > SHORT_TEXT_CHARS for word in groups):
        form.wrong("groups", f"Name {LIST_ITEMS} groups at most, with commas between them.")


def _check_pair(form: Form, tables: Tables) -> None:
    if form.values.get("value", "").casefold() == form.values.get("other", "").casefold():
        form.wrong("other", "Write two different roles.")
    if tables.size != PAIR:
        form.wrong("value", ONLY_IN_PAIRS)


def _refuse_twice(rows: list[RuleRow]) -> None:
    """Of two rules about the same thing the second would mean nothing."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        about = (row.kind, *(row.values.get(name, "").casefold() for name in ("value", "other", "json", "groups")))
        if about in seen and row.rule is not None:
            row.errors[row.last_field] = TWICE
            row.rule = None
        seen.add(about)


def rearranged(rows: list[RuleRow], verb: str, what: str, tables: Tables) -> list[RuleRow]:
    """The rules after `add` with a kind, or `up`, `down`, `remove` with a key."""
    if verb == "add":
        room = what in RULE_KINDS and len(rows) < RULES
        used = {row.key for row in rows}
        key = next(str(number) for number in range(RULES + 1) if str(number) not in used)
        return [*rows, blank_row(key, what, tables)] if room else rows
    index = next((index for index, row in enumerate(rows) if row.key == what), None)
    if index is None:
        return rows
    rows = [*rows]
    if verb == "remove":
        del rows[index]
    other = index + {"up": -1, "down": 1}.get(verb, 0)
    if verb != "remove" and 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]
    return rows
