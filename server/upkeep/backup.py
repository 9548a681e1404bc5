"""`python -m server backup FOLDER`: a copy of everything, out of a server that runs or one that stands.

The database first, then Redis: what Redis has more, the scribe copies into the database after a restore. The other way
round changes that the database knows already would get their numbers a second time.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from rooms.language.ids import EventId
from server.launching.ground import prepare_folder
from server.launching.redis import PrivateRedis, where
from server.records import keeping as records_keeping
from server.records.engine import RecordsError
from server.services import open_records
from server.settings import Settings
from server.store import keeping
from server.store.client import Store, StoreAwayError
from server.store.keeping import KeptEvent
from server.store.probe import briefly
from server.upkeep import contents, machine
from server.upkeep.contents import BackupError, Manifest

TRIES = 5
"""Copies of the database until one and Redis fit together; the first does, unless the disk is very slow."""


async def back_up(settings: Settings, folder: Path) -> Manifest:
    """Write a backup into a new folder; it is there as a whole or not at all.

    Raises:
        BackupError: with what to do.
        StartError: another server is just starting here, or there is no Redis to start.
    """
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    part = folder.with_name(folder.name + ".part")
    try:
        _begin(folder, part)
        async with a_store(settings) as store:
            kept = await _take_all(settings, store, part)
        manifest = contents.seal(part, made_at, kept)
        _finish(folder, part)
    except (StoreAwayError, RecordsError, records_keeping.BrokenCopyError) as error:
        raise BackupError(f"Nothing was kept: {error}") from None
    except OSError as error:
        raise BackupError(f"{folder} cannot be written: {error.strerror or error}. Nothing was kept.") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _begin(folder: Path, part: Path) -> None:
    if folder.exists():
        raise BackupError(f"{folder} is there already. Name a new folder, such as one with today's date.")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)


def _finish(folder: Path, part: Path) -> None:
    """Only what is on the disk gets its name."""
    for path in part.iterdir():
        path.chmod(0o600)
        records_keeping.flush(path)
    part.rename(folder)
    records_keeping.flush(folder)


@asynccontextmanager
async def a_store(settings: Settings) -> AsyncIterator[Store]:
    """The Redis of these settings: the one that runs, or our own, started for as long as it takes.

    Raises:
        StoreAwayError: it does not answer.
        StartError: it cannot be started.
    """
    if settings.redis_url or machine.runs_here(settings.data):
        async with briefly(settings.redis_url or where(settings.data)) as store:
            yield store
        return
    lock = prepare_folder(settings.data)
    redis = PrivateRedis(settings.data)
    try:
        await redis.start()
        async with briefly(redis.url) as store:
            yield store
    finally:
        await redis.stop()
        os.close(lock)


async def _take_all(settings: Settings, store: Store, part: Path) -> int:
    """Copy database, events and secret; how many events Redis had."""
    source = None if settings.database_url else settings.data / contents.DATABASE
    if source is not None and not source.exists():
        raise BackupError(f"There is nothing to keep in {settings.data}. Name the data folder with --data.")
    for _ in range(TRIES):
        kept = await _take(settings, store, source, part)
        if kept is not None:
            break
    else:
        raise BackupError("The disk is too slow to copy the database while this event runs. Try again after it.")
    secret = settings.data / contents.SECRET
    if secret.exists():
        (part / contents.SECRET).write_bytes(secret.read_bytes())
    return kept


async def _take(settings: Settings, store: Store, source: Path | None, part: Path) -> int | None:
    """One try; None when changes are in neither of the two copies."""
    cursors: dict[EventId, int] = {}
    if source is not None:
        copied = part / contents.DATABASE
        copied.unlink(missing_ok=True)
        await asyncio.to_thread(records_keeping.copy, source, copied)
        cursors = await asyncio.to_thread(records_keeping.cursors, copied)
    records = open_records(settings)
    try:
        found = [await keeping.take(store, event) for event in await records_keeping.event_ids(records)]
    finally:
        await records.close()
    kept = [one for one in found if one is not None]
    if source is not None and hole(kept, cursors):
        return None
    await asyncio.to_thread(contents.write_events, part / contents.EVENTS, kept)
    return len(kept)


def hole(kept: Sequence[KeptEvent], cursors: dict[EventId, int]) -> bool:
    """Whether the journal of an event was cut between the two copies, behind what the first has."""
    return any(one.oldest > cursors.get(one.event, 0) + 1 for one in kept)
