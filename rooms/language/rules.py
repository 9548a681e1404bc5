"""Rules and weights of matching as data: what an organiser asks for, in the order in which it counts."""

from typing import Annotated, Literal

from msgspec import Meta

from rooms.language.ids import AttendeeId
from rooms.language.limits import ROOM_SEATS, SHORT_TEXT_CHARS
from rooms.language.message import Value

Attribute = Literal["team", "role", "groups", "interests", "looking_for", "offering", "languages"]
"""What rules may look at. `team` and `role` hold one value, the others several."""
Named = Annotated[str, Meta(min_length=1, max_length=SHORT_TEXT_CHARS)]
RuleWeight = Annotated[float, Meta(ge=0.0, le=10.0)]
"""How much a soft rule counts for each pair it is broken for; two people who share all interests are worth 0.45."""
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Count = Annotated[int, Meta(ge=0, le=ROOM_SEATS)]
Hardness = Literal["hard", "soft"]
OnInfeasible = Literal["relax", "sit_out"]
"""What gives when a hard rule cannot be kept: the rule, or the seat."""
Two = tuple[AttendeeId, AttendeeId]

RULES = 12
"""Rules one part of an agenda may have: more than anybody can weigh against each other."""


class MustDiffer(Value, frozen=True, tag_field="type", tag="must_differ", rename=None):
    """No two in a room share the value; who has none shares with nobody."""

    attr: Attribute
    hardness: Hardness = "hard"
    weight: RuleWeight = 1.0
    on_infeasible: OnInfeasible = "relax"


class Complementary(Value, frozen=True, tag_field="type", tag="complementary", rename=None):
    """Every pair in the room has one of each value."""

    attr: Attribute
    values: tuple[Named, Named]
    hardness: Hardness = "hard"
    weight: RuleWeight = 1.0
    on_infeasible: OnInfeasible = "relax"


class MustShare(Value, frozen=True, tag_field="type", tag="must_share", rename=None):
    """All in a room have a value in common."""

    attr: Attribute
    hardness: Hardness = "hard"
    weight: RuleWeight = 1.0
    on_infeasible: OnInfeasible = "relax"


class Quota(Value, frozen=True, tag_field="type", tag="quota", rename=None):
    """Each room has from `min` to `max` people with the value."""

    attr: Attribute
    value: Named
    min: Count = 0
    max: Count = ROOM_SEATS
    hardness: Hardness = "hard"
    weight: RuleWeight = 1.0
    on_infeasible: OnInfeasible = "relax"


class Anchor(Value, frozen=True, tag_field="type", tag="anchor", rename=None):
    """Each person with the value has a room of their own with so many visitors; nobody visits the same one twice."""

    attr: Attribute
    value: Named
    visitors_min: Count = 1
    visitors_max: Count = ROOM_SEATS - 1
    hardness: Hardness = "hard"
    weight: RuleWeight = 1.0
    on_infeasible: OnInfeasible = "relax"


class MustLink(Value, frozen=True, tag_field="type", tag="must_link", rename=None):
    """These pairs are together in that round."""

    round: Annotated[int, Meta(ge=1)]
    pairs: tuple[Two, ...]
    hardness: Hardness = "hard"
    weight: RuleWeight = 1.0
    on_infeasible: OnInfeasible = "relax"


class Mix(Value, frozen=True, tag_field="type", tag="mix", rename=None):
    """As many different values in a room as can be. A wish: `weight` for each pair that shares a value."""

    attr: Attribute
    hardness: Literal["soft"] = "soft"
    weight: RuleWeight = 0.3


class Companion(Value, frozen=True, tag_field="type", tag="companion", rename=None):
    """The second accompanies the first: same room, and takes no place."""

    pairs: tuple[Two, ...]
    hardness: Literal["hard"] = "hard"


class NoToken(Value, frozen=True, tag_field="type", tag="no_token", rename=None):
    """A room does not have exactly one member of a declared group. A wish: `weight` a room."""

    attr: Attribute = "groups"
    values: tuple[Named, ...] = ()
    """The declared groups; empty means every value of the attribute."""
    hardness: Literal["soft"] = "soft"
    weight: RuleWeight = 0.3


Rule = MustDiffer | Complementary | MustShare | Quota | Anchor | MustLink | Mix | Companion | NoToken


def rule_name(rule: Rule) -> str:
    """How a rule is named where it is given up: `must_differ:team`, `must_link`."""
    kind = str(rule.__struct_config__.tag)
    attr = getattr(rule, "attr", None)
    return f"{kind}:{attr}" if attr else kind


class Weights(Value, frozen=True):
    """What two are worth to each other: interests × cosine + wishes × min(2, wishes met) + language if shared."""

    interests: Share = 0.45
    wishes: Share = 0.225
    language: Share = 0.10
    fairness: Annotated[float, Meta(ge=0.0, le=4.0)] = 1.0
    """How much more a person counts who fared worse than the average so far; above 4 it destroys more than it gives."""
