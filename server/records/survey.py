"""What a database says about itself: which it is, whether its tables are up to date, and what time it has."""

import time

import msgspec
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from server.records.engine import MIGRATIONS, Records

CLOCKS = {"postgresql": "SELECT extract(epoch from clock_timestamp())"}
"""How to ask for the time; a database that is not here runs inside ourselves."""


class Surveyed(msgspec.Struct, frozen=True):
    """One database."""

    kind: str
    """`sqlite` or `postgresql`."""
    version: str
    revision: str | None
    """Up to which migration its tables are; None when there are none."""
    newest: str
    """Up to which this Rondo wants them."""
    known: bool
    """Whether this Rondo knows that revision."""
    ahead_ms: float | None
    """Its clock minus ours; None when it is ours."""
    within_ms: float = 0.0


async def survey(records: Records) -> Surveyed:
    """Ask the database.

    Raises:
        RecordsAwayError: it does not answer.
    """
    async with records.connect() as connection:
        return await connection.run_sync(_ask)


def _ask(connection: Connection) -> Surveyed:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    migrations = ScriptDirectory.from_config(config)
    revision = MigrationContext.configure(connection).get_current_revision()
    known = {one.revision for one in migrations.walk_revisions()}
    ahead, within = _clock(connection)
    return Surveyed(
        kind=connection.dialect.name,
        version=".".join(str(part) for part in connection.dialect.server_version_info or ()),
        revision=revision,
        newest=migrations.get_current_head() or "",
        known=revision is None or revision in known,
        ahead_ms=ahead,
        within_ms=within,
    )


def _clock(connection: Connection) -> tuple[float | None, float]:
    question = CLOCKS.get(connection.dialect.name)
    if question is None:
        return None, 0.0
    sent = time.time()
    theirs = float(connection.exec_driver_sql(question).scalar_one())
    heard = time.time()
    return (theirs - (sent + heard) / 2) * 1000, (heard - sent) * 500
