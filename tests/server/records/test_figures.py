"""The organiser's figures: right, and never about one person's yes."""

from itertools import combinations

import pytest

from rooms.language.changes import AttendeeArrived
from rooms.language.ids import ConnectionId
from server.records import connections, figures, registrations
from server.records.connections import Word
from server.records.engine import Records
from server.records.figures import OTHERS
from server.records.registrations import Newcomer
from tests.support.seating import EVENT, add_event, meet, seat, write_down


@pytest.fixture
async def records(records: Records) -> Records:
    await add_event(records)
    return records


async def test_an_event_is_counted(records: Records) -> None:
    people = [await seat(records, name, team="Care") for name in ("Ana", "Ben", "Cem", "Dee")]
    await registrations.add(records, EVENT, [Newcomer("Eve", source="import")])
    for person in people[:3]:
        await write_down(records, EVENT, AttendeeArrived(person.card, ConnectionId("c")))
    for number, pair in enumerate(combinations(people, 2), 1):
        await meet(records, number, *pair, talked_ms=1_000)
    ana, ben = people[:2]
    await connections.say(records, ana, ben.id, Word(answer="yes"))
    await connections.say(records, ana, people[2].id, Word(answer="yes"))
    await connections.say(records, ben, ana.id, Word(answer="yes"))
    found = await figures.figures(records, EVENT)
    assert (found.registered, found.came) == (5, 3)
    assert (found.conversations, found.pairs, found.both_yes, found.talked_ms) == (6, 6, 1, 6_000)
    rows = await figures.attended(records, EVENT)
    assert [(row.name, row.came, row.people, row.meetings) for row in rows][:2] == [
        ("Ana", True, 3, 3),
        ("Ben", True, 3, 3),
    ]
    assert rows[-1].meetings == 0


async def test_a_rate_of_few_pairs_is_not_told(records: Records) -> None:
    ana, ben = await seat(records, "Ana"), await seat(records, "Ben")
    await meet(records, 1, ana, ben)
    assert (await figures.figures(records, EVENT)).both_yes is None


async def test_who_met_whom_is_paged_in_the_order_of_names(records: Records) -> None:
    people = [await seat(records, f"P{number:02}") for number in range(12)]
    for number, pair in enumerate(combinations(people, 2), 1):
        await meet(records, number, *pair)
    first, total = await figures.who_met_whom(records, EVENT, 1)
    second, _ = await figures.who_met_whom(records, EVENT, 2)
    assert (total, len(first), len(second)) == (66, 50, 16)
    assert (first[0].one, first[0].other, first[0].rounds) == ("P00", "P01", "1")
    assert len((await figures.who_met_whom(records, EVENT))[0]) == 66


async def test_small_teams_and_small_counts_are_hidden(records: Records) -> None:
    care = [await seat(records, f"Care{number}", team="Care") for number in range(5)]
    legal = await seat(records, "Lea", team="Legal")
    alone = await seat(records, "Nobody")
    for number, pair in enumerate(combinations(care, 2), 1):
        await meet(records, number, *pair)
    for number, person in enumerate(care, 20):
        await meet(records, number, person, legal)
    await meet(records, 40, legal, alone)
    found = await figures.teams(records, EVENT)
    assert found.names == ("Care", OTHERS)
    assert found.counts == ((10, 5), (5, None))


async def test_an_event_without_meetings_has_no_figures_to_show(records: Records) -> None:
    found = await figures.figures(records, EVENT)
    assert (found.registered, found.came, found.conversations, found.both_yes) == (0, 0, 0, None)
    assert (await figures.teams(records, EVENT)).counts == ()
