"""Whole roads over two workers, without a network."""

import asyncio
import time
from inspect import signature
from pathlib import Path

import pytest

from rooms.language import commands as c
from rooms.language.closing import CloseCode
from rooms.language.codec import encode_downward
from rooms.language.ids import AttendeeId, RoomId
from rooms.language.notices import EventChanged, Refused, Resumed, RoomChanged, RosterChanged, Settled, Welcome
from rooms.language.refusals import Refusal
from rooms.language.signals import Signal, Signalled
from server.records import meetings, registrations, scribe
from server.records.registrations import Newcomer
from server.store import keys
from server.store.client import Store
from tests.support.redis import TestRedis, a_redis
from tests.support.stage import Browser, Stage, a_stage

alone = pytest.mark.parametrize("where", ["single"], indirect=True)
"""For tests that cut a worker off from Redis, which only a single server allows here; tests/machines cut real ones."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """With --long every other road is taken over all forms of Redis; the store's own tests always are."""
    forms = ["single", *(["cluster", "sentinel", "managed"] if metafunc.config.getoption("--long", False) else [])]
    if "stage" in signature(metafunc.function).parameters and alone.mark not in metafunc.definition.own_markers:
        metafunc.parametrize("where", forms, indirect=True)


async def test_a_command_on_one_worker_reaches_people_on_the_other(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 1)
    answer = await ada.ask(c.SetReadiness(ready=True))
    assert isinstance(answer, Settled)
    seen = await ben.wait_for(RosterChanged, lambda notice: any(row.ready for row in notice.rows))
    assert [row.name for row in seen.rows if row.ready] == ["Ada"]


async def test_a_refusal_comes_to_the_asker_alone(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 1)
    answer = await ada.ask(c.StartRound())
    assert isinstance(answer, Refused)
    assert answer.reason is Refusal.NOT_ALLOWED
    assert not [notice for notice in ben.wire.got if isinstance(notice, Refused)]


async def a_round(stage: Stage, here: int = 0, there: int = 1) -> tuple[Browser, Browser, Browser, RoomId]:
    """Ada here and Ben there, in one room; Olga watches from here."""
    olga = await stage.organiser(here)
    ada, ben = await stage.attendee("Ada", here), await stage.attendee("Ben", there)
    for who in (ada, ben):
        await who.ask(c.SetReadiness(ready=True))
    answer = await olga.ask(c.StartRound())
    assert isinstance(answer, Settled)
    room = (await ada.wait_for(RoomChanged)).room
    await ben.wait_for(RoomChanged)
    for who in (ada, ben):
        assert isinstance(await who.ask(c.TakeSeat(room.id)), Settled)
    return olga, ada, ben, room.id


async def test_two_people_on_two_workers_meet_in_one_room(stage: Stage) -> None:
    _, ada, ben, room = await a_round(stage)
    seen = await ben.wait_for(RoomChanged, lambda n: all(person.presence == "here" for person in n.room.people))
    assert {person.card.name for person in seen.room.people} == {"Ada", "Ben"}
    assert seen.room.id == room
    assert ada.picture.event.name == "Midsummer mixer"


async def test_what_only_the_matcher_knows_comes_into_the_event_and_to_no_page(stage: Stage) -> None:
    newcomer = Newcomer("Ada", role="canary role", groups=("canary group",))
    person = await registrations.join(stage.records, stage.event, newcomer, 0)
    assert person
    olga, ben = await stage.organiser(0), await stage.attendee("Ben", 0)
    ada = await stage.open(person.id, 1, name="Ada")
    await ada.wait_for(Welcome)
    for who in (ada, ben):
        await who.ask(c.SetReadiness(ready=True))
    await olga.ask(c.StartRound())
    for who in (ada, ben):
        await who.wait_for(RoomChanged)
    line = stage.workers[0].relay.line_of(stage.event)
    assert line
    assert line.replica.state.people[person.id].traits == person.traits
    heard = b"".join(encode_downward(notice) for who in (olga, ada, ben) for notice in who.wire.got)
    assert b"Ada" in heard
    assert b"canary" not in heard


async def test_signals_go_byte_for_byte_between_two_workers_and_the_server_names_the_sender(stage: Stage) -> None:
    olga, ada, ben, room = await a_round(stage)
    payload = '{"sdp":"v=0\\r\\na=fingerprint:sha-256 AB:CD\\r\\n \\u00e4 ä ✓","x":1}'
    ada.send(Signal(to=ben.id, room=room, round=1, kind="offer", payload=payload))
    heard = await ben.wait_for(Signalled)
    assert heard.payload == payload
    assert heard.sender == ada.id
    assert heard.connection == ada.session.connection
    assert not [notice for notice in olga.wire.got if isinstance(notice, Signalled)]


