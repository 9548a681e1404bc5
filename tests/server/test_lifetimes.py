"""Lives that end together, and lives that start again."""

import asyncio

import pytest

from server import lifetimes
from server.lifetimes import beside, first_to_finish, restart_with_backoff


async def test_when_one_life_ends_the_others_are_cancelled() -> None:
    ended: list[str] = []

    async def long() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("long")

    async def short() -> None:
        ended.append("short")

    await first_to_finish(long(), short())
    assert ended == ["short", "long"]


async def test_what_the_first_raised_is_raised() -> None:
    async def broken() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await first_to_finish(broken(), asyncio.sleep(60))


async def test_a_life_that_breaks_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifetimes, "FIRST_PAUSE_S", 0.001)
    lives = 0
    thrice = asyncio.Event()

    async def life() -> None:
        nonlocal lives
        lives += 1
        if lives == 3:
            thrice.set()
        raise OSError("away")

    async with beside(restart_with_backoff("test", life, (OSError,))):
        await asyncio.wait_for(thrice.wait(), 5)


@pytest.mark.parametrize(("error", "longest_s"), [(OSError, 0.5), (LookupError, 5.0)])
async def test_what_was_away_is_looked_for_more_often_than_what_broke(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception], longest_s: float
) -> None:
    pauses = list[float]()
    enough = asyncio.Event()

    async def rest(pause: float) -> None:
        pauses.append(pause)
        if len(pauses) == 9:
            enough.set()
            await asyncio.Event().wait()

    async def life() -> None:
        raise error("again")

    monkeypatch.setattr(lifetimes, "sleep", rest)
    async with beside(restart_with_backoff("test", life, (OSError,))):
        await asyncio.wait_for(enough.wait(), 5)
    assert (pauses[0], max(pauses), pauses[-1]) == (0.1, longest_s, longest_s)


async def test_lives_beside_end_with_the_body() -> None:
    ended = asyncio.Event()

    async def life() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with beside(life()):
        await asyncio.sleep(0)
    assert ended.is_set()
