"""Bytes to message and back: JSON text towards browsers, MessagePack inside. One decoder a direction."""

import msgspec

from rooms.language.changes import Entry
from rooms.language.commands import Command
from rooms.language.limits import FRAME_BYTES
from rooms.language.notices import Notice
from rooms.language.orders import Order
from rooms.language.signals import Goodbye, Hello, Signal, Signalled

Upward = Command | Signal | Hello | Goodbye
"""Everything a browser may send."""
Downward = Notice | Signalled
"""Everything a browser may receive."""


class MalformedError(Exception):
    """The frame is not one we know; the message says where and what was expected."""


class Frame(msgspec.Struct, frozen=True):
    """A decoded frame of a browser."""

    ref: int | None
    """The browser's number for a command it wants an answer to."""
    body: Upward


_json_encoder = msgspec.json.Encoder()
_upward_decoder = msgspec.json.Decoder(Upward)
_downward_decoder: msgspec.json.Decoder[Downward] = msgspec.json.Decoder(Downward)
_order_decoder = msgspec.msgpack.Decoder(Order)
_entry_decoder = msgspec.msgpack.Decoder(Entry)
_msgpack_encoder = msgspec.msgpack.Encoder()


_envelope_decoder = msgspec.json.Decoder(tuple[int | None, msgspec.Raw])


def decode_frame(data: str | bytes) -> Frame:
    """Read one text frame `[ref, {"type": …}]` of a browser.

    Raises:
        MalformedError: with the path and what was expected there.
    """
    if len(data) > FRAME_BYTES:
        raise MalformedError(f"frame of {len(data)} bytes, at most {FRAME_BYTES} are taken")
    try:
        ref, body = _envelope_decoder.decode(data)
        return Frame(ref, _upward_decoder.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedError(str(error)) from None


def encode_upward(ref: int | None, body: Upward) -> bytes:
    """What a browser would send: for scripted attendees."""
    return _json_encoder.encode((ref, body))


def encode_downward(message: Downward) -> bytes:
    """A notice or signal as the UTF-8 text of one frame."""
    return _json_encoder.encode(message)


def decode_downward(data: str | bytes) -> Downward:
    """Read what a browser receives: for scripted attendees and tests."""
    return _downward_decoder.decode(data)


def encode_order(order: Order) -> bytes:
    """An order for the inbox."""
    return _msgpack_encoder.encode(order)


def decode_order(data: bytes) -> Order:
    """An order from the inbox; `at` is still 0."""
    return _order_decoder.decode(data)


def encode_entry(entry: Entry) -> bytes:
    """An entry for the journal."""
    return _msgpack_encoder.encode(entry)


def decode_entry(data: bytes) -> Entry:
    """An entry from the journal."""
    return _entry_decoder.decode(data)