async def test_a_signal_to_another_room_or_round_or_person_is_dropped(stage: Stage) -> None:
    olga, ada, ben, room = await a_round(stage)
    stranger = await stage.attendee("Cleo", 1)
    wrong = [
        Signal(to=ben.id, room=room, round=2, kind="offer", payload="wrong round"),
        Signal(to=ben.id, room=RoomId("9-9"), round=1, kind="offer", payload="wrong room"),
        Signal(to=stranger.id, room=room, round=1, kind="offer", payload="no seat"),
        Signal(to=ada.id, room=room, round=1, kind="offer", payload="myself"),
    ]
    for signal in wrong:
        ada.send(signal)
    stranger.send(Signal(to=ben.id, room=room, round=1, kind="offer", payload="intruder"))
    olga.send(Signal(to=ben.id, room=room, round=1, kind="offer", payload="host"))
    ada.send(Signal(to=ben.id, room=room, round=1, kind="candidate", payload="right"))
    assert (await ben.wait_for(Signalled)).payload == "right"
    for browser in (ada, ben, stranger):
        assert [n.payload for n in browser.wire.got if isinstance(n, Signalled)] in ([], ["right"])


async def test_a_second_tab_supersedes_the_first_even_on_another_worker(stage: Stage) -> None:
    first = await stage.attendee("Ada", 0)
    second = await stage.open(first.id, 1)
    await second.wait_for(Welcome)
    assert await first.closed() == CloseCode.SUPERSEDED
    await asyncio.sleep(0.1)
    assert second.wire.closed is None
    assert isinstance(await second.ask(c.SetReadiness(ready=True)), Settled)


async def test_two_tabs_at_the_same_moment_leave_exactly_one(stage: Stage) -> None:
    who = await stage.person("Ada")
    tabs = [await stage.open(who, worker) for worker in (0, 1, 0)]
    async with asyncio.timeout(10):
        while sum(tab.wire.closed is not None for tab in tabs) < 2:
            await asyncio.sleep(0.02)
    left = [tab for tab in tabs if tab.wire.closed is None]
    await left[0].wait_for(Welcome)
    assert isinstance(await left[0].ask(c.SetReadiness(ready=True)), Settled)


async def test_somebody_removed_is_out_and_does_not_come_back(stage: Stage) -> None:
    olga, ada = await stage.organiser(0), await stage.attendee("Ada", 1)
    assert isinstance(await olga.ask(c.RemoveAttendee(ada.id)), Settled)
    assert await ada.closed() == CloseCode.REMOVED
    again = await stage.open(ada.id, 0)
    assert await again.closed() in (CloseCode.REMOVED, CloseCode.NOT_ADMITTED)


async def test_who_missed_nothing_goes_on_and_who_missed_something_gets_a_picture(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 0)
    await ada.wait_for(RosterChanged)
    await ada.ask(c.SayChat("hello"))
    seq = ada.session.seq
    await stage.vanish(ben)  # says nothing to the conductor before we are back
    missed = await stage.open(ben.id, 1, last=1)
    assert (await missed.wait_for(Welcome)).snapshot.seq >= seq
    assert not [notice for notice in missed.wire.got if isinstance(notice, Resumed)]


async def test_a_page_that_saw_the_head_is_resumed(stage: Stage) -> None:
    olga, ada = await stage.organiser(0), await stage.attendee("Ada", 0)
    await asyncio.sleep(0.6)
    await ada.ask(c.SayChat("hello"))
    await asyncio.sleep(0.6)
    again = await stage.open(ada.id, 0, last=ada.session.seq)
    await again.wait_for(Resumed)
    assert isinstance(await again.ask(c.SayChat("and again")), Settled)
    assert not [notice for notice in again.wire.got if isinstance(notice, Welcome)]
    assert olga.wire.closed is None


@alone
async def test_a_conductor_lost_in_mid_round_is_replaced_and_the_room_stays(stage: Stage) -> None:
    lost = stage.conductor
    left = 1 - lost
    olga, ada, ben, room = await a_round(stage, left, left)
    await stage.isolate(lost)
    answer = await olga.ask(c.PauseEvent())
    assert isinstance(answer, Settled)
    assert stage.event in stage.workers[left].supervisor.conducted
    seen = await ada.wait_for(EventChanged, lambda notice: notice.event.paused)
    assert seen.event.phase == "talking"
    ada.send(Signal(to=ben.id, room=room, round=1, kind="offer", payload="still"))
    assert (await ben.wait_for(Signalled)).payload == "still"
    await stage.rejoin(lost)
    assert isinstance(await olga.ask(c.ResumeEvent()), Settled)


