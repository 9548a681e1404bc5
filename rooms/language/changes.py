"""What was decided: facts in the past tense, kept in the journal. `rooms.event.evolve` folds them into the state."""

from typing import Literal

from rooms.language import changes_said as said
from rooms.language import changes_steered as steered
from rooms.language.agenda import Plan
from rooms.language.cards import Card, Clock, GivenUp, Prompt, Reason, Traits
from rooms.language.ids import AttendeeId, ConnectionId, Instant, OrganiserId, RoomId
from rooms.language.message import Message, Value
from rooms.language.orders import Cause


class PlanChanged(Message, frozen=True, tag="plan.changed"):
    """The plan is now this one."""

    plan: Plan


class EventOpened(Message, frozen=True, tag="event.opened"):
    """The doors are open."""


class SegmentBegun(Message, frozen=True, tag="segment.begun"):
    """The agenda has come to this part; a waiting part has its clock with it."""

    index: int
    clock: Clock | None


class EventEnded(Message, frozen=True, tag="event.ended"):
    """It is over; nothing but reading is possible from here on."""


class AttendeeArrived(Message, frozen=True, tag="attendee.arrived"):
    """Somebody is here, for the first time or again, through this connection and no other."""

    card: Card
    connection: ConnectionId
    traits: Traits = Traits()


class AttendeeGone(Message, frozen=True, tag="attendee.gone"):
    """The last connection is lost; a seat is kept for a while unless the person meant to go."""

    attendee: AttendeeId
    meant: bool


class AttendeeLost(Message, frozen=True, tag="attendee.lost"):
    """Somebody stayed away longer than a seat is kept and is no longer counted as present."""

    attendee: AttendeeId


class CardChanged(Message, frozen=True, tag="card.changed"):
    """Somebody's card is now this one."""

    card: Card
    traits: Traits = Traits()


class OrganiserArrived(Message, frozen=True, tag="organiser.arrived"):
    """An organiser watches through this connection."""

    organiser: OrganiserId
    name: str
    connection: ConnectionId


class OrganiserGone(Message, frozen=True, tag="organiser.gone"):
    """That connection watches no longer."""

    connection: ConnectionId


class ReadinessChanged(Message, frozen=True, tag="readiness.changed"):
    """Somebody wants to be matched, or not."""

    attendee: AttendeeId
    ready: bool


class MatchWanted(Message, frozen=True, tag="match.wanted"):
    """The conductor is to find matches beside the loop and come back with `match.found`."""

    request: int
    """Rises with each request of this event; only the answer to the last one counts."""


class FormingBegun(Message, frozen=True, tag="forming.begun"):
    """The next round is being made; it opens when this clock is over."""

    segment: int
    """The part of the agenda which that round belongs to."""
    clock: Clock


class FormingCancelled(Message, frozen=True, tag="forming.cancelled"):
    """Undone: back to where we were, waiting with this clock."""

    clock: Clock | None


class PeopleAwaited(Message, frozen=True, tag="people.awaited"):
    """The time for a round has come but fewer than two are ready: it begins as soon as two are."""


class MatchMade(Message, frozen=True, tag="match.made"):
    """Who is to meet in the next round; not yet seated, and shown to people only when the round is close."""

    request: int
    matches: tuple[tuple[AttendeeId, ...], ...]
    reasons: tuple[Reason, ...]
    sits_out: tuple[Reason, ...]
    given_up: tuple[GivenUp, ...] = ()


class NewRoom(Value, frozen=True):
    """A room as it is opened."""

    id: RoomId
    number: int
    people: tuple[AttendeeId, ...]
    reasons: tuple[Reason, ...]
    prompt: Prompt | None


class RoundOpened(Message, frozen=True, tag="round.opened"):
    """The round runs: these rooms, these without one, this clock."""

    segment: int
    """The part of the agenda which it belongs to."""
    round: int
    """Of this segment, from 1."""
    rooms: tuple[NewRoom, ...]
    sits_out: tuple[Reason, ...]
    clock: Clock


class RoundEnded(Message, frozen=True, tag="round.ended"):
    """The round is over for every room that was not extended; changeover runs with this clock."""

    clock: Clock


class RoomOpened(Message, frozen=True, tag="room.opened"):
    """A room was opened in mid-round, for orphans, latecomers or by an organiser."""

    room: NewRoom
    clock: Clock


class RoomClosed(Message, frozen=True, tag="room.closed"):
    """The room is no more; `alone` when its last person was left without a partner."""

    room: RoomId
    alone: bool = False


