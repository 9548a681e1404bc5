"""Who meets whom, in words: the rules an organiser may set, and how strictly each is meant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from rooms.language.agenda import RoundsSegment, Segment
from rooms.language.limits import ROOM_SEATS
from rooms.language.rules import Anchor, Complementary, Mix, MustDiffer, MustShare, NoToken, Quota, Rule

PAIR = 2


@dataclass(frozen=True)
class RuleKind:
    """One rule as organisers know it."""

    name: str
    sentence: str
    """What it does, for somebody who has never set one."""
    icon: str
    asks: tuple[str, ...] = ()
    """Fields it has of its own."""
    strict: bool = True
    """Whether it can be more than a wish."""


RULE_KINDS: dict[str, RuleKind] = {
    "teams": RuleKind("Different teams", "People meet others from outside their own team.", "shuffle"),
    "mentor": RuleKind(
        "Mentor with mentee",
        "In each pair one has the first role and one the second. Where there are fewer of one, the others take turns.",
        "sprout",
        ("value", "other"),
    ),
    "language": RuleKind("A shared language", "Everybody in a room has a language in common.", "languages"),
    "interest": RuleKind("A shared interest", "Everybody in a room has an interest in common.", "sparkles"),
    "own_team": RuleKind("Within one’s own team", "Everybody in a room is of the same team.", "users-round"),
    "each_room": RuleKind(
        "A host in each room",
        "So many people of a role in every room, as far as there are enough of them.",
        "user-round-check",
        ("value", "count"),
    ),
    "anchor": RuleKind(
        "Hosts stay, guests move on",
        "Everybody of a role has a room of their own. The others visit, and nobody visits the same host twice.",
        "door-open",
        ("value",),
    ),
    "not_alone": RuleKind(
        "Nobody alone of a group",
        "No room has just one member of a group. Group tags are shown to nobody, and this is a wish: it costs no seat.",
        "heart-handshake",
        ("groups",),
        strict=False,
    ),
}
KEPT = "kept"
"""A rule that these words cannot say; it stays as it is until somebody removes it."""
STRICTNESS = {
    "off": "No matter",
    "nice": "If possible",
    "relax": "Always, unless somebody would sit out",
    "sit_out": "Always, people sit out rather",
}
COUNTS = {"least": "One or more", "one": "Just one", "most": "One at most"}
_COUNTED = {"least": (1, ROOM_SEATS), "one": (1, 1), "most": (0, 1)}
_SHARED: dict[str, Literal["languages", "interests", "team"]] = {
    "language": "languages",
    "interest": "interests",
    "own_team": "team",
}
LABELS = {
    "mentor": ("First role", "Second role"),
    "each_room": ("Role", ""),
    "anchor": ("Role of the hosts", ""),
}
BEGINNINGS = {
    "mentor": {"value": "mentor", "other": "mentee"},
    "each_room": {"value": "host"},
    "anchor": {"value": "host"},
}
"""What the fields say when somebody adds such a rule."""


@dataclass(frozen=True)
class Tables:
    """What some rules must know of the part they are in."""

    size: int
    odd: str

    @property
    def visitors(self) -> int:
        """The most people who can be with a host."""
        return self.size - 1 + (self.odd == "trio" or self.size > PAIR)


USUAL_TABLES = Tables(PAIR, "trio")
"""Of a part that somebody has just added."""


def worded(rule: Rule) -> tuple[str, dict[str, str]]:
    """The kind of a rule and the fields that come nearest to it."""
    how = "nice" if rule.hardness == "soft" else getattr(rule, "on_infeasible", "relax")
    match rule:
        case Mix() | MustDiffer():
            return "teams", {"how": how}
        case MustShare(attr=attr):
            kind = next((kind for kind, shared in _SHARED.items() if shared == attr), KEPT)
            return kind, {"how": how}
        case Complementary(values=(value, other)):
            return "mentor", {"how": how, "value": value, "other": other}
        case Quota(value=value, min=least, max=most):
            count = next((count for count, range_ in _COUNTED.items() if range_ == (least, most)), "least")
            return "each_room", {"how": how, "value": value, "count": count}
        case Anchor(value=value):
            return "anchor", {"how": how, "value": value}
        case NoToken(values=groups):
            return "not_alone", {"how": "nice", "groups": ", ".join(groups)}
        case _:
            return KEPT, {}


def made(kind: str, values: dict[str, str], tables: Tables) -> Rule:
    """The rule that such fields mean."""
    how, value = values.get("how", "nice"), values.get("value", "")
    strict: dict[str, Any] = {"hardness": "soft"} if how == "nice" else {"on_infeasible": how}
    match kind:
        case "teams":
            return Mix(attr="team") if how == "nice" else MustDiffer(attr="team", **strict)
        case "mentor":
            return Complementary(attr="role", values=(value, values.get("other", "")), **strict)
        case "each_room":
            least, most = _COUNTED[values.get("count", "least")]
            return Quota(attr="role", value=value, min=least, max=most, **strict)
        case "anchor":
            return Anchor(attr="role", value=value, visitors_max=tables.visitors, **strict)
        case "not_alone":
            return NoToken(values=words(values.get("groups", "")))
        case _:
            return MustShare(attr=_SHARED[kind], **strict)


def words(text: str) -> tuple[str, ...]:
    """Words with commas between them, each once."""
    return tuple(dict.fromkeys(word for part in re.split(r"[,;]", text) if (word := part.strip())))


def roles_in(agenda: Iterable[Segment]) -> list[str]:
    """The roles that rules of an agenda speak of, each once."""
    return list(dict.fromkeys(role for rule in _rules_in(agenda) for role in _roles_of(rule)))


def chosen_roles(agenda: Iterable[Segment]) -> list[str]:
    """The roles that guests may choose themselves: the two sides of a pair. Who is a host, organisers say."""
    sides = [rule for rule in _rules_in(agenda) if isinstance(rule, Complementary)]
    return list(dict.fromkeys(role for rule in sides for role in _roles_of(rule)))


def groups_in(agenda: Iterable[Segment]) -> list[str]:
    """The groups that are named so that nobody is alone of one."""
    named = [rule.values for rule in _rules_in(agenda) if isinstance(rule, NoToken)]
    return list(dict.fromkeys(group for groups in named for group in groups))


def _rules_in(agenda: Iterable[Segment]) -> list[Rule]:
    return [rule for segment in agenda if isinstance(segment, RoundsSegment) for rule in segment.rules]


def _roles_of(rule: Rule) -> tuple[str, ...]:
    if isinstance(rule, Complementary) and rule.attr == "role":
        return rule.values
    return (rule.value,) if isinstance(rule, Quota | Anchor) and rule.attr == "role" else ()