@alone
async def test_a_worker_that_dies_is_noticed_and_only_its_people_are_missing(stage: Stage) -> None:
    _, ada, ben, _ = await a_round(stage)
    ada.forget()
    await stage.isolate(1)
    seen = await ada.wait_for(
        RoomChanged, lambda notice: any(person.presence == "reconnecting" for person in notice.room.people)
    )
    missing = [person.card.id for person in seen.room.people if person.presence == "reconnecting"]
    assert missing == [ben.id]
    assert ada.wire.closed is None


async def test_missed_batches_are_read_from_the_journal(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 1)
    async with stage.deaf(1):
        for number in range(3):
            await ada.ask(c.SayChat(f"line {number}"))
    ben.forget()
    await ada.ask(c.SayChat("line 3"))
    heard = await ben.heard_chat(4)
    assert heard == ["line 0", "line 1", "line 2", "line 3"]


async def test_when_redis_has_lost_the_last_moments_everybody_starts_over_from_what_is_left(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 1)
    seq = await stage.store.do("HGET", keys.head(stage.event), "seq")
    written = (keys.head(stage.event), keys.journal(stage.event), keys.inbox(stage.event))
    before = {name: await stage.store.do("DUMP", name) for name in written}
    await ada.ask(c.SayChat("this is going to be lost"))
    await ben.heard_chat(1)
    for name, content in before.items():
        await stage.store.do("RESTORE", name, 0, content, "REPLACE")
    for browser in (ada, ben):
        browser.forget()
    for services in stage.workers:
        for callback in services.bus.on_return:
            callback()  # as after the line to a primary that was replaced
    for browser in (ada, ben):
        assert (await browser.wait_for(Welcome)).snapshot.seq <= int(seq)
    await stage.insist(ben, c.SayChat("this stays"))
    assert await ada.heard_chat(1) == ["this stays"]


async def test_when_the_journal_is_gone_everybody_starts_over(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 1)
    async with stage.deaf(1):
        for number in range(3):
            await ada.ask(c.SayChat(f"line {number}"))
        await stage.keep_state_and_trim()
    ben.forget()
    await ada.ask(c.SayChat("line 3"))
    picture = (await ben.wait_for(Welcome)).snapshot
    assert [line.text for line in picture.chat] == ["line 0", "line 1", "line 2", "line 3"]


async def test_who_asks_when_a_picture_takes_the_place_of_what_was_missed_is_answered(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 1)
    async with stage.deaf(1):
        await ada.ask(c.SayChat("missed"))
        await stage.keep_state_and_trim()
    assert isinstance(await ben.ask(c.SayChat("and you?")), Settled)


async def test_a_reader_that_falls_behind_gets_a_picture_and_holds_up_nobody(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 0)
    ben.wire.taking.clear()
    ben.forget()
    for number in range(300):
        ben.session.hear(b'{"type":"pulse","now":%d,"seq":1}' % number)
    assert isinstance(await ada.ask(c.SayChat("are you there?")), Settled)
    ben.wire.taking.set()
    await ben.wait_for(Welcome)
    assert await ben.heard_chat(1) == ["are you there?"]
    assert len(ben.wire.got) < 20


async def test_a_reader_that_takes_nothing_is_closed(redis: TestRedis, store: Store, tmp_path: Path) -> None:
    async with a_stage(redis.url, tmp_path, write_timeout_ms="200") as stage:
        ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 0)
        ben.wire.taking.clear()
        assert isinstance(await ada.ask(c.SayChat("hello")), Settled)
        assert await ben.closed() == CloseCode.TOO_SLOW
        assert ada.wire.closed is None


async def test_too_many_frames_close_the_connection_of_who_sent_them(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 0)
    for _ in range(200):
        ben.send(c.SetReadiness(ready=True))
    assert await ben.closed() == CloseCode.TOO_MANY
    assert ada.wire.closed is None


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b"[null]",
        b'[1, {"type":"no.such.thing"}]',
        b'["1", {"type":"readiness.set","ready":true}]',
        b'[1, {"type":"readiness.set","ready":"yes"}]',
        b'[1, {"type":"readiness.set","ready":true,"extra":1}]',
        b'[1, {"type":"attendee.arrive"}]',
        b'[1, {"type":"hello","last":null}]',
        b"[" * 5_000,
        b"\xff\xfe",
        b'[1, {"type":"chat.say","text":"' + b"x" * 40_000 + b'"}]',
    ],
)
async def test_a_frame_we_do_not_know_closes_the_connection(stage: Stage, frame: bytes) -> None:
    ada = await stage.attendee("Ada", 0)
    ada.wire.sent.put_nowait(frame)
    assert await ada.closed() == CloseCode.MALFORMED


