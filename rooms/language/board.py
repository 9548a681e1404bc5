"""What the console shows beyond what everybody sees: the board, and on it the round that comes next."""

from rooms.language.cards import BoardPerson, BoardRoom, FeedLine, GivenUp, Reason, ReportLine
from rooms.language.ids import AttendeeId
from rooms.language.message import Value

Two = tuple[AttendeeId, AttendeeId]


class Mixing(Value, frozen=True):
    """How far teams meet each other; counted are those whose team is known."""

    pairs: int = 0
    """Two in one room who both have a team."""
    across: int = 0
    """Those of them who are of two teams."""


class Repeat(Value, frozen=True):
    """Two in one room who met before in this event."""

    members: Two
    rounds: tuple[int, ...]
    """Among all rounds held, from 1."""


class NextRoom(Value, frozen=True):
    """One room of the next round."""

    number: int
    """As it will be called if nothing changes any more."""
    people: tuple[AttendeeId, ...]
    reasons: tuple[Reason, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    pinned: bool = False


class NextRound(Value, frozen=True):
    """The round that comes next, as far as it is known; its rooms stand beside it."""

    round: int = 0
    """Of its part of the programme; 0 when none follows."""
    rooms: int = 0
    """How many there are: a row with a higher number is no longer one."""
    making: bool = False
    """The matcher's answer is awaited."""
    made: bool = False
    shown: bool = False
    """People see whom they meet."""
    sits_out: tuple[Reason, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
    mixing: Mixing = Mixing()
    excluded: tuple[AttendeeId, ...] = ()
    """Who sits out by a host's word."""
    redo: int = 0
    """Which chance it is made with."""


class Board(Value, frozen=True):
    """Everything the console shows beyond what everybody sees."""

    people: tuple[BoardPerson, ...] = ()
    rooms: tuple[BoardRoom, ...] = ()
    feed: tuple[FeedLine, ...] = ()
    reports: tuple[ReportLine, ...] = ()
    connections_made: int = 0
    organisers: tuple[str, ...] = ()
    """Names of the organisers who have the console open."""
    next: NextRound = NextRound()
    next_rooms: tuple[NextRoom, ...] = ()
    apart: tuple[Two, ...] = ()
    """Who must not share a room; whose wish it is, is not said."""
    nevers: tuple[Two, ...] = ()
    """Those of them whom a host keeps apart, and may let meet again."""
