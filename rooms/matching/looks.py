"""Two ways to look at pairs, so that each rule is written once: a grid of rows and columns, or a line of pairs."""

from typing import Protocol

from rooms.language.rules import Attribute
from rooms.matching.crowd import Bools, Counts, Crowd, Ints
from rooms.matching.pair_table import PairTable


class Look(Protocol):
    """Pairs of people; all arrays have the shape of the pairs looked at, or broadcast to it."""

    left: Ints
    right: Ints

    def overlap(self, attr: Attribute) -> Counts | Ints:
        """How many values of an attribute two have in common."""

    def table(self, table: PairTable) -> Ints:
        """What a table says of them."""


class Grid:
    """Every one of `rows` with every one of `columns`: shape (rows, columns)."""

    def __init__(self, crowd: Crowd, rows: Ints, columns: Ints) -> None:
        self._crowd, self._rows, self._columns = crowd, rows, columns
        self.left, self.right = rows[:, None], columns[None, :]

    def overlap(self, attr: Attribute) -> Counts:
        """How many values of an attribute two have in common."""
        return self._crowd.overlap(attr, self._rows, self._columns)

    def table(self, table: PairTable) -> Ints:
        """What a table says of them."""
        return table.rows(self._rows, self._columns)


class Line:
    """`one[i]` with `other[i]`: shape (pairs,)."""

    def __init__(self, crowd: Crowd, one: Ints, other: Ints) -> None:
        self._crowd = crowd
        self.left, self.right = one, other

    def overlap(self, attr: Attribute) -> Ints:
        """How many values of an attribute two have in common."""
        return self._crowd.overlap_of(attr, self.left, self.right)

    def table(self, table: PairTable) -> Ints:
        """What a table says of them."""
        return table.of(self.left, self.right)


def broken_by_none(look: Look) -> Bools:
    """No pair at all, in the look's shape."""
    nothing: Bools = (look.left != look.left) & (look.right != look.right)
    return nothing
