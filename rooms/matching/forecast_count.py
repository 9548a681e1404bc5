"""What rounds will come to, by counting: whom each may meet, how many seats there are, who runs out of others when.

People who are alike in everything the rules look at are counted together, so that two thousand take milliseconds.
"""

from typing import NamedTuple

import msgspec
import numpy as np

from rooms.language import rules as r
from rooms.language.ids import AttendeeId
from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Ints
from rooms.matching.pair_table import PairTable
from rooms.matching.prepare import prepare
from rooms.matching.request import MatchRequest
from rooms.matching.sizes import room_sizes

KINDS_MOST = 2_500
"""Kinds of people that are looked at two by two. With more, some of the kinds stand for all."""


class Counted(NamedTuple):
    """What counting tells; of two numbers, the least and the most."""

    people: int
    meets: tuple[int, int]
    """Others each meets."""
    sits_out: tuple[int, int]
    """How often each sits out."""
    idle: int
    """How many sit out in each round."""
    nobody: tuple[AttendeeId, ...]
    """Who may never meet anybody."""
    runs_out: dict[int, tuple[AttendeeId, ...]]
    """Who has nobody new to meet, by the round after which; of rounds that are to be held."""
    rules: dict[str, int]
    """For how many people a hard rule cannot be kept in each round, by its name."""


def count(request: MatchRequest, rounds: int) -> Counted:
    """What so many rounds from the request's on will come to, as far as numbers tell."""
    case = prepare(msgspec.structs.replace(request, passed=frozenset())).case
    open_, clean = _others(case)
    sizes = room_sizes(case.n, request.group, request.odd)
    lonely = np.flatnonzero(open_ == 0) if case.n else np.zeros(0, np.int64)
    seated = int(case.n - len(lonely))
    idle, pool = _idle(case, seated)
    sits = (rounds * idle // max(1, pool) if pool == seated else 0, -(-rounds * idle // max(1, pool)))
    smallest, largest = (min(sizes) - 1, max(sizes) - 1) if sizes else (0, 0)
    most = np.minimum(clean, (rounds - sits[0]) * largest)
    least = np.minimum(clean, max(0, rounds - sits[1]) * smallest)
    last = clean // max(1, largest) + sits[0]
    runs_out = {
        request.round - 1 + after: _named(case, np.flatnonzero((last == after) & (open_ > 0)))
        for after in sorted(set(last[(last < rounds) & (open_ > 0)].tolist()))
    }
    return Counted(
        people=case.n,
        meets=(int(least.min(initial=case.n)) if case.n else 0, int(most.max(initial=0))),
        sits_out=(sits[0], rounds if len(lonely) else sits[1]),
        idle=idle + len(lonely),
        nobody=_named(case, lonely),
        runs_out=runs_out,
        rules=_given_up(case, len(sizes)),
    )


class _Kinds(NamedTuple):
    """People who are alike to the rules."""

    of: Ints
    """The kind of each: shape (n,)."""
    first: Ints
    """Somebody of each kind: shape (kinds,)."""
    asked: Ints
    """Kinds that are looked at as others: all, or some that stand for all."""
    heads: Ints
    """How many people each of those stands for."""


def _others(case: Case) -> tuple[Ints, Ints]:
    """How many others each may meet at all, and how many without breaking anything: both of shape (n,)."""
    lasting = tuple(rule for rule in case.request.rules if not isinstance(rule, r.MustLink))
    bare = msgspec.structs.replace(case.request, rules=lasting, history=(), apart=frozenset(), passed=frozenset())
    ruling, kinds = prepare(bare).case.ruling, _kinds(case)
    rows, columns = case.who[kinds.first], case.who[kinds.first[kinds.asked]]
    open_ = ~ruling.barred(rows, columns)
    clean = open_ & (ruling.faults(rows, columns) >> (3 * ruling.bits) == 0)
    apart = _pairs(case, [case.past.apart])
    known = _pairs(case, [case.past.apart, case.past.met, case.past.series])
    return (
        _degrees(kinds, open_, known if case.request.repeat == "idle_over_repeat" else apart),
        _degrees(kinds, clean, known),
    )


def _kinds(case: Case) -> _Kinds:
    attrs = {rule.attr for rule in case.request.rules if rule.hardness == "hard" and hasattr(rule, "attr")}
    required = np.array([person.language_required for person in case.crowd.people], bool)[case.who]
    if required.any():
        attrs.add("languages")
    traits = [case.crowd.members(attr)[0][case.who] > 0 for attr in sorted(attrs)]
    rows = np.packbits(np.column_stack([*traits, required]), axis=1)
    alike = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1]))).ravel()
    _, first, of = np.unique(alike, return_index=True, return_inverse=True)
    heads = np.bincount(of, minlength=len(first))
    if len(first) <= KINDS_MOST:
        return _Kinds(of, first, np.arange(len(first)), heads)
    asked = np.linspace(0, len(first) - 1, KINDS_MOST).astype(np.int64)
    return _Kinds(of, first, asked, np.rint(heads[asked] * (case.n / heads[asked].sum())).astype(np.int64))


