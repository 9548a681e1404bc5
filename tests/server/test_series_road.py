"""Events of one series on the whole road: from SQL by arrivals, orders, the journal and the matcher into rooms."""

import asyncio

from rooms.event import Event as State
from rooms.language import commands as c
from rooms.language.ids import Instant
from rooms.language.notices import RoomChanged, Settled, Welcome
from rooms.matching.circle import circle_rounds
from server.records import events, registrations, reports
from server.records.events import Event
from server.records.registrations import Newcomer, Registration
from tests.support.seating import meet
from tests.support.stage import PATIENCE_S, Browser, Stage

PEOPLE = 8
ROUNDS_HELD = 3
"""Of seven possible ones, at each of two earlier events: one round is left in which nobody meets again."""


async def register(stage: Stage, event: Event, name: str) -> Registration:
    """Somebody who is known by an address."""
    person = await registrations.join(stage.records, event.id, Newcomer(name, f"{name}@example.org"), 0)
    assert person
    return person


async def again(stage: Stage, before: Event) -> Event:
    """The next event of the series; the one before is over."""
    ((olga, _),) = await events.organisers_of(stage.records, before.id)
    await events.set_status(stage.records, before.id, "ended")
    later = Instant(before.starts_at + 1)
    return await events.duplicate(stage.records, before, "Again", later, olga.id)


async def first(stage: Stage) -> Event:
    """An event that nobody conducts, so that the test alone writes down what happens at it."""
    conducted = await events.find(stage.records, stage.event)
    assert conducted
    return await again(stage, conducted)


async def come(stage: Stage, people: list[Registration]) -> list[Browser]:
    """These people open the page, half of them on each worker, and are ready."""
    browsers = [await stage.open(person.id, number % 2) for number, person in enumerate(people)]
    for browser in browsers:
        await browser.wait_for(Welcome)
        assert isinstance(await browser.ask(c.SetReadiness(ready=True)), Settled)
    return browsers


def state_at(stage: Stage) -> State:
    """The event as the first worker knows it."""
    line = stage.workers[0].relay.line_of(stage.event)
    assert line is not None
    return line.replica.state


async def test_nobody_meets_anybody_of_earlier_events_while_that_can_be(stage: Stage) -> None:
    for services in stage.workers:
        services.matchmaker.stand_by()  # it takes its time to come up, and a round waits only so long
    event = await first(stage)
    rounds = circle_rounds(range(PEOPLE), 2 * ROUNDS_HELD + 1)
    for held in (rounds[:ROUNDS_HELD], rounds[ROUNDS_HELD:-1]):
        people = [await register(stage, event, f"p{number}") for number in range(PEOPLE)]
        for number, rooms in enumerate(held):
            for room in rooms:
                await meet(stage.records, number, *(people[who] for who in room))
        event = await again(stage, event)
    stage.event = event.id
    early = [await register(stage, event, f"P{number}") for number in range(PEOPLE - 1)]
    await stage.begin()
    olga = await stage.organiser(0)
    late = await register(stage, event, f"P{PEOPLE - 1}")
    browsers = await come(stage, [*early, late])
    assert isinstance(await olga.ask(c.StartRound()), Settled)
    seen = [(await browser.wait_for(RoomChanged)).room for browser in browsers]
    place = {browser.id: number for number, browser in enumerate(browsers)}
    found = {tuple(sorted(place[person.card.id] for person in room.people)) for room in seen}
    assert found == set(rounds[-1])


async def test_a_block_holds_in_the_next_event_even_if_meetings_count_for_nothing(stage: Stage) -> None:
    before = await first(stage)
    ana, ben = [await register(stage, before, name) for name in ("ana", "ben")]
    await meet(stage.records, 1, ana, ben)
    await reports.block(stage.records, ana, ben.id)
    second = await again(stage, before)
    unmindful = events.Draft(**events.draft_row(second) | {"series_history": False})
    await events.update_draft(stage.records, second.id, unmindful)
    stage.event = second.id
    here = await register(stage, second, "ana")
    await stage.begin()
    there = await register(stage, second, "ben")
    await come(stage, [here, there])
    two = (min(here.id, there.id), max(here.id, there.id))
    assert two in state_at(stage).apart
    async with asyncio.timeout(PATIENCE_S):
        while not state_at(stage).known:
            await asyncio.sleep(0.02)
    assert not state_at(stage).plan.series_history
