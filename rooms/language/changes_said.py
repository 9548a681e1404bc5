"""What was decided about things said and shown, help, safety and connections; a part of `rooms.language.changes`."""

from rooms.language.cards import ChatLine, EarlierMeetings, FeedLine, Prompt
from rooms.language.ids import AttendeeId, RoomId
from rooms.language.message import Message


class MinuteAsked(Message, frozen=True, tag="minute.asked"):
    """Somebody wants one more minute, or no longer."""

    attendee: AttendeeId
    room: RoomId
    wanted: bool


class PromptTurned(Message, frozen=True, tag="prompt.turned"):
    """Another card is on the table."""

    room: RoomId
    prompt: Prompt


class ChatSaid(Message, frozen=True, tag="chat.said"):
    """A line of chat."""

    line: ChatLine


class ReactionSent(Message, frozen=True, tag="reaction.sent"):
    """A sign of feeling in a room."""

    attendee: AttendeeId
    room: RoomId
    kind: str


class MediaTold(Message, frozen=True, tag="media.told"):
    """How somebody's microphone, camera and connection are."""

    attendee: AttendeeId
    microphone: bool
    camera: bool
    health: int | None


class HelpAsked(Message, frozen=True, tag="help.asked"):
    """Somebody asks for an organiser."""

    attendee: AttendeeId
    text: str


class HelpSettled(Message, frozen=True, tag="help.settled"):
    """Nobody needs to come any more."""

    attendee: AttendeeId
    by_organiser: bool


class BroadcastSent(Message, frozen=True, tag="broadcast.sent"):
    """A banner for everybody or one room."""

    text: str
    room: RoomId | None
    name: str


class AttendeeRemoved(Message, frozen=True, tag="attendee.removed"):
    """Out, by an organiser. Copied to SQL."""

    attendee: AttendeeId
    ban: bool


class AttendeeReadmitted(Message, frozen=True, tag="attendee.readmitted"):
    """Welcome again. Copied to SQL."""

    attendee: AttendeeId


class PeopleKeptApart(Message, frozen=True, tag="people.kept_apart"):
    """These pairs are never matched again."""

    pairs: tuple[tuple[AttendeeId, AttendeeId], ...]


class MeetingsRecalled(Message, frozen=True, tag="meetings.recalled"):
    """Whom of those here somebody met at earlier events of the series: these, and nobody else."""

    attendee: AttendeeId
    met: EarlierMeetings


class ReportFiled(Message, frozen=True, tag="report.filed"):
    """Somebody reported somebody; it is kept in SQL already."""

    by: AttendeeId
    about: AttendeeId
    room: RoomId | None
    kind: str
    text: str


class ReportClosed(Message, frozen=True, tag="report.closed"):
    """An organiser has looked into it."""

    report: int


class ConnectionMade(Message, frozen=True, tag="connection.made"):
    """Two people said yes to each other."""

    one: AttendeeId
    other: AttendeeId


class FeedAdded(Message, frozen=True, tag="feed.added"):
    """A line for the console's activity feed."""

    line: FeedLine
