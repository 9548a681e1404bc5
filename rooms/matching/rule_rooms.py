"""What each rule says of whole rooms beyond their pairs, for many rooms of one size at once."""

import numpy as np

from rooms.language import rules as r
from rooms.matching.crowd import Bools, Crowd, Ints
from rooms.matching.past import Past
from rooms.matching.rule_pairs import declared_groups, links


def asks_of_rooms(rule: r.Rule, size: int) -> bool:
    """Whether a rule can be broken by a room of this size although all its pairs keep it."""
    return isinstance(rule, r.Quota | r.Anchor | r.MustLink | r.NoToken) or (isinstance(rule, r.MustShare) and size > 2)


def room_broken(rule: r.Rule, crowd: Crowd, past: Past, room: Ints) -> int:
    """How often a room, as rows of the crowd, breaks the rule beyond what its pairs break; 0 when it keeps it."""
    return int(rooms_broken(rule, crowd, past, room[None, :])[0])


def rooms_broken(rule: r.Rule, crowd: Crowd, past: Past, rooms: Ints) -> Ints:
    """The same for many rooms: shape (rooms, people in each) in, (rooms,) out."""
    match rule:
        case r.Quota():
            having = _having(rule, crowd, rooms)
            return _ones((having < rule.min) | (having > rule.max))
        case r.Anchor():
            anchors = _having(rule, crowd, rooms)
            visitors = rooms.shape[1] - anchors
            unfit = (visitors < rule.visitors_min) | (visitors > rule.visitors_max)
            return _ones((anchors == 1) & unfit)
        case r.MustLink():
            return _torn(rule, past, rooms)
        case r.MustShare() if rooms.shape[1] > 2:
            return _ones(_nothing_in_common(rule, crowd, rooms))
        case r.NoToken():
            lone = (declared_groups(rule, crowd)[rooms].sum(axis=1) == 1).any(axis=1)
            return _ones(lone)
        case _:
            return np.zeros(len(rooms), np.int64)


def _having(rule: r.Quota | r.Anchor, crowd: Crowd, rooms: Ints) -> Ints:
    """People in each room who have the rule's value."""
    found: Ints = crowd.has(rule.attr, rule.value)[rooms].sum(axis=1)
    return found


def _ones(broken: Bools) -> Ints:
    return broken.astype(np.int64)


def _torn(rule: r.MustLink, past: Past, rooms: Ints) -> Ints:
    """People in each room who have none of theirs with them."""
    linked, table = links(rule, past)
    together = table.of(rooms[:, :, None], rooms[:, None, :]) > 0
    found: Ints = (linked[rooms] & ~together.any(axis=2)).sum(axis=1)
    return found


def _nothing_in_common(rule: r.MustShare, crowd: Crowd, rooms: Ints) -> Bools:
    """Whether no value is everybody's although each two have one in common."""
    members = crowd.members(rule.attr)[0][rooms]
    each_two = (members @ members.transpose(0, 2, 1) > 0).all(axis=(1, 2))
    found: Bools = each_two & ~(members.sum(axis=1) == rooms.shape[1]).any(axis=1)
    return found
