"""The database: its settings, its migrations, transactions that wait for each other, and identifiers."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from rooms.language.agenda import LobbySegment, RoundsSegment
from rooms.language.rules import Mix, MustDiffer, Rule, Weights
from server.records.engine import Records, RecordsAwayError, RecordsError, new_id, now_ms, upgrade
from server.records.events import find
from server.records.organisers import link_is_good, setup_link
from server.records.schema import metadata, one_time_links, registrations, scribed
from tests.support.postgres import TestPostgres

OLD_EVENT = text(
    "INSERT INTO events (id, name, description, starts_at, timezone, capacity, entry, code, conduct, agenda, "
    "unattended, template, status, demo, version, created_at) "
    "VALUES ('mixer', 'Mixer', '', 1, 'UTC', 0, 'open', '', '', :agenda, TRUE, '', 'planned', FALSE, 0, 1)"
)
OLD_PERSON = text(
    "INSERT INTO registrations (id, event, name, email, role, profile, contact, token, source, status, conduct_hash, "
    "created_at) VALUES (:id, 'mixer', 'Ana', :email, '', '{}', '{}', :id, 'link', 'joined', '', 1)"
)


@pytest.fixture
async def old(empty: str) -> AsyncIterator[Records]:
    """A database as the first version left it."""
    opened = Records(empty)
    async with opened.begin() as connection:
        await connection.run_sync(upgrade, "0001")
    yield opened
    await opened.close()


async def test_migrations_lead_to_the_tables_that_the_code_knows(records: Records) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with records.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_changes_nothing(records: Records) -> None:
    async with records.begin() as connection:
        await connection.execute(insert(one_time_links).values(token_hash="a", purpose="setup", expires_at=1))
    await records.migrate()
    async with records.connect() as connection:
        assert (await connection.execute(select(one_time_links.c.token_hash))).scalar_one() == "a"


@pytest.mark.parametrize(
    ("before", "rules", "weights"),
    [
        ({"mixTeams": "must", "commonGround": "off"}, (MustDiffer(attr="team"),), Weights(interests=0.0, wishes=0.0)),
        ({"mixTeams": "off", "commonGround": "must"}, (), Weights(interests=0.9, wishes=0.45)),
        ({"mixTeams": "nice", "commonGround": "nice"}, (Mix(attr="team"),), Weights()),
        ({}, (Mix(attr="team"),), Weights()),
    ],
)
async def test_agendas_of_the_first_version_are_read_as_rules(
    old: Records, before: dict[str, str], rules: tuple[Rule, ...], weights: Weights
) -> None:
    stored = [{"kind": "lobby", "title": "Hello"}, {"kind": "rounds", "rounds": 7, **before}]
    async with old.begin() as connection:
        await connection.execute(OLD_EVENT, {"agenda": json.dumps(stored)})
    await old.migrate()
    found = await find(old, "mixer")
    assert found
    assert found.agenda == (LobbySegment(title="Hello"), RoundsSegment(rounds=7, rules=rules, weights=weights))


async def test_events_and_people_of_the_first_version_belong_to_series_and_are_known_by_their_address(
    old: Records,
) -> None:
    async with old.begin() as connection:
        await connection.execute(OLD_EVENT, {"agenda": "[]"})
        for who, email in (("a", "Ana@Example.org"), ("b", "")):
            await connection.execute(OLD_PERSON, {"id": who, "email": email})
    await old.migrate()
    found = await find(old, "mixer")
    assert found
    assert (found.series, found.series_history) == ("mixer", False)
    async with old.connect() as connection:
        people = await connection.execute(select(registrations.c.id, registrations.c.email, registrations.c.address))
        assert sorted(map(tuple, people)) == [("a", "Ana@Example.org", "ana@example.org"), ("b", "", "")]


async def test_a_database_of_a_newer_rondo_is_refused_in_one_sentence(old: Records) -> None:
    async with old.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsError, match="belongs to another version"):
        await old.migrate()


async def test_a_database_that_cannot_be_opened_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("This is no database, but it is long enough to look like one to a careless eye.")
    for path in (tmp_path / "missing" / "rondo.sqlite", tmp_path / "file"):
        records = Records.at(path)
        with pytest.raises(RecordsError, match="cannot be opened"):
            await records.migrate()
        await records.close()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)]
)
async def test_every_connection_to_sqlite_has_our_settings(tmp_path: Path, pragma: str, value: object) -> None:
    records = Records.at(tmp_path / "rondo.sqlite")
    async with records.connect() as connection:
        assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
    await records.close()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_two_hosts_that_start_at_once_make_the_tables_once(empty: str) -> None:
    first, second = Records(empty), Records(empty)
    await asyncio.gather(first.migrate(), second.migrate())
    links = await asyncio.gather(setup_link(first), setup_link(second))
    assert sorted([await link_is_good(first, str(link)) for link in links]) == [False, True]
    for door in (first, second):
        await door.close()


async def test_a_server_that_stops_and_comes_back_is_one_error_and_then_forgotten() -> None:
    server = TestPostgres()
    server.start()
    records = Records(server.database())
    await records.migrate()
    async with records.connect() as connection:  # one connection lies in the pool when the server ends
        await connection.execute(select(scribed))
    server.kill()
    for door in (records.connect, records.begin):
        with pytest.raises(RecordsAwayError):
            async with door() as connection:
                await connection.execute(select(scribed))
    server.start()
    async with records.begin() as connection:
        await connection.execute(select(scribed))
    await records.close()
    server.stop()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_what_is_written_through_a_door_for_readers_is_refused(records: Records) -> None:
    with pytest.raises(DBAPIError, match="read-only"):
        async with records.connect() as connection:
            await connection.execute(insert(one_time_links).values(token_hash="a", purpose="setup", expires_at=1))


async def test_a_row_that_points_nowhere_is_refused(records: Records) -> None:
    with pytest.raises(IntegrityError):
        async with records.begin() as connection:
            await connection.execute(insert(scribed).values(event="nowhere", seq=1))


async def test_an_exception_undoes_the_whole_transaction(records: Records) -> None:
    async def stumble() -> None:
        async with records.begin() as connection:
            await connection.execute(insert(one_time_links).values(token_hash="b", purpose="setup", expires_at=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stumble()
    async with records.connect() as connection:
        assert (await connection.execute(select(one_time_links))).first() is None


async def test_writers_that_read_first_wait_for_each_other(database: str, records: Records) -> None:
    """Two processes add one each, many times: nothing is lost and nobody is told that the database is locked."""
    other = Records(database)
    async with records.begin() as connection:
        await connection.execute(insert(one_time_links).values(token_hash="n", purpose="setup", expires_at=0))

    counter = select(one_time_links.c.expires_at)

    async def add(door: Records) -> None:
        for _ in range(20):
            async with door.begin() as connection:
                row = (await connection.execute(counter.with_for_update())).scalar_one()
                await connection.execute(one_time_links.update().values(expires_at=row + 1))

    await asyncio.gather(add(records), add(other), add(records))
    async with other.connect() as connection:
        assert (await connection.execute(select(one_time_links.c.expires_at))).scalar_one() == 60
    await other.close()


def test_identifiers_are_in_order_of_time_and_never_the_same() -> None:
    many = [new_id() for _ in range(2000)]
    assert len(set(many)) == 2000
    assert all(len(one) == 26 for one in many)
    assert [one[:10] for one in many] == sorted(one[:10] for one in many)


def test_the_time_is_in_milliseconds() -> None:
    assert 1_600_000_000_000 < now_ms() < 5_000_000_000_000
