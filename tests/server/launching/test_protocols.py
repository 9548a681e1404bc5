"""Our subclasses of uvicorn's protocols, against the version that is pinned: frames at once, deadlines for heads."""

import asyncio
import time

import pytest

from server.launching import protocols
from tests.support.worker import Worker


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET / HT"],
    ids=["silent", "half a head", "half a second head"],
)
async def test_a_head_that_does_not_come_is_not_waited_for(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(protocols, "HEAD_S", 0.5)
    reader, writer = await asyncio.open_connection("127.0.0.1", worker.port)
    writer.write(sent)
    began = time.monotonic()
    async with asyncio.timeout(8):
        while await reader.read(65_536):
            continue
    assert 0.3 < time.monotonic() - began < 6
    writer.close()


async def test_a_head_byte_by_byte_does_not_buy_more_time(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocols, "HEAD_S", 0.5)
    reader, writer = await asyncio.open_connection("127.0.0.1", worker.port)
    began = time.monotonic()
    for byte in b"GET / HTTP/1.1\r\nHost: example.org\r\nX-Long: " + b"x" * 200:
        writer.write(bytes((byte,)))
        await asyncio.sleep(0.05)
        if reader.at_eof() or writer.is_closing():
            break
    assert time.monotonic() - began < 6
    writer.close()


async def test_a_whole_request_is_answered(worker: Worker) -> None:
    async with worker.browser() as browser:
        for _ in range(3):
            assert (await browser.get("/health")).status_code == 200


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 100_000])
async def test_frames_of_every_length_arrive_whole(worker: Worker, length: int) -> None:
    async with worker.attendee(f"Ada {length}") as line:
        found = worker.services.relay.line_of(worker.event)
        assert found is not None
        (listener,) = found.present.all.values()
        listener.hear(b"#" + b"x" * length)
        async with asyncio.timeout(10):
            while not (text := str(await line.recv())).startswith("#"):
                continue
        assert len(text) == length + 1
