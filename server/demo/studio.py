"""Pictures and tones of the cast: made once in the life of the process, one after the other."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from rooms.media.loop import Recording
from rooms.media.picture import picture
from rooms.media.tone import tone
from server.assets import FOLDER
from server.demo.cast import Part

FONT = FOLDER / "fonts" / "funnel-display-latin-wght-normal.woff2"


class Appearance(NamedTuple):
    """What one part is seen and heard as."""

    voice: Recording
    face: Recording


class Studio:
    """Keeps what has been recorded for as long as the process lives."""

    def __init__(self, cast: Sequence[Part]) -> None:
        self._pitches = {part.key: number for number, part in enumerate(cast)}
        self._made: dict[str, Appearance] = {}
        self._busy = asyncio.Lock()

    async def appearance(self, part: Part) -> Appearance:
        """The recordings of a part; takes about a second of one core the first time."""
        async with self._busy:
            if part.key not in self._made:
                self._made[part.key] = await asyncio.to_thread(self._record, part)
            return self._made[part.key]

    def _record(self, part: Part) -> Appearance:
        return Appearance(tone(self._pitches[part.key]), picture(part.portrait, FONT))
