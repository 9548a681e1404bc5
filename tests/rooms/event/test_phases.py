"""The two tables of phases, walked pair by pair."""

from itertools import product
from typing import get_args

import pytest

from rooms.event import phases
from rooms.event.phases import COMMANDS, TABLE, Step
from rooms.language import commands as k
from rooms.language.cards import Phase
from rooms.language.ids import AttendeeId, Role, RoomId
from rooms.language.refusals import Refusal, RefusedError
from tests.support.builders import Evening, an_event

PHASES: tuple[Phase, ...] = get_args(Phase)
PLACE = RoomId("1-1")
TWO_PEOPLE = (AttendeeId("p1"), AttendeeId("p2"))
WISHES: tuple[k.Command, ...] = (
    k.SetReadiness(ready=True),
    k.PassMatch(),
    k.TakeSeat(room=PLACE),
    k.LeaveSeat(room=PLACE),
    k.AcceptOffer(room=PLACE),
    k.AskMinute(room=PLACE),
    k.TurnPrompt(room=PLACE),
    k.SayChat(text="Hello"),
    k.SendReaction(room=PLACE, kind="wave"),
    k.TellMedia(microphone=True, camera=True),
    k.AskHelp(),
    k.OpenEvent(),
    k.StartRound(),
    k.CancelRound(),
    k.PauseEvent(),
    k.ResumeEvent(),
    k.ExtendRound(),
    k.EndRound(),
    k.NextSegment(),
    k.EndEvent(),
    k.MoveSeat(attendee=AttendeeId("p1")),
    k.PairUp(attendees=TWO_PEOPLE),
    k.SendBroadcast(text="Hello"),
    k.RemoveAttendee(attendee=AttendeeId("p1")),
    k.ReadmitAttendee(attendee=AttendeeId("p1")),
    k.AnswerHelp(attendee=AttendeeId("p1")),
    k.CloseReport(report=1),
    k.PreviewRound(),
    k.PinRoom(people=TWO_PEOPLE),
    k.SwapPlaces(one=AttendeeId("p1"), other=AttendeeId("p3"), people=(AttendeeId("p4"),)),
    k.ExcludeAttendee(attendee=AttendeeId("p1")),
    k.KeepTwoApart(one=AttendeeId("p1"), other=AttendeeId("p2")),
    k.RedoRound(redo=1),
)


def evening_in(phase: Phase) -> Evening:
    """An evening of six that has come to this phase."""
    evening = an_event().with_attendees(6)
    while evening.event.phase != phase:
        evening.next_deadline()
    return evening


@pytest.mark.parametrize(("phase", "step"), list(product(PHASES, Step)))
def test_each_step_is_in_the_table_or_refused(phase: Phase, step: Step) -> None:
    if (phase, step) in TABLE:
        phases.check_step(phase, step)
        assert phases.after(phase, step) == TABLE[phase, step]
    else:
        with pytest.raises(RefusedError):
            phases.check_step(phase, step)
        assert phases.after(phase, step) == phase


def test_every_phase_can_be_reached_and_only_the_end_is_final() -> None:
    assert set(TABLE.values()) == set(PHASES) - {"draft"}
    assert {phase for phase, _ in TABLE} == set(PHASES) - {"ended"}


def test_every_command_has_its_phases() -> None:
    assert set(COMMANDS) == set(get_args(k.Command)) == {type(wish) for wish in WISHES}


@pytest.mark.parametrize("phase", PHASES)
def test_every_command_is_answered_in_every_phase(phase: Phase) -> None:
    evening = evening_in(phase)
    expected = {"draft": Refusal.NOT_OPEN, "ended": Refusal.EVENT_ENDED}.get(phase, Refusal.WRONG_PHASE)

    for wish in WISHES:
        role = Role.ATTENDEE if isinstance(wish, k.AttendeeCommand) else Role.ORGANISER
        reason = evening.refusal(wish, "p1", role)
        if phase not in COMMANDS[type(wish)]:
            assert reason is expected, wish
        else:
            assert reason is not Refusal.NOT_ALLOWED, wish
