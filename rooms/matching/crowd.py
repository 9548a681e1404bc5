"""Everybody known as arrays: what two people are worth to each other, and what they share."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rooms.language.ids import AttendeeId
from rooms.language.rules import Attribute, Weights
from rooms.matching.chance import number, short_name
from rooms.matching.request import Group, Held, Profile

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.float32]
Bits = NDArray[np.uint64]

ROUNDS_KEPT = 64
"""Rounds of which one crowd keeps what was looked up, so that it is done once in an evening."""
CELLS = 1 << 22
"""Bits unpacked at once, a byte each."""
TABLED = 1_500
"""People up to whom all worths are kept in one table, of 18 MB at most."""
PAIRS = 1 << 17
"""Pairs weighed at once for it: what fits the nearer caches takes half the time of all at once."""
WISHES_COUNTED = 2
"""Wishes met beyond these add nothing: a long list must not win every partner."""


SINGLE = ("team", "role")
"""Attributes of one value: compared at once, where a table of thousands of teams would be multiplied."""


def plain(text: str) -> str:
    """A word as it is compared."""
    return text.strip().casefold()


def values(person: Profile, attr: Attribute) -> tuple[str, ...]:
    """What somebody has of an attribute, as it is compared; none for an empty one."""
    return tuple(_spellings(person, attr))


def _spellings(person: Profile, attr: Attribute) -> dict[str, str]:
    """The same, each with how somebody wrote it."""
    found: str | tuple[str, ...] = getattr(person, attr)
    texts = (found,) if isinstance(found, str) else found
    return {word: text.strip() for text in texts if (word := plain(text))}


class Trait(NamedTuple):
    """Zeros and ones of which rows are multiplied: what the one has in common with the other's counterpart."""

    mine: Counts
    theirs: Counts
    weight: Floats
    """Of each person's row, on both sides: shape (n,)."""


