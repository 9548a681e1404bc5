"""Which database: its address as people and services write it, and what an engine must know to get there."""

import ssl
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

POSTGRES = ("postgres", "postgresql")
"""How services write it. Without a driver ours is meant."""
DRIVER = "postgresql+asyncpg"
CONNECT_S = 5
"""Longest wait for a new connection, and for the answer to one statement: a lost host says nothing at all."""
ANSWER_S = 10
IDLE_S = 10
"""A transaction of somebody who has gone silent holds its locks no longer than this."""
UNDERSTOOD = {"host", "port", "ssl", "target_session_attrs", "passfile", "application_name"}
"""What may stand behind the question mark, beside `sslmode` and `sslrootcert`."""


class AddressError(Exception):
    """The address cannot be used; the message is one sentence for the person who wrote it."""


def parse(text: str) -> URL:
    """The address with the driver that we use.

    Raises:
        AddressError: it is none, or of a database that is not one of ours.
    """
    try:
        url = make_url(text)
        if url.drivername in POSTGRES:
            url = url.set(drivername=DRIVER)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise AddressError("write it as postgresql://name:password@host/database.") from None
    if url.drivername not in (DRIVER, "sqlite+aiosqlite"):
        raise AddressError(f"{url.drivername} is not supported; use PostgreSQL, or leave it empty for SQLite.")
    return url


def engine_options(url: URL) -> tuple[URL, dict[str, Any]]:
    """The address without what the driver does not take, and the options that say the same.

    Raises:
        AddressError: something behind the question mark is not understood.
    """
    if url.drivername != DRIVER:
        return url, {}
    query = dict(url.query)
    mode, root = query.pop("sslmode", None), query.pop("sslrootcert", None)
    if unknown := sorted(query.keys() - UNDERSTOOD):
        raise AddressError(f"nobody knows what {unknown[0]!r} means there; take it out.")
    options: dict[str, Any] = {
        "timeout": CONNECT_S,
        "command_timeout": ANSWER_S,
        "server_settings": {
            "application_name": query.pop("application_name", "rondo"),
            "idle_in_transaction_session_timeout": f"{IDLE_S}s",
        },
    }
    if root is not None:
        options["ssl"] = _context(str(root), hostname=mode == "verify-full")
    elif mode is not None:
        options["ssl"] = str(mode)
    return url.set(query=query), {"connect_args": options, "pool_pre_ping": True}


def _context(root: str, *, hostname: bool) -> ssl.SSLContext:
    """Encryption to a server whose certificate leads to one of this file; to its name, too, if wished."""
    try:
        context = ssl.create_default_context(cafile=root)
    except OSError as error:
        raise AddressError(f"the certificates in {root} cannot be read ({error}).") from None
    context.check_hostname = hostname
    return context
