"""Questions of many tasks go in one flight; each gets its own answer, and what one meets is no trouble to others."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from server.store.client import Command, Store
from server.together import LANES, Together


class Air:
    """Takes flights; each lands when told to."""

    def __init__(self) -> None:
        self.flights: list[list[Command]] = []
        self.landing = asyncio.Event()
        self.error: Exception | None = None

    async def send(self, commands: Sequence[Command]) -> list[Any]:
        self.flights.append(list(commands))
        await self.landing.wait()
        if self.error is not None:
            raise self.error
        return [ValueError(name) if name == "bad" else name for (name,) in commands]


async def asked(together: Together[Command, Any], *names: str) -> list[asyncio.Task[Any]]:
    tasks = [asyncio.ensure_future(together.ask((name,))) for name in names]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_meanwhile_rides_the_next_flight_and_each_has_its_own_answer() -> None:
    air = Air()
    together = Together[Command, Any](air.send, 5.0)
    first = [(await asked(together, f"first {number}"))[0] for number in range(LANES)]
    names = [f"later {number}" for number in range(50)]
    later = await asked(together, *names)
    assert len(air.flights) == LANES
    air.landing.set()
    assert await asyncio.gather(*first, *later) == [f"first {number}" for number in range(LANES)] + names
    assert len(air.flights) <= 2 * LANES


async def test_an_error_of_one_command_is_its_own() -> None:
    air = Air()
    together = Together[Command, Any](air.send, 5.0)
    good, bad, other = await asked(together, "good", "bad", "other")
    air.landing.set()
    assert (await good, await other) == ("good", "other")
    with pytest.raises(ValueError, match="bad"):
        await bad


async def test_an_error_of_the_flight_is_told_to_all_aboard_and_the_next_goes() -> None:
    air = Air()
    together = Together[Command, Any](air.send, 5.0)
    aboard = await asked(together, "a", "b", "c")
    air.error = ConnectionError("the line broke")
    air.landing.set()
    for task in aboard:
        with pytest.raises(ConnectionError, match="the line broke"):
            await task
    air.error = None
    assert await together.ask(("again",)) == "again"


async def test_who_is_cancelled_before_it_left_takes_it_back() -> None:
    air = Air()
    together = Together[Command, Any](air.send, 5.0)
    flying = [(await asked(together, f"first {number}"))[0] for number in range(LANES)]
    (late,) = await asked(together, "late")
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)
    air.landing.set()
    await asyncio.gather(*flying)
    assert await together.ask(("next",)) == "next"
    assert ("late",) not in [command for flight in air.flights for command in flight]


async def test_who_is_cancelled_in_the_air_is_no_trouble_to_the_others() -> None:
    air = Air()
    together = Together[Command, Any](air.send, 5.0)
    await asked(together, *(f"first {number}" for number in range(LANES)))
    gone, stays = await asked(together, "gone", "stays")
    air.landing.set()
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == "stays"


async def test_a_flight_that_does_not_land_in_time_is_an_error() -> None:
    together = Together[Command, Any](Air().send, 0.01)
    with pytest.raises(TimeoutError):
        await together.ask(("a",))
    await together.close()


async def test_a_hundred_tasks_get_the_answers_of_redis_that_are_theirs(store: Store) -> None:
    await asyncio.gather(*(store.do("SET", f"key:{number}", number) for number in range(100)))
    found = await asyncio.gather(*(store.do("GET", f"key:{number}") for number in range(100)))
    assert found == [str(number).encode() for number in range(100)]
