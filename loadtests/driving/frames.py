"""The client's half of RFC 6455, as far as a load run needs it: masked text up, whole frames down."""

import struct

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
KEY = b"\0\0\0\0"
"""A mask that changes nothing: it is for proxies between strangers, and there are none here."""


def masked(opcode: int, payload: bytes) -> bytes:
    """One whole frame as a client sends it."""
    length = len(payload)
    if length < 126:
        return bytes((0x80 | opcode, 0x80 | length)) + KEY + payload
    if length < 65536:
        return bytes((0x80 | opcode, 0xFE)) + struct.pack(">H", length) + KEY + payload
    return bytes((0x80 | opcode, 0xFF)) + struct.pack(">Q", length) + KEY + payload


def plain(opcode: int, payload: bytes) -> bytes:
    """One whole frame as a server sends it: for the floor."""
    length = len(payload)
    if length < 126:
        return bytes((0x80 | opcode, length)) + payload
    if length < 65536:
        return bytes((0x80 | opcode, 0x7E)) + struct.pack(">H", length) + payload
    return bytes((0x80 | opcode, 0x7F)) + struct.pack(">Q", length) + payload


class Unpacker:
    """Cuts what comes from a server into frames. A frame that is not whole is joined once, when its end is here."""

    __slots__ = ("_have", "_need", "_parts")

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._have = 0
        self._need = 0

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The frames that are whole now, each with its opcode. Frames in parts are never sent to us."""
        if self._parts:
            self._parts.append(data)
            self._have += len(data)
            if self._have < self._need:
                return []
            data = b"".join(self._parts)
            self._parts.clear()
        at, end = 0, len(data)
        found: list[tuple[int, bytes]] = []
        while True:
            body, length = _head(data, at, end)
            if body + length > end or not body:
                break
            found.append((data[at] & 15, data[body : body + length]))
            at = body + length
        if at < end:
            self._parts.append(data[at:])
            self._have, self._need = end - at, body + length - at if body else 0
        return found


def _head(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the payload of the frame begins and how long it is; (0, 0) while its head is not whole."""
    if end - at < 2:
        return 0, 0
    length = data[at + 1] & 127
    if length < 126:
        return at + 2, length
    size = 2 if length == 126 else 8
    if end - at < 2 + size:
        return 0, 0
    return at + 2 + size, int.from_bytes(data[at + 2 : at + 2 + size], "big")
