"""What many tasks ask for, asked in one go: what comes while others are on their way rides along with the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from server.lifetimes import Passing

Question = TypeVar("Question")
Answer = TypeVar("Answer")

LANES = 2
"""Flights at a time: a large answer on one does not hold up what is small, and there are never many little ones."""
MOST_ABOARD = 500
"""Questions of one flight: Redis or a database answers so many within milliseconds."""


class Together(Generic[Question, Answer]):
    """Takes single questions and sends them in flights, each waiting for as long as the ones before take."""

    def __init__(
        self, send: Callable[[Sequence[Question]], Awaitable[Sequence[Answer | Exception]]], timeout_s: float
    ) -> None:
        """`send` asks several; where one failed by itself, its answer is the error."""
        self._send = send
        self._timeout_s = timeout_s
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._flying = 0
        self._passing = Passing()

    async def ask(self, question: Question) -> Answer:
        """Ask along with others. Who is cancelled before it left takes it back.

        Raises:
            Exception: the one of this question, or of the flight it was in.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
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
                aboard = [one for one in self._waiting[:MOST_ABOARD] if not one[1].done()]
                del self._waiting[:MOST_ABOARD]
                if aboard:
                    await self._land([question for question, _ in aboard], [answer for _, answer in aboard])
        finally:
            self._flying -= 1

    async def _land(self, questions: list[Question], answers: list[asyncio.Future[Answer]]) -> None:
        found: Sequence[Answer | Exception]
        try:
            async with asyncio.timeout(self._timeout_s):
                found = await self._send(questions)
        except asyncio.CancelledError:
            for answer in answers:
                answer.cancel()
            raise
        except Exception as error:
            found = [error] * len(questions)
        for answer, value in zip(answers, found, strict=True):
            if answer.done():
                continue
            if isinstance(value, Exception):
                answer.set_exception(value)
            else:
                answer.set_result(value)
