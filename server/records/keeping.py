"""A copy of the SQLite file for backups, and what has to be read of it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from rooms.language.ids import EventId
from server.records.engine import Records
from server.records.schema import events

BUSY_S = 10.0
"""Longest wait for somebody else's transaction."""


class BrokenCopyError(Exception):
    """The database is damaged; the message says how."""


def copy(source: Path, target: Path) -> None:
    """Copy the database as it is now, while others write; what had been erased is not in the copy. Takes a while.

    Raises:
        BrokenCopyError: the database is damaged.
        OSError: the copy cannot be written.
    """
    try:
        with closing(sqlite3.connect(source, timeout=BUSY_S, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        check(target)
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(target)) from None
    except sqlite3.DatabaseError as error:
        raise BrokenCopyError(str(error)) from None
    flush(target)


def check(path: Path) -> None:
    """Raises:
    BrokenCopyError: the file is damaged.
    """
    with closing(sqlite3.connect(path)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise BrokenCopyError(said)


def cursors(path: Path) -> dict[EventId, int]:
    """Up to which change each event of a copy has been written there."""
    with closing(sqlite3.connect(path)) as connection:
        return {EventId(event): seq for event, seq in connection.execute("SELECT event, seq FROM scribed")}


def flush(path: Path) -> None:
    """Have a file on the disk, not on its way there: SQLite leaves that to us for such copies."""
    for place in (path, path.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


async def event_ids(records: Records) -> list[EventId]:
    """All events there are.

    Raises:
        RecordsAwayError: the database does not answer.
    """
    async with records.connect() as connection:
        return [EventId(row) for row in (await connection.execute(select(events.c.id))).scalars()]
