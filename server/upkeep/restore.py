"""`python -m server restore FOLDER`: puts a backup back, never over a server that runs, and not over data unasked."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rooms.event import Event
from rooms.language.ids import EventId, Role, WorkerId
from server.launching.ground import prepare_folder
from server.launching.redis import PrivateRedis
from server.records import keeping as records_keeping
from server.relay.switchboard import worker_of
from server.settings import Settings
from server.store import keeping
from server.store.client import Store, StoreAwayError
from server.store.presence import Whereabouts
from server.store.probe import briefly
from server.upkeep import contents, machine
from server.upkeep.contents import BackupError, Manifest

REPLACED = "replaced"
"""Folder in the data folder into which goes what was there before."""


async def restore(settings: Settings, folder: Path, *, replace: bool) -> Manifest:
    """Put a backup back.

    Raises:
        BackupError: with what to do; nothing was changed unless it says so.
        StartError: the data folder cannot be written, or there is no Redis to start.
    """
    manifest = contents.unseal(folder)
    _fits(settings, manifest)
    if machine.runs_here(settings.data):
        raise BackupError(f"A Rondo runs on {settings.data}. Stop it first.")
    lock = prepare_folder(settings.data)
    try:
        if settings.redis_url:
            async with briefly(settings.redis_url) as store:
                await _look_before(store, folder, replace)
                _put_files(settings.data, folder, manifest, replace)
                await _put_events(store, folder)
        else:
            _put_files(settings.data, folder, manifest, replace)
            await _into_private_redis(settings.data, folder)
    except StoreAwayError as error:
        raise BackupError(f"Redis did not take the events: {error}. Mend it, and say --replace.") from None
    except OSError as error:
        raise BackupError(f"{settings.data} cannot be written: {error.strerror or error}.") from None
    finally:
        os.close(lock)
    return manifest


def _fits(settings: Settings, manifest: Manifest) -> None:
    if manifest.database and settings.database_url:
        raise BackupError("This backup holds an SQLite database. Restore it without RONDO_DATABASE_URL.")
    if not manifest.database and not settings.database_url:
        said = "The database of this backup was a PostgreSQL. Restore that with pg_restore, and set RONDO_DATABASE_URL."
        raise BackupError(said)


async def _look_before(store: Store, folder: Path, replace: bool) -> None:
    """An outside Redis: nobody may work on it, and none of these events may be there unless they are to be replaced."""
    if await keeping.in_use(store):
        raise BackupError("Workers were at that Redis a moment ago. Stop all servers that use it, and wait 15 seconds.")
    events = [kept.event for kept in contents.read_events(folder / contents.EVENTS)]
    if not replace and await keeping.holds(store, events):
        raise BackupError("That Redis holds these events already. Say --replace to put the backup in their place.")


def _put_files(data: Path, folder: Path, manifest: Manifest, replace: bool) -> None:
    """The database and the secret; what was there before is moved aside, not deleted."""
    there = [path for path in _ours(data) if path.exists()]
    if there and not replace:
        raise BackupError(f"{data} is not empty. Say --replace to move what is there to {data / REPLACED}.")
    if there:
        aside = data / REPLACED / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
        aside.mkdir(mode=0o700, parents=True)
        for path in there:
            path.rename(aside / path.name)
    for name in manifest.sha256:
        if name != contents.EVENTS:
            shutil.copyfile(folder / name, data / name)
            (data / name).chmod(0o600)
            records_keeping.flush(data / name)


def _ours(data: Path) -> list[Path]:
    """What a server keeps in its data folder."""
    database = [contents.DATABASE + end for end in ("", "-wal", "-shm")]
    return [data / name for name in (*database, contents.SECRET, "redis")]


async def _into_private_redis(data: Path, folder: Path) -> None:
    redis = PrivateRedis(data)
    try:
        await redis.start()
        async with briefly(redis.url) as store:
            await _put_events(store, folder)
    finally:
        await redis.stop()


async def _put_events(store: Store, folder: Path) -> None:
    """The events, and the dead workers on which their people were: none of those connections is there any more."""
    lost = defaultdict[WorkerId, list[Whereabouts]](list)
    for kept in contents.read_events(folder / contents.EVENTS):
        for where in connected(kept.event, await keeping.put(store, kept)):
            lost[worker_of(where.connection)].append(where)
    for worker, places in lost.items():
        await keeping.bury_alive(store, worker, places)


def connected(event: EventId, state: Event) -> Iterator[Whereabouts]:
    """The connections that an event believes in."""
    for person in state.people.values():
        if person.connection is not None:
            yield Whereabouts(event, Role.ATTENDEE, person.id, person.connection)
    for connection, organiser in state.organisers.items():
        yield Whereabouts(event, Role.ORGANISER, organiser.id, connection)
