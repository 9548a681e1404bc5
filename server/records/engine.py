"""The database: opening it, transactions, bringing it up to date, identifiers and the time."""

import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another process's transaction; measured worst case is half a second."""
CONNECTIONS = 5
"""Open connections of one worker; as many again for a moment."""
WAIT_FOR_CONNECTION_S = 10
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ID_CHARS = 26


class RecordsError(Exception):
    """The database cannot be used; the message is one sentence for the person who runs the server."""


class Records:
    """The door to the tables: `connect()` to read, `begin()` to write."""

    def __init__(self, url: str) -> None:
        self._local = make_url(url).get_backend_name() == "sqlite"
        limits: dict[str, Any] = {"pool_size": CONNECTIONS, "max_overflow": CONNECTIONS}
        self._engine = create_async_engine(url, pool_timeout=WAIT_FOR_CONNECTION_S, **limits)
        self._writing = self._engine.execution_options(writing=True)
        if self._local:
            event.listen(self._engine.sync_engine, "connect", prepare)
            event.listen(self._engine.sync_engine, "begin", begin)

    @classmethod
    def at(cls, path: Path) -> "Records":
        """The SQLite file at a path; its folder must exist."""
        return cls(f"sqlite+aiosqlite:///{path}")

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection that reads one state of the database."""
        async with self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes: committed at the end, undone by an exception."""
        async with self._writing.begin() as connection:
            yield connection

    async def migrate(self) -> None:
        """Bring the tables up to date; call it once, before the first worker starts.

        Raises:
            RecordsError: the database cannot be opened or belongs to a newer Rondo.
        """
        from alembic.util.exc import CommandError

        try:
            async with self.begin() as connection:
                await connection.run_sync(upgrade)
        except CommandError as error:
            raise RecordsError(f"The database belongs to another version of Rondo: {error}") from None
        except SQLAlchemyError as error:
            raise RecordsError(f"The database cannot be opened: {getattr(error, 'orig', None) or error}") from None

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()


def prepare(connection: Any, _record: object) -> None:
    """Settings that SQLite forgets with each connection."""
    # The driver's own idea of when to begin is switched off; see `begin`.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin(connection: Connection) -> None:
    """Writers take the lock at once: a reader that turns writer half-way is refused without waiting."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run all migrations that this database has not seen, up to this one."""
    # Imported here: loading alembic takes a second, and only the one who migrates needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def now_ms() -> int:
    """Milliseconds since 1970, by this machine's clock."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """26 letters and digits, in order of time to the millisecond, then 80 bits of chance (a ULID)."""
    value = now_ms() << 80 | secrets.randbits(80)
    return "".join(ALPHABET[value >> shift & 31] for shift in range(5 * (ID_CHARS - 1), -1, -5))
