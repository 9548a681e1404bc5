"""Finite fields as tables: the arithmetic behind tables of people who never meet twice.

GF(pᵏ) as polynomials over GF(p) modulo a primitive one (Lidl and Niederreiter, *Finite Fields*, ch. 2 and 3): a number
below pᵏ written in base p holds the coefficients, and the powers of x run through everything but 0.
"""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from rooms.matching.crowd import Ints

FIELDS_KEPT = 16


class Field(NamedTuple):
    """A field of q elements, numbered 0 to q-1; 0 and 1 are its nought and one. Both tables: shape (q, q)."""

    add: Ints
    multiply: Ints


def prime_of(q: int) -> int:
    """The prime whose power q is; 0 if it is none."""
    prime = next((p for p in range(2, q + 1) if q % p == 0), 0)
    while prime and q % prime == 0:
        q //= prime
    return prime if q == 1 else 0


@lru_cache(FIELDS_KEPT)
def field(q: int) -> Field:
    """The field of q elements; q is a power of a prime."""
    prime = prime_of(q)
    if not prime:
        raise ValueError(f"expected a power of a prime, got {q}")
    digits = [_digits(number, prime, q) for number in range(q)]
    width = len(digits[0])
    add = [[_number([(x + y) % prime for x, y in zip(a, b, strict=True)], prime) for b in digits] for a in digits]
    powers = next(
        run for rest in product(range(prime), repeat=width) if len(set(run := _powers(rest, prime, q))) == q - 1
    )
    at = {element: exponent for exponent, element in enumerate(powers)}
    multiply = np.zeros((q, q), np.int64)
    for one in range(1, q):
        for other in range(1, q):
            multiply[one, other] = powers[(at[one] + at[other]) % (q - 1)]
    return Field(np.array(add, np.int64), multiply)


def _powers(rest: tuple[int, ...], prime: int, q: int) -> list[int]:
    """1, x, x², … modulo xᵏ = rest, q - 1 of them; `rest` holds the coefficients, the constant one first."""
    element = [1] + [0] * (len(rest) - 1)
    found = []
    for _ in range(q - 1):
        found.append(_number(element, prime))
        top, shifted = element[-1], [0, *element[:-1]]
        element = [(low + top * high) % prime for low, high in zip(shifted, rest, strict=True)]
    return found if 0 not in found else []


def _digits(number: int, base: int, q: int) -> list[int]:
    digits = []
    while q > 1:
        digits.append(number % base)
        number, q = number // base, q // base
    return digits


def _number(digits: list[int], base: int) -> int:
    return sum(digit * base**place for place, digit in enumerate(digits))
