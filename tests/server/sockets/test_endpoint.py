"""Who may open a connection: exact origin, known subprotocol, a ticket that is good here and now. Over real sockets."""

import asyncio
import socket
from contextlib import suppress

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, NegotiationError

from rooms.language.closing import CloseCode
from rooms.language.ids import EventId, Role
from server.sockets.endpoint import new_connection_id
from server.store.presence import new_worker_id
from tests.support.worker import Worker

HELLO = '[null,{"type":"hello","last":null}]'


async def code_of(line: ClientConnection) -> int:
    """Read until the other side closes; its code."""
    try:
        while True:
            await line.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd is not None else 0


async def closed_with(worker: Worker, ticket: str) -> int:
    async with worker.socket(ticket) as line:
        with suppress(ConnectionClosed):
            await line.send(HELLO)
        return await code_of(line)


def strange_origins(port: int) -> list[str | None]:
    return [
        None,
        "null",
        f"http://localhost:{port}",
        f"https://127.0.0.1:{port}",
        "http://127.0.0.1",
        f"http://127.0.0.1:{port + 1}",
        f"http://127.0.0.1:{port}/",
        f"http://127.0.0.1:{port}.evil.net",
        f"http://127.0.0.1.evil.net:{port}",
        f"http://evil.net#127.0.0.1:{port}",
        f"http://me@127.0.0.1:{port}",
        f"HTTP://127.0.0.1:{port}",
        f"http://127.1:{port}",
        f"http://0177.0.0.1:{port}",
        f"http://[::ffff:127.0.0.1]:{port}",
        f"ws://127.0.0.1:{port}",
        f"127.0.0.1:{port}",
        "http://evil.net",
        "file://",
        f"http://127.0.0.1:{port} http://evil.net",
        f"http://127.0.0.1:0{port}",
    ]


async def test_no_other_origin_gets_as_far_as_a_socket(worker: Worker) -> None:
    person = await worker.person()
    for origin in strange_origins(worker.port):
        ticket = await worker.ticket(person.id)
        with pytest.raises(InvalidStatus) as raised:
            async with worker.socket(ticket, origin):
                pass
        assert raised.value.response.status_code == 403, origin


async def test_a_browser_of_another_version_is_refused(worker: Worker) -> None:
    address = f"ws://127.0.0.1:{worker.port}/ws/{worker.event}?ticket=x"
    with pytest.raises((InvalidStatus, NegotiationError)):
        async with connect(address, additional_headers={"Origin": worker.url}, proxy=None):
            pass


async def test_a_ticket_admits_once_even_when_raced(worker: Worker) -> None:
    ticket = await worker.ticket((await worker.person()).id)

    async def attempt() -> str:
        async with worker.socket(ticket) as line:
            try:
                await line.send(HELLO)
                return str(await line.recv())
            except ConnectionClosed as closed:
                return str(closed.rcvd.code if closed.rcvd is not None else 0)

    results = await asyncio.gather(*(attempt() for _ in range(10)))
    assert len([text for text in results if "welcome" in text]) == 1
    assert len([text for text in results if text == "4401"]) == 9


async def test_no_ticket_or_one_for_another_event_is_not_admitted(worker: Worker) -> None:
    person = await worker.person()
    other = await worker.ticket(person.id, EventId("another-event"))
    for ticket in ("", "x", "x" * 43, other):
        assert await closed_with(worker, ticket) == CloseCode.NOT_ADMITTED


async def test_a_frame_too_large_for_us_is_closed_as_malformed_and_a_huge_one_as_too_big(worker: Worker) -> None:
    for size, code in ((40_000, 4400), (200_000, 1009)):
        async with worker.attendee(f"Ada {size}") as line:
            await line.send("[1," + " " * size + "]")
            assert await code_of(line) == code


async def test_an_answer_comes_back_over_a_real_socket(worker: Worker) -> None:
    async with worker.attendee() as line:
        await line.send('[7,{"type":"readiness.set","ready":true}]')
        async with asyncio.timeout(10):
            while '"settled"' not in (text := str(await line.recv())):
                continue
        assert '"ref":7' in text


async def test_a_browser_that_stops_reading_is_cut_off_and_others_go_on(worker: Worker) -> None:
    async with worker.attendee("Ada") as ada:
        reading = await worker.person("Ben")
        ticket = await worker.ticket(reading.id)
        stuck = socket.create_connection(("127.0.0.1", worker.port))
        stuck.setblocking(False)
        loop = asyncio.get_running_loop()
        request = (
            f"GET /ws/{worker.event}?ticket={ticket} HTTP/1.1\r\nHost: 127.0.0.1:{worker.port}\r\n"
            f"Origin: {worker.url}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: rooms.v1\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        await loop.sock_sendall(stuck, request.encode())
        assert b"101" in await loop.sock_recv(stuck, 4_096)
        payload = HELLO.encode()
        await loop.sock_sendall(stuck, bytes((0x81, 0x80 | len(payload))) + b"\0\0\0\0" + payload)
        line = None
        async with asyncio.timeout(20):
            while line is None or line.present.count(Role.ATTENDEE, reading.id) == 0:
                line = worker.services.relay.line_of(worker.event)
                await asyncio.sleep(0.02)
            (listener,) = [found for found in line.present.all.values() if found.id == reading.id]
            while listener.connection in line.present.all:
                listener.hear(b'"' + b"x" * 60_000 + b'"')
                await asyncio.sleep(0.01)
        stuck.close()
        await ada.send('[9,{"type":"readiness.set","ready":true}]')
        async with asyncio.timeout(10):
            while '"ref":9' not in str(await ada.recv()):
                continue


async def test_a_worker_that_stops_says_moving(worker: Worker) -> None:
    async with worker.attendee() as line:
        worker.server.should_exit = True
        assert await code_of(line) == CloseCode.MOVING


def test_names_of_connections_never_repeat_and_say_where_they_live() -> None:
    worker = new_worker_id()
    names = {new_connection_id(worker) for _ in range(1_000)}
    assert len(names) == 1_000
    assert all(name.startswith(f"{worker}.") for name in names)