class Crowd:
    """Profiles as rows, in the order given. All counts are whole numbers, so every machine gets the same ones."""

    def __init__(self, people: tuple[Profile, ...], weights: Weights) -> None:
        self.people = people
        self.weights = weights
        self.n = len(people)
        self.held: dict[tuple[Group, ...], tuple[Ints, Ints, Ints]] = {}
        """Pairs of rooms of rounds held before and the people in them, as rows; kept by whoever looked them up."""
        self.names: dict[Held, bytes] = {}
        """Short names of rounds held before; kept by whoever made them."""
        self._members: dict[Attribute, tuple[Counts, dict[str, int]]] = {}
        self._bits: dict[Attribute, Bits] = {}
        self._coded: dict[Attribute, Ints] = {}
        self._spellings: dict[Attribute, dict[str, str]] = {}

    def worth(self, rows: Ints, columns: Ints) -> Floats:
        """What each of `rows` is worth with each of `columns`: shape (rows, columns), 0 to 1 with usual weights.

        The cosine of sets is the number shared over √(|A|·|B|) (Ochiai 1957).
        """
        if self.n <= TABLED:
            found: Floats = self._worths[rows].take(columns, axis=1)
            return found
        return self._weighed(rows, columns)

    @cached_property
    def _worths(self) -> Floats:
        """What everybody is worth with everybody, kept over the rounds: shape (n, n)."""
        found = np.empty((self.n, self.n))
        step = max(1, PAIRS // max(1, self.n))
        for start in range(0, self.n, step):
            rows = np.arange(start, min(self.n, start + step))
            found[rows, start:] = worth = self._weighed(rows, np.arange(start, self.n))
            found[start:, rows] = worth.T
        return found

    def _weighed(self, rows: Ints, columns: Ints) -> Floats:
        found = np.multiply.outer(self._scale[rows], self._scale[columns])
        found *= self._interests[rows] @ self._interests[columns].T
        met = self._given[rows] @ self._taken[columns].T
        np.minimum(met, WISHES_COUNTED, out=met)
        term = np.multiply(met, self.weights.wishes, dtype=np.float64)
        found += term
        common = self._languages[rows] @ self._languages[columns].T
        np.minimum(common, 1, out=common)
        found += np.multiply(common, self.weights.language, out=term)
        return found

    def worth_of(self, one: Ints, other: Ints) -> Floats:
        """What `one[i]` and `other[i]` are worth to each other: shape as `one`."""
        if self.n <= TABLED:
            known: Floats = self._worths[one, other]
            return known
        shared = self.overlap_of("interests", one, other)
        found: Floats = shared * (self._scale[one] * self._scale[other])
        wants, offers = self._trade_bits
        met = _common(wants, offers, one, other) + _common(offers, wants, one, other)
        found += np.minimum(met, WISHES_COUNTED) * np.float64(self.weights.wishes)
        found += (self.overlap_of("languages", one, other) > 0) * np.float64(self.weights.language)
        return found

    @cached_property
    def traits(self) -> tuple[Trait, ...]:
        """What `worth` is made of: who has what, and how much each of it weighs, before what is counted at most."""
        wishes, language = np.sqrt(self.weights.wishes), np.sqrt(self.weights.language)
        return (
            Trait(self._interests, self._interests, self._scale),
            Trait(self._given, self._taken, np.full(self.n, wishes)),
            Trait(self._languages, self._languages, np.full(self.n, language)),
        )

    def overlap(self, attr: Attribute, rows: Ints, columns: Ints) -> Counts:
        """How many values of the attribute two have in common: shape (rows, columns)."""
        if attr in SINGLE:
            codes = self._codes(attr)
            return _same(codes[rows][:, None], codes[columns][None, :]).astype(np.float32)
        members, _ = self.members(attr)
        found: Counts = members[rows] @ members[columns].T
        return found

    def overlap_of(self, attr: Attribute, one: Ints, other: Ints) -> Ints:
        """How many values of the attribute `one[i]` and `other[i]` have in common."""
        if attr in SINGLE:
            codes = self._codes(attr)
            return _same(codes[one], codes[other]).astype(np.int64)
        bits = self._members_bits(attr)
        return _common(bits, bits, one, other)

    def _members_bits(self, attr: Attribute) -> Bits:
        if attr not in self._bits:
            self._bits[attr] = _packed(self.members(attr)[0])
        return self._bits[attr]

    def has(self, attr: Attribute, value: str) -> Bools:
        """Who has this value: shape (n,)."""
        members, columns = self.members(attr)
        column = columns.get(plain(value))
        return np.zeros(self.n, bool) if column is None else members[:, column] > 0

    def _codes(self, attr: Attribute) -> Ints:
        """A number for the one value each has of the attribute, -1 for none: shape (n,)."""
        if attr not in self._coded:
            found = [values(person, attr) for person in self.people]
            number_of = {word: code for code, word in enumerate(sorted(set().union(*found)))}
            self._coded[attr] = np.array([number_of[some[0]] if some else -1 for some in found], np.int64)
        return self._coded[attr]

    def members(self, attr: Attribute) -> tuple[Counts, dict[str, int]]:
        """Who has which value as zeros and ones, shape (n, values), and the column of each value."""
        if attr not in self._members:
            rows = [values(person, attr) for person in self.people]
            self._members[attr] = _table(rows, sorted(set().union(*rows)))
        return self._members[attr]

    @cached_property
    def rows(self) -> dict[AttendeeId, int]:
        """The row of each person."""
        return {person.id: row for row, person in enumerate(self.people)}

    @cached_property
    def ids(self) -> list[AttendeeId]:
        """The id of each row."""
        return [person.id for person in self.people]

    def differ(self, attr: Attribute, one: Ints, other: Ints) -> Bools:
        """Whether `one[i]` and `other[i]` both have a value of an attribute of one value, and not the same."""
        left, right = self._codes(attr)[one], self._codes(attr)[other]
        found: Bools = (left != right) & (left >= 0) & (right >= 0)
        return found

    def shared(self, mine: Attribute, theirs: Attribute, one: Ints, other: Ints) -> Iterator[tuple[int, str]]:
        """What `one[i]` has of `mine` and `other[i]` of `theirs`: each i, rising, with each word, by the alphabet.

        `mine` is `theirs`, or one is what is looked for and the other what is offered.
        """
        left, right, words = self._comparable(mine, theirs)
        step = max(1, CELLS // (64 * left.shape[1]))
        for start in range(0, len(one), step):
            both = left[one[start : start + step]] & right[other[start : start + step]]
            pair, word = np.nonzero(np.unpackbits(both.view(np.uint8), axis=1))
            for at, column in zip((start + pair).tolist(), word.tolist(), strict=True):
                yield at, words[column]

    def written(self, row: int, attr: Attribute, word: str) -> str:
        """A word as somebody wrote it."""
        return self._spelled(attr)[word] or _spellings(self.people[row], attr)[word]

    def _spelled(self, attr: Attribute) -> dict[str, str]:
        """How everybody writes each word; empty where not all write it alike."""
        if attr not in self._spellings:
            found: dict[str, str] = {}
            for person in self.people:
                for word, text in _spellings(person, attr).items():
                    if found.setdefault(word, text) != text:
                        found[word] = ""
            self._spellings[attr] = found
        return self._spellings[attr]

    def _comparable(self, mine: Attribute, theirs: Attribute) -> tuple[Bits, Bits, list[str]]:
        """Both as bits over the same words, and these."""
        if mine == theirs:
            bits = self._members_bits(mine)
            return bits, bits, list(self.members(mine)[1])
        wants, offers = self._trade_bits
        words = self._traded
        return (wants, offers, words) if mine == "looking_for" else (offers, wants, words)

    @cached_property
    def name(self) -> bytes:
        """A short name for these people and all that is known of them."""
        return short_name(self.people)

    @cached_property
    def keys(self) -> Ints:
        """A number from 0 to 2^62-1 for each person, from their id alone."""
        return np.array([number(person.id) >> 2 for person in self.people], np.int64)

    @property
    def _interests(self) -> Counts:
        return self.members("interests")[0]

    @property
    def _languages(self) -> Counts:
        return self.members("languages")[0]

    @cached_property
    def _scale(self) -> Floats:
        """What each brings to the cosine: √(weight of interests ÷ number of interests)."""
        sizes = np.maximum(self._interests.sum(axis=1), 1).astype(np.float64)
        scale: Floats = np.sqrt(self.weights.interests / sizes)
        return scale

    @cached_property
    def _trades(self) -> tuple[Counts, Counts]:
        wants = [values(person, "looking_for") for person in self.people]
        offers = [values(person, "offering") for person in self.people]
        return _table(wants, self._traded)[0], _table(offers, self._traded)[0]

    @cached_property
    def _traded(self) -> list[str]:
        """What somebody looks for and somebody offers, in the order of the alphabet."""
        wanted, offered = self.members("looking_for")[1], self.members("offering")[1]
        return sorted(wanted.keys() & offered.keys())

    @cached_property
    def _trade_bits(self) -> tuple[Bits, Bits]:
        wants, offers = self._trades
        return _packed(wants), _packed(offers)

    @cached_property
    def _given(self) -> Counts:
        """What each wants, then what each offers; against `_taken` one product counts the wishes met on both sides."""
        return np.concatenate(self._trades, axis=1)

    @cached_property
    def _taken(self) -> Counts:
        """What each offers, then what each wants."""
        return np.concatenate(self._trades[::-1], axis=1)


def _table(rows: Iterable[tuple[str, ...]], words: list[str]) -> tuple[Counts, dict[str, int]]:
    columns = {word: column for column, word in enumerate(words)}
    rows = list(rows)
    table = np.zeros((len(rows), max(1, len(words))), np.float32)
    ones = [(row, columns[word]) for row, some in enumerate(rows) for word in some if word in columns]
    if ones:
        table[tuple(np.array(ones).T)] = 1
    return table, columns


def _same(one: Ints, other: Ints) -> Bools:
    found: Bools = (one == other) & (one >= 0)
    return found


def _packed(members: Counts) -> Bits:
    """Zeros and ones as the bits of 64-bit words: shape (n, words)."""
    octets = np.packbits(members > 0, axis=1)
    octets = np.pad(octets, ((0, 0), (0, -octets.shape[1] % 8)))
    return octets.view(np.uint64)


def _common(left: Bits, right: Bits, one: Ints, other: Ints) -> Ints:
    """Bits that `left[one[i]]` and `right[other[i]]` have in common: counted, which takes a tenth of multiplying."""
    found = np.zeros(np.broadcast_shapes(one.shape, other.shape), np.int64)
    for word in range(left.shape[1]):
        found += np.bitwise_count(left[one, word] & right[other, word])
    return found
