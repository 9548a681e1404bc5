"""What each rule says of two people: once for grids and lines of pairs alike."""

import numpy as np

from rooms.language import rules as r
from rooms.matching.crowd import Bools, Crowd, Ints
from rooms.matching.looks import Look, broken_by_none
from rooms.matching.pair_table import PairTable
from rooms.matching.past import Past


def pairwise(rule: r.Rule, crowd: Crowd, past: Past, look: Look) -> Bools:
    """Which pairs break the rule in whatever room they are."""
    match rule:
        case r.MustDiffer() | r.Mix():
            same: Bools = look.overlap(rule.attr) > 0
            return same
        case r.MustShare():
            nothing: Bools = look.overlap(rule.attr) == 0
            return nothing
        case r.Complementary():
            first, second = (crowd.has(rule.attr, value) for value in rule.values)
            one_of_each: Bools = first[look.left] & second[look.right] | second[look.left] & first[look.right]
            return ~one_of_each
        case r.Anchor():
            anchors = crowd.has(rule.attr, rule.value)
            left, right = anchors[look.left], anchors[look.right]
            taken: Bools = left & right | (left != right) & (look.table(past.met) > 0)
            return taken
        case _:
            return broken_by_none(look)


def as_pair(rule: r.Rule, crowd: Crowd, past: Past, look: Look) -> Bools:
    """Which pairs break what the rule asks of a room, if the two are all that is in it."""
    match rule:
        case r.Quota():
            having = crowd.has(rule.attr, rule.value).astype(np.int64)
            count = having[look.left] + having[look.right]
            wrong: Bools = (count < rule.min) | (count > rule.max)
            return wrong
        case r.Anchor():
            anchors = crowd.has(rule.attr, rule.value)
            alone = anchors[look.left] != anchors[look.right]
            unmet: Bools = alone & (not rule.visitors_min <= 1 <= rule.visitors_max)
            return unmet
        case r.MustLink():
            linked, table = links(rule, past)
            torn: Bools = (linked[look.left] | linked[look.right]) & (look.table(table) == 0)
            return torn
        case r.NoToken():
            declared = declared_groups(rule, crowd)
            return lone(declared, look)
        case _:
            return broken_by_none(look)


def links(rule: r.MustLink, past: Past) -> tuple[Bools, PairTable]:
    """Who is linked to somebody present in this round, and with whom."""
    pairs = past.linked(rule)
    linked = np.zeros(past.n, bool)
    linked[[row for pair in pairs for row in pair]] = True
    return linked, PairTable.of_pairs(past.n, pairs)


def declared_groups(rule: r.NoToken, crowd: Crowd) -> Bools:
    """Who belongs to which declared group: shape (n, groups)."""
    members, columns = crowd.members(rule.attr)
    wanted = [columns[word] for value in rule.values if (word := value.strip().casefold()) in columns]
    return members[:, wanted if rule.values else slice(None)] > 0


def lone(declared: Bools, look: Look) -> Bools:
    """Whether of two people exactly one belongs to a declared group."""
    found = broken_by_none(look)
    for column in declared.T:
        found = found | (column[look.left] != column[look.right])
    return found


def has_lone_member(declared: Bools, room: Ints) -> bool:
    """Whether a room has exactly one member of some declared group."""
    return bool((declared[room].sum(axis=0) == 1).any())
