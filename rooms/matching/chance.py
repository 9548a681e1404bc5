"""Chance that can be repeated: numbers that follow from a seed and nothing else."""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

Item = TypeVar("Item")

NAME_BYTES = 8
_MASK = (1 << 64) - 1


def number(*parts: str | int) -> int:
    """A 64-bit number that these parts always lead to, on every machine."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=NAME_BYTES).digest(), "big")


def short_name(what: Any) -> bytes:
    """8 bytes that only equal values share, but for one chance in 2^64."""
    return hashlib.blake2b(msgspec.msgpack.encode(what), digest_size=NAME_BYTES).digest()


class Chance:
    """A row of numbers from one seed (xorshift64*): fast, and good enough to shuffle people."""

    def __init__(self, *seed: str | int) -> None:
        self._state = number(*seed) or 1

    def below(self, limit: int) -> int:
        """A number from 0 up to but without `limit`."""
        state = self._state
        state ^= state >> 12
        state = (state ^ (state << 25)) & _MASK
        state ^= state >> 27
        self._state = state
        return ((state * 0x2545F4914F6CDD1D) & _MASK) % limit

    def dealt(self, items: Sequence[Item], count: int) -> list[Item]:
        """The first so many of the same items in another order; costs as much as is dealt (Durstenfeld 1964)."""
        mixed = list(items)
        for index in range(count):
            other = index + self.below(len(mixed) - index)
            mixed[index], mixed[other] = mixed[other], mixed[index]
        return mixed[:count]
