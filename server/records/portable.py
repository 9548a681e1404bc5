"""What SQLite and PostgreSQL say in different words."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, String, Table, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement, coalesce

ALONE = 7_269_100_111
"""Any number, as long as no other program in the same database takes it."""


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that may say what happens `on_conflict`."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


class _Team(FunctionElement[str]):
    """The team within the JSON of a profile; NULL where there is none."""

    inherit_cache = True
    type = String()


@compiles(_Team, "sqlite")
def _in_sqlite(element: _Team, compiler: Any, **options: Any) -> str:
    return f"json_extract({compiler.process(element.clauses, **options)}, '$.team')"


@compiles(_Team, "postgresql")
def _in_postgresql(element: _Team, compiler: Any, **options: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **options)} AS json) ->> 'team')"


def team_of(person: FromClause) -> ColumnElement[str]:
    """The team of a row of registrations, or of an alias of them; empty where there is none."""
    # Written out: PostgreSQL takes two parameters for two things, even where both are empty.
    return coalesce(_Team(person.c.profile), literal_column("''"))


def one_at_a_time(connection: Connection) -> None:
    """Wait for everybody else who is here; SQLite has let in one writer alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")
