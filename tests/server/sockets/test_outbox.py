"""The outbox: straight to the network while it takes; one snapshot instead of too many frames."""

import asyncio
from collections.abc import Sequence

from rooms.language.limits import OUTBOX_BYTES, OUTBOX_FRAMES
from server.sockets.outbox import Outbox


class Network:
    def __init__(self) -> None:
        self.open = True
        self.out: list[bytes] = []

    def send_now(self, frames: Sequence[bytes]) -> bool:
        if self.open:
            self.out.extend(frames)
        return self.open


def an_outbox() -> tuple[Outbox, Network]:
    network = Network()
    return Outbox(network.send_now, lambda: b"fresh"), network


def test_frames_go_at_once_while_the_network_takes_them() -> None:
    outbox, network = an_outbox()
    outbox.put(b"1")
    assert network.out == [b"1"]


async def test_several_frames_go_together_or_wait_one_after_another() -> None:
    outbox, network = an_outbox()
    outbox.put_all([b"1", b"2"])
    assert network.out == [b"1", b"2"]
    network.open = False
    outbox.put_all([b"3", b"4"])
    assert await outbox.take() == b"3"
    outbox.written()
    assert await outbox.take() == b"4"


async def test_frames_keep_their_order_when_the_network_opens_again() -> None:
    outbox, network = an_outbox()
    network.open = False
    outbox.put(b"1")
    network.open = True
    outbox.put(b"2")
    assert await outbox.take() == b"1"
    outbox.put(b"3")
    assert network.out == []
    outbox.written()
    assert await outbox.take() == b"2"
    outbox.written()
    assert await outbox.take() == b"3"
    outbox.written()
    outbox.put(b"4")
    assert network.out == [b"4"]


async def test_an_overflow_becomes_one_fresh_snapshot() -> None:
    outbox, network = an_outbox()
    network.open = False
    for number in range(OUTBOX_FRAMES + 50):
        outbox.put(b"%d" % number)
    assert await outbox.take() == b"fresh"
    outbox.written()
    network.open = True
    outbox.put(b"after")
    assert network.out == [b"after"]


async def test_too_many_bytes_are_an_overflow_too() -> None:
    outbox, network = an_outbox()
    network.open = False
    for _ in range(3):
        outbox.put(b"x" * (OUTBOX_BYTES // 3))
    outbox.put(b"xxx")
    assert await outbox.take() == b"fresh"


async def test_bytes_that_went_out_make_room() -> None:
    outbox, network = an_outbox()
    network.open = False
    for _ in range(10):
        outbox.put(b"x" * (OUTBOX_BYTES // 2))
        outbox.put(b"y" * (OUTBOX_BYTES // 2))
        assert (await outbox.take())[:1] == b"x"
        outbox.written()
        assert (await outbox.take())[:1] == b"y"
        outbox.written()


async def test_one_frame_may_be_larger_than_all_that_may_wait() -> None:
    outbox, network = an_outbox()
    network.open = False
    outbox.put(b"x" * (2 * OUTBOX_BYTES))
    assert len(await outbox.take()) == 2 * OUTBOX_BYTES


async def test_exactly_full_is_no_overflow() -> None:
    outbox, network = an_outbox()
    network.open = False
    for number in range(OUTBOX_FRAMES):
        outbox.put(b"%d" % number)
    assert await outbox.take() == b"0"


async def test_the_writer_waits_until_there_is_something() -> None:
    outbox, network = an_outbox()
    network.open = False
    taking = asyncio.ensure_future(outbox.take())
    await asyncio.sleep(0)
    assert not taking.done()
    outbox.put(b"1")
    assert await taking == b"1"


async def test_answers_follow_the_snapshot_that_takes_the_place_of_the_rest() -> None:
    outbox, network = an_outbox()
    outbox.start_over()
    outbox.put(b"news")
    outbox.put(b"answer", answer=True)
    assert await outbox.take() == b"fresh"
    outbox.put(b"later")
    assert [await outbox.take(), await outbox.take()] == [b"answer", b"later"]
    outbox.written()
    outbox.put(b"now")
    assert network.out == [b"now"]
