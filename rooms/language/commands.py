"""What a browser may ask for. A repeat after reconnecting does no harm: either it changes nothing, or it is known.

Who may ask and when stands in each docstring and is enforced by `rooms.event.decide`.
"""

from typing import Annotated, Literal

from msgspec import Meta

from rooms.language.cards import Text
from rooms.language.ids import AttendeeId, RoomId
from rooms.language.limits import CHAT_CHARS, REDO_MOST, ROOM_SEATS
from rooms.language.message import Message

ChatText = Annotated[str, Meta(min_length=1, max_length=CHAT_CHARS)]
RoomPeople = Annotated[tuple[AttendeeId, ...], Meta(min_length=2, max_length=ROOM_SEATS)]


class SetReadiness(Message, frozen=True, tag="readiness.set"):
    """I want to be matched, or I sit out. Attendees, always."""

    ready: bool


class PassMatch(Message, frozen=True, tag="match.pass"):
    """Not now: I would rather not meet the next person shown to me. Attendees, while forming or in changeover."""


class TakeSeat(Message, frozen=True, tag="seat.take"):
    """I am in the room I was given. Attendees, while that room is open."""

    room: RoomId


class LeaveSeat(Message, frozen=True, tag="seat.leave"):
    """I leave this round; the others are told only that I had to go. Attendees with a seat."""

    room: RoomId


class AcceptOffer(Message, frozen=True, tag="offer.accept"):
    """I join the room offered to me. Attendees to whom it is offered."""

    room: RoomId


class AskMinute(Message, frozen=True, tag="minute.ask"):
    """One more minute, please; given when all in the room asked. `wanted` false takes it back.

    Attendees with a seat.
    """

    room: RoomId
    wanted: bool = True


class TurnPrompt(Message, frozen=True, tag="prompt.turn"):
    """Another card, please. Attendees with a seat, at most once in five seconds a room."""

    room: RoomId


class SayChat(Message, frozen=True, tag="chat.say"):
    """A line to the room, or to the lobby when `room` is null.

    Attendees in their own room or in the lobby; organisers in the lobby.
    """

    text: ChatText
    room: RoomId | None = None


class SendReaction(Message, frozen=True, tag="reaction.send"):
    """A sign of feeling, shown for a moment. Attendees with a seat."""

    room: RoomId
    kind: Literal["wave", "clap", "laugh", "heart", "thumb", "think"]


class TellMedia(Message, frozen=True, tag="media.tell"):
    """How my microphone, camera and connection are. Attendees, on change and at most every five seconds."""

    microphone: bool
    camera: bool
    health: Annotated[int, Meta(ge=0, le=3)] | None = None


class AskHelp(Message, frozen=True, tag="help.ask"):
    """An organiser, please. An empty text is fine; `wanted` false takes it back. Attendees, always."""

    text: Text = ""
    wanted: bool = True


class OpenEvent(Message, frozen=True, tag="event.open"):
    """Open the doors now. Organisers, while draft."""


class StartRound(Message, frozen=True, tag="round.start"):
    """Make the matches and begin the next round.

    Organisers, in the lobby, in a break, or in changeover, where it skips the wait.
    """


class CancelRound(Message, frozen=True, tag="round.cancel"):
    """Undo: back to the lobby while the matches are still forming. Organisers, while forming."""


class PauseEvent(Message, frozen=True, tag="event.pause"):
    """Stop all clocks; conversations go on. Organisers, while a clock runs."""


class ResumeEvent(Message, frozen=True, tag="event.resume"):
    """Let the clocks run on. Organisers, while paused."""


class ExtendRound(Message, frozen=True, tag="round.extend"):
    """One minute more for all, or for one room where the agenda has room.

    Organisers, while talking; for all also while waiting.
    """

    room: RoomId | None = None


class EndRound(Message, frozen=True, tag="round.end"):
    """End this round now. Organisers, while talking."""


class NextSegment(Message, frozen=True, tag="segment.next"):
    """Go to the next part of the agenda now. Organisers, once the doors are open."""


class EndEvent(Message, frozen=True, tag="event.end"):
    """End the event for everybody. Organisers, once the doors are open."""


