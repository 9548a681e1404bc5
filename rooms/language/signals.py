"""What two peers of one room say to each other to connect: addressed, otherwise opaque, passed on byte-exact."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from rooms.language.ids import AttendeeId, ConnectionId, RoomId
from rooms.language.limits import FRAME_BYTES, PAGE_CHARS
from rooms.language.message import Message

SignalKind = Literal["offer", "answer", "candidate", "hang-up", "restart"]


class Signal(Message, frozen=True, tag="signal"):
    """From a browser: pass this on to one person in my room. Dropped unless both hold seats there now."""

    to: AttendeeId
    room: RoomId
    round: int
    kind: SignalKind
    payload: Annotated[str, Meta(max_length=FRAME_BYTES)]
    """Opaque JSON text: a session description or a candidate."""


class Signalled(Message, frozen=True, tag="signalled"):
    """To a browser: somebody in your room said this. `sender` and `connection` are set by the server."""

    sender: AttendeeId
    connection: ConnectionId
    room: RoomId
    round: int
    kind: SignalKind
    payload: str


class Hello(Message, frozen=True, tag="hello"):
    """The first frame of a connection: the last number the page has seen, None for a fresh page; and which page."""

    last: int | None = msgspec.field(default=None)
    page: Annotated[str, Meta(max_length=PAGE_CHARS)] = ""
    """A name by chance, the same for as long as the page lives: with it, what is asked again is not done again."""


class Goodbye(Message, frozen=True, tag="goodbye"):
    """The person leaves on purpose: no seat is kept."""
