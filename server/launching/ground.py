"""What must be right on this machine before anything starts: the data folder, the port, Redis, the database."""

import errno
import fcntl
import os
import resource
import socket
from pathlib import Path

import msgspec

from server.launching.children import StartError
from server.launching.ports import listening_socket
from server.settings import Settings
from server.store.client import StoreAwayError
from server.store.probe import TooOldError, check_version


def prepare_folder(data: Path) -> int:
    """Make the data folder, see that it can be written, and lock it; the lock is the returned descriptor.

    Raises:
        StartError: it cannot be written, or another server uses it.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(data / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StartError(
            f"The data folder {data} cannot be written ({error.strerror}). Choose another with --data."
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise StartError(f"Another Rondo uses {data}. Stop it, or choose another folder with --data.") from None
    return lock


def raise_file_limit() -> None:
    """Let us and our children open as many files as this machine allows: each attendee is one, and 1,024 are usual."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def reserve_port(settings: Settings) -> tuple[socket.socket, Settings]:
    """Hold the port for our workers; with port 0 the settings that come back name the one we got.

    Raises:
        StartError: somebody else listens there, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as alone:
            # Sharing a port is what our workers do; a stranger's, or another Rondo's, must not be shared by mistake.
            alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            alone.bind((settings.host, settings.port))
        held = listening_socket(settings.host, settings.port)
    except OSError as error:
        raise StartError(_about_address(settings, error)) from None
    port: int = held.getsockname()[1]
    return held, msgspec.structs.replace(settings, port=port)


def _about_address(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is taken. Stop what uses it, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {settings.port} needs more rights. Choose one above 1023 with --port."
    return f"Nothing can listen on {settings.host}: {error.strerror or error}. Choose another address with --host."


async def check_redis(url: str) -> None:
    """Raises:
    StartError: the Redis of the settings cannot be used.
    """
    try:
        await check_version(url)
    except StoreAwayError:
        raise StartError("Redis does not answer at RONDO_REDIS_URL. Start it, or correct the address.") from None
    except TooOldError as error:
        raise StartError(f"Redis at RONDO_REDIS_URL is version {error}; 7 or newer is needed.") from None


async def prepare_records(settings: Settings) -> str | None:
    """Bring the database up to date; the token for the first organiser as long as there is none.

    Raises:
        StartError: the database cannot be used.
    """
    # Imported here so that the workers, who need longer, can begin to load meanwhile.
    from server.records.address import AddressError
    from server.records.engine import RecordsError
    from server.records.organisers import setup_link
    from server.services import open_records

    try:
        records = open_records(settings)
    except AddressError as error:
        raise StartError(f"RONDO_DATABASE_URL is not one we can use: {error}") from None
    try:
        await records.migrate()
        return await setup_link(records)
    except RecordsError as error:
        raise StartError(str(error)) from None
    finally:
        await records.close()
