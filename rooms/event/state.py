"""The event as the engine knows it: frozen values, replaced and never changed.

What grows with the crowd and changes one by one is a `Map`: the next one shares all but a few nodes with the one
before, where a dict of ten thousand would be copied whole for each arrival. A `Map` has no order; numbers give it.
"""

from itertools import combinations
from typing import Literal

from immutables import Map
from msgspec import field
from msgspec.structs import replace

from rooms.language.agenda import Plan, RoundsSegment, Segment
from rooms.language.board import Mixing
from rooms.language.cards import (
    Card,
    ChatLine,
    Clock,
    FeedLine,
    GivenUp,
    Phase,
    Presence,
    Prompt,
    Reason,
    ReportLine,
    Traits,
)
from rooms.language.ids import AttendeeId, ConnectionId, Instant, OrganiserId, RoomId
from rooms.language.message import Value

Pair = tuple[AttendeeId, AttendeeId]
"""Two people, the smaller id first."""
EARLIER_CONNECTIONS = 4
"""Connections remembered of each person, so that a late copy of an old arrival does not count."""


class Attendee(Value, frozen=True):
    """One person of the event."""

    card: Card
    number: int
    """Order of first arrival, from 1."""
    traits: Traits = Traits()
    """For the matcher alone."""
    connection: ConnectionId | None = None
    """The one that counts; None while gone."""
    earlier: tuple[ConnectionId, ...] = ()
    arrived_at: Instant = Instant(0)
    gone_since: Instant | None = None
    left: bool = False
    """Not expected back: went on purpose, or stayed away too long."""
    ready: bool = False
    sat_out: int = 0
    room: RoomId | None = None
    was_in: tuple[RoomId, ...] = ()
    """Rooms of this round that somebody had a seat in and left: they are still shown there."""
    without: Reason | None = None
    """Why there is no room in this round, where it is not plain from the rest."""
    offer: RoomId | None = None
    microphone: bool = True
    camera: bool = True
    health: int | None = None
    help_text: str | None = None
    help_at: Instant | None = None

    @property
    def id(self) -> AttendeeId:
        """Whose registration it is."""
        return self.card.id

    @property
    def role(self) -> str:
        """The part this person has in the evening; empty for none."""
        return self.traits.role

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups that this person is in. Told to nobody."""
        return self.traits.groups

    @property
    def language_required(self) -> bool:
        """Whether a room without a shared language is of no use to this person."""
        return self.traits.language_required

    @property
    def present(self) -> bool:
        """Connected, or gone for less time than a seat is kept."""
        return not self.left

    @property
    def presence(self) -> Presence:
        """As the lobby and the console say it."""
        if self.left:
            return "left"
        return "here" if self.connection is not None else "reconnecting"


class Seat(Value, frozen=True):
    """One place in a room."""

    taken_at: Instant | None = None
    """Since when the person sits there; None while on the way."""
    gone: Literal["", "left", "moved", "lost", "removed"] = ""
    """Why the person no longer sits there; empty while they do."""


class Room(Value, frozen=True):
    """One open room. Those who left stay listed, so that the others see who is missing."""

    id: RoomId
    number: int
    round: int
    seats: dict[AttendeeId, Seat]
    clock: Clock
    reasons: tuple[Reason, ...] = ()
    deck: str = "none"
    prompt: Prompt | None = None
    turns: int = 0
    minute_asked_by: tuple[AttendeeId, ...] = ()
    extended: bool = False
    chat: tuple[ChatLine, ...] = ()

    @property
    def people(self) -> tuple[AttendeeId, ...]:
        """Who holds a seat now."""
        return tuple(who for who, seat in self.seats.items() if not seat.gone)


class Lists(Value, frozen=True):
    """Who is what, found from the people and kept along with them, so that nobody looks through all of them."""

    willing: Map[AttendeeId, None] = Map()
    """Present and ready."""
    loose: Map[AttendeeId, None] = Map()
    """While a round runs: who could talk now but has nobody; not those who wished it so, or for whom a host did."""
    offered: frozenset[AttendeeId] = frozenset()
    """Who may join a room."""
    newest: tuple[AttendeeId, ...] = ()
    """Whom the lobby's list names, in the order in which they came first."""


class Formed(Value, frozen=True):
    """The matches for the next round, not yet seated."""

    matches: tuple[tuple[AttendeeId, ...], ...]
    reasons: tuple[tuple[Reason, ...], ...]
    """For each match."""
    place: dict[AttendeeId, int]
    """In which match somebody is."""
    sits_out: dict[AttendeeId, Reason]
    given_up: tuple[GivenUp, ...] = ()
    mixing: Mixing = Mixing()
    redo: int = 0
    """Which chance it was made with."""
    told: bool = False
    """Each has been shown whom they meet; before that only organisers see it."""


class Back(Value, frozen=True):
    """Where `round.cancel` leads."""

    segment: int
    round: int
    running: Segment | None
    clock: Clock | None


class Organiser(Value, frozen=True):
    """One open console."""

    id: OrganiserId
    name: str


