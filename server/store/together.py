"""Commands of many tasks in one go: what comes while others are on their way rides along with the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from server.lifetimes import Passing

Command = tuple[str | bytes | int | float, ...]

LANES = 2
"""Flights at a time: a large answer on one does not hold up what is small, and there are never many little ones."""
MOST_ABOARD = 500
"""Commands of one flight: Redis answers so many within milliseconds."""


class Together:
    """Takes single commands and sends them in flights, each waiting for as long as Redis needs for the ones before."""

    def __init__(self, send: Callable[[Sequence[Command]], Awaitable[list[Any]]], timeout_s: float) -> None:
        """`send` sends several commands; where one failed by itself, its answer is the error."""
        self._send = send
        self._timeout_s = timeout_s
        self._waiting: list[tuple[Command, asyncio.Future[Any]]] = []
        self._flying = 0
        self._passing = Passing()

    async def ask(self, command: Command) -> Any:
        """Send one command with others. Who is cancelled before it left takes it back.

        Raises:
            Exception: the one of this command, or of the flight it was in.
        """
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((command, answer))
        if self._flying < LANES:
            self._flying += 1
            self._passing.start(self._fly())
        return await answer

    async def close(self) -> None:
        """End what is on its way."""
        await self._passing.end()
        for _, answer in self._waiting:
            answer.cancel()

    async def _fly(self) -> None:
        try:
            while self._waiting:
                aboard = [(command, answer) for command, answer in self._waiting[:MOST_ABOARD] if not answer.done()]
                del self._waiting[:MOST_ABOARD]
                await self._land([command for command, _ in aboard], [answer for _, answer in aboard])
        finally:
            self._flying -= 1

    async def _land(self, commands: list[Command], answers: list[asyncio.Future[Any]]) -> None:
        try:
            async with asyncio.timeout(self._timeout_s):
                found = await self._send(commands) if commands else []
        except asyncio.CancelledError:
            for answer in answers:
                answer.cancel()
            raise
        except Exception as error:
            found = [type(error)(*error.args) for _ in commands]
        for answer, value in zip(answers, found, strict=True):
            if answer.done():
                continue
            if isinstance(value, Exception):
                answer.set_exception(value)
            else:
                answer.set_result(value)
