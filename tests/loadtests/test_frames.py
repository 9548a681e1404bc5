"""Frames of a load run: cut wherever the network cuts them, they come out whole and in order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from loadtests.driving.frames import PING, TEXT, Unpacker, masked, plain

SIZES = [0, 1, 125, 126, 65_535, 65_536, 200_000]


@pytest.mark.parametrize("size", SIZES)
def test_a_server_reads_what_we_mask(size: int) -> None:
    reader = StreamReader()
    reader.feed_data(masked(TEXT, b"a" * size))
    parsing = Frame.parse(reader.read_exact, mask=True)
    with pytest.raises(StopIteration) as done:
        next(parsing)
    assert done.value.value == Frame(Opcode.TEXT, b"a" * size)


@pytest.mark.parametrize("size", SIZES)
def test_the_floor_frames_as_a_server_does(size: int) -> None:
    assert plain(TEXT, b"a" * size) == Frame(Opcode.TEXT, b"a" * size).serialize(mask=False)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 300) | st.just(70_000), max_size=5), st.lists(st.integers(1, 4_000), min_size=1))
def test_frames_come_out_whole_wherever_they_are_cut(sizes: list[int], cuts: list[int]) -> None:
    sent = [(PING if size % 5 == 4 else TEXT, bytes([size % 251]) * size) for size in sizes]
    stream = b"".join(plain(opcode, payload) for opcode, payload in sent)
    unpack, got, at, turn = Unpacker(), list[tuple[int, bytes]](), 0, 0
    while at < len(stream):
        step = cuts[turn % len(cuts)]
        got += unpack.feed(stream[at : at + step])
        at, turn = at + step, turn + 1
    assert got == sent
