"""When the host of the demo event does something: a picture of the evening in, a command out, no I/O."""

from rooms.language.cards import EventView
from rooms.language.commands import EndEvent, NextSegment, OpenEvent, OrganiserCommand, StartRound
from rooms.language.message import Value

GONE_S = 60.0
"""After the visitors have been away this long the evening is over for them; a refresh takes a second."""
CLOSING_S = 1800.0
"""So long the last visitor may sit over the list before the room is cleared."""
AGAIN_S = 20.0
"""A command is not repeated sooner, so that somebody at the console may undo it and be left in peace."""


class Watch(Value, frozen=True):
    """What the host sees."""

    event: EventView
    visitors: int
    """People present who are not simulated."""
    visitors_ready: int
    visitors_gone_for_s: float
    """Since the last of them went; 0 while one is here."""
    phase_for_s: float
    console_open: bool = False
    """Whether somebody else watches the console and may have wishes of their own."""


def next_step(watch: Watch) -> OrganiserCommand | None:
    """What the host does now; None is to wait."""
    event = watch.event
    if event.phase == "draft":
        return OpenEvent()
    if event.phase == "ended" or event.paused:
        return None
    if _has_begun(event) and watch.visitors == 0 and not watch.console_open:
        return EndEvent() if watch.visitors_gone_for_s >= GONE_S else None
    if event.phase == "closing":
        return EndEvent() if watch.phase_for_s >= CLOSING_S else None
    if event.phase == "lobby" and event.clock is None:
        return _leave_lobby(watch)
    return None


def _has_begun(event: EventView) -> bool:
    """Whether anything has happened that a fresh visitor would have missed."""
    return event.segment > 0


def _leave_lobby(watch: Watch) -> OrganiserCommand | None:
    """On to the rounds when a visitor is ready; past everything else."""
    following = watch.event.agenda[watch.event.segment + 1 :]
    if not following:
        return None
    if following[0].kind == "rounds":
        return StartRound() if watch.visitors_ready else None
    return NextSegment()
