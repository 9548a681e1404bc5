"""The outbox: frames on their way to one browser. A reader that falls behind gets one snapshot instead of them all."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from rooms.language.limits import OUTBOX_BYTES, OUTBOX_FRAMES


class Outbox:
    """Bounded. Frames go straight to the network as long as it takes them; otherwise they wait for the writer."""

    def __init__(
        self, send_now: Callable[[Sequence[bytes]], bool], fresh: Callable[[], bytes], most_bytes: int = OUTBOX_BYTES
    ) -> None:
        self._send_now = send_now
        self._fresh = fresh
        self._most_bytes = most_bytes
        self._waiting: deque[bytes] = deque()
        self._answers: deque[bytes] = deque(maxlen=OUTBOX_FRAMES)
        """What a snapshot does not say: they follow it."""
        self._bytes = 0
        self._stale = False
        self._writing = False
        self._filled = asyncio.Event()

    def put_all(self, frames: Sequence[bytes]) -> None:
        """Send frames, now and together or each in its turn. Never waits."""
        idle = not self._stale and not self._waiting and not self._answers and not self._writing
        if idle and self._send_now(frames):
            return
        for data in frames:
            self.put(data)

    def put(self, data: bytes, *, answer: bool = False) -> None:
        """Send a frame, now or in its turn. Never waits."""
        if self._stale:  # the snapshot to come says it all, but for who has asked what
            if answer:
                self._answers.append(data)
            return
        if not self._waiting and not self._answers and not self._writing and self._send_now((data,)):
            return
        self._waiting.append(data)
        self._bytes += len(data)
        # One frame alone may be larger: a snapshot of a host's board, which no other one would make smaller.
        if len(self._waiting) > OUTBOX_FRAMES or (self._bytes > self._most_bytes and len(self._waiting) > 1):
            self.start_over()
        self._filled.set()

    def start_over(self) -> None:
        """Drop what waits: a fresh snapshot goes out instead."""
        self._waiting.clear()
        self._bytes = 0
        self._stale = True
        self._filled.set()

    async def take(self) -> bytes:
        """The next frame that could not go at once; say `written` when it is out."""
        while not self._waiting and not self._answers and not self._stale:
            self._filled.clear()
            await self._filled.wait()
        self._writing = True
        if self._stale:
            self._stale = False
            return self._fresh()
        if self._answers:
            return self._answers.popleft()
        data = self._waiting.popleft()
        self._bytes -= len(data)
        return data

    def written(self) -> None:
        """The frame taken last is with the network."""
        self._writing = False
