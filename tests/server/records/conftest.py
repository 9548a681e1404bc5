"""A database of its own for each test: every test of the records runs on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server.records.engine import Records
from server.records.schema import metadata
from tests.support.postgres import TestPostgres

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestPostgres]:
    """One server for all tests of the records."""
    server = TestPostgres()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
async def tables(postgres: TestPostgres) -> str:
    """The address of a database with all tables, emptied after each test: making one takes much longer."""
    url = postgres.database()
    records = Records(url)
    await records.migrate()
    await records.close()
    return url


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on."""
    return str(request.param)


@pytest.fixture
def empty(kind: str, tmp_path: Path, postgres: TestPostgres) -> Iterator[str]:
    """The address of a new database without tables."""
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite'}"
        return
    url = postgres.database()
    yield url
    postgres.drop(url)


@pytest.fixture
async def database(kind: str, tmp_path: Path, tables: str) -> AsyncIterator[str]:
    """The address of a database with all tables and nothing in them."""
    url = tables if kind == "postgresql" else f"sqlite+aiosqlite:///{tmp_path / 'rondo.sqlite'}"
    records = Records(url)
    if kind == "sqlite":
        await records.migrate()
    yield url
    if kind == "postgresql":
        async with records.begin() as connection:
            names = ", ".join(table.name for table in metadata.sorted_tables)
            await connection.exec_driver_sql(f"TRUNCATE {names}")
    await records.close()


@pytest.fixture
async def records(database: str) -> AsyncIterator[Records]:
    """The door to that database."""
    opened = Records(database)
    yield opened
    await opened.close()
