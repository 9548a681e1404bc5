"""Where a conductor begins: what Redis has, or the first state made from what SQL has."""

from pathlib import Path

import pytest

from rooms.language.errands import KeepApart
from rooms.language.ids import EventId
from server.conducting import loading
from server.conducting.desk import Desk
from server.conducting.loading import load
from server.matching.matchmaker import OURS, Matchmaker
from server.records import events, registrations, reports, scribe
from server.records.engine import Records
from server.records.registrations import Newcomer, Registration
from server.store.bus import Bus
from server.store.client import Store
from tests.support.shelf import FIRST, Shelf, entry
from tests.support.stage import an_event, quick_settings


async def a_desk(store: Store, folder: Path) -> Desk:
    """What a conductor of this worker has at hand."""
    records = Records.at(folder / "rondo.sqlite3")
    await records.migrate()
    shelf = Shelf(store)
    return Desk(
        inbox=shelf.inbox,
        matchmaker=Matchmaker(shelf.inbox, quick_settings(folder), "", FIRST, OURS),
        journal=shelf.journal,
        leases=shelf.leases,
        running=shelf.running,
        presence=shelf.presence,
        clock=shelf.clock,
        bus=Bus(store),
        records=records,
    )


async def test_a_new_event_begins_as_a_draft(store: Store, tmp_path: Path) -> None:
    desk = await a_desk(store, tmp_path)
    event = await an_event(desk.records)
    fence = await desk.leases.take(event)
    assert fence
    beginning = await load(desk, event, fence)
    assert beginning
    assert (beginning.state.phase, beginning.state.seq) == ("draft", 0)
    await desk.records.close()


async def test_an_event_that_is_over_stays_over_when_redis_has_forgotten_it(store: Store, tmp_path: Path) -> None:
    desk = await a_desk(store, tmp_path)
    event = await an_event(desk.records)
    await events.set_status(desk.records, event, "ended")
    fence = await desk.leases.take(event)
    assert fence
    beginning = await load(desk, event, fence)
    assert beginning
    assert beginning.state.phase == "ended"
    await desk.records.close()


async def test_numbers_go_on_where_sql_has_copied_to(store: Store, tmp_path: Path) -> None:
    desk = await a_desk(store, tmp_path)
    event = await an_event(desk.records)
    await scribe.copy(desk.records, event, [entry(57)])
    fence = await desk.leases.take(event)
    assert fence
    beginning = await load(desk, event, fence)
    assert beginning
    assert beginning.state.seq == 57
    assert (await desk.journal.head(event)).seq == 57
    await desk.records.close()


async def register(records: Records, event: EventId, name: str) -> Registration:
    """Somebody who is known by an address."""
    person = await registrations.join(records, event, Newcomer(name, f"{name}@example.org"), 0)
    assert person
    return person


async def test_who_is_kept_apart_here_or_elsewhere_in_the_series_is_so_from_the_first_moment(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "APART_AT_ONCE", 2)
    desk = await a_desk(store, tmp_path)
    first = await events.find(desk.records, await an_event(desk.records))
    assert first
    ((olga, _),) = await events.organisers_of(desk.records, first.id)
    second = await events.duplicate(desk.records, first, "Again", first.starts_at, olga.id)
    pairs = []
    for number, where in enumerate((first, second, first)):
        for event in {first.id, second.id}:
            people = [await register(desk.records, event, f"{who}{number}") for who in ("ana", "ben")]
            if event == where.id:
                await reports.block(desk.records, people[0], people[1].id)
            if event == second.id:
                pairs.append((people[0].id, people[1].id))
    fence = await desk.leases.take(second.id)
    assert fence
    assert await load(desk, second.id, fence)
    errands = [order.wish for _, order in await desk.inbox.read(second.id, "0", 10)]
    told = [errand.pairs for errand in errands if isinstance(errand, KeepApart)]
    assert [len(batch) for batch in told] == [2, 1]
    assert {pair for batch in told for pair in batch} == set(pairs)
    await desk.records.close()
