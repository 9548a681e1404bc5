"""Deciding one order; what a poisonous order does not do; state kept, orders answered once."""

import asyncio
from pathlib import Path

import pytest
from msgspec import structs

from rooms.event import Event, decode_event, judge
from rooms.language import commands as c
from rooms.language.cards import Card
from rooms.language.changes import Change
from rooms.language.errands import Arrive, PlanChange
from rooms.language.ids import AttendeeId, ConnectionId, Instant, Role
from rooms.language.notices import Refused, Settled
from rooms.language.orders import Cause, Order
from rooms.language.refusals import Refusal, RefusedError
from server.conducting import conductor as module
from server.conducting.conductor import decide_one
from server.records import events
from server.store import keys
from server.store.client import Store
from tests.support.redis import TestRedis
from tests.support.shelf import a_state
from tests.support.stage import SHORT_EVENING, Stage, a_draft, a_stage

CAUSE = Cause(ConnectionId("w1.1"), 7)


def arrival() -> Order:
    card = Card(AttendeeId("ada"), "Ada")
    return Order(Arrive(card, ConnectionId("w1.1")), cause=CAUSE, at=Instant(2_000))


def test_entries_are_numbered_and_the_first_names_the_cause() -> None:
    state, entries = decide_one(a_state(), arrival())
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[0].cause == CAUSE
    assert all(entry.cause is None for entry in entries[1:])
    assert all(entry.at == 2_000 for entry in entries)
    assert state.seq == len(entries)


def test_a_refused_order_leads_nowhere() -> None:
    with pytest.raises(RefusedError):
        decide_one(a_state(), Order(c.StartRound(), "ada", Role.ATTENDEE, at=Instant(1)))


async def test_an_order_the_rules_stumble_over_holds_up_nobody(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = await stage.attendee("Ada", 0)

    def stumbling(event: Event, order: Order) -> tuple[Event, list[Change]]:
        if isinstance(order.wish, c.SayChat) and order.wish.text == "poison":
            raise ZeroDivisionError
        return judge(event, order)

    monkeypatch.setattr("server.conducting.conductor.judge", stumbling)
    answer = await ada.ask(c.SayChat("poison"))
    assert isinstance(answer, Refused)
    assert answer.reason is Refusal.BUSY
    assert isinstance(await ada.ask(c.SayChat("water")), Settled)


async def test_every_order_is_answered_exactly_once(stage: Stage) -> None:
    ada = await stage.attendee("Ada", 1)
    for ref in range(1, 41):
        ada.send((c.SetReadiness(ready=ref % 3 == 0), c.StartRound(), c.SayChat(f"line {ref}"))[ref % 3], ref)
    for ref in range(1, 41):
        await ada.answer_to(ref)
    await asyncio.sleep(0.2)
    answers = [notice.ref for notice in ada.wire.got if isinstance(notice, Settled | Refused)]
    assert sorted(answers) == list(range(1, 41))


async def test_the_state_is_kept_now_and_then_and_the_journal_let_go(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SNAPSHOT_EVERY", 5)
    ada = await stage.attendee("Ada", 0)
    for number in range(40):
        await ada.ask(c.SetReadiness(ready=number % 2 == 0))
        if number % 10 == 9:
            await asyncio.sleep(0.5)  # the scribe copies meanwhile: nothing is let go that SQL does not have
    length = await stage.store.do("XLEN", keys.journal(stage.event))
    assert 0 < length < ada.session.seq


async def test_the_state_is_kept_a_while_after_the_phase_has_changed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEEP_AFTER_MS", 50)
    host = await stage.organiser(0)
    await host.ask(c.EndEvent())
    async with asyncio.timeout(5):
        while decode_event(await stage.store.do("GET", keys.snapshot(stage.event))).phase != "ended":
            await asyncio.sleep(0.02)


async def test_an_event_far_away_with_nobody_there_is_left_until_shortly_before(
    redis: TestRedis, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LINGER_MS", 100)
    async with a_stage(redis.url, tmp_path) as stage:
        services = stage.workers[0]
        draft = structs.replace(a_draft(starts_in_ms=3_600_000), unattended=True)
        owner = (await events.organisers_of(stage.records, stage.event))[0][0]
        far = await events.create(stage.records, draft, SHORT_EVENING, owner.id)
        await services.inbox.submit(far.id, Order(PlanChange(events.plan_of(far))))
        async with asyncio.timeout(20):
            while not await store.do("EXISTS", keys.snapshot(far.id)) or await store.do("EXISTS", keys.lease(far.id)):
                await asyncio.sleep(0.05)
        assert await store.do("ZSCORE", keys.RUNNING, far.id) == draft.starts_at - module.EARLY_MS


async def test_an_idle_event_is_left_and_taken_up_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINGER_MS", 100)
    olga = await stage.organiser(0)
    assert isinstance(await olga.ask(c.EndEvent()), Settled)
    async with asyncio.timeout(20):
        while await stage.store.do("EXISTS", keys.lease(stage.event)):
            await asyncio.sleep(0.05)
    assert await stage.store.do("TTL", keys.snapshot(stage.event)) > 0
    answer = await olga.ask(c.StartRound())
    assert isinstance(answer, Refused)
