"""The organiser of a load run: an open console over a bare socket, of which only the clock is read."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from loadtests.driving.sockets import Socket, upgrade
from rooms.language import codec
from rooms.language.cards import EventView
from rooms.language.commands import OrganiserCommand
from rooms.language.signals import Hello
from server.sockets.endpoint import SUBPROTOCOL

if TYPE_CHECKING:
    from loadtests.driving.house import Address

ANSWER_S = 60.0
"""An order may wait behind those of ten thousand others."""


class _Picture(msgspec.Struct):
    event: EventView


class _Glance(msgspec.Struct):
    """What is read of a notice; the rows of ten thousand people are not."""

    type: str
    snapshot: _Picture | None = None
    event: EventView | None = None
    ref: int = 0
    reason: str = ""


_glance = msgspec.json.Decoder(_Glance)
HEEDED = ("welcome", "event.changed", "settled", "refused")


class RefusedCommandError(Exception):
    """The server said no."""


class ConsoleGoneError(Exception):
    """There is no line to ask over; the run cannot go on."""


class Host:
    """One console. It stays for as long as the run does; a run that hurts its worker opens another."""

    def __init__(self, address: "Address") -> None:
        self._address = address
        self._socket: Socket | None = None
        self._answers: dict[int, asyncio.Future[None]] = {}
        self._ref = 0
        self._news = asyncio.Event()
        self.event: EventView | None = None

    async def come(self, path: str) -> None:
        """Open the console by this path of a ticket."""
        host, port = self._address
        request = upgrade(path, f"{host}:{port}", SUBPROTOCOL)
        socket = self._socket = Socket(self, request)
        await asyncio.get_running_loop().create_connection(lambda: socket, host, port)
        await self.until(lambda _: True, ANSWER_S)

    def go(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            self._socket.abort()

    async def order(self, command: OrganiserCommand) -> None:
        """Ask and wait for the answer.

        Raises:
            RefusedCommandError: the server said no.
            ConsoleGoneError: the line of the console has ended, for instance with its worker.
        """
        if self._socket is None:
            raise ConsoleGoneError("the line of the console has ended")
        self._ref += 1
        answer = self._answers[self._ref] = asyncio.get_running_loop().create_future()
        self._socket.send(codec.encode_upward(self._ref, command))
        async with asyncio.timeout(ANSWER_S):
            await answer

    async def until(self, fact: Callable[[EventView], bool], within_s: float) -> EventView:
        """Wait until the event stands like this."""
        async with asyncio.timeout(within_s):
            while self.event is None or not fact(self.event):
                self._news.clear()
                await self._news.wait()
        return self.event

    def opened(self) -> None:
        """Say hello."""
        assert self._socket is not None
        self._socket.send(codec.encode_upward(None, Hello()))

    def heard(self, payload: bytes, at: float) -> None:
        """Read where the event stands, and answers."""
        if payload[9 : payload.find(b'"', 9)].decode() not in HEEDED:
            return
        notice = _glance.decode(payload)
        self.event = notice.event or (notice.snapshot.event if notice.snapshot else self.event)
        answer = self._answers.pop(notice.ref, None)
        if answer is not None and not answer.done():
            if notice.type == "settled":
                answer.set_result(None)
            else:
                answer.set_exception(RefusedCommandError(notice.reason))
        self._news.set()

    def ended(self, socket: Socket, code: int) -> None:
        """The console is closed."""
        if socket is self._socket:
            self._socket = None
