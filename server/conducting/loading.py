"""The state a conductor begins with: what the store has, or the first state made from the plan."""

from typing import NamedTuple

from msgspec.structs import replace

from rooms.event import Event, initial, over
from rooms.language.errands import KeepApart
from rooms.language.ids import EventId
from rooms.language.orders import Order
from server.conducting.desk import Desk
from server.records import events, nevers, reports, scribe, series

APART_AT_ONCE = 500
"""Pairs kept apart by one errand: an entry of about 30 KiB."""


class Beginning(NamedTuple):
    """Where a conductor takes over."""

    state: Event
    cursor: str
    """The last order that was decided."""


async def load(desk: Desk, event: EventId, fence: int) -> Beginning | None:
    """The event as it stands; None when there is no such event. Take the lease first, so that it stands still."""
    state = await desk.journal.load(event)
    if state is None:
        state = await _first_state(desk, event, fence)
    if state is None:
        return None
    head = await desk.journal.head(event)
    return Beginning(state, head.cursor)


async def _first_state(desk: Desk, event: EventId, fence: int) -> Event | None:
    kept = await events.find(desk.records, event)
    if kept is None:
        return None
    plan = events.plan_of(kept)
    # Numbers go on where SQL has copied to, or it would take new entries for old ones after Redis lost its data.
    seq = await scribe.cursor(desk.records, event)
    parted = frozenset(await nevers.of_event(desk.records, event))
    state = replace(over(plan) if kept.status == "ended" else initial(plan), seq=seq, nevers=parted, apart=parted)
    await desk.journal.put_snapshot(event, fence, state, keep_from=0)
    pairs = [*await reports.apart(desk.records, event), *await series.apart(desk.records, event)]
    for start in range(0, len(pairs), APART_AT_ONCE):
        await desk.inbox.submit(event, Order(KeepApart(tuple(pairs[start : start + APART_AT_ONCE]))))
    return state
