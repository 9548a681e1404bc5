"""Waiting for what nobody tells: looked at again and again, and given up with a sentence."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

T = TypeVar("T")
LOOK_S = 0.05


class StuckError(Exception):
    """What was waited for did not come; the message says what, or how far it came."""


async def until(look: Callable[[], Awaitable[T | None]], what: str, within_s: float) -> T:
    """Look until there is something.

    Raises:
        StuckError: there is nothing in time.
    """
    began = monotonic()
    while monotonic() - began < within_s:
        found = await look()
        if found is not None:
            return found
        await asyncio.sleep(LOOK_S)
    raise StuckError(f"{what}: not within {within_s:g} s")
