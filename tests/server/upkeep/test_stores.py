"""What can be wrong with Redis and the database, asked of real ones."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from server.records import survey as records_survey
from server.records.engine import Records
from server.settings import load
from server.store.client import Store
from server.store.survey import Surveyed, survey
from server.upkeep import stores
from server.upkeep.findings import Finding
from tests.support.redis import TestRedis

WELL = Surveyed(version="7.2.0", appends=True, policy="noeviction", replicas=0, ahead_ms=3.0, within_ms=1.0)


def levels(findings: list[Finding]) -> dict[str, str]:
    return {finding.what: finding.level for finding in findings}


async def test_a_redis_that_keeps_and_forgets_nothing_is_good(redis: TestRedis, tmp_path: Path) -> None:
    settings = load({"RONDO_REDIS_URL": redis.url, "RONDO_DATA": str(tmp_path)})
    assert levels(await stores.redis(settings, running=False)) == {
        "redis": "ok",
        "redis keeps": "ok",
        "redis memory": "ok",
        "redis clock": "ok",
    }


@pytest.fixture
async def careless(redis: TestRedis, store: Store) -> AsyncIterator[TestRedis]:
    """A Redis as it is found when nobody has thought about it."""
    await store.everywhere("CONFIG", "SET", "appendonly", "no", "maxmemory-policy", "allkeys-lru")
    yield redis
    await store.everywhere("CONFIG", "SET", "appendonly", "yes", "maxmemory-policy", "noeviction")


async def test_a_redis_that_forgets_is_named_with_what_to_set(careless: TestRedis, tmp_path: Path) -> None:
    settings = load({"RONDO_REDIS_URL": careless.url, "RONDO_DATA": str(tmp_path)})
    found = {finding.what: finding for finding in await stores.redis(settings, running=False)}
    assert found["redis keeps"].level == "wrong"
    assert "appendonly yes" in found["redis keeps"].do
    assert found["redis memory"].level == "wrong"
    assert "allkeys-lru" in found["redis memory"].said
    assert "noeviction" in found["redis memory"].do


async def test_a_redis_that_is_not_there_is_one_row(tmp_path: Path) -> None:
    settings = load({"RONDO_REDIS_URL": "redis://127.0.0.1:1", "RONDO_DATA": str(tmp_path)})
    (found,) = await stores.redis(settings, running=False)
    assert found.level == "wrong"
    assert "RONDO_REDIS_URL" in found.do


async def test_the_clock_of_redis_on_this_machine_is_ours(redis: TestRedis) -> None:
    (found,) = await survey(redis.url)
    assert abs(found.ahead_ms) <= found.within_ms + 2


def test_copies_make_a_redis_without_a_file_less_bad() -> None:
    without = msgspec.structs.replace(WELL, appends=False)
    assert stores.keeps([WELL]).level == "ok"
    assert stores.keeps([WELL, without]).level == "wrong"
    assert stores.keeps([msgspec.structs.replace(without, replicas=1)]).level == "attention"


@pytest.mark.parametrize(
    ("ahead", "within", "level", "said"),
    [
        (3, 1, "ok", "3 ms ahead"),
        (-400, 1, "ok", "400 ms behind"),
        (900, 1, "attention", "900 ms ahead"),
        (900, 500, "ok", "± 500 ms"),
        (-60_000, 20, "wrong", "60,000 ms behind"),
    ],
)
def test_clocks_may_differ_by_as_much_as_nobody_notices(ahead: float, within: float, level: str, said: str) -> None:
    found = stores.clock("redis clock", ahead, within)
    assert found.level == level
    assert said in found.said


async def a_database(folder: Path, *statements: str) -> dict[str, Finding]:
    """What is found of one after these statements."""
    records = Records.at(folder / "rondo.sqlite3")
    await records.migrate()
    async with records.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await records.close()
    found = await stores.database(load({"RONDO_DATA": str(folder)}), running=True)
    return {finding.what: finding for finding in found}


async def test_a_database_that_is_up_to_date_is_good(tmp_path: Path) -> None:
    assert levels(list((await a_database(tmp_path)).values())) == {"database": "ok", "tables": "ok"}


async def test_a_database_before_the_first_start_is_not_made_by_looking(tmp_path: Path) -> None:
    (found,) = await stores.database(load({"RONDO_DATA": str(tmp_path)}), running=False)
    assert found.level == "ok"
    assert os.listdir(tmp_path) == []


async def test_old_tables_wait_for_the_next_start(tmp_path: Path) -> None:
    found = await a_database(tmp_path, "UPDATE alembic_version SET version_num = '0001'")
    assert found["tables"].level == "wrong"
    assert "0001" in found["tables"].said
    (_, later) = await stores.database(load({"RONDO_DATA": str(tmp_path)}), running=False)
    assert later.level == "attention"


async def test_tables_of_a_newer_version_are_not_ours(tmp_path: Path) -> None:
    found = await a_database(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    assert found["tables"].level == "wrong"
    assert "9999" in found["tables"].said


@pytest.mark.parametrize("url", ["postgresql://a:b@127.0.0.1:1/rondo", "mysql://a/b", "nonsense"])
async def test_a_database_that_cannot_be_used_is_one_row(tmp_path: Path, url: str) -> None:
    settings = load({"RONDO_DATABASE_URL": url, "RONDO_DATA": str(tmp_path)})
    (found,) = await stores.database(settings, running=False)
    assert found.level == "wrong"
    assert "RONDO_DATABASE_URL" in found.do


def test_only_databases_elsewhere_have_a_clock_of_their_own() -> None:
    assert set(records_survey.CLOCKS) == {"postgresql"}