def _degrees(kinds: _Kinds, allowed: Bools, known: tuple[Ints, Ints]) -> Ints:
    """Others each may meet: by kind, less oneself, less those who are known not to count."""
    place = np.full(len(kinds.first), -1)
    place[kinds.asked] = np.arange(len(kinds.asked))
    itself = (place >= 0) & allowed[np.arange(len(kinds.first)), place]
    found: Ints = (allowed @ kinds.heads - itself)[kinds.of]
    for mine, theirs in (known, known[::-1]):
        column = place[kinds.of[theirs]]
        counts = (column < 0) | allowed[kinds.of[mine], column]
        np.subtract.at(found, mine[counts], 1)
    return np.maximum(0, found)


def _pairs(case: Case, tables: list[PairTable]) -> tuple[Ints, Ints]:
    """Pairs that any of the tables names, of those who are to be placed, by number."""
    place = np.full(case.crowd.n, -1)
    place[case.who] = np.arange(case.n)
    ends = [np.concatenate([place[table.pairs()[end]] for table in tables]) for end in (0, 1)]
    here = (ends[0] >= 0) & (ends[1] >= 0)
    keys = np.unique(ends[0][here] * case.n + ends[1][here])
    return keys // max(1, case.n), keys % max(1, case.n)


def _idle(case: Case, seated: int) -> tuple[int, int]:
    """How many of those who may meet anybody sit out in each round, and how many take turns at that."""
    for rule in case.ruling.barring:
        if isinstance(rule, r.Complementary) and case.ruling.in_pairs:
            first, second = (int(case.crowd.has(rule.attr, value)[case.who].sum()) for value in rule.values)
            return abs(first - second), max(first, second)
    return seated - sum(room_sizes(seated, case.request.group, case.request.odd)), seated


def _given_up(case: Case, rooms: int) -> dict[str, int]:
    """For how many people too many or too few have what a rule asks about, in so many rooms."""
    found: dict[str, int] = {}
    for rule in case.ruling.yielding:
        short = 0
        match rule:
            case r.MustDiffer():
                largest = int(case.crowd.members(rule.attr)[0][case.who].sum(axis=0).max(initial=0))
                short = largest - rooms
            case r.Complementary() if case.ruling.in_pairs:
                sides = [int(case.crowd.has(rule.attr, value)[case.who].sum()) for value in rule.values]
                short = case.n - 2 * min(sides) - case.n % 2
            case r.Quota():
                having = int(case.crowd.has(rule.attr, rule.value)[case.who].sum())
                short = max(rule.min * rooms - having, having - rule.max * rooms)
            case _:
                continue
        if short > 0:
            found[r.rule_name(rule)] = short
    return found


def _named(case: Case, people: Ints) -> tuple[AttendeeId, ...]:
    return tuple(case.person(index).id for index in people.tolist())
