"""One WebSocket as a session sees it: text frames in, bytes out, a close code at the end."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from server.sockets.farewell import GoneError

SEND_NOW = "rondo.send_now"
"""Extension of our WebSocket protocol: sends text frames at once if the network takes them."""
ABORT = "rondo.abort"
"""Extension of our WebSocket protocol: cuts the line without waiting for what is still to be written."""
CLOSE_S = 1.0
"""Longest wait for the close frame to go out."""


class Wire(Protocol):
    """What a session needs of its connection."""

    async def receive(self) -> str | bytes:
        """The next frame; raises `GoneError` when there will be none."""

    async def send(self, data: bytes) -> None:
        """Send a text frame, waiting for the network; raises `GoneError`."""

    def send_now(self, frames: Sequence[bytes]) -> bool:
        """Send text frames if that is possible without waiting: all of them, or none."""

    async def close(self, code: int, reason: str) -> None:
        """Close, or cut the line if it takes too long. Never raises."""


class WebSocketWire:
    """A wire over Starlette's WebSocket, accepted already."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        extensions = socket.scope.get("extensions", {})
        self._send_now = extensions.get(SEND_NOW)
        self._abort = extensions.get(ABORT)

    async def receive(self) -> str | bytes:
        """The next frame."""
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise GoneError
        text: str | bytes = message["text"] if message.get("text") is not None else message["bytes"]
        return text

    async def send(self, data: bytes) -> None:
        """Send a text frame, waiting for the network."""
        try:
            await self._socket.send({"type": "websocket.send", "text": data.decode()})
        except (WebSocketDisconnect, RuntimeError, OSError) as error:
            raise GoneError from error

    def send_now(self, frames: Sequence[bytes]) -> bool:
        """Send text frames if that is possible without waiting: all of them, or none."""
        return self._send_now is not None and bool(self._send_now(frames))

    async def close(self, code: int, reason: str) -> None:
        """Close; a browser that takes nothing any more is cut off."""
        if self._socket.application_state is not WebSocketState.CONNECTED:
            return
        try:
            async with asyncio.timeout(CLOSE_S):
                await self._socket.close(code, reason)
        except (WebSocketDisconnect, RuntimeError, OSError, TimeoutError):
            if self._abort is not None:
                self._abort()
