"""One WebSocket of a scripted browser as a bare asyncio protocol: no task, no queue, no stack of its own."""

import asyncio
import base64
import os
from time import monotonic
from typing import Protocol, cast

from loadtests.driving.frames import CLOSE, PING, PONG, TEXT, Unpacker, masked

LOST = 1006
"""The code for a line that ended without a close frame."""
KEY = base64.b64encode(os.urandom(16)).decode()


class Owner(Protocol):
    """Whoever hears what comes through a socket."""

    def opened(self) -> None:
        """The server has agreed to speak WebSocket."""

    def heard(self, payload: bytes, at: float) -> None:
        """A text frame came, at this second of the monotonic clock."""

    def ended(self, socket: "Socket", code: int) -> None:
        """That line is over, with this close code."""


class Socket(asyncio.Protocol):
    """From the first byte to the last."""

    __slots__ = ("_code", "_head", "_open", "_owner", "_request", "_unpack", "transport")

    def __init__(self, owner: Owner, request: bytes) -> None:
        self._owner = owner
        self._request = request
        self._open = False
        self._head = b""
        self._code = LOST
        self._unpack = Unpacker()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask to speak WebSocket."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by name
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Hand frames on as they come; answer pings."""
        now = monotonic()
        if not self._open:
            data = self._opened(data)
            if not data:
                return
        for opcode, payload in self._unpack.feed(data):
            if opcode == TEXT:
                self._owner.heard(payload, now)
            elif opcode == PING:
                self._write(masked(PONG, payload))
            elif opcode == CLOSE:
                self._code = int.from_bytes(payload[:2], "big") or LOST
                self._write(masked(CLOSE, payload[:2]))
                self.abort()

    def _opened(self, data: bytes) -> bytes:
        """Read the answer to the upgrade; what follows it is frames."""
        head, end, rest = (self._head + data).partition(b"\r\n\r\n")
        if not end:
            self._head = head
            return b""
        if b" 101 " not in head.split(b"\r\n", 1)[0] + b" ":
            self.abort()
            return b""
        self._head, self._open = b"", True
        self._owner.opened()
        return rest

    def connection_lost(self, error: Exception | None) -> None:
        """Say with which code it ended."""
        self._owner.ended(self, self._code)

    def send(self, text: bytes) -> None:
        """Send one text frame."""
        self._write(masked(TEXT, text))

    def _write(self, data: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    def abort(self) -> None:
        """Cut the line without a word, as a lost network does."""
        if self.transport is not None:
            self.transport.abort()


def upgrade(path: str, host: str, subprotocol: str) -> bytes:
    """The request by which a page of ours opens its socket."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n"
        f"Sec-WebSocket-Protocol: {subprotocol}\r\n\r\n"
    ).encode()
