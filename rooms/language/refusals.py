"""The closed list of reasons to say no, each with the sentence a person reads."""

from enum import Enum


class Refusal(Enum):
    """Why a command was not carried out; the value is the code on the wire."""

    NOT_ALLOWED = "not_allowed"
    NOT_OPEN = "not_open"
    EVENT_ENDED = "event_ended"
    EVENT_FULL = "event_full"
    WRONG_PHASE = "wrong_phase"
    ROUND_CLOSED = "round_closed"
    WRONG_ROOM = "wrong_room"
    ROOM_FULL = "room_full"
    ROOM_GONE = "room_gone"
    KEPT_APART = "kept_apart"
    UNKNOWN_PERSON = "unknown_person"
    NOT_HERE = "not_here"
    REMOVED = "removed"
    NO_SPARE_TIME = "no_spare_time"
    TOO_SOON = "too_soon"
    TOO_FEW = "too_few"
    NOTHING_NEXT = "nothing_next"
    ALREADY_PAUSED = "already_paused"
    NOT_PAUSED = "not_paused"
    UNKNOWN_REPORT = "unknown_report"
    NO_ROUND = "no_round"
    NOTHING_MADE = "nothing_made"
    MADE_ANEW = "made_anew"
    OPENS_NOW = "opens_now"
    BUSY = "busy"


SENTENCES: dict[Refusal, str] = {
    Refusal.NOT_ALLOWED: "That is for somebody else to decide. Ask a host.",
    Refusal.NOT_OPEN: "The doors are not open yet. Wait for the host, or for the time on the programme.",
    Refusal.EVENT_ENDED: "This event is over. Your list of people stays where it is.",
    Refusal.EVENT_FULL: "All seats are taken.",
    Refusal.WRONG_PHASE: "That cannot be done at this moment of the event. Look at the clock and try again.",
    Refusal.ROUND_CLOSED: "This round is over.",
    Refusal.WRONG_ROOM: "You have no seat in that room.",
    Refusal.ROOM_FULL: "That room has no free seat. Choose another one.",
    Refusal.ROOM_GONE: "That room is closed. Choose another one.",
    Refusal.KEPT_APART: "Two people in that room are kept apart. Choose another one.",
    Refusal.UNKNOWN_PERSON: "Nobody of that name is here. Look at the list again.",
    Refusal.NOT_HERE: "That person is not here right now. Wait until they are back.",
    Refusal.REMOVED: "A host has closed this event for you. Write to them if you think it is a mistake.",
    Refusal.NO_SPARE_TIME: "The next round is close. There is no spare minute, sorry.",
    Refusal.TOO_SOON: "The card has only just been turned. Give it a moment.",
    Refusal.TOO_FEW: "It takes two people who are ready. Wait until somebody else is.",
    Refusal.NOTHING_NEXT: "This is the last part of the programme. End the event instead.",
    Refusal.ALREADY_PAUSED: "The clocks are standing already.",
    Refusal.NOT_PAUSED: "The clocks are running already.",
    Refusal.UNKNOWN_REPORT: "There is no such report. Look at the list again.",
    Refusal.NO_ROUND: "No round follows from here. Go to the next part first.",
    Refusal.NOTHING_MADE: "The next round is not made yet. Preview it first.",
    Refusal.MADE_ANEW: "The next round has been made anew meanwhile. Look at it again.",
    Refusal.OPENS_NOW: "The round opens now. Change seats in it instead.",
    Refusal.BUSY: "No answer came in time. If you do not see it done, try again.",
}


class RefusedError(Exception):
    """Raised by the rules; nobody's fault, and nothing has changed."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def sentence(self) -> str:
        """What a person reads."""
        return SENTENCES[self.reason]
