"""What somebody wants to be measured, and how long anything may take."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any

from msgspec import Struct

from loadtests.driving.house import House, a_house
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment, Segment

HOUR_S = 3_600
PATIENCE_S = 120.0
"""Longest wait for anything that everybody is to hear: what takes longer has failed."""


class Wish(Struct, frozen=True):
    """How large, and what else can be chosen."""

    attendees: int
    workers: int = 2
    rounds: int = 0
    """Rounds of the largest size; 0 leaves it to the scenario."""
    minutes: float = 0.0
    """How long a soak lasts; 0 leaves it to the scenario."""
    house: Callable[[int], AbstractAsyncContextManager[House]] = a_house
    """Where the server with so many workers comes from; tests share one."""


Scenario = Callable[[Wish, Screen], Coroutine[Any, Any, Report]]


def agenda(rounds: int = 1, changeover_s: int = 6, length_s: int = HOUR_S, size: int = 2) -> tuple[Segment, ...]:
    """Doors open until the host begins, rounds until the host ends them, a closing."""
    talks = RoundsSegment(rounds=rounds, length_s=length_s, changeover_s=changeover_s, size=size)
    return LobbySegment(length_s=HOUR_S), talks, ClosingSegment(length_s=HOUR_S)
