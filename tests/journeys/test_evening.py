"""Journey (a): five people, three rounds of pairs and one at tables; all see and hear everybody they are given."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product

import pytest

from rooms.language.agenda import RoundsSegment
from rooms.language.commands import EndRound, OpenEvent, StartRound
from tests.journeys.guests import Guest, Guests
from tests.journeys.hand import organise
from tests.journeys.venue import Venue, short_agenda

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

NAMES = ("Priya Raman", "Mateo Quispe", "Hana Sato", "Kofi Mensah", "Wren Carter")


async def everybody_meets(guests: list[Guest]) -> dict[str, frozenset[str]]:
    """Wait until all are in rooms and see and hear their partners; who was with whom."""
    for guest in guests:
        await guest.scene("pair", "group")
    met: dict[str, frozenset[str]] = {}
    for guest in guests:
        partners = await guest.partners()
        assert partners, f"{guest.name} is alone"
        met[await guest.fact("attendee")] = frozenset(partners)
    couples = [(guest, partner) for guest in guests for partner in await guest.partners()]
    await asyncio.gather(*(guest.connected(partner) for guest, partner in couples))
    for guest, partner in couples:
        await guest.meets(partner)
    return met


Rooms = frozenset[frozenset[str]]


def rooms_of(met: dict[str, frozenset[str]]) -> Rooms:
    """The rooms behind who was with whom."""
    return frozenset(partners | {who} for who, partners in met.items())


def meetings(rounds: Sequence[Rooms]) -> Counter[tuple[str, str]]:
    """How often any two were together."""
    return Counter((one, other) for rooms in rounds for room in rooms for one, other in combinations(sorted(room), 2))


def repeats(rounds: Sequence[Rooms]) -> int:
    """How many meetings were not the first of their two people."""
    return sum(times - 1 for times in meetings(rounds).values())


def fewest_repeats(people: list[str], rounds: int) -> int:
    """By brute force: five people in a pair and a trio cannot meet twice without somebody meeting again.

    Spread evenly: of the evenings in which no two people meet a third time.
    """
    splits = [frozenset({frozenset(pair), frozenset(people) - set(pair)}) for pair in combinations(people, 2)]
    evenings = product(splits, repeat=rounds)
    return min(repeats(evening) for evening in evenings if max(meetings(evening).values()) < 3)


async def test_five_people_meet_in_pairs_and_at_tables(venue: Venue, guests: Guests) -> None:
    pairs = RoundsSegment(title="Pairs", rounds=3, length_s=600, changeover_s=5, size=2)
    tables = RoundsSegment(title="Tables", rounds=1, length_s=600, changeover_s=5, size=3)
    evening = await organise(venue, "Midsummer Mixer", short_agenda(pairs, tables))
    async with evening.hand() as hand:
        await hand.order(OpenEvent())
        people = [await guests.invite(name) for name in NAMES]
        for guest in people:
            await guest.join(evening.landing)
            await guest.enter()
        await hand.until_ready(5)
        rounds: list[dict[str, frozenset[str]]] = []
        await hand.order(StartRound())
        for number in range(3):
            rounds.append(await everybody_meets(people))
            assert sorted(len(partners) for partners in rounds[-1].values()) == [1, 1, 2, 2, 2]
            await hand.order(EndRound())
            for guest in people:
                await guest.scene("changeover", "pair", "group", "lobby")
            if number < 2:
                await hand.until_round(number + 2)
        await hand.order(StartRound())
        at_tables = await everybody_meets(people)
        assert sorted(len(partners) for partners in at_tables.values()) in ([1, 1, 2, 2, 2], [4, 4, 4, 4, 4])
        await hand.order(EndRound())
        for guest in people:
            await guest.scene("closing")
    held = [rooms_of(met) for met in rounds]
    assert len({room for rooms in held for room in rooms}) == 6, "a room of the same people was held twice"
    assert repeats(held) == fewest_repeats(sorted(rounds[0]), 3)
    assert max(meetings(held).values()) < 3
    assert not guests.complaints()
    assert not venue.tracebacks()
