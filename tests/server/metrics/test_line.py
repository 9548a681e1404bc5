"""Asking a worker for its numbers, also one that answers late or never."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from server.lifetimes import beside
from server.metrics import line
from server.metrics.line import Asker, answer

LARGE = bytes(range(256)) * 1000


@asynccontextmanager
async def a_line() -> AsyncIterator[tuple[Asker, socket.socket]]:
    ours, theirs = socket.socketpair()
    asker = Asker(*await asyncio.open_connection(sock=ours))
    try:
        yield asker, theirs
    finally:
        asker.close()
        theirs.close()


async def test_each_question_gets_the_numbers_of_now() -> None:
    numbers = iter([b"first", LARGE, b""])
    async with a_line() as (asker, theirs), beside(answer(theirs, lambda: next(numbers))):
        assert [await asker.ask() for _ in range(3)] == [b"first", LARGE, b""]


async def test_who_does_not_answer_has_no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "ANSWER_S", 0.05)
    async with a_line() as (asker, _):
        assert await asker.ask() is None


async def test_who_is_gone_has_no_numbers() -> None:
    async with a_line() as (asker, theirs):
        theirs.close()
        assert await asker.ask() is None


@pytest.mark.parametrize("cut", [1, 5, 7])
async def test_a_late_answer_is_not_taken_for_the_next(monkeypatch: pytest.MonkeyPatch, cut: int) -> None:
    """Whether it stops before its head, after it, or in the middle of its numbers."""
    async with a_line() as (asker, theirs):
        theirs.setblocking(False)
        loop = asyncio.get_running_loop()
        late = b"\x01" + (4).to_bytes(4, "big") + b"late"
        await loop.sock_sendall(theirs, late[:cut])
        monkeypatch.setattr(line, "ANSWER_S", 0.05)
        assert await asker.ask() is None
        monkeypatch.undo()
        await loop.sock_sendall(theirs, late[cut:] + b"\x02" + (4).to_bytes(4, "big") + b"soon")
        assert await asker.ask() == b"soon"