class MeetingHeld(Message, frozen=True, tag="meeting.held"):
    """These people really were together: written when a room closes or somebody leaves it. Copied to SQL."""

    round: int
    """Rounds held in this event, so numbers never repeat over several segments."""
    room: RoomId
    number: int
    people: tuple[AttendeeId, ...]
    talked_ms: int


class SeatTaken(Message, frozen=True, tag="seat.taken"):
    """Somebody has sat down in the room given to them."""

    attendee: AttendeeId
    room: RoomId


class SeatGiven(Message, frozen=True, tag="seat.given"):
    """Somebody is added to an open room: moved, or late, or having accepted an offer."""

    attendee: AttendeeId
    room: RoomId
    reason: Reason


class SeatVacated(Message, frozen=True, tag="seat.vacated"):
    """Somebody has no seat any more: left, stayed away too long, moved, or was removed."""

    attendee: AttendeeId
    room: RoomId
    why: Literal["left", "moved", "lost", "removed"]
    """For the person and the console; the others are told only that somebody had to leave."""


class OfferMade(Message, frozen=True, tag="offer.made"):
    """Somebody without a partner may join this room; None withdraws the offer."""

    attendee: AttendeeId
    room: RoomId | None


class MatchPassed(Message, frozen=True, tag="match.passed"):
    """Two people are kept apart for this round; a new match is wanted."""

    attendee: AttendeeId
    others: tuple[AttendeeId, ...]


class ClockChanged(Message, frozen=True, tag="clock.changed"):
    """The clock of this phase is now this one; None waits for a word."""

    clock: Clock | None


class RoomClockChanged(Message, frozen=True, tag="room.clock_changed"):
    """The clock of one room is now this one."""

    room: RoomId
    clock: Clock
    extended: bool


class EventPaused(Message, frozen=True, tag="event.paused"):
    """All clocks stand; each keeps what it had left."""


class EventResumed(Message, frozen=True, tag="event.resumed"):
    """All clocks run on from what they had left."""


AttendeeReadmitted = said.AttendeeReadmitted
AttendeeRemoved = said.AttendeeRemoved
BroadcastSent = said.BroadcastSent
ChatSaid = said.ChatSaid
ConnectionMade = said.ConnectionMade
FeedAdded = said.FeedAdded
HelpAsked = said.HelpAsked
HelpSettled = said.HelpSettled
MediaTold = said.MediaTold
MeetingsRecalled = said.MeetingsRecalled
MinuteAsked = said.MinuteAsked
PeopleKeptApart = said.PeopleKeptApart
PromptTurned = said.PromptTurned
ReactionSent = said.ReactionSent
ReportClosed = said.ReportClosed
ReportFiled = said.ReportFiled

AttendeeExcluded = steered.AttendeeExcluded
ChanceChanged = steered.ChanceChanged
PeopleParted = steered.PeopleParted
PlacesSwapped = steered.PlacesSwapped
RoomPinned = steered.RoomPinned

Change = (
    PlanChanged
    | EventOpened
    | SegmentBegun
    | EventEnded
    | AttendeeArrived
    | AttendeeGone
    | AttendeeLost
    | CardChanged
    | OrganiserArrived
    | OrganiserGone
    | ReadinessChanged
    | MatchWanted
    | FormingBegun
    | FormingCancelled
    | PeopleAwaited
    | MatchMade
    | RoundOpened
    | RoundEnded
    | RoomOpened
    | RoomClosed
    | MeetingHeld
    | SeatTaken
    | SeatGiven
    | SeatVacated
    | OfferMade
    | MatchPassed
    | ClockChanged
    | RoomClockChanged
    | EventPaused
    | EventResumed
    | MinuteAsked
    | PromptTurned
    | ChatSaid
    | ReactionSent
    | MediaTold
    | HelpAsked
    | HelpSettled
    | BroadcastSent
    | AttendeeRemoved
    | AttendeeReadmitted
    | PeopleKeptApart
    | MeetingsRecalled
    | ReportFiled
    | ReportClosed
    | ConnectionMade
    | FeedAdded
    | RoomPinned
    | PlacesSwapped
    | AttendeeExcluded
    | ChanceChanged
    | PeopleParted
)


class Entry(Value, frozen=True):
    """A change in the journal."""

    seq: int
    """Rises by one with each change of the event."""
    at: Instant
    """The instant of the order that caused it."""
    change: Change
    cause: Cause | None = None
    """On the first change an order led to; None on the others and for errands."""
