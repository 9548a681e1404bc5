"""What the platform asks of itself: orders in a union of their own that no browser can send."""

from rooms.language.agenda import Plan
from rooms.language.cards import Card, EarlierMeetings, GivenUp, Reason, Traits
from rooms.language.ids import AttendeeId, ConnectionId, OrganiserId
from rooms.language.message import Message


class PlanChange(Message, frozen=True, tag="plan.change"):
    """An organiser saved the event's name, time, capacity or agenda."""

    plan: Plan


class Arrive(Message, frozen=True, tag="attendee.arrive"):
    """An attendee's connection opened; an earlier one of theirs is superseded."""

    card: Card
    connection: ConnectionId
    traits: Traits = Traits()


class Depart(Message, frozen=True, tag="attendee.depart"):
    """An attendee's connection closed or its worker died."""

    attendee: AttendeeId
    connection: ConnectionId
    meant: bool = False
    """The person said goodbye, so no seat is kept."""


class ChangeCard(Message, frozen=True, tag="card.change"):
    """An attendee saved their profile."""

    card: Card
    traits: Traits = Traits()


class OrganiserArrive(Message, frozen=True, tag="organiser.arrive"):
    """An organiser opened the console."""

    organiser: OrganiserId
    name: str
    connection: ConnectionId


class OrganiserDepart(Message, frozen=True, tag="organiser.depart"):
    """An organiser's console closed."""

    connection: ConnectionId


class DeadlinePassed(Message, frozen=True, tag="deadline.passed"):
    """The instant that `agenda.next_deadline` named has come."""


class MatchFound(Message, frozen=True, tag="match.found"):
    """The matcher's answer for one round; void when the request has been overtaken."""

    request: int
    """The number of the `match.wanted` change that asked."""
    matches: tuple[tuple[AttendeeId, ...], ...]
    reasons: tuple[Reason, ...] = ()
    sits_out: tuple[Reason, ...] = ()
    """One reason a person, `members` holds that person."""
    given_up: tuple[GivenUp, ...] = ()
    """Rules that could not be kept, for whom and why."""


class KeepApart(Message, frozen=True, tag="people.keep_apart"):
    """Two people must never be matched again; who wished it is not said."""

    pairs: tuple[tuple[AttendeeId, AttendeeId], ...]


class RecallMeetings(Message, frozen=True, tag="meetings.recall"):
    """SQL knows whom somebody met at earlier events of the series: these are all; none once they are forgotten."""

    attendee: AttendeeId
    met: EarlierMeetings = ()


class FileReport(Message, frozen=True, tag="report.file"):
    """A report has been kept in SQL; tell the organisers."""

    by: AttendeeId
    about: AttendeeId
    kind: str
    text: str


class MakeConnection(Message, frozen=True, tag="connection.make"):
    """Both said yes, and SQL has it."""

    one: AttendeeId
    other: AttendeeId


Errand = (
    PlanChange
    | Arrive
    | Depart
    | ChangeCard
    | OrganiserArrive
    | OrganiserDepart
    | DeadlinePassed
    | MatchFound
    | KeepApart
    | RecallMeetings
    | FileReport
    | MakeConnection
)
