"""What each rule says of a whole room beyond its pairs."""

from rooms.language import rules as r
from rooms.matching.crowd import Crowd, Ints
from rooms.matching.past import Past
from rooms.matching.rule_pairs import declared_groups, has_lone_member, links


def room_broken(rule: r.Rule, crowd: Crowd, past: Past, room: Ints) -> int:
    """How often a room, as rows of the crowd, breaks the rule beyond what its pairs break; 0 when it keeps it."""
    match rule:
        case r.Quota():
            return int(not rule.min <= int(crowd.has(rule.attr, rule.value)[room].sum()) <= rule.max)
        case r.Anchor():
            anchors = int(crowd.has(rule.attr, rule.value)[room].sum())
            visitors = len(room) - anchors
            return int(anchors == 1 and not rule.visitors_min <= visitors <= rule.visitors_max)
        case r.MustLink():
            linked, table = links(rule, past)
            found = table.rows(room, room).sum(axis=1) if len(room) else room
            return int((linked[room] & (found == 0)).sum())
        case r.MustShare() if len(room) > 2:
            return int(_nothing_in_common(rule, crowd, room))
        case r.NoToken():
            return int(has_lone_member(declared_groups(rule, crowd), room))
        case _:
            return 0


def _nothing_in_common(rule: r.MustShare, crowd: Crowd, room: Ints) -> bool:
    """Whether no value is everybody's although each two have one in common."""
    members = crowd.members(rule.attr)[0][room]
    each_two = bool(((members @ members.T) > 0).all())
    return each_two and not bool((members.sum(axis=0) == len(room)).any())