async def test_saying_goodbye_keeps_no_seat(stage: Stage) -> None:
    _, ada, ben, _ = await a_round(stage)
    ada.leave(meant=True)
    assert await ada.closed() == CloseCode.GOODBYE
    seen = await ben.wait_for(RoomChanged, lambda n: any(person.presence == "left" for person in n.room.people))
    assert [person.card.name for person in seen.room.people if person.presence == "left"] == ["Ada"]


async def test_draining_sends_everybody_on_and_lets_nobody_in(stage: Stage) -> None:
    ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 1)
    await stage.workers[0].relay.drain(0.05)
    assert await ada.closed() == CloseCode.MOVING
    assert ben.wire.closed is None
    late = await stage.open(ada.id, 0)
    assert await late.closed() == CloseCode.MOVING
    back = await stage.open(ada.id, 1)
    await back.wait_for(Welcome)


async def test_meetings_are_in_the_database_soon_after_the_round(stage: Stage) -> None:
    olga, ada, _, _ = await a_round(stage)
    await asyncio.sleep(5.2)
    assert isinstance(await olga.ask(c.EndRound()), Settled)
    head = ada.session.seq
    async with asyncio.timeout(10):
        while await scribe.cursor(stage.records, stage.event) < head:
            await asyncio.sleep(0.05)
    assert await meetings.of(stage.records, stage.event, AttendeeId(ada.id))


async def test_what_a_page_asks_again_on_another_worker_is_settled_and_not_done_twice(stage: Stage) -> None:
    ben = await stage.attendee("Ben", 1)
    ada = await stage.open(await stage.person("Ada"), 0, page="a page")
    await ada.wait_for(Welcome)
    assert isinstance(await ada.ask(c.SayChat("once")), Settled)
    again = await stage.open(ada.id, 1, page="a page")
    await again.wait_for(Welcome)
    assert isinstance(await again.ask(c.SayChat("once")), Settled)  # its first, as the first of the page before
    assert isinstance(await again.ask(c.SayChat("and then")), Settled)
    assert await ben.heard_chat(2) == ["once", "and then"]


@alone
async def test_an_order_whose_answer_was_lost_is_settled_by_its_effect(stage: Stage) -> None:
    reader, writer = 1 - stage.conductor, stage.conductor
    ada, ben = await stage.attendee("Ada", reader), await stage.attendee("Ben", writer)
    await ada.ask(c.SayChat("hello"))
    stage.proxies[reader].lose_answers = 1
    answer = await ada.ask(c.SayChat("lost on its way back"))
    assert isinstance(answer, Settled)
    assert await ben.heard_chat(2) == ["hello", "lost on its way back"]


async def test_while_redis_stalls_commands_are_refused_and_sockets_stay_open(tmp_path: Path) -> None:
    async with a_redis() as redis, a_stage(redis.url, tmp_path) as stage:
        ada, ben = await stage.attendee("Ada", 0), await stage.attendee("Ben", 1)
        with redis.stalled():
            began = time.monotonic()
            answer = await ada.ask(c.SayChat("lost"))
            took = time.monotonic() - began
            again = await ada.ask(c.SayChat("lost too"))
        assert isinstance(answer, Refused)
        assert answer.reason is Refusal.BUSY
        assert isinstance(again, Refused)
        assert took < 1.6
        await asyncio.sleep(0.5)
        assert isinstance(await ada.ask(c.SayChat("found")), Settled)
        assert await ben.heard_chat(1) == ["found"]
        assert ada.wire.closed is None
        assert ben.wire.closed is None


async def test_a_redis_that_dies_comes_back_with_the_whole_event(tmp_path: Path) -> None:
    async with a_redis() as redis, a_stage(redis.url, tmp_path) as stage:
        olga, ada, ben, room = await a_round(stage)
        redis.kill()
        assert isinstance(await ada.ask(c.SetReadiness(ready=False)), Refused)
        await redis.start()
        answer = await stage.insist(olga, c.PauseEvent())
        assert isinstance(answer, Settled)
        await ada.wait_for(EventChanged, lambda notice: notice.event.paused)
        ada.send(Signal(to=ben.id, room=room, round=1, kind="offer", payload="still here"))
        assert (await ben.wait_for(Signalled)).payload == "still here"
        assert ada.wire.closed is None
