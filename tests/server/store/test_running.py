"""Events that want a conductor, by the instant at which to look."""

from rooms.language.ids import EventId, Instant
from server.store.client import Store
from tests.support.shelf import EVENT, Shelf


async def test_events_are_due_when_their_instant_has_come(store: Store) -> None:
    running = Shelf(store).running
    await running.look_again(EVENT, Instant(1_000))
    await running.look_again(EventId("later"), Instant(2_000))
    assert await running.due(Instant(999)) == []
    assert await running.due(Instant(1_000)) == [EVENT]
    assert await running.everything() == [EVENT, "later"]
    await running.forget(EVENT)
    assert await running.due(Instant(3_000)) == ["later"]
