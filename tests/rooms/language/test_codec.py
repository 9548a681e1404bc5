"""Frames of browsers: each kind that is not one of ours is named and refused, none is half read."""

from typing import get_args

import pytest

from rooms.language import commands as k
from rooms.language.changes import Change, Entry, EventPaused
from rooms.language.codec import (
    MalformedError,
    decode_downward,
    decode_entry,
    decode_frame,
    decode_order,
    encode_downward,
    encode_entry,
    encode_order,
    encode_upward,
)
from rooms.language.errands import DeadlinePassed, Errand
from rooms.language.ids import ConnectionId, Instant, Role, RoomId
from rooms.language.limits import CHAT_CHARS, FRAME_BYTES, LONG_TEXT_CHARS
from rooms.language.notices import Notice, Settled
from rooms.language.orders import Cause, Order
from rooms.language.signals import Goodbye, Hello, Signal

MALFORMED: dict[str, str | bytes] = {
    "nothing": "",
    "no JSON": "hello",
    "cut off": '[1, {"type":"seat.take"',
    "no envelope": '{"type":"round.start"}',
    "an empty envelope": "[]",
    "too long an envelope": '[1, {"type":"round.start"}, 3]',
    "no body": "[1]",
    "a body that is no object": "[1, 2]",
    "no type": "[1, {}]",
    "a type that is no text": '[1, {"type":7}]',
    "an unknown type": '[1, {"type":"seat.steal"}]',
    "a notice": '[1, {"type":"settled","ref":1}]',
    "an errand": '[1, {"type":"deadline.passed"}]',
    "an errand about somebody else": '[1, {"type":"attendee.depart","attendee":"p1","connection":"c1"}]',
    "a missing field": '[1, {"type":"seat.take"}]',
    "a field too many": '[1, {"type":"seat.take","room":"1-1","force":true}]',
    "a field of another kind": '[1, {"type":"readiness.set","ready":"yes"}]',
    "snake case": '[1, {"type":"attendee.remove","attendee":"p1","ban":false,"so_what":1}]',
    "a reference that is no number": '["1", {"type":"round.start"}]',
    "a broken reference": '[1.5, {"type":"round.start"}]',
    "an empty line": '[1, {"type":"chat.say","text":""}]',
    "too long a line": '[1, {"type":"chat.say","text":"' + "x" * (CHAT_CHARS + 1) + '"}]',
    "too long a call for help": '[1, {"type":"help.ask","text":"' + "x" * (LONG_TEXT_CHARS + 1) + '"}]',
    "an unknown reaction": '[1, {"type":"reaction.send","room":"1-1","kind":"bite"}]',
    "health above three": '[1, {"type":"media.tell","microphone":true,"camera":true,"health":4}]',
    "health below zero": '[1, {"type":"media.tell","microphone":true,"camera":true,"health":-1}]',
    "one to pair up": '[1, {"type":"seat.pair","attendees":["p1"]}]',
    "five to pair up": '[1, {"type":"seat.pair","attendees":["a","b","c","d","e"]}]',
    "an unknown signal": '[null, {"type":"signal","to":"p2","room":"1-1","round":1,"kind":"poke","payload":""}]',
    "too large": '[1, {"type":"chat.say","text":"' + "x" * FRAME_BYTES + '"}]',
    "broken UTF-8": b'[1, {"type":"chat.say","text":"\xff\xfe"}]',
    "deep nesting": "[" * 5_000,
    "not a number": '[1, {"type":"report.close","report":NaN}]',
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_frame_is_refused_with_a_word_why(name: str) -> None:
    with pytest.raises(MalformedError) as caught:
        decode_frame(MALFORMED[name])

    assert str(caught.value)


GOOD = [
    k.SetReadiness(ready=True),
    k.TakeSeat(room=RoomId("1-1")),
    k.SayChat(text="Grüße 👋"),
    k.ExtendRound(),
    k.TellMedia(microphone=True, camera=False, health=3),
    Hello(last=None),
    Goodbye(),
]


@pytest.mark.parametrize("body", GOOD, ids=lambda body: type(body).__name__)
def test_what_is_written_can_be_read(body: k.Command | Hello | Goodbye) -> None:
    frame = decode_frame(encode_upward(7, body))

    assert (frame.ref, frame.body) == (7, body)


def test_a_payload_of_a_signal_stays_as_it_was() -> None:
    payload = '{"sdp": "v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n  "}'
    text = encode_upward(None, Signal("p2", RoomId("1-1"), 1, "offer", payload))  # type: ignore[arg-type]
    frame = decode_frame(text)

    assert frame.ref is None
    assert isinstance(frame.body, Signal)
    assert frame.body.payload == payload


def test_orders_entries_and_notices_can_be_written_and_read() -> None:
    order = Order(wish=DeadlinePassed(), cause=Cause(ConnectionId("c"), 1), role=Role.PLATFORM, at=Instant(5))
    entry = Entry(seq=1, at=Instant(5), change=EventPaused())

    assert decode_order(encode_order(order)) == order
    assert decode_entry(encode_entry(entry)) == entry
    assert decode_downward(encode_downward(Settled(ref=3))) == Settled(ref=3)


@pytest.mark.parametrize("union", [k.Command | Errand, Change, Notice])
def test_no_word_means_two_things(union: object) -> None:
    tags = [kind.__struct_config__.tag for kind in get_args(union)]

    assert len(tags) == len(set(tags))
    assert all("." in tag or tag in {"welcome", "resumed", "pulse", "settled", "refused"} for tag in tags)
