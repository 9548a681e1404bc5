"""Rooms named to people, among thousands of rooms."""

from typing import Any

import numpy as np
import pytest

from rooms.matching import groups
from rooms.matching.case import Case
from rooms.matching.crowd import Ints
from rooms.matching.groups import search, solve_groups
from rooms.matching.groups_guide import ROOMS, Guide
from rooms.matching.prepare import prepare
from rooms.matching.prices import Prices
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile
from tests.rooms.matching.people import who

FOURS = GroupSize(target=4, min=3, max=4)
TAGS, TRADES = tuple(f"tag {number}" for number in range(30)), tuple(f"trade {number}" for number in range(12))


def a_case(count: int, **parts: Any) -> Case:
    chance = np.random.default_rng(count)

    def some(words: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(chance.choice(words, int(chance.integers(1, most)), replace=False).tolist())

    people = tuple(
        Profile(
            who(f"p{number:04}"),
            interests=some(TAGS, 7),
            looking_for=some(TRADES, 4),
            offering=some(TRADES, 4),
            languages=some(("en", "de", "fr"), 3),
        )
        for number in range(count)
    )
    return prepare(MatchRequest(people, **{"group": FOURS, "rounds_planned": 3, **parts})).case


def halves(case: Case) -> tuple[Ints, Ints]:
    """One person out of each room of four, and the rest."""
    seats = np.random.default_rng(1).permutation(case.n)[: case.n // 4 * 4].reshape(-1, 4)
    return seats[:, 0], seats[:, 1:]


def named(case: Case, kinds: Ints | None = None) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Rooms named for a wish, and likely ones."""
    out, rest = halves(case)
    guide = Guide(case, np.random.default_rng(2))
    wished, likely = guide.rooms_for(out, rest, np.zeros(len(out), np.int64) if kinds is None else kinds)
    return pairs(wished, len(out)), pairs(np.concatenate(likely), len(out))


def pairs(keys: Ints, count: int) -> set[tuple[int, int]]:
    return {(key // count, key % count) for key in keys.tolist()}


def test_the_best_rooms_of_most_people_are_named() -> None:
    case = a_case(1_200)
    out, rest = halves(case)
    prices = Prices(case).table
    costs = np.stack([prices[out[:, None], rest[:, column]] for column in range(3)]).sum(axis=0)
    best = {(person, int(room)) for person, room in enumerate(costs.argmin(axis=1))}

    _, likely = named(case)

    assert len(likely & best) >= 0.7 * len(best)
    assert len(likely) <= 1.3 * ROOMS * len(out)


def test_no_room_with_somebody_they_know_and_every_room_with_somebody_they_wished_for() -> None:
    out, rest = halves(a_case(400))
    ids = [f"p{number:04}" for number in range(400)]
    met = tuple((who(ids[out[at]]), who(ids[rest[at - 1, 0]])) for at in range(1, 60))
    wishes = tuple((who(ids[rest[at, 1]]), who(ids[out[at - 1]])) for at in range(60, 100))
    case = a_case(400, round=2, history=(Held(1, met),), wishes=wishes, apart=frozenset(met[:5]))

    wished, likely = named(case)

    assert not likely & {(at, at - 1) for at in range(1, 60)}
    assert wished == {(at - 1, at) for at in range(60, 100)}


def test_rooms_of_their_kind_only() -> None:
    case = a_case(400)
    kinds = np.arange(100) % 3

    _, likely = named(case, kinds)

    assert likely
    assert all(kinds[person] == kinds[room] for person, room in likely)


def test_where_all_are_alike_no_more_than_twice_as_many() -> None:
    people = tuple(Profile(who(f"p{number:04}"), interests=("choir",)) for number in range(800))
    case = prepare(MatchRequest(people, group=FOURS)).case

    _, likely = named(case)

    assert len(likely) <= 2 * ROOMS * 200


def test_more_words_than_columns() -> None:
    people = tuple(
        Profile(who(f"p{number:04}"), interests=(f"rare {number // 2}", f"common {number % 5}"))
        for number in range(600)
    )
    case = prepare(MatchRequest(people, group=FOURS)).case

    _, likely = named(case)

    assert len(likely) >= ROOMS * 150


def test_a_guided_search_is_nearly_as_good_as_weighing_every_room(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(400, round=1)
    whole = worth(case, search(case, 10, 1).rooms)

    monkeypatch.setattr(groups, "TABLED", 0)

    assert worth(case, search(case, 10, 1).rooms) >= 0.97 * whole


def test_many_people_get_whom_they_wished_for(monkeypatch: pytest.MonkeyPatch) -> None:
    wishes = tuple((who(f"p{number:04}"), who(f"p{number + 200:04}")) for number in range(0, 200, 5))
    case = a_case(400, wishes=wishes)
    monkeypatch.setattr(groups, "TABLED", 0)

    rooms = [set(room) for room in solve_groups(case).rooms]

    met = sum(any({number, number + 200} <= room for room in rooms) for number in range(0, 200, 5))
    assert met >= 0.9 * len(wishes)


def worth(case: Case, rooms: list[tuple[int, ...]]) -> float:
    return sum(map(case.room_gain, rooms))
