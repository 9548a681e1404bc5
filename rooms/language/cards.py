"""What people may know of each other, and of a place: the parts of which notices are made."""

from typing import Annotated, Literal

from msgspec import Meta

from rooms.language.ids import AttendeeId, ConnectionId, Instant, RoomId
from rooms.language.limits import (
    CHAT_CHARS,
    EARLIER_MEETINGS,
    LIST_ITEMS,
    LONG_TEXT_CHARS,
    NAME_CHARS,
    SHORT_TEXT_CHARS,
)
from rooms.language.message import Value

Name = Annotated[str, Meta(min_length=1, max_length=NAME_CHARS)]
Line = Annotated[str, Meta(max_length=SHORT_TEXT_CHARS)]
Text = Annotated[str, Meta(max_length=LONG_TEXT_CHARS)]
Lines = Annotated[tuple[Line, ...], Meta(max_length=LIST_ITEMS)]
EventsAgo = Annotated[int, Meta(ge=1)]
"""Which earlier event of a series: 1 is the last one before this."""
EarlierMeetings = Annotated[tuple[tuple[AttendeeId, EventsAgo], ...], Meta(max_length=EARLIER_MEETINGS)]
"""Whom somebody met at earlier events of the series, by their ids at this event, each with the latest time."""


class Card(Value, frozen=True):
    """What one attendee shows to everybody else. Contact fields are never here."""

    id: AttendeeId
    name: Name
    pronouns: Line = ""
    said: Line = ""
    """How the name is pronounced: `mah-TEH-oh KEES-peh`."""
    team: Line = ""
    headline: Line = ""
    place: Line = ""
    timezone: Line = ""
    """IANA name, so that a partner can be told what time it is there; empty when not given."""
    interests: Lines = ()
    ask_me: Text = ""
    looking_for: Lines = ()
    offering: Lines = ()
    languages: Lines = ()
    audio_only: bool = False
    text_first: bool = False
    groups_only: bool = False


class Traits(Value, frozen=True):
    """What the matcher knows of somebody beyond their card. Never in a notice, a log or another person's file."""

    role: Line = ""
    """The part somebody has in the evening, such as mentor; at most one."""
    groups: Lines = ()
    """Groups that somebody is in, so that nobody is the only one of theirs at a table."""
    language_required: bool = False
    """Cannot talk to somebody who shares no language."""

    def __repr__(self) -> str:
        """Tells nothing: representations end in logs and tracebacks."""
        return "Traits(private)"


class Reason(Value, frozen=True):
    """Why these people meet, or why somebody sits out; a code with its particulars."""

    code: Literal[
        "shared_interest",
        "offer_meets_wish",
        "other_team",
        "first_time",
        "again",
        "latecomer",
        "alone",
        "odd_number",
        "not_enough_people",
        "kept_apart",
        "own_wish",
        "not_connected",
        "moved",
        "next_round",
        "must_meet",
        "pinned",
        "companion",
        "repeat",
        "rule",
        "host_wish",
    ]
    members: tuple[AttendeeId, ...] = ()
    what: tuple[str, ...] = ()
    """What is shared or named; for `rule` the rule's name."""


class GivenUp(Value, frozen=True):
    """One rule that could not be kept for these people."""

    rule: str
    """`repeat`, `room_size`, or the rule's name: `must_differ:team`."""
    members: tuple[AttendeeId, ...]
    because: str
    """One sentence without a full stop: `only one team is present`."""


class Clock(Value, frozen=True):
    """A length of time that runs, or stands while paused."""

    length_ms: int
    ends_at: Instant | None = None
    """None while paused."""
    left_ms: int | None = None
    """What is left while paused; None while it runs."""


Presence = Literal["coming", "here", "reconnecting", "left"]


class RoomPerson(Value, frozen=True):
    """One seat of a room as the others in it see it."""

    card: Card
    presence: Presence = "coming"
    connection: ConnectionId | None = None
    """Changes when the person comes back by another tab: time to build a new peer connection."""
    microphone: bool = True
    camera: bool = True


class Prompt(Value, frozen=True):
    """The card on the table, the same for everyone in the room."""

    deck: str
    text: str
    turned_at: Instant
    turned_by: AttendeeId | None = None


class ChatLine(Value, frozen=True):
    """One line of chat. `room` is None in the lobby."""

    id: int
    at: Instant
    by: str
    name: Name
    text: Annotated[str, Meta(max_length=CHAT_CHARS)]
    room: RoomId | None = None
    organiser: bool = False


