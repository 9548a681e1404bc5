"""A track that repeats packets encoded once: sending it costs no encoder."""

import asyncio
import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av.packet import Packet
from av.stream import Stream

LATE_S = 0.5
"""After a stall this long the loop goes on from now; catching up would send everything missed at once."""


class Recording(NamedTuple):
    """Encoded sound or picture, to be repeated without a seam."""

    kind: Literal["audio", "video"]
    packets: Sequence[bytes]
    rate: int
    """Ticks a second."""
    step: int
    """Ticks from one packet to the next."""


class Loop(MediaStreamTrack):
    """Plays one recording again and again. One for each connection, since decoders start at the first packet."""

    def __init__(self, recording: Recording) -> None:
        super().__init__()
        self.kind = recording.kind
        self._recording = recording
        self._sent = 0
        self._began_at_s: float | None = None

    async def recv(self) -> "Packet[Stream]":
        """The next packet, when its time has come."""
        if self.readyState != "live":
            raise MediaStreamError
        await self._wait_for_turn()
        recording = self._recording
        packet = Packet(recording.packets[self._sent % len(recording.packets)])
        packet.pts = packet.dts = self._sent * recording.step
        packet.time_base = Fraction(1, recording.rate)
        self._sent += 1
        return packet

    async def _wait_for_turn(self) -> None:
        now_s = time.monotonic()
        since_s = self._sent * self._recording.step / self._recording.rate
        if self._began_at_s is None or now_s - self._began_at_s - since_s > LATE_S:
            self._began_at_s = now_s - since_s
        await asyncio.sleep(self._began_at_s + since_s - now_s)
