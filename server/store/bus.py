"""The bus: one subscription of this worker, handlers by channel. A doorbell, not the truth: the journal is that."""

import asyncio
from collections import Counter
from collections.abc import Callable

from server.lifetimes import first_to_finish
from server.store.client import Line, Store, StoreAwayError, away_is_one_error
from server.store.node import Node

ANSWER_S = 1.0
"""Longest wait until a subscription counts."""
QUIET_S = 2.0
"""After so much silence the line is asked whether it is alive; after as much again it is not."""

LAST = "bus"
"""Confirmed after all channels of a new line, since Redis answers in order."""

Handler = Callable[[bytes], None]


class Bus:
    """Hands each message to the handler of its channel; after a break it subscribes anew and says so.

    All channels are sharded ones: a Cluster carries each to one node alone, and a single server knows them as well.
    There is one line to each server, and when one breaks all are opened anew.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._handlers: dict[str, Handler] = {}
        self._confirmed: dict[str, asyncio.Event] = {}
        self._leaving = Counter[str]()
        """Channels that we asked to hear no longer; one that goes by itself has moved to another server."""
        self._lines: dict[Node, Line] = {}
        self._fresh = 0
        """Lines on which not everything is confirmed yet."""
        self.on_return: list[Callable[[], None]] = []
        """Called after a break: messages may have been missed."""

    async def subscribe(self, channel: str, handler: Handler) -> None:
        """Hear a channel; when this returns, nothing published from now on is missed.

        Raises:
            StoreAwayError: Redis did not confirm in time; the channel is heard once it is back.
        """
        self._handlers[channel] = handler
        confirmed = self._confirmed.setdefault(channel, asyncio.Event())
        with away_is_one_error():
            async with asyncio.timeout(ANSWER_S):
                if self._lines:
                    await self._send("SSUBSCRIBE", channel)
                await confirmed.wait()

    async def unsubscribe(self, channel: str) -> None:
        """Hear it no longer."""
        self._handlers.pop(channel, None)
        self._confirmed.pop(channel, None)
        if self._lines:
            self._leaving[channel] += 1
            await self._send("SUNSUBSCRIBE", channel)

    async def listen(self) -> None:
        """Listen until a line breaks. Run it by `restart_with_backoff`.

        Raises:
            StoreAwayError: a line broke.
        """
        async with self._store.lines() as lines:
            self._lines, self._fresh = lines, len(lines)
            try:
                for channel in list(self._handlers):
                    await self._send("SSUBSCRIBE", channel)
                for line in lines.values():
                    await line.send("SUBSCRIBE", LAST)
                await first_to_finish(*(self._read(line) for line in lines.values()))
            finally:
                self._lines = {}
                self._leaving.clear()
                self._confirmed = {channel: asyncio.Event() for channel in self._handlers}

    async def _send(self, word: str, channel: str) -> None:
        line = self._lines.get(await self._store.node_of(channel))
        if line is None:
            raise StoreAwayError("a new server has come, to which there is no line yet")
        await line.send(word, channel)

    async def _read(self, line: Line) -> None:
        while True:
            self._take(await self._next(line))

    async def _next(self, line: Line) -> list[bytes]:
        try:
            async with asyncio.timeout(QUIET_S):
                return await line.read()
        except TimeoutError:
            await line.send("PING")
        try:
            async with asyncio.timeout(QUIET_S):
                return await line.read()
        except TimeoutError:
            raise StoreAwayError("the line is dead") from None

    def _take(self, message: list[bytes]) -> None:
        kind, channel = message[0], message[1].decode()
        if kind == b"smessage" and (handler := self._handlers.get(channel)) is not None:
            handler(message[2])
        elif kind == b"subscribe":
            self._fresh -= 1
            if self._fresh == 0:
                for callback in self.on_return:
                    callback()
        elif kind == b"ssubscribe" and (confirmed := self._confirmed.get(channel)) is not None:
            confirmed.set()
        elif kind == b"sunsubscribe":
            self._left(channel)

    def _left(self, channel: str) -> None:
        if self._leaving[channel] == 0 and channel in self._handlers:
            raise StoreAwayError(f"{channel} is heard elsewhere now")
        self._leaving[channel] -= 1
        if self._leaving[channel] <= 0:
            del self._leaving[channel]
