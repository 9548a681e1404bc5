"""A scripted attendee: comes by a ticket, sits down where it is put, returns when its line breaks, as the page does."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from loadtests.driving.sockets import Socket, upgrade
from rooms.language.closing import MEANING, CloseCode
from rooms.language.codec import encode_upward
from rooms.language.commands import AttendeeCommand, TakeSeat
from rooms.language.ids import RoomId
from rooms.language.signals import Hello
from server.sockets.endpoint import SUBPROTOCOL

if TYPE_CHECKING:
    from loadtests.driving.crowd import Crowd

KIND = len(b'{"type":"')
"""Where the name of a notice begins: the tag is always the first field."""
ROOM = len(b'{"type":"room.changed","room":{"id":"')
TAIL = 32
"""Bytes of the last notice that are kept: the journal number stands at its end."""
WELCOME_S = 60.0
"""Longest wait for the first picture; what takes longer counts as failed."""
BASE_S, CAP_S, AT_ONCE_S = 0.5, 8.0, 0.3
"""As in static/js/connection/backoff.js."""
UNCOUNTED = (b"settled", b"refused", b"welcome", b"resumed", b"signalled")
"""Notices whose end is no journal number, or which are read whole."""


class _Room(msgspec.Struct):
    id: str


class _Picture(msgspec.Struct):
    seq: int
    room: _Room | None


class _Welcome(msgspec.Struct):
    snapshot: _Picture


_welcome = msgspec.json.Decoder(_Welcome)


class NotWelcomedError(Exception):
    """The line ended before the first picture."""


class Attendee:
    """One person of a crowd. Reads of each notice only what a run needs, so that ten thousand cost little."""

    __slots__ = (
        "_done", "_ref", "_seq", "_socket", "_tail", "asked_at", "attempt", "crowd", "name", "number", "room",
        "secret", "ticketed_at", "welcomed_at",
    )  # fmt: skip

    def __init__(self, crowd: "Crowd", number: int, name: str, secret: str) -> None:
        self.crowd = crowd
        self.number = number
        self.name = name
        """The attendee's id."""
        self.secret = secret
        """The token of the seat."""
        self.room = b""
        self.attempt = 0
        self.asked_at = self.ticketed_at = self.welcomed_at = 0.0
        self._seq: int | None = None
        self._tail = b""
        self._ref = 0
        self._socket: Socket | None = None
        self._done: asyncio.Future[None] | None = None

    @property
    def here(self) -> bool:
        """Whether the line is open and the first picture has come."""
        return self._socket is not None and self.welcomed_at > 0

    @property
    def socket(self) -> Socket | None:
        """The line, while there is one."""
        return self._socket

    async def come(self) -> None:
        """Ask for a ticket, open a socket with it, say hello, wait for the picture.

        Raises:
            NotWelcomedError: the line ended before.
            OSError: the server is not there.
            TimeoutError: the picture did not come.
        """
        crowd, loop = self.crowd, asyncio.get_running_loop()
        self.asked_at, self.welcomed_at = monotonic(), 0.0
        self._done = loop.create_future()
        path = await crowd.door(self)
        self.ticketed_at = monotonic()
        request = upgrade(path, f"{crowd.host}:{crowd.port}", SUBPROTOCOL)
        try:
            socket = self._socket = Socket(self, request)
            await loop.create_connection(lambda: socket, crowd.host, crowd.port)
            async with asyncio.timeout(WELCOME_S):
                await self._done
        finally:
            self._done = None
            if not self.welcomed_at:
                self.vanish()

    def order(self, command: AttendeeCommand) -> None:
        """Ask for something with a number of its own; the answer is counted by the crowd."""
        self._ref += 1
        if self._socket is not None:
            self._socket.send(encode_upward(self._ref, command))

    def vanish(self) -> None:
        """The line is lost without a word."""
        if self._socket is not None:
            self._socket.abort()

    # --- what the socket says ---------------------------------------------------------------------------------------

    def opened(self) -> None:
        """Say hello, with what was seen last."""
        if self._socket is not None:
            self._socket.send(encode_upward(None, Hello(self.last_seen())))

    def last_seen(self) -> int | None:
        """The journal number of the last notice, None for a fresh page."""
        tail = self._tail.rpartition(b'"seq":')[2].rstrip(b"}")
        return int(tail) if tail.isdigit() else self._seq

    def heard(self, payload: bytes, at: float) -> None:
        """Take note of one notice."""
        kind = payload[KIND : payload.find(b'"', KIND)]
        self.crowd.tally.count(kind, len(payload))
        act = ACTS.get(kind)
        if act is not None:
            act(self, payload, at)
        if kind not in UNCOUNTED:
            self._tail = payload[-TAIL:]

    def ended(self, socket: Socket, code: int) -> None:
        """A line is over; if it was ours still, come back unless we are not wanted."""
        if socket is not self._socket:
            return
        self._socket = None
        was_here = self.welcomed_at > 0
        self.welcomed_at = 0.0
        if self._done is not None and not self._done.done():
            self._done.set_exception(NotWelcomedError(f"closed with {code}"))
        elif was_here:
            self.crowd.lost(self, code)

    def pause_s(self, code: int) -> float | None:
        """How long the page waits before it comes back after this close code; None when it stays away."""
        after = MEANING[CloseCode(code)][0] if code in CloseCode._value2member_map_ else "return"
        if after == "stay_away":
            return None
        if after == "return_at_once":
            return random.random() * AT_ONCE_S  # noqa: S311 — a pause, no secret
        ceiling = min(CAP_S, BASE_S * 2.0 ** min(self.attempt, 16))
        pause = random.random() * ceiling  # noqa: S311 — a pause, no secret
        self.attempt += 1
        return pause

    # --- what notices mean ------------------------------------------------------------------------------------------

    def _welcomed(self, payload: bytes, at: float) -> None:
        picture = _welcome.decode(payload).snapshot
        self._seq, self._tail = picture.seq, b""
        if picture.room is not None:
            self._seated(picture.room.id.encode(), at)
        else:
            self.room = b""
        self._here(at)

    def _resumed(self, payload: bytes, at: float) -> None:
        self._here(at)

    def _here(self, at: float) -> None:
        again = self.welcomed_at > 0
        self.welcomed_at = at
        if self._done is not None and not self._done.done():
            self._done.set_result(None)
        self.crowd.note(b"again" if again else b"welcome", self, at)

    def _room_changed(self, payload: bytes, at: float) -> None:
        self._seated(payload[ROOM : payload.find(b'"', ROOM)], at)

    def _seated(self, room: bytes, at: float) -> None:
        if room == self.room:
            return
        self.room = room
        self.crowd.note(b"room " + room.partition(b"-")[0], self, at)
        if self.crowd.sits:
            self.order(TakeSeat(RoomId(room.decode())))

    def _room_left(self, payload: bytes, at: float) -> None:
        self.room = b""
        self.crowd.note(b"left", self, at)

    def _next_changed(self, payload: bytes, at: float) -> None:
        if not payload.startswith(b'{"type":"next.changed","next":null'):
            self.crowd.note(b"next", self, at)

    def _settled(self, payload: bytes, at: float) -> None:
        self.crowd.note(b"settled", self, at)

    def _refused(self, payload: bytes, at: float) -> None:
        self.crowd.refusals[msgspec.json.decode(payload)["reason"]] += 1

    def _listed(self, payload: bytes, at: float) -> None:
        self.crowd.listed(self, payload, at)

    def _chatted(self, payload: bytes, at: float) -> None:
        self.crowd.chatted(self, payload, at)


Act = Callable[[Attendee, bytes, float], None]
Door = Callable[[Attendee], Awaitable[str]]
"""Finds the path of the socket for somebody: by a ticket, or none at the floor."""

ACTS: dict[bytes, Act] = {
    b"welcome": Attendee._welcomed,
    b"resumed": Attendee._resumed,
    b"room.changed": Attendee._room_changed,
    b"room.left": Attendee._room_left,
    b"next.changed": Attendee._next_changed,
    b"settled": Attendee._settled,
    b"refused": Attendee._refused,
    b"roster.changed": Attendee._listed,
    b"chat.heard": Attendee._chatted,
}