class Event(Value, frozen=True):
    """Everything the rules know of one event."""

    plan: Plan
    seq: int = 0
    phase: Phase = "draft"
    segment: int = 0
    running: Segment | None = None
    """The part of the agenda that runs, as it was when it began; later edits count if the kind is the same."""
    begun: dict[int, Instant] = field(default_factory=dict)
    """When each part of the agenda began."""
    round: int = 0
    """Of this segment."""
    held: int = 0
    """Rounds opened in this event."""
    clock: Clock | None = None
    paused_at: Instant | None = None
    awaited_since: Instant | None = None
    """Since when a round waits for two ready people."""
    back: Back | None = None
    people: Map[AttendeeId, Attendee] = Map()
    lists: Lists = Lists()
    """Kept by `register`."""
    present: int = 0
    ready: int = 0
    """Present and ready."""
    away: Map[AttendeeId, Instant] = Map()
    """Who is expected back, and since when they are gone."""
    removed: frozenset[AttendeeId] = frozenset()
    organisers: dict[ConnectionId, Organiser] = field(default_factory=dict)
    rooms: Map[RoomId, Room] = Map()
    closed: dict[RoomId, tuple[AttendeeId, ...]] = field(default_factory=dict)
    """Who sat last in the rooms of this round that are closed: they still are told so."""
    opened: int = 0
    """Rooms opened in this round."""
    met: dict[AttendeeId, dict[AttendeeId, tuple[int, ...]]] = field(default_factory=dict)
    """The rounds in which two people were given seats together, by number among all rounds held."""
    known: dict[AttendeeId, dict[AttendeeId, int]] = field(default_factory=dict)
    """Who met at earlier events of the series, both ways round, and how many events ago; 1 is the last one."""
    blocked: frozenset[Pair] = frozenset()
    """Kept apart by the wish of one of the two."""
    nevers: frozenset[Pair] = frozenset()
    """Kept apart by an organiser."""
    apart: frozenset[Pair] = frozenset()
    """Both together: who must not share a room."""
    passed: frozenset[Pair] = frozenset()
    """Kept apart for the next round only."""
    request: int = 0
    asked_at: Instant | None = None
    """Since when the matcher's answer is awaited; None when it has come."""
    match: Formed | None = None
    pinned: tuple[tuple[AttendeeId, ...], ...] = ()
    """Rooms of the next round as an organiser has fixed them; nobody is in two. `pins` says what holds of them."""
    excluded: frozenset[AttendeeId] = frozenset()
    """Who sits out the next round by an organiser's word."""
    redo: int = 0
    """Which chance the next round is made with: 0, or what an organiser has asked for instead."""
    replaced: Formed | None = None
    """What another chance took the place of, for organisers who think better of it."""
    chat: tuple[ChatLine, ...] = ()
    lines: int = 0
    """Chat lines said so far, in all places."""
    feed: tuple[FeedLine, ...] = ()
    feed_lines: int = 0
    reports: tuple[ReportLine, ...] = ()
    connected: frozenset[Pair] = frozenset()
    done: tuple[str, ...] = ()
    """Commands carried out that must not be again (`Cause.once`), the newest last, at most `DONE_KEPT`."""

    @property
    def told(self) -> Formed | None:
        """The matches for the next round if people have been shown them."""
        return self.match if self.match is not None and self.match.told else None


def unsteered(event: Event) -> Event:
    """The event without anything decided about the next round: it has opened, or there is none."""
    return replace(event, match=None, pinned=(), excluded=frozenset(), redo=0, replaced=None)


def in_order(event: Event) -> list[Attendee]:
    """Everybody, who came first first."""
    return sorted(event.people.values(), key=lambda person: person.number)


def rooms_in_order(event: Event) -> list[Room]:
    """All open rooms, those of the round before first, then by number."""
    return sorted(event.rooms.values(), key=lambda room: (room.round, room.number))


def pair(one: AttendeeId, other: AttendeeId) -> Pair:
    """Two people in the order in which pairs are kept."""
    return (one, other) if one < other else (other, one)


def rounds_segment(event: Event) -> RoundsSegment | None:
    """The running part of the agenda if it is one of rounds."""
    return event.running if isinstance(event.running, RoundsSegment) else None


def pool(event: Event) -> list[AttendeeId]:
    """Who is to be matched, who came first first: present and ready, and not set aside by an organiser."""
    out, people = event.excluded, event.people
    return sorted((who for who in event.lists.willing if who not in out), key=lambda who: people[who].number)


def to_be_matched(event: Event, attendee: AttendeeId) -> bool:
    """Whether somebody is in the pool."""
    person = event.people.get(attendee)
    return person is not None and person.ready and not person.left and attendee not in event.excluded


def pool_size(event: Event) -> int:
    """How many are to be matched."""
    out = [event.people[who] for who in event.excluded if who in event.people]
    return event.ready - sum(person.ready and not person.left for person in out)


def pins(event: Event) -> tuple[tuple[AttendeeId, ...], ...]:
    """The fixed rooms of the next round as they hold now: of those who are to be matched, two at least, at peace."""
    if not event.pinned:
        return ()
    here = set(pool(event))
    rooms = (tuple(who for who in room if who in here) for room in event.pinned)
    return tuple(room for room in rooms if len(room) > 1 and peaceful(event, room))


def peaceful(event: Event, people: tuple[AttendeeId, ...]) -> bool:
    """Whether no two of these are kept apart, for good or for the next round."""
    forbidden = event.apart | event.passed if event.passed else event.apart
    return not any(pair(one, other) in forbidden for one, other in combinations(people, 2))


def kept_apart(event: Event, one: AttendeeId, other: AttendeeId) -> bool:
    """Whether two people must not share a room."""
    return pair(one, other) in event.apart


def fits(event: Event, attendee: AttendeeId, people: tuple[AttendeeId, ...]) -> bool:
    """Whether nobody among these people is kept apart from the attendee."""
    return not any(kept_apart(event, attendee, other) for other in people)


def room_people(event: Event, room: RoomId) -> tuple[AttendeeId, ...]:
    """Who sits in a room, or sat there when it closed in this round."""
    found = event.rooms.get(room)
    return found.people if found is not None else event.closed.get(room, ())
