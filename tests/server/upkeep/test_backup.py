"""Backups of what stands still, and everything a backup or a restore refuses."""

import os
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from rooms.event import Event
from rooms.language.ids import ConnectionId, EventId, WorkerId
from server.__main__ import main
from server.launching.ground import prepare_folder
from server.records.engine import Records
from server.settings import Settings, load, with_secret
from server.store import keys
from server.store.client import Store
from server.store.inbox import START
from server.store.journal import Journal, Step
from server.store.keeping import KeptEvent
from server.upkeep import contents
from server.upkeep.backup import a_store, back_up, hole
from server.upkeep.contents import DATABASE, EVENTS, MANIFEST, SECRET, BackupError
from server.upkeep.restore import REPLACED, restore
from tests.support.builders import an_event as an_evening_by_hand
from tests.support.redis import TestRedis
from tests.support.shelf import Shelf, entry
from tests.support.stage import an_event

KEPT = KeptEvent(EventId("mixer"), b"", b"", None, None, 0, None, seq=9, oldest=4)
LOBBY = an_evening_by_hand().in_lobby().with_attendees(2).open_console().event
"""Two people and an organiser."""


def on(folder: Path, redis: str = "") -> Settings:
    return load({"RONDO_DATA": str(folder), "RONDO_REDIS_URL": redis})


def on_one_worker(state: Event) -> Event:
    """The same people, connected to the worker w7."""
    people = {
        who: replace(person, connection=ConnectionId(f"w7.{person.connection}")) for who, person in state.people.items()
    }
    organisers = {ConnectionId(f"w7.{connection}"): who for connection, who in state.organisers.items()}
    return replace(state, seq=0, people=people, organisers=organisers)


async def an_evening(settings: Settings) -> EventId:
    """A server that stands, with one event of which the database has nothing but the plan yet."""
    os.close(prepare_folder(settings.data))
    with_secret(settings)
    records = Records.at(settings.data / DATABASE)
    await records.migrate()
    event = await an_event(records)
    await records.close()
    async with a_store(settings) as store:
        shelf = Shelf(store)
        fence = await shelf.leases.take(event)
        assert fence is not None
        state = on_one_worker(LOBBY)
        assert await shelf.journal.put_snapshot(event, fence, state, 0)
        assert await shelf.journal.commit(event, shelf.leases, fence, Step(0, START, [entry(1), entry(2)], []))
        await store.do("ZADD", keys.RUNNING, 1_234, event)
    return event


async def test_a_server_that_stands_is_kept_and_put_back_whole(tmp_path: Path) -> None:
    there, here, folder = on(tmp_path / "there"), on(tmp_path / "here"), tmp_path / "backup"
    event = await an_evening(there)
    kept = await back_up(there, folder)
    assert (kept.events, kept.database, kept.format) == (1, True, contents.FORMAT)
    assert sorted(kept.sha256) == sorted([DATABASE, EVENTS, SECRET])
    assert await restore(here, folder, replace=False) == kept
    assert with_secret(here).secret == with_secret(there).secret
    async with a_store(here) as store:
        state = await Journal(store).load(event)
        assert state is not None
        assert state.seq == 2
        assert len(state.chat) == 2
        assert await store.do("EXISTS", keys.lease(event)) == 0
        assert await store.do("ZRANGEBYSCORE", keys.RUNNING, "-inf", 0) == [event.encode()]


async def test_connections_of_then_are_found_dead(tmp_path: Path) -> None:
    there, here = on(tmp_path / "there"), on(tmp_path / "here")
    event = await an_evening(there)
    await back_up(there, tmp_path / "backup")
    await restore(here, tmp_path / "backup", replace=False)
    async with a_store(here) as store:
        (dead,) = await store.do("ZRANGEBYSCORE", keys.WORKERS, "-inf", 0)
        presence = Shelf(store).presence
        lost = await presence.connections_of(WorkerId(dead.decode()))
    assert {(where.event, where.role.value, where.id) for where in lost} == {
        (event, "attendee", "p1"),
        (event, "attendee", "p2"),
        (event, "organiser", "o1"),
    }


async def test_into_an_outside_redis_only_when_nobody_uses_it(redis: TestRedis, store: Store, tmp_path: Path) -> None:
    here, folder = on(tmp_path / "here", redis.url), tmp_path / "backup"
    there = on(tmp_path / "there")
    event = await an_evening(there)
    await back_up(there, folder)
    await Shelf(store).presence.beat()
    with pytest.raises(BackupError, match="Stop all servers"):
        await restore(here, folder, replace=True)
    await Shelf(store).presence.bury(Shelf(store).worker)
    await restore(here, folder, replace=False)
    state = await Journal(store).load(event)
    assert state is not None
    with pytest.raises(BackupError, match="holds these events already"):
        await restore(on(tmp_path / "other", redis.url), folder, replace=False)
    await restore(on(tmp_path / "other", redis.url), folder, replace=True)


