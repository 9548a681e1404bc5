"""Two subclasses of uvicorn's protocols: frames that go at once, lines that are cut, heads that must come in time.

They use names uvicorn does not promise, so its version is pinned and the tests of this module run against it.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from server.sockets.wire import ABORT, SEND_NOW

HEAD_S = 5.0
"""A request's head must be here within this; nothing in uvicorn ends a silent connection."""
HIGH_WATER_BYTES = 64 * 1024
"""Beyond so many unsent bytes a frame waits for the writer of its session."""


class FastWebSocket(WebSocketsSansIOProtocol):
    """Lets the session send a text frame without waiting, and cut the line."""

    async def run_asgi(self) -> None:
        """Offer both to the application."""
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[SEND_NOW] = self.send_now
        extensions[ABORT] = self.transport.abort
        await super().run_asgi()

    def send_now(self, texts: Sequence[bytes]) -> bool:
        """Write text frames in one go if the network takes them; False when they must wait."""
        transport = self.transport
        if self.conn.state is not State.OPEN or self.close_sent or not self.writable.is_set():
            return False
        if transport.is_closing() or transport.get_write_buffer_size() > HIGH_WATER_BYTES:
            return False
        transport.write(b"".join([part for text in texts for part in (_head(len(text)), text)]))
        return True

    def keepalive_timeout(self) -> None:
        """Cut a dead line: a close would wait for ever for what it never takes."""
        super().keepalive_timeout()
        self.transport.abort()


class DeadlineHttp(HttpToolsProtocol):
    """Closes connections whose request head does not come in time."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first head is due."""
        super().connection_made(transport)
        self._expect()

    def on_message_begin(self) -> None:
        """A further head has begun."""
        super().on_message_begin()
        self._expect()

    def on_headers_complete(self) -> None:
        """It came."""
        self._relax()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is due any more."""
        self._relax()
        super().connection_lost(exc)

    def _expect(self) -> None:
        if self._deadline is None:  # byte by byte does not buy more time
            self._deadline = self.loop.call_later(HEAD_S, self.transport.close)

    def _relax(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _head(length: int) -> bytes:
    """The head of an unmasked text frame that is a message of its own (RFC 6455, 5.2)."""
    if length < 126:
        return bytes((0x81, length))
    if length < 65536:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")