class RoomView(Value, frozen=True):
    """A room as those who sit in it see it; the same bytes for all of them."""

    id: RoomId
    number: int
    round: int
    """Rounds held in this event so far, this one included; signals are checked against it."""
    people: tuple[RoomPerson, ...]
    clock: Clock
    reasons: tuple[Reason, ...] = ()
    prompt: Prompt | None = None
    minute_asked_by: tuple[AttendeeId, ...] = ()
    minute_possible: bool = False
    extended: bool = False
    chat: tuple[ChatLine, ...] = ()


class Offer(Value, frozen=True):
    """A place that somebody without a partner may take."""

    room: RoomId
    names: tuple[str, ...]


class Next(Value, frozen=True):
    """Whom one attendee meets next, or why nobody."""

    round: int
    starts_at: Instant | None
    people: tuple[Card, ...] = ()
    reasons: tuple[Reason, ...] = ()
    sits_out: Reason | None = None


class Me(Value, frozen=True):
    """What one attendee is told of themselves."""

    card: Card
    ready: bool = False
    sat_out: int = 0
    without_room: Reason | None = None
    """Why there is no room for them while others talk."""
    offer: Offer | None = None
    help_asked: bool = False


class RosterRow(Value, frozen=True):
    """One person of the lobby's list."""

    id: AttendeeId
    name: Name
    pronouns: Line = ""
    team: Line = ""
    headline: Line = ""
    ready: bool = False
    presence: Presence = "here"
    talking: bool = False


class SegmentView(Value, frozen=True):
    """One part of the agenda with the time at which it begins, as things stand now."""

    kind: Literal["lobby", "rounds", "break", "closing"]
    title: str
    starts_at: Instant | None
    length_ms: int
    rounds: int = 0
    size: int = 0
    round_length_ms: int = 0
    changeover_ms: int = 0
    hint: str = ""


Phase = Literal["draft", "lobby", "forming", "talking", "changeover", "closing", "ended"]


class EventView(Value, frozen=True):
    """Where the event stands; the same for everybody."""

    id: str
    name: str
    phase: Phase
    segment: int
    """Index into `agenda`."""
    agenda: tuple[SegmentView, ...]
    round: int = 0
    """Of this segment, from 1; in forming and changeover the one that just ran, 0 before the first."""
    rounds: int = 0
    clock: Clock | None = None
    """Of this phase; None when it waits for a word."""
    paused: bool = False
    behind_ms: int = 0
    """How much later than planned we are."""
    waiting_for_people: bool = False
    """The time has come but fewer than two are ready."""


class BoardPerson(Value, frozen=True):
    """One attendee as organisers see them."""

    id: AttendeeId
    name: Name
    team: Line = ""
    presence: Presence = "here"
    ready: bool = False
    room: RoomId | None = None
    why: Reason | None = None
    """Why there is no room, while others talk."""
    health: Annotated[int, Meta(ge=0, le=3)] | None = None
    """3 good, 2 fair, 1 weak, 0 nothing gets through; None when unknown."""
    microphone: bool = True
    camera: bool = True
    arrived_at: Instant = Instant(0)
    gone_since: Instant | None = None
    help_text: str | None = None
    help_at: Instant | None = None
    removed: bool = False


class BoardRoom(Value, frozen=True):
    """One open room as organisers see it."""

    id: RoomId
    number: int
    people: tuple[AttendeeId, ...]
    clock: Clock
    extended: bool = False


FeedKind = Literal[
    "arrived",
    "left",
    "returned",
    "round_started",
    "round_ended",
    "paused",
    "resumed",
    "extended",
    "room_extended",
    "moved",
    "alone",
    "joined_late",
    "help",
    "help_answered",
    "report",
    "removed",
    "broadcast",
    "connection",
    "event_opened",
    "event_ended",
    "segment",
    "media_failed",
    "swapped",
    "excluded",
    "included",
    "parted",
    "unparted",
    "redone",
]


class FeedLine(Value, frozen=True):
    """One fact for the activity feed; the console makes the sentence."""

    id: int
    at: Instant
    kind: FeedKind
    names: tuple[str, ...] = ()
    room: int | None = None
    text: str = ""


class ReportLine(Value, frozen=True):
    """One report, for the top of "needs you"."""

    id: int
    at: Instant
    by: str
    about: str
    room: int | None
    kind: str
    text: str
    done: bool = False
