"""The phases of a round, and a way to any moment of them."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

from rooms.language.commands import EndRound, StartRound
from tests.faults.crowd import Crowd

WITHIN_S = 0.4
"""A fault comes at any moment within so long of a phase's beginning: that is when most is on its way."""


async def _waiting(crowd: Crowd) -> None:
    """In the lobby or between two rounds."""
    if crowd.state.phase == "talking":
        await crowd.change_over()


async def _talking(crowd: Crowd) -> None:
    """In mid-round, everybody seated."""
    if crowd.state.phase != "talking":
        await crowd.talk()


async def _opening(crowd: Crowd) -> None:
    """The next round is asked for, matched and opened, whatever comes of it first."""
    await _waiting(crowd)
    await crowd.auditor.order(StartRound())


async def _ending(crowd: Crowd) -> None:
    """The end of a round is asked for."""
    await _talking(crowd)
    await crowd.auditor.order(EndRound())


PHASES: dict[str, Callable[[Crowd], Awaitable[None]]] = {
    "waiting": _waiting,
    "opening": _opening,
    "talking": _talking,
    "ending": _ending,
}


async def come_to(crowd: Crowd, chance: Random) -> str:
    """Come to any moment of any phase; which it is."""
    phase = chance.choice(sorted(PHASES))
    await PHASES[phase](crowd)
    await asyncio.sleep(chance.random() * WITHIN_S)
    return phase
