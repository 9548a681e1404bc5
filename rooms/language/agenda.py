"""The agenda as data: what an organiser writes down and what the engine runs."""

from typing import Annotated, Literal

from msgspec import Meta

from rooms.language.ids import EventId, Instant
from rooms.language.limits import AGENDA_SEGMENTS, ROUNDS_PER_SEGMENT, SHORT_TEXT_CHARS
from rooms.language.message import Value
from rooms.language.rules import RULES, Mix, Rule, Weights

Title = Annotated[str, Meta(max_length=SHORT_TEXT_CHARS)]
WaitSeconds = Annotated[int, Meta(ge=10, le=6 * 3600)]


class LobbySegment(Value, frozen=True, tag_field="kind", tag="lobby"):
    """Doors are open: presence, chat, a countdown."""

    title: Title = "Doors open"
    length_s: WaitSeconds = 600
    hint: Title = ""


class RoundsSegment(Value, frozen=True, tag_field="kind", tag="rounds"):
    """Several rounds of the same size, one after the other."""

    title: Title = "Speed rounds"
    rounds: Annotated[int, Meta(ge=1, le=ROUNDS_PER_SEGMENT)] = 5
    length_s: Annotated[int, Meta(ge=10, le=3600)] = 240
    """How long people talk in each round."""
    changeover_s: Annotated[int, Meta(ge=3, le=120)] = 10
    """How long the answer to "stay in touch?" and the next partner's card are shown after each round."""
    size: Annotated[int, Meta(ge=2, le=4)] = 2
    odd: Literal["trio", "sit_out"] = "trio"
    """What happens to the odd one among pairs."""
    deck: Title = "openers"
    """Which prompt cards are on the table; `none` leaves it empty."""
    rules: Annotated[tuple[Rule, ...], Meta(max_length=RULES)] = (Mix(attr="team"),)
    """Who is to meet whom; the first counts most."""
    weights: Weights = Weights()
    """What two people are worth to each other where the rules leave a choice."""
    repeat: Literal["repeat_over_idle", "idle_over_repeat"] = "repeat_over_idle"
    """What comes first when somebody has met everybody they may meet: a seat, or nobody twice."""
    minute_more: bool = True
    """Whether people may agree on one more minute where the agenda has room."""


class BreakSegment(Value, frozen=True, tag_field="kind", tag="break"):
    """The lobby with a countdown and an optional hint."""

    title: Title = "Breather"
    length_s: WaitSeconds = 300
    hint: Title = ""


class ClosingSegment(Value, frozen=True, tag_field="kind", tag="closing"):
    """The end: the list of people met. The event ends when it is over."""

    title: Title = "Wrap-up"
    length_s: WaitSeconds = 300
    hint: Title = ""


Segment = LobbySegment | RoundsSegment | BreakSegment | ClosingSegment


class Plan(Value, frozen=True):
    """All that the engine must know of an event before anybody has come."""

    id: EventId
    name: Title
    starts_at: Instant
    """When the first segment begins by itself."""
    agenda: Annotated[tuple[Segment, ...], Meta(max_length=AGENDA_SEGMENTS)]
    capacity: int = 0
    """Most people at the same time; 0 means no limit of its own."""
    unattended: bool = True
    """Whether the agenda runs by the clock; otherwise each waiting segment ends by the organiser's word."""
    series_history: bool = False
    """Whether those who met at earlier events of the series meet others first."""
    version: int = 0
    """Rises with each edit, so that an old plan never replaces a newer one."""
