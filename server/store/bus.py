"""The bus: one subscription of this worker, handlers by channel. A doorbell, not the truth: the journal is that."""

import asyncio
from collections.abc import Callable

from server.store.client import Line, Store, StoreAwayError, away_is_one_error

ANSWER_S = 1.0
"""Longest wait until a subscription counts."""
QUIET_S = 2.0
"""After so much silence the line is asked whether it is alive; after as much again it is not."""

LAST = "bus"
"""Confirmed after all channels of a new line, since Redis answers in order."""

Handler = Callable[[bytes], None]


class Bus:
    """Hands each message to the handler of its channel; after a break it subscribes anew and says so."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._handlers: dict[str, Handler] = {}
        self._confirmed: dict[str, asyncio.Event] = {}
        self._line: Line | None = None
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
                if self._line is not None:
                    await self._line.send("SUBSCRIBE", channel)
                await confirmed.wait()

    async def unsubscribe(self, channel: str) -> None:
        """Hear it no longer."""
        self._handlers.pop(channel, None)
        self._confirmed.pop(channel, None)
        if self._line is not None:
            await self._line.send("UNSUBSCRIBE", channel)

    async def listen(self) -> None:
        """Listen until the line breaks. Run it by `restart_with_backoff`.

        Raises:
            StoreAwayError: the line broke.
        """
        async with self._store.line() as line:
            await line.send("SUBSCRIBE", *self._handlers, LAST)
            self._line = line
            try:
                while True:
                    self._take(await self._next(line))
            finally:
                self._line = None
                self._confirmed = {channel: asyncio.Event() for channel in self._handlers}

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
        if kind == b"message" and (handler := self._handlers.get(channel)) is not None:
            handler(message[2])
        elif kind == b"subscribe" and channel == LAST:
            for callback in self.on_return:
                callback()
        elif kind == b"subscribe" and (confirmed := self._confirmed.get(channel)) is not None:
            confirmed.set()
