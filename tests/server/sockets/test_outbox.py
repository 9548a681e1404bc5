"""The outbox: straight to the network while it takes; one snapshot instead of too many frames."""

import asyncio

from rooms.language.limits import OUTBOX_FRAMES
from server.sockets.outbox import Outbox


class Network:
    def __init__(self) -> None:
        self.open = True
        self.out: list[bytes] = []

    def send_now(self, data: bytes) -> bool:
        if self.open:
            self.out.append(data)
        return self.open


def an_outbox() -> tuple[Outbox, Network]:
    network = Network()
    return Outbox(network.send_now, lambda: b"fresh"), network


def test_frames_go_at_once_while_the_network_takes_them() -> None:
    outbox, network = an_outbox()
    outbox.put(b"1")
    assert network.out == [b"1"]


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
