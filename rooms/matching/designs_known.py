"""Schedules of tables without a repeat as their first rounds: the others follow by counting on round a circle.

Points are numbered circle by circle: `circles` circles of `around` points each, then `still` points that stay. Adding
one (modulo `around`) to every point of a round that is on a circle gives the next round. That nobody meets twice comes
down to all differences within the first rounds being different (Bose, "On the construction of balanced incomplete
block designs", Annals of Eugenics 9, 1939). The rounds were found by our own exhaustive search over such differences;
that they exist is classical: Kirkman 1850 (15), Ray-Chaudhuri and Wilson 1971 (21, 27, 33), nearly Kirkman systems
(18, 24, 30, 36: Kotzig and Rosa 1974, Baker and Wilson 1977), Hanani, Ray-Chaudhuri and Wilson 1972 (28).
"""

from typing import NamedTuple

Table = tuple[int, ...]


class Starter(NamedTuple):
    """First rounds from which all others follow."""

    around: int
    circles: int
    still: int
    """Points that stay where they are; no two of them ever meet."""
    first: tuple[tuple[Table, ...], ...]

    @property
    def rounds(self) -> int:
        """Rounds in all."""
        return self.around * len(self.first)


STARTERS: dict[tuple[int, int], Starter] = {
    (5, 3): Starter(7, 2, 1, (((0, 5, 7), (1, 4, 12), (2, 3, 8), (6, 9, 14), (10, 11, 13)),)),
    (6, 3): Starter(
        4,
        4,
        2,
        (
            ((0, 11, 16), (1, 4, 10), (2, 7, 8), (3, 12, 17), (5, 6, 15), (9, 13, 14)),
            ((0, 4, 8), (1, 7, 15), (2, 3, 14), (5, 12, 16), (6, 9, 17), (10, 11, 13)),
        ),
    ),
    (8, 3): Starter(
        11,
        2,
        2,
        (((0, 8, 13), (1, 15, 20), (2, 17, 22), (3, 4, 10), (5, 14, 16), (6, 12, 23), (7, 9, 19), (11, 18, 21)),),
    ),
    (9, 3): Starter(
        13,
        2,
        1,
        (
            (
                (0, 15, 23),
                (1, 9, 25),
                (2, 24, 26),
                (3, 21, 22),
                (4, 10, 17),
                (5, 6, 8),
                (7, 11, 19),
                (12, 13, 16),
                (14, 18, 20),
            ),
        ),
    ),
    (10, 3): Starter(
        14,
        2,
        2,
        (
            (
                (0, 4, 24),
                (1, 15, 17),
                (2, 14, 29),
                (3, 16, 25),
                (5, 13, 20),
                (6, 8, 11),
                (7, 18, 26),
                (9, 10, 27),
                (12, 21, 28),
                (19, 22, 23),
            ),
        ),
    ),
    (12, 3): Starter(
        17,
        2,
        2,
        (
            (
                (0, 13, 21),
                (1, 19, 28),
                (2, 7, 9),
                (3, 6, 29),
                (4, 10, 26),
                (5, 14, 33),
                (8, 20, 34),
                (11, 12, 25),
                (15, 18, 22),
                (16, 31, 35),
                (17, 23, 24),
                (27, 30, 32),
            ),
        ),
    ),
    (6, 4): Starter(
        7, 3, 3, (((0, 16, 17, 19), (1, 5, 6, 12), (2, 11, 15, 22), (3, 13, 14, 23), (4, 9, 18, 21), (7, 8, 10, 20)),)
    ),
    (7, 4): Starter(
        9,
        3,
        1,
        (
            (
                (0, 5, 21, 23),
                (1, 4, 16, 17),
                (2, 3, 11, 13),
                (6, 8, 19, 25),
                (7, 12, 22, 27),
                (9, 15, 20, 24),
                (10, 14, 18, 26),
            ),
        ),
    ),
    (9, 4): Starter(
        11,
        3,
        3,
        (
            (
                (0, 3, 9, 32),
                (1, 5, 29, 31),
                (2, 15, 27, 35),
                (4, 21, 26, 34),
                (6, 13, 20, 22),
                (7, 8, 12, 18),
                (10, 11, 30, 33),
                (14, 24, 25, 28),
                (16, 17, 19, 23),
            ),
        ),
    ),
}
"""By number of tables and people at each."""
