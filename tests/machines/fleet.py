"""Everything that docs/deploy.md tells to install, on three hosts: with its settings and its haproxy.cfg."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from server.kin import dies_with_parent
from server.records.engine import Records
from tests.faults.asking import ask
from tests.journeys.venue import READY_LINE, ROOT, Venue, answers, listen
from tests.machines.network import Network
from tests.support.constellations import SentinelTrio
from tests.support.postgres import TestPostgres

READY_S = 90.0
STOP_S = 30.0
LOOK_S = 0.1
PORT, FRONT = 8000, 8080
SECRET = "the same thirty-two characters on every host"
DEPLOY = ROOT / "docs" / "deploy.md"


class Balancer:
    """haproxy on one host, as docs/deploy.md has it."""

    def __init__(self, network: Network, host: str, workers: tuple[str, ...]) -> None:
        self._inside = network.inside(host)
        self._folder = tempfile.TemporaryDirectory(prefix="rondo-test-")
        self._file = Path(self._folder.name) / "haproxy.cfg"
        self._file.write_text(configuration(network, workers))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        with (Path(self._folder.name) / "log").open("ab") as log:
            command = [*self._inside, "haproxy", "-db", "-f", str(self._file)]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    @property
    def log(self) -> str:
        """What it said; empty while it runs."""
        assert self._process is not None
        return "" if self._process.poll() is None else (Path(self._folder.name) / "log").read_text()

    def kill(self) -> None:
        """End it with all connections that go through it."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it and forget its files."""
        if self._process is not None:
            self.kill()
        self._folder.cleanup()


def configuration(network: Network, workers: tuple[str, ...]) -> str:
    """The haproxy.cfg of docs/deploy.md, with the addresses of our hosts in place of its own and without TLS."""
    found = re.search(r"```haproxy\n(.*?)```", DEPLOY.read_text(), re.DOTALL)
    assert found, "docs/deploy.md shows no haproxy.cfg"
    lines = [line for line in found[1].splitlines() if "server host-" not in line and "ssl" not in line]
    hosts = [f"    server host-{host} {network.address(host)}:{PORT} check" for host in workers]
    return "\n".join([*lines, *hosts]).replace("bind :80\n", f"bind :{FRONT}\n") + "\n"


class Fleet(Venue):
    """The whole installation, seen through its load balancer as if it were one server."""

    def __init__(self, process: Process, url: str, records: Records, printed: list[str]) -> None:
        self.process, self.url, self.records, self.printed = process, url, records, printed


class Parts:
    """What can be hurt."""

    def __init__(self, network: Network, trio: SentinelTrio, balancer: Balancer, fleet: Fleet) -> None:
        self.network, self.trio, self.balancer, self.fleet = network, trio, balancer, fleet


def flags(network: Network, host: str, url: str, redis: str, database: str) -> list[str]:
    """The settings of docs/deploy.md."""
    return [
        f"--host={network.address(host)}",
        f"--port={PORT}",
        "--workers=1",
        "--no-demo",
        f"--public-url={url}",
        f"--trusted-proxies={network.address('c')}",
        f"--secret={SECRET}",
        f"--redis-url={redis}",
        f"--database-url={database}",
    ]


@asynccontextmanager
async def a_host(
    network: Network, host: str, words: list[str], printed: list[str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Our server on one host, started."""
    with tempfile.TemporaryDirectory(prefix="rondo-test-") as data:
        process = await asyncio.create_subprocess_exec(
            *network.inside(host), sys.executable, "-m", "server", "serve", f"--data={data}", *words,
            cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            env={key: value for key, value in os.environ.items() if not key.startswith("RONDO_")},
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )  # fmt: skip
        listening = asyncio.create_task(listen(process, printed))
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), STOP_S)
            await listening


@asynccontextmanager
async def a_fleet() -> AsyncIterator[Parts]:
    """Three hosts with everything on them, up and ready."""
    async with AsyncExitStack() as stack:
        network = Network()
        stack.callback(network.tear_down)
        network.build()
        postgres = TestPostgres(network.address("c"), inside=network.inside("c"))
        stack.callback(postgres.stop)
        postgres.start()
        name = postgres.database().partition("?")[0].rpartition("/")[2]
        database = f"postgresql://rondo@{network.address('c')}:5432/{name}"
        order = ("c", "a", "b")  # the first primary is not on a host of workers
        trio = SentinelTrio([network.address(host) for host in order], [network.inside(host) for host in order])
        stack.callback(trio.stop)
        await trio.start()
        url, printed = f"http://{network.address('c')}:{FRONT}", list[str]()
        balancer = Balancer(network, "c", ("a", "b"))
        stack.callback(balancer.stop)
        balancer.start()
        hosts = [
            await stack.enter_async_context(
                a_host(network, host, flags(network, host, url, trio.url, database), printed)
            )
            for host in ("a", "b")
        ]
        async with asyncio.timeout(READY_S):
            while not await answers(f"{url}/ready") or "\n".join(printed).count(READY_LINE) < len(hosts):
                assert not balancer.log, balancer.log
                assert all(process.returncode is None for process in hosts), "\n".join(printed)
                await asyncio.sleep(LOOK_S)
            await all_are_sent_people(url, len(hosts))
        records = Records(database)
        stack.push_async_callback(records.close)
        yield Parts(network, trio, balancer, Fleet(hosts[0], url, records, printed))


async def all_are_sent_people(url: str, hosts: int) -> None:
    """Wait until the load balancer knows of all hosts that they are well: it asks each of them twice."""
    seen: set[str] = set()
    while len(seen) < hosts:
        seen.add((await ask(url, "GET", "/health"))["worker"])
        await asyncio.sleep(LOOK_S)
