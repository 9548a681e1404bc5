"""What is sent again and again."""

import asyncio
import time

import pytest
from aiortc.mediastreams import MediaStreamError

from rooms.media.loop import Loop, Recording

SHORT = Recording("video", [b"one", b"two"], 90_000, 900)


async def test_a_loop_begins_at_the_first_packet_and_goes_round() -> None:
    track = Loop(SHORT)
    packets = [await track.recv() for _ in range(5)]
    assert [bytes(packet) for packet in packets] == [b"one", b"two", b"one", b"two", b"one"]


async def test_the_time_stamps_go_on_when_it_begins_again() -> None:
    track = Loop(SHORT)
    assert [(await track.recv()).pts for _ in range(4)] == [0, 900, 1800, 2700]


async def test_it_keeps_the_pace() -> None:
    track, began_at_s = Loop(SHORT), time.monotonic()
    for _ in range(11):
        await track.recv()
    assert time.monotonic() - began_at_s >= 0.1


async def test_what_was_missed_in_a_stall_is_not_sent_at_once() -> None:
    track = Loop(Recording("audio", [b"one"], 1000, 300))
    await track.recv()
    await asyncio.sleep(0.9)
    await track.recv()
    began_at_s = time.monotonic()
    await track.recv()
    assert time.monotonic() - began_at_s >= 0.25


async def test_a_stopped_loop_says_so() -> None:
    track = Loop(SHORT)
    track.stop()
    with pytest.raises(MediaStreamError):
        await track.recv()
