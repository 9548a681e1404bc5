"""Where a conductor begins: what Redis has, or the first state made from what SQL has."""

from pathlib import Path

from server.conducting.desk import Desk
from server.conducting.loading import load
from server.matching.matchmaker import OURS, Matchmaker
from server.records import events, scribe
from server.records.engine import Records
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