async def test_data_that_is_there_is_moved_aside_and_only_when_told_to(tmp_path: Path) -> None:
    settings, folder = on(tmp_path / "data"), tmp_path / "backup"
    await an_evening(settings)
    await back_up(settings, folder)
    before = contents.checksum(settings.data / DATABASE)
    with pytest.raises(BackupError, match="--replace"):
        await restore(settings, folder, replace=False)
    assert contents.checksum(settings.data / DATABASE) == before
    await restore(settings, folder, replace=True)
    (aside,) = os.listdir(settings.data / REPLACED)
    assert contents.checksum(settings.data / REPLACED / aside / DATABASE) == before
    assert {"redis", SECRET} <= set(os.listdir(settings.data / REPLACED / aside))


async def test_what_is_damaged_is_not_put_back(tmp_path: Path) -> None:
    there, here, folder = on(tmp_path / "there"), on(tmp_path / "here"), tmp_path / "backup"
    await an_evening(there)
    await back_up(there, folder)
    events = (folder / EVENTS).read_bytes()
    (folder / EVENTS).write_bytes(events[:-1] + b"?")
    with pytest.raises(BackupError, match="not what was written"):
        await restore(here, folder, replace=False)
    (folder / EVENTS).unlink()
    with pytest.raises(BackupError, match="not what was written"):
        await restore(here, folder, replace=False)
    assert not here.data.exists()


@pytest.mark.parametrize("said", [b"", b"{}", b'{"format":1}', b"\xff"])
def test_a_folder_without_a_manifest_is_no_backup(tmp_path: Path, said: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(said)
    with pytest.raises(BackupError, match="is no backup"):
        contents.unseal(tmp_path)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "sub/file"])
def test_a_manifest_names_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    manifest = contents.Manifest(contents.FORMAT, "now", 0, True, {name: "0" * 64})
    (tmp_path / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    with pytest.raises(BackupError, match="not what was written"):
        contents.unseal(tmp_path)


def test_a_backup_of_another_format_is_named(tmp_path: Path) -> None:
    manifest = contents.Manifest(contents.FORMAT + 1, "now", 0, True, {})
    (tmp_path / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    with pytest.raises(BackupError, match="another version"):
        contents.unseal(tmp_path)


def test_a_file_of_events_that_breaks_off_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / EVENTS
    contents.write_events(path, [KEPT, KEPT])
    assert list(contents.read_events(path)) == [KEPT, KEPT]
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(BackupError, match="damaged"):
        list(contents.read_events(path))


def test_a_journal_that_was_cut_behind_the_database_is_a_hole() -> None:
    assert not hole([KEPT], {KEPT.event: 3})
    assert not hole([KEPT], {KEPT.event: 9})
    assert hole([KEPT], {KEPT.event: 2})
    assert hole([KEPT], {})


async def test_a_backup_never_writes_into_a_folder_that_is_there(tmp_path: Path) -> None:
    await an_evening(on(tmp_path / "data"))
    with pytest.raises(BackupError, match="there already"):
        await back_up(on(tmp_path / "data"), tmp_path)


async def test_where_nothing_is_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="--data"):
        await back_up(on(tmp_path / "data"), tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    assert not (tmp_path / "backup.part").exists()


async def test_a_backup_of_one_kind_of_database_is_not_put_into_the_other(tmp_path: Path) -> None:
    await an_evening(on(tmp_path / "data"))
    await back_up(on(tmp_path / "data"), tmp_path / "backup")
    postgres = load({"RONDO_DATA": str(tmp_path / "here"), "RONDO_DATABASE_URL": "postgresql://d"})
    with pytest.raises(BackupError, match="SQLite"):
        await restore(postgres, tmp_path / "backup", replace=False)
    contents.write_events(tmp_path / EVENTS, [])
    manifest = contents.Manifest(contents.FORMAT, "now", 0, False, {EVENTS: contents.checksum(tmp_path / EVENTS)})
    (tmp_path / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    with pytest.raises(BackupError, match="pg_restore"):
        await restore(on(tmp_path / "here"), tmp_path, replace=False)


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_what_cannot_be_done_is_one_line_and_code_2(tmp_path: Path, verb: str) -> None:
    outcome = CliRunner(env={"RONDO_DATA": str(tmp_path / "data")}).invoke(main, [verb, str(tmp_path)])
    assert outcome.exit_code == 2
    assert outcome.output.startswith(f"Rondo cannot {'back up' if verb == 'backup' else 'restore'}: {tmp_path} is ")
    assert len(outcome.output.splitlines()) == 1
