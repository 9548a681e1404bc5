"""What can be wrong with Redis and the database: away, too old, forgetful, not up to date, in another time."""

from server.launching.redis import where
from server.records import survey as records_survey
from server.records.address import AddressError
from server.records.engine import RecordsError
from server.services import open_records
from server.settings import Settings
from server.store import survey as store_survey
from server.store.client import StoreAwayError
from server.store.probe import TooOldError, check_version
from server.store.survey import Surveyed
from server.upkeep import machine
from server.upkeep.findings import Finding, attention, ok, wrong

SKEW_MS, MUCH_SKEW_MS = 500.0, 10_000.0
"""Difference of clocks: from the first on people notice, from the second on doors open at the wrong time."""


async def redis(settings: Settings, running: bool) -> list[Finding]:
    """Redis: the one of the settings, or our own."""
    url, ours = settings.redis_url, not settings.redis_url
    if ours:
        if not running:
            return [machine.redis_program()]
        url = where(settings.data)
    try:
        await check_version(url)
        servers = await store_survey.survey(url)
    except TooOldError as error:
        return [wrong("redis", f"is version {error}", "install 7 or newer.")]
    except StoreAwayError as error:
        return [wrong("redis", f"does not answer: {error}", "start it, or correct RONDO_REDIS_URL.")]
    versions = ", ".join(sorted({server.version for server in servers}))
    which = "private" if ours else f"{len(servers)} server{'s' if len(servers) > 1 else ''}"
    return [
        ok("redis", f"answers: version {versions}, {which}"),
        keeps(servers),
        forgets(servers),
        *(clock("redis clock", server.ahead_ms, server.within_ms) for server in servers),
    ]


def keeps(servers: list[Surveyed]) -> Finding:
    """Whether events outlive a restart of Redis."""
    what, do = "redis keeps", "set appendonly yes (and appendfsync everysec) in redis.conf."
    without = [server for server in servers if not server.appends]
    if not without:
        return ok(what, "every change goes to a file")
    if all(server.replicas for server in without):
        return attention(what, "appendonly is off; a restart of all copies at once loses every running event", do)
    return wrong(what, "appendonly is off; a restart loses every running event", do)


def forgets(servers: list[Surveyed]) -> Finding:
    """Whether Redis throws events away when memory is short."""
    policies = sorted({server.policy for server in servers} - {"noeviction"})
    if not policies:
        return ok("redis memory", "nothing is thrown away when memory is full")
    said = f"maxmemory-policy is {', '.join(policies)}: events are thrown away when memory is full"
    return wrong("redis memory", said, "set maxmemory-policy noeviction; let nothing else use this Redis.")


def clock(what: str, ahead_ms: float, within_ms: float) -> Finding:
    """Whether two clocks agree, as far as could be measured."""
    off = max(0.0, abs(ahead_ms) - within_ms)
    said = f"{abs(ahead_ms):,.0f} ms {'ahead of' if ahead_ms > 0 else 'behind'} this machine (± {within_ms:,.0f} ms)"
    do = "let chrony or systemd-timesyncd keep both machines in time."
    if off > MUCH_SKEW_MS:
        return wrong(what, said, do)
    return attention(what, said, do) if off > SKEW_MS else ok(what, said)


async def database(settings: Settings, running: bool) -> list[Finding]:
    """The database: whether it answers, and whether its tables are those of this version."""
    what = "database"
    if not settings.database_url and not (settings.data / "rondo.sqlite3").exists():
        return [ok(what, "SQLite, made by the first start")]
    try:
        records = open_records(settings)
    except AddressError as error:
        return [wrong(what, f"the address cannot be used: {error}", "correct RONDO_DATABASE_URL.")]
    try:
        found = await records_survey.survey(records)
    except RecordsError as error:
        return [wrong(what, f"does not answer: {error}", "start it, or correct RONDO_DATABASE_URL.")]
    finally:
        await records.close()
    rows = [ok(what, f"answers: {found.kind} {found.version}"), tables(found, running)]
    return rows + ([clock("database clock", found.ahead_ms, found.within_ms)] if found.ahead_ms is not None else [])


def tables(found: records_survey.Surveyed, running: bool) -> Finding:
    """Whether the tables are those of this version."""
    what = "tables"
    if not found.known:
        said = f"are of a newer Rondo ({found.revision})"
        return wrong(what, said, "run that version, or restore a backup made by this one.")
    if found.revision == found.newest:
        return ok(what, f"up to date ({found.newest})")
    said = f"are at {found.revision or 'nothing'}, not at {found.newest}"
    if running:
        return wrong(what, said, "stop the server and start it again: it brings them up to date.")
    return attention(what, said, "nothing: the next start brings them up to date. Back up before.")
