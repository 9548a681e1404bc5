"""Which phase follows which, and which command belongs into which phase: two tables and nothing else."""

from enum import Enum

from rooms.language import commands as c
from rooms.language.cards import Phase
from rooms.language.refusals import Refusal, RefusedError


class Step(Enum):
    """What can move an event from one phase to another."""

    WAIT = "a waiting part of the agenda begins"
    FORM = "the next round is being made"
    AWAIT = "a round waits for people"
    CANCEL = "the next round is not to begin yet"
    OPEN = "a round opens"
    CLOSE = "a round ends"
    WRAP_UP = "the closing part begins"
    END = "the event ends"


TABLE: dict[tuple[Phase, Step], Phase] = {
    ("draft", Step.WAIT): "lobby",
    ("draft", Step.WRAP_UP): "closing",
    ("draft", Step.END): "ended",
    ("lobby", Step.WAIT): "lobby",
    ("lobby", Step.AWAIT): "lobby",
    ("lobby", Step.FORM): "forming",
    ("lobby", Step.WRAP_UP): "closing",
    ("lobby", Step.END): "ended",
    ("forming", Step.WAIT): "lobby",
    ("forming", Step.AWAIT): "lobby",
    ("forming", Step.CANCEL): "lobby",
    ("forming", Step.OPEN): "talking",
    ("forming", Step.WRAP_UP): "closing",
    ("forming", Step.END): "ended",
    ("talking", Step.CLOSE): "changeover",
    ("talking", Step.END): "ended",
    ("changeover", Step.WAIT): "lobby",
    ("changeover", Step.AWAIT): "changeover",
    ("changeover", Step.FORM): "forming",
    ("changeover", Step.OPEN): "talking",
    ("changeover", Step.WRAP_UP): "closing",
    ("changeover", Step.END): "ended",
    ("closing", Step.WAIT): "lobby",
    ("closing", Step.FORM): "forming",
    ("closing", Step.WRAP_UP): "closing",
    ("closing", Step.END): "ended",
}
"""(phase, step) → phase. What is not here cannot happen."""

_ALL: frozenset[Phase] = frozenset(("draft", "lobby", "forming", "talking", "changeover", "closing"))
_OPEN: frozenset[Phase] = _ALL - {"draft"}
_TALKING: frozenset[Phase] = frozenset(("talking",))
_BEFORE_A_ROUND: frozenset[Phase] = _OPEN - {"closing"}

COMMANDS: dict[type[c.Command], frozenset[Phase]] = {
    c.SetReadiness: _ALL,
    c.PassMatch: frozenset(("forming", "changeover")),
    c.TakeSeat: _OPEN,
    c.LeaveSeat: _OPEN,
    c.AcceptOffer: _TALKING,
    c.AskMinute: _TALKING,
    c.TurnPrompt: _OPEN,
    c.SayChat: _OPEN,
    c.SendReaction: _OPEN,
    c.TellMedia: _ALL,
    c.AskHelp: _ALL,
    c.OpenEvent: _ALL,
    c.StartRound: frozenset(("lobby", "forming", "changeover")),
    c.CancelRound: frozenset(("lobby", "forming")),
    c.PauseEvent: _OPEN,
    c.ResumeEvent: _OPEN,
    c.ExtendRound: frozenset(("lobby", "talking", "closing")),
    c.EndRound: frozenset(("talking", "changeover")),
    c.NextSegment: _OPEN,
    c.EndEvent: _OPEN,
    c.MoveSeat: _TALKING,
    c.PairUp: _TALKING,
    c.SendBroadcast: _ALL,
    c.RemoveAttendee: _ALL,
    c.ReadmitAttendee: _ALL,
    c.AnswerHelp: _ALL,
    c.PreviewRound: _BEFORE_A_ROUND,
    c.PinRoom: _BEFORE_A_ROUND,
    c.SwapPlaces: _BEFORE_A_ROUND,
    c.ExcludeAttendee: _BEFORE_A_ROUND,
    c.RedoRound: _BEFORE_A_ROUND,
    c.KeepTwoApart: _ALL,
    c.CloseReport: _ALL | {"ended"},
}
"""When each command makes sense. Rooms extended by a minute outlast their round, hence the wide ones."""


def after(phase: Phase, step: Step) -> Phase:
    """The phase that follows; the same one where the table knows no way, because facts cannot be refused."""
    return TABLE.get((phase, step), phase)


def check_step(phase: Phase, step: Step) -> None:
    """Refuse a step that the table does not know."""
    if (phase, step) not in TABLE:
        raise RefusedError(_refusal(phase))


def check_command(phase: Phase, wish: c.Command) -> None:
    """Refuse a command out of its time."""
    if phase not in COMMANDS[type(wish)]:
        raise RefusedError(_refusal(phase))


def _refusal(phase: Phase) -> Refusal:
    if phase == "draft":
        return Refusal.NOT_OPEN
    return Refusal.EVENT_ENDED if phase == "ended" else Refusal.WRONG_PHASE
