"""The way in by HTTP: a line that was closed while it rested is replaced, what the server refuses is said."""

import asyncio

import pytest

from loadtests.driving.doors import Doors, RefusedError

ANSWER = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 18\r\n\r\n{"ws":"/ws/mixer"}'


class Server:
    """Answers each request with the next thing of a list: bytes, or None to hang up."""

    def __init__(self, *answers: bytes | None) -> None:
        self._answers = list(answers)
        self.lines = 0
        self.requests: list[bytes] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines += 1
        while self._answers:
            try:
                self.requests.append(await reader.readuntil(b"\r\n\r\n"))
            except asyncio.IncompleteReadError:
                break
            answer = self._answers.pop(0)
            if answer is None:
                break
            for byte in range(0, len(answer), 20):
                writer.write(answer[byte : byte + 20])
                await writer.drain()
        writer.close()


async def asked(server: Server, times: int) -> list[str]:
    listening = await asyncio.start_server(server, "127.0.0.1", 0)
    async with listening, Doors("127.0.0.1", listening.sockets[0].getsockname()[1]) as doors:
        return [await doors.ticket("/e/mixer/ticket", "seat=1") for _ in range(times)]


async def test_one_line_asks_for_many_tickets() -> None:
    server = Server(ANSWER, ANSWER, ANSWER)
    assert await asked(server, 3) == ["/ws/mixer"] * 3
    assert server.lines == 1
    assert all(b"Cookie: seat=1\r\n" in request for request in server.requests)


async def test_a_line_closed_while_it_rested_is_replaced() -> None:
    server = Server(ANSWER, None, ANSWER)
    assert await asked(server, 2) == ["/ws/mixer"] * 2
    assert server.lines == 2


async def test_a_refusal_is_said_as_it_is() -> None:
    with pytest.raises(RefusedError, match="403 Forbidden"):
        await asked(Server(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"), 1)


async def test_a_new_line_that_is_cut_is_no_ticket() -> None:
    with pytest.raises(ConnectionResetError):
        await asked(Server(None), 1)