class MoveSeat(Message, frozen=True, tag="seat.move"):
    """Put somebody into another room; `room` null opens a new one. Organisers, while talking."""

    attendee: AttendeeId
    room: RoomId | None = None


class PairUp(Message, frozen=True, tag="seat.pair"):
    """Open a room for people who have none. Organisers, while talking."""

    attendees: Annotated[tuple[AttendeeId, ...], Meta(min_length=2, max_length=4)]


class SendBroadcast(Message, frozen=True, tag="broadcast.send"):
    """A quiet banner for everybody, or for one room. Organisers, always."""

    text: Annotated[Text, Meta(min_length=1)]
    room: RoomId | None = None


class RemoveAttendee(Message, frozen=True, tag="attendee.remove"):
    """Out, at once and everywhere. `ban` keeps the person from joining again. Organisers, always."""

    attendee: AttendeeId
    ban: bool = False


class ReadmitAttendee(Message, frozen=True, tag="attendee.readmit"):
    """Undo a removal. Organisers, always."""

    attendee: AttendeeId


class AnswerHelp(Message, frozen=True, tag="help.answer"):
    """Somebody who asked for help has been looked after. Organisers, always."""

    attendee: AttendeeId


class CloseReport(Message, frozen=True, tag="report.close"):
    """A report has been looked into. Organisers, always."""

    report: int


class PreviewRound(Message, frozen=True, tag="next.preview"):
    """Make the next round from who is ready now, for organisers' eyes only; again when people have changed.

    Organisers, whenever a round follows.
    """


class PinRoom(Message, frozen=True, tag="next.pin"):
    """These people stay together however the next round is made; `pinned` false lets them go.

    Organisers, once the next round is made.
    """

    people: RoomPeople
    pinned: bool = True


class SwapPlaces(Message, frozen=True, tag="next.swap"):
    """`one` takes the place of `other` in the next round, with those who sit there now, and the other way round.

    Organisers, once the next round is made. Also for somebody who sits out; both rooms are pinned by it.
    """

    one: AttendeeId
    other: AttendeeId
    people: Annotated[tuple[AttendeeId, ...], Meta(min_length=1, max_length=ROOM_SEATS - 1)]
    """With whom `one` shall be: a wish that is already met is not carried out twice."""


class ExcludeAttendee(Message, frozen=True, tag="next.exclude"):
    """Somebody sits out the next round, and only that; `excluded` false takes it back. Organisers, until it opens."""

    attendee: AttendeeId
    excluded: bool = True


class KeepTwoApart(Message, frozen=True, tag="people.part"):
    """These two never share a room again; `parted` false takes an organiser's word back. Organisers, always."""

    one: AttendeeId
    other: AttendeeId
    parted: bool = True


class RedoRound(Message, frozen=True, tag="next.redo"):
    """Make the next round with this chance: the same people, the same rules, pinned rooms kept.

    Organisers, once the next round is made. The same number gives the same rooms.
    """

    redo: Annotated[int, Meta(ge=0, le=REDO_MOST)]


AttendeeCommand = (
    SetReadiness
    | PassMatch
    | TakeSeat
    | LeaveSeat
    | AcceptOffer
    | AskMinute
    | TurnPrompt
    | SayChat
    | SendReaction
    | TellMedia
    | AskHelp
)
OrganiserCommand = (
    OpenEvent
    | StartRound
    | CancelRound
    | PauseEvent
    | ResumeEvent
    | ExtendRound
    | EndRound
    | NextSegment
    | EndEvent
    | MoveSeat
    | PairUp
    | SendBroadcast
    | RemoveAttendee
    | ReadmitAttendee
    | AnswerHelp
    | CloseReport
    | PreviewRound
    | PinRoom
    | SwapPlaces
    | ExcludeAttendee
    | KeepTwoApart
    | RedoRound
)
Command = AttendeeCommand | OrganiserCommand
REPEATABLE = (SetReadiness, TakeSeat, LeaveSeat, AcceptOffer, AskMinute, TellMedia, AskHelp)
"""Wishes that say how things shall be: granted twice, they are as they were. All others are granted once."""
