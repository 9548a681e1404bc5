"""When the host of the demo does something."""

from typing import Any

import pytest

from rooms.language.cards import Clock, EventView, Phase, SegmentView
from rooms.language.commands import EndEvent, NextSegment, OpenEvent, OrganiserCommand, StartRound
from server.demo.direction import CLOSING_S, GONE_S, Watch, next_step

AGENDA = tuple(SegmentView(kind, kind, None, 60_000) for kind in ("lobby", "rounds", "break", "closing"))


def a_watch(phase: Phase = "lobby", segment: int = 0, **changes: Any) -> Watch:
    event = EventView("demo", "Demo", phase, segment, AGENDA, clock=changes.pop("clock", None))
    values = {"visitors": 1, "visitors_ready": 0, "visitors_gone_for_s": 0.0, "phase_for_s": 1.0} | changes
    return Watch(event=event, **values)


@pytest.mark.parametrize(
    ("watch", "step"),
    [
        (a_watch("draft", visitors=0), OpenEvent()),
        (a_watch(), None),
        (a_watch(visitors_ready=1), StartRound()),
        (a_watch(visitors_ready=1, clock=Clock(9)), None),
        (a_watch(visitors=0, visitors_gone_for_s=9 * GONE_S), None),
        (a_watch("forming", 1, visitors_ready=1), None),
        (a_watch("talking", 1, visitors_ready=1), None),
        (a_watch("changeover", 1, visitors_ready=1), None),
        (a_watch("talking", 1, visitors=0, visitors_gone_for_s=GONE_S - 1), None),
        (a_watch("talking", 1, visitors=0, visitors_gone_for_s=GONE_S), EndEvent()),
        (a_watch("talking", 1, visitors=0, visitors_gone_for_s=GONE_S, console_open=True), None),
        (a_watch("lobby", 1, visitors_ready=1), NextSegment()),
        (a_watch("lobby", 2, visitors_ready=1), NextSegment()),
        (a_watch("closing", 3), None),
        (a_watch("closing", 3, phase_for_s=CLOSING_S), EndEvent()),
        (a_watch("closing", 3, visitors=0, visitors_gone_for_s=GONE_S), EndEvent()),
        (a_watch("ended", 3, visitors=0, visitors_gone_for_s=GONE_S), None),
    ],
)
def test_the_host_knows_what_to_do(watch: Watch, step: OrganiserCommand | None) -> None:
    assert next_step(watch) == step


def test_nothing_is_done_while_somebody_has_paused_the_event() -> None:
    event = EventView("demo", "Demo", "lobby", 0, AGENDA, paused=True)
    assert next_step(Watch(event, 1, 1, 0, 1)) is None
