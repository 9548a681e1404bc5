"""Plain HTTP requests of scripted attendees: a few lines of asyncio, since processor time counts."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

ANSWER_S = 5.0
"""Longest wait for a page, as a person would."""


class HttpError(OSError):
    """The server answered with this status."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(f"status {status}: {sentence}")
        self.status = status
        self.sentence = sentence


async def ask(url: str, method: str, path: str, cookie: str = "", body: bytes = b"") -> Any:
    """What one request is answered with, as JSON; `body` is JSON too.

    Raises:
        HttpError: the status is not one of success; with the sentence for people.
        OSError: nobody answers, or not in time.
    """
    where = urlsplit(url)
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: {where.netloc}\r\nOrigin: {url}\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    async with asyncio.timeout(ANSWER_S):
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        try:
            writer.write(head.encode() + body)
            answer = await reader.read()
        finally:
            writer.close()
    lines, _, content = answer.partition(b"\r\n\r\n")
    if not lines:
        raise ConnectionResetError("the line ended without an answer")
    status = int(lines.split(b" ", 2)[1])
    if status >= 300:
        ours = b"content-type: application/json" in lines.lower()  # else a load balancer's that has nobody to ask
        raise HttpError(status, str(json.loads(content)["error"]) if ours else content.decode(errors="replace"))
    return json.loads(content)
