"""What a backup folder holds: a manifest with checksums, the database, the events out of Redis, and the secret."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from server.store.keeping import KeptEvent

MANIFEST, DATABASE, EVENTS, SECRET = "rondo-backup.json", "rondo.sqlite3", "events.msgpack", "secret"
FORMAT = 1
LENGTH_BYTES = 4
"""Before each event in its file."""
LARGEST_EVENT_BYTES = 256 * 1024 * 1024
"""More than ten thousand people come to; beyond it the file is none of ours."""


class BackupError(Exception):
    """It cannot be done; the message is one line that says what to do."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """What is there, so that half a backup is never taken for a whole one."""

    format: int
    made_at: str
    """ISO 8601 in UTC."""
    events: int
    database: bool
    """Whether the SQL database is here; a PostgreSQL is kept by pg_dump."""
    sha256: dict[str, str]


def write_events(path: Path, kept: Iterable[KeptEvent]) -> None:
    """Write events one after the other."""
    with path.open("wb") as file:
        for one in kept:
            data = msgspec.msgpack.encode(one)
            file.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)


def read_events(path: Path) -> Iterator[KeptEvent]:
    """Read them again, one at a time.

    Raises:
        BackupError: the file is damaged.
    """
    with path.open("rb") as file:
        while head := file.read(LENGTH_BYTES):
            length = int.from_bytes(head, "big")
            data = file.read(length) if length <= LARGEST_EVENT_BYTES else b""
            try:
                yield msgspec.msgpack.decode(data, type=KeptEvent)
            except msgspec.DecodeError:
                raise BackupError(f"{path} is damaged. Take another backup.") from None


def seal(folder: Path, made_at: str, events: int) -> Manifest:
    """Write the manifest of what is in the folder."""
    sums = {path.name: checksum(path) for path in sorted(folder.iterdir())}
    manifest = Manifest(FORMAT, made_at, events, DATABASE in sums, sums)
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    return manifest


def unseal(folder: Path) -> Manifest:
    """The manifest, once everything is as it says.

    Raises:
        BackupError: that is no backup, or not a whole one.
    """
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        raise BackupError(f"{folder} is no backup: there is no {MANIFEST} that can be read.") from None
    if manifest.format != FORMAT:
        raise BackupError(f"{folder} is of another version of Rondo (format {manifest.format}, not {FORMAT}).")
    for name, said in manifest.sha256.items():
        path = folder / name
        if Path(name).name != name or not path.is_file() or checksum(path) != said:
            raise BackupError(f"{path} is not what was written. Take another backup.")
    return manifest


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
