"""A copy of the SQLite file: whole while others write, without what was erased, and never of a damaged one."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from server.records import keeping
from server.records.engine import Records
from tests.support.stage import an_event

CANARY = "Canaria Lovelace was here"


@pytest.fixture
async def source(tmp_path: Path) -> Path:
    """A database with tables."""
    path = tmp_path / "rondo.sqlite3"
    records = Records.at(path)
    await records.migrate()
    await records.close()
    return path


def test_a_copy_is_whole_while_others_write(source: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("CREATE TABLE pairs (one INTEGER, other INTEGER)")
        connection.commit()
    over = threading.Event()
    began = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(source, timeout=10)) as connection:
            number = 0
            while not over.is_set():
                number += 1
                connection.execute("INSERT INTO pairs VALUES (?, NULL)", (number,))
                connection.execute("UPDATE pairs SET other = ? WHERE one = ?", (number, number))
                connection.commit()
                began.set()

    writing = threading.Thread(target=write)
    writing.start()
    try:
        assert began.wait(10)
        keeping.copy(source, tmp_path / "copy")
    finally:
        over.set()
        writing.join()
    with closing(sqlite3.connect(tmp_path / "copy")) as connection:
        (count, last, torn) = connection.execute(
            "SELECT count(*), max(one), sum(other IS NOT one) FROM pairs"
        ).fetchone()
    assert count == last > 0
    assert torn == 0


def test_what_was_erased_is_not_in_a_copy(source: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE notes (words TEXT)")
        connection.executemany("INSERT INTO notes VALUES (?)", [(CANARY,)] * 500)
        connection.commit()
        connection.execute("DELETE FROM notes")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert CANARY.encode() in source.read_bytes()
    keeping.copy(source, tmp_path / "copy")
    assert CANARY.encode() not in (tmp_path / "copy").read_bytes()


def test_a_damaged_database_is_not_copied(source: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damaged = bytearray(source.read_bytes())
    damaged[4096 * 3 : 4096 * 6] = os.urandom(4096 * 3)
    source.write_bytes(damaged)
    with pytest.raises(keeping.BrokenCopyError):
        keeping.copy(source, tmp_path / "copy")


def test_a_copy_that_cannot_be_written_says_so(source: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="unable to open"):
        keeping.copy(source, tmp_path / "no such folder" / "copy")


async def test_all_events_are_listed(records: Records) -> None:
    assert await keeping.event_ids(records) == []
    event = await an_event(records)
    assert await keeping.event_ids(records) == [event]


async def test_cursors_are_those_of_the_copy(source: Path) -> None:
    records = Records.at(source)
    event = await an_event(records)
    await records.close()
    assert keeping.cursors(source) == {}
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("INSERT INTO scribed (event, seq) VALUES (?, 17)", (event,))
        connection.commit()
    assert keeping.cursors(source) == {event: 17}
