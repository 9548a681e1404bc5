"""The database: opening it, transactions, bringing it up to date, identifiers and the time."""

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from server.records import address
from server.records.portable import one_at_a_time
from server.together import Together

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another process's transaction; measured worst case is half a second."""
CONNECTIONS = 5
"""Open connections of one worker; as many again for a moment."""
WAIT_FOR_CONNECTION_S = 10
AWAY = ("08", "53", "57")
"""Classes of errors by which PostgreSQL says: no connection, no resources, stopping."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ID_CHARS = 26


class RecordsError(Exception):
    """The database cannot be used; the message is one sentence for the person who runs the server."""


class RecordsAwayError(RecordsError):
    """The database does not answer or takes no writes now. Whether the last transaction took effect is not known."""


@contextmanager
def away_is_one_error() -> Iterator[None]:
    """Turn every way in which a database can be away into `RecordsAwayError`."""
    try:
        yield
    except (OSError, TimeoutError, NoConnectionError) as error:
        raise RecordsAwayError(str(error) or type(error).__name__) from error
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        lost = error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
        if not lost and not state.startswith(AWAY):
            raise
        raise RecordsAwayError(str(error.orig)) from error


K = TypeVar("K", bound=str)
V = TypeVar("V")
Find = Callable[[AsyncConnection, Sequence[K]], Awaitable[Mapping[K, V]]]
"""Looks many keys up by one statement; those that are not there are left out."""


class Records:
    """The door to the tables: `connect()` to read, `begin()` to write."""

    def __init__(self, url: str) -> None:
        """Raises:
        AddressError: the URL cannot be used.
        """
        self._url, options = address.engine_options(address.parse(url))
        self._local = self._url.get_backend_name() == "sqlite"
        # Values stay out of error messages, which end in the log.
        limits: dict[str, Any] = {"pool_size": CONNECTIONS, "max_overflow": CONNECTIONS, "hide_parameters": True}
        self._engine = create_async_engine(self._url, pool_timeout=WAIT_FOR_CONNECTION_S, **limits, **options)
        self._writing = self._engine.execution_options(writing=True)
        self._reading = self._engine
        if self._local:
            listen(self._engine)
        else:
            self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._options = options
        self._together: dict[Find[Any, Any], Together[Any, Any]] = {}

    @classmethod
    def at(cls, path: Path) -> "Records":
        """The SQLite file at a path; its folder must exist."""
        return cls(f"sqlite+aiosqlite:///{path}")

    async def one_of_many(self, find: Find[K, V], key: K) -> V | None:
        """What `find` finds for this key: those who ask in the same moment are answered by one statement.

        Raises:
            RecordsAwayError: it does not answer.
        """
        together = self._together.get(find)
        if together is None:
            together = self._together[find] = Together(partial(self._find, find), WAIT_FOR_CONNECTION_S)
        found: V | None = await together.ask(key)
        return found

    async def _find(self, find: Find[K, V], keys: Sequence[K]) -> list[V | None]:
        async with self.connect() as connection:
            found = await find(connection, sorted(set(keys)))
        return [found.get(key) for key in keys]

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection that reads one state of the database.

        Raises:
            RecordsAwayError: it does not answer.
        """
        with away_is_one_error():
            async with self._reading.connect() as connection:
                yield connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes: committed at the end, undone by an exception.

        SQLite lets one in at a time. Elsewhere what is read to decide what is written must be read `for_update`.

        Raises:
            RecordsAwayError: it does not answer; it is not known what became of the transaction.
        """
        with away_is_one_error():
            async with self._writing.begin() as connection:
                yield connection

    async def ping(self) -> None:
        """Have the database answer.

        Raises:
            RecordsAwayError: it does not.
        """
        async with self.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")

    async def migrate(self) -> None:
        """Bring the tables up to date; call it once, before the first worker starts. Of several hosts one does it.

        Raises:
            RecordsError: the database cannot be opened or belongs to a newer Rondo.
        """
        from alembic.util.exc import CommandError

        try:
            async with self._patient() as connection:
                await connection.run_sync(one_at_a_time)
                await connection.run_sync(upgrade)
        except CommandError as error:
            raise RecordsError(f"The database belongs to another version of Rondo: {error}") from None
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            about = str(getattr(error, "orig", None) or error) or "it does not answer"
            raise RecordsError(f"The database cannot be opened: {about}") from None

    @asynccontextmanager
    async def _patient(self) -> AsyncIterator[AsyncConnection]:
        """A transaction whose statements may take as long as they like, as an index over a large table does."""
        if self._local:
            async with self._writing.begin() as connection:
                yield connection
            return
        hasty = self._options["connect_args"]
        engine = create_async_engine(self._url, poolclass=NullPool, connect_args={**hasty, "command_timeout": None})
        async with engine.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Give all connections back."""
        for together in self._together.values():
            await together.close()
        await self._engine.dispose()


def listen(engine: AsyncEngine) -> None:
    """Let SQLite begin as we want it."""
    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", begin)


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
