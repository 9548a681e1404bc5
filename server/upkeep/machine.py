"""What can be wrong on this machine: data folder, disk, port, limit of open files, public address, secret."""

import errno
import fcntl
import os
import resource
import shutil
import socket
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from server.launching.children import StartError
from server.launching.redis import binary
from server.settings import LOOPBACK, Settings
from server.upkeep.findings import Finding, attention, ok, wrong

MIB = 1024 * 1024
LITTLE_MIB, TOO_LITTLE_MIB = 1024, 64
"""Free on the disk of the data folder. Redis writes its file anew now and then, beside the old one."""
OWN_FILES = 256
"""Descriptors a worker needs for itself: Redis, the database, its libraries, pages that are loading."""


def runs_here(data: Path) -> bool:
    """Whether a server uses this data folder at this moment."""
    try:
        lock = os.open(data / "lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False


def folder(data: Path) -> Finding:
    """Whether the data folder can be written, or made."""
    what, known = "data folder", data
    while not known.exists() and known != known.parent:
        known = known.parent
    try:
        with tempfile.TemporaryFile(dir=known):
            pass
    except OSError as error:
        return wrong(
            what,
            f"{known} cannot be written: {error.strerror}",
            "give its owner the right, or choose another with --data.",
        )
    return ok(what, f"{data} can be written" if known == data else f"{data} is made by the first start")


def space(data: Path) -> Finding:
    """Whether the disk of the data folder has room."""
    known = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(known).free // MIB
    said = f"{free:,} MiB are free for {data}"
    do = "free some: on a full disk nothing can be saved, and people are told to try again."
    if free < TOO_LITTLE_MIB:
        return wrong("disk", said, do)
    return attention("disk", said, do) if free < LITTLE_MIB else ok("disk", said)


def port(settings: Settings, running: bool) -> Finding:
    """Whether the port is free, or our own server's."""
    what, where = "port", f"{settings.host}:{settings.port}"
    try:
        with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as alone:
            alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            alone.bind((settings.host, settings.port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE and running:
            return ok(what, f"{where} is served by the Rondo of this data folder")
        return wrong(
            what, f"nothing can listen on {where}: {error.strerror or error}", "choose another with --port or --host."
        )
    return ok(what, f"{where} is free")


def files(workers: int, attendees: int) -> Finding:
    """Whether a worker may hold a connection for everybody, also when another has died."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most == resource.RLIM_INFINITY:
        return ok("open files", "a worker may open any number")
    all_up, one_down = -(-attendees // workers), -(-attendees // max(1, workers - 1))
    said = f"a worker may open {most:,} files, which is room for {max(0, most - OWN_FILES):,} attendees"
    do = f"raise the hard limit to {one_down + OWN_FILES:,}: ulimit -Hn, or LimitNOFILE= of the service."
    if most < all_up + OWN_FILES:
        return wrong("open files", f"{said}; {attendees:,} at {workers} workers want {all_up:,} each", do)
    if most < one_down + OWN_FILES:
        return attention("open files", f"{said}; when a worker dies the others want room for {one_down:,}", do)
    return ok("open files", said)


def address(settings: Settings) -> Finding:
    """Whether browsers will give camera and microphone."""
    host = urlsplit(settings.url).hostname or ""
    if settings.secure or host in LOOPBACK:
        return ok("address", f"people come by {settings.url}")
    said = f"people come by {settings.url}, and browsers give no camera to plain http"
    return attention("address", said, "put a web server with HTTPS in front and set RONDO_PUBLIC_URL=https://…")


def secret(settings: Settings) -> Finding:
    """Whether several machines would sign alike."""
    if settings.secret or not (settings.redis_url and settings.database_url):
        return ok("secret", "given" if settings.secret else "this machine's own")
    said = "Redis and the database may be shared with other machines, but the secret is this machine's own"
    return attention("secret", said, "set the same RONDO_SECRET on all machines, or one refuses what another signed.")


def turn(settings: Settings) -> Finding:
    """Whether people behind strict firewalls will see each other."""
    if settings.turn_urls:
        return ok("turn", f"{len(settings.turn_urls)} TURN servers are named")
    if urlsplit(settings.url).hostname in LOOPBACK:
        return ok("turn", "not needed on this machine alone")
    said = "no TURN server is named; people behind strict firewalls will not see each other"
    return attention("turn", said, "run coturn with use-auth-secret; set RONDO_TURN_URLS and RONDO_TURN_SECRET.")


def redis_program() -> Finding:
    """Whether there is a Redis to start."""
    try:
        return ok("redis", f"a private one is started with its files kept: {binary()}")
    except StartError as error:
        return wrong("redis", str(error), "apt-get install redis-server, or name one with RONDO_REDIS_URL.")
