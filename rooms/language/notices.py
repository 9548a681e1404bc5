"""What one browser is told. Each notice replaces one slice of what the page knows, so applying it twice does no harm.

Envelope: `type`, the fields, and `seq` (the journal number it came from, 0 when it came from none).
"""

from typing import Literal

from rooms.language.board import Board, NextRoom, NextRound, Two
from rooms.language.cards import (
    BoardPerson,
    BoardRoom,
    ChatLine,
    EventView,
    FeedLine,
    Me,
    Next,
    ReportLine,
    RoomView,
    RosterRow,
)
from rooms.language.ids import AttendeeId, Instant, RoomId
from rooms.language.message import Message, Value
from rooms.language.refusals import Refusal


class Snapshot(Value, frozen=True):
    """Everything one viewer may know: the first picture, the way to catch up, what tests assert on."""

    seq: int
    now: Instant
    """The server's clock when this was made."""
    event: EventView
    roster: tuple[RosterRow, ...]
    """Newest first, at most `ROSTER_ROWS`."""
    present: int
    """How many people are here, whole."""
    ready: int
    chat: tuple[ChatLine, ...]
    """Lobby chat, oldest first."""
    me: Me | None = None
    """None for organisers."""
    room: RoomView | None = None
    next: Next | None = None
    board: Board | None = None
    """Organisers only."""


class Welcome(Message, frozen=True, tag="welcome"):
    """Answer to `hello`: start from this picture. Also sent to a reader that fell behind."""

    snapshot: Snapshot


class Resumed(Message, frozen=True, tag="resumed"):
    """Answer to `hello` when nothing was missed: go on as you are."""

    seq: int
    now: Instant


class Pulse(Message, frozen=True, tag="pulse"):
    """The line is alive, the clock reads this."""

    now: Instant
    seq: int


class Settled(Message, frozen=True, tag="settled"):
    """The command with this `ref` was carried out."""

    ref: int


class Refused(Message, frozen=True, tag="refused"):
    """The command with this `ref` was not carried out; nothing changed."""

    ref: int
    reason: Refusal
    sentence: str
    """For people: what is the matter and what to do."""


class EventChanged(Message, frozen=True, tag="event.changed"):
    """Where the event stands. Everyone."""

    event: EventView
    now: Instant
    seq: int


class RosterChanged(Message, frozen=True, tag="roster.changed"):
    """Some rows are new or different, some are gone. Everyone, at most four a second."""

    rows: tuple[RosterRow, ...]
    gone: tuple[AttendeeId, ...]
    present: int
    ready: int
    seq: int


class MeChanged(Message, frozen=True, tag="me.changed"):
    """What you are told of yourself. One person."""

    me: Me
    seq: int


class NextChanged(Message, frozen=True, tag="next.changed"):
    """Whom you meet next; None when that is not known (any more). One person."""

    next: Next | None
    seq: int


class RoomChanged(Message, frozen=True, tag="room.changed"):
    """Your room, whole. A room with another id is another room. The people of one room."""

    room: RoomView
    now: Instant
    seq: int


class RoomLeft(Message, frozen=True, tag="room.left"):
    """You have no seat in that room any more. One person, or the people of one room when it closes."""

    room: RoomId
    why: Literal["round_ended", "left", "moved", "alone", "removed"]
    seq: int


class ChatHeard(Message, frozen=True, tag="chat.heard"):
    """A line of chat, in the lobby (everyone) or in your room."""

    line: ChatLine
    seq: int


class ReactionSeen(Message, frozen=True, tag="reaction.seen"):
    """Somebody in your room reacted."""

    attendee: AttendeeId
    room: RoomId
    kind: str
    seq: int


class BroadcastHeard(Message, frozen=True, tag="broadcast.heard"):
    """An organiser's banner."""

    text: str
    name: str
    seq: int


class ConnectionFound(Message, frozen=True, tag="connection.found"):
    """This person said yes too. The two of them."""

    attendee: AttendeeId
    name: str
    seq: int


class BoardChanged(Message, frozen=True, tag="board.changed"):
    """What differs on the console. Organisers. Rows replace rows with the same id."""

    seq: int
    now: Instant
    people: tuple[BoardPerson, ...] = ()
    rooms: tuple[BoardRoom, ...] = ()
    rooms_closed: tuple[RoomId, ...] = ()
    feed: tuple[FeedLine, ...] = ()
    reports: tuple[ReportLine, ...] = ()
    connections_made: int | None = None
    organisers: tuple[str, ...] | None = None
    next: NextRound | None = None
    next_rooms: tuple[NextRoom, ...] = ()
    """Rows replace rows with the same number."""
    apart: tuple[Two, ...] | None = None
    nevers: tuple[Two, ...] | None = None


Notice = (
    Welcome
    | Resumed
    | Pulse
    | Settled
    | Refused
    | EventChanged
    | RosterChanged
    | MeChanged
    | NextChanged
    | RoomChanged
    | RoomLeft
    | ChatHeard
    | ReactionSeen
    | BroadcastHeard
    | ConnectionFound
    | BoardChanged
)
