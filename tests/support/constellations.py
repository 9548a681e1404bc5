"""Redis as large installations have it: a Cluster, a trio watched by Sentinels, one behind password and TLS."""

import asyncio
import datetime
import ipaddress
import socket
import ssl
import subprocess
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.launching.redis import binary
from server.store.client import Store, StoreAwayError
from server.store.probe import ping
from tests.support.redis import RedisProcess

HERE = "127.0.0.1"
READY_S = 30.0
LOOK_S = 0.05
SLOTS = 16_384
DOWN_AFTER_MS = 1_000
"""Silence after which a Sentinel thinks that a server is gone."""
PASSWORD = "three quiet herons"
SERVICE = "rondo"


class Server(RedisProcess):
    """One process on an address of its own."""

    def __init__(
        self, options: Sequence[str], host: str = HERE, port: int = 0, inside: Sequence[str] = (), sentinel: str = ""
    ) -> None:
        """`inside` stands before its command line, such as the way into a namespace; `sentinel` makes it one."""
        super().__init__()
        self.host, self.port = host, port or free_port()
        where = ["--bind", self.host, "--port", str(self.port), "--dir", self._folder.name, "--protected-mode", "no"]
        self._options = [*where, *options]
        if sentinel:
            path = Path(self._folder.name) / "sentinel.conf"
            path.write_text(sentinel)
            self._options = [str(path), "--sentinel", *where]
        self._inside = inside

    def start(self) -> None:
        """Start the process."""
        command = [*self._inside, binary(), *self._options]
        with (Path(self._folder.name) / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    @asynccontextmanager
    async def door(self) -> AsyncIterator[Store]:
        """A connection to this very server."""
        store = Store(f"redis://{self.host}:{self.port}", 1.0)
        try:
            yield store
        finally:
            await store.close()

    async def says(self, part: str, *command: str) -> None:
        """Wait until its answer to a command has this in it."""
        async with self.door() as door, asyncio.timeout(READY_S):
            while True:
                with suppress(StoreAwayError):
                    if part in str(await door.do(*command)):
                        return
                await asyncio.sleep(LOOK_S)


class ThreeNodes:
    """A Cluster of three nodes, each with a third of the slots."""

    def __init__(self) -> None:
        self._buses = [free_port() for _ in range(3)]
        self.nodes = [Server(self._options(bus)) for bus in self._buses]
        self.url = "redis+cluster://" + ",".join(f"{node.host}:{node.port}" for node in self.nodes)

    @staticmethod
    def _options(bus: int) -> list[str]:
        return ["--save", "", "--cluster-enabled", "yes", "--cluster-port", str(bus), "--cluster-node-timeout", "2000"]

    async def start(self) -> None:
        """Start the nodes and make them one."""
        for number, node in enumerate(self.nodes):
            node.start()
            await node.says("", "PING")
            first, last = SLOTS * number // 3, SLOTS * (number + 1) // 3 - 1
            async with node.door() as door:
                await door.do("CLUSTER", "ADDSLOTSRANGE", first, last)
        async with self.nodes[0].door() as door:
            for node, bus in list(zip(self.nodes, self._buses, strict=True))[1:]:
                await door.do("CLUSTER", "MEET", node.host, node.port, bus)
        for node in self.nodes:
            await node.says("cluster_state:ok", "CLUSTER", "INFO")
            await node.says("cluster_known_nodes:3", "CLUSTER", "INFO")
            await node.says("cluster_size:3", "CLUSTER", "INFO")

    def stop(self) -> None:
        """End the nodes."""
        for node in self.nodes:
            node.stop()


class SentinelTrio:
    """A primary with two replicas, watched by three Sentinels; `hosts` and `inside` put each on its machine."""

    def __init__(self, hosts: Sequence[str] = (HERE,) * 3, inside: Sequence[Sequence[str]] = ((), (), ())) -> None:
        self.servers = [
            Server(self._options(), host, 6379 if host != HERE else 0, door)
            for host, door in zip(hosts, inside, strict=True)
        ]
        self.sentinels = [self._sentinel(host, door) for host, door in zip(hosts, inside, strict=True)]
        named = ",".join(f"{sentinel.host}:{sentinel.port}" for sentinel in self.sentinels)
        self.url = f"redis+sentinel://{named}/{SERVICE}"

    @staticmethod
    def _options() -> list[str]:
        careful = ["--min-replicas-to-write", "1", "--min-replicas-max-lag", "1", "--repl-diskless-sync-delay", "0"]
        return ["--save", "", "--appendonly", "yes", "--repl-ping-replica-period", "1", *careful]

    def _sentinel(self, host: str, inside: Sequence[str]) -> Server:
        first = self.servers[0]
        words = (
            f"sentinel monitor {SERVICE} {first.host} {first.port} 2",
            f"sentinel down-after-milliseconds {SERVICE} {DOWN_AFTER_MS}",
            f"sentinel failover-timeout {SERVICE} 3000",
        )
        return Server((), host, 26_379 if host != HERE else 0, inside, "\n".join(words) + "\n")

    async def start(self) -> None:
        """Start the servers, then the Sentinels, and wait until these know everybody."""
        first, *others = self.servers
        for server in self.servers:
            server.start()
        for server in others:
            await server.says("", "PING")
            async with server.door() as door:
                await door.do("REPLICAOF", first.host, first.port)
        for server in others:
            await server.says("'master_link_status': 'up'", "INFO", "replication")
        for sentinel in self.sentinels:
            sentinel.start()
        for sentinel in self.sentinels:
            await sentinel.says("'slaves': 2, 'sentinels': 3", "INFO", "sentinel")

    async def primary(self) -> Server:
        """Which server the first Sentinel that answers takes for the primary."""
        for sentinel in self.sentinels:
            async with sentinel.door() as door:
                try:
                    host, port = await door.do("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE)
                except StoreAwayError:
                    continue
            return next(one for one in self.servers if (one.host, one.port) == (host.decode(), int(port)))
        raise AssertionError("no Sentinel answers")

    def stop(self) -> None:
        """End all."""
        for server in (*self.sentinels, *self.servers):
            server.stop()


class Managed:
    """One server as a service rents it out: behind TLS, with a user's password."""

    def __init__(self) -> None:
        self._server = Server(["--save", "", "--requirepass", PASSWORD])
        self._door: asyncio.Server | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="rondo-test-")
        self._port = free_port()
        roots = Path(self._folder.name) / "roots.pem"
        self.url = f"rediss://default:{quote(PASSWORD)}@{HERE}:{self._port}/0?ssl_ca_certs={roots}"

    async def start(self) -> None:
        """Start it, and the TLS in front of it, which this build of the server leaves to others."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate_for(HERE, Path(self._folder.name)))
        self._server.start()
        self._door = await asyncio.start_server(self._pass_on, HERE, self._port, ssl=context)
        async with asyncio.timeout(READY_S):
            while True:
                with suppress(StoreAwayError):
                    return await ping(self.url)
                await asyncio.sleep(LOOK_S)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(self._server.host, self._server.port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pour(reader, back), _pour(there, writer))

    def stop(self) -> None:
        """End it."""
        if self._door is not None:
            self._door.close()
        self._server.stop()
        self._folder.cleanup()


class Sky:
    """All forms of Redis by name, each started when it is first wanted."""

    FORMS: ClassVar[dict[str, type[ThreeNodes | SentinelTrio | Managed]]] = {
        "cluster": ThreeNodes,
        "sentinel": SentinelTrio,
        "managed": Managed,
    }

    def __init__(self, single: str) -> None:
        """`single` is the address of the one server."""
        self._single = single
        self._started: dict[str, ThreeNodes | SentinelTrio | Managed] = {}

    async def url(self, name: str) -> str:
        """The address of that form."""
        if name == "single":
            return self._single
        if name not in self._started:
            form = self._started[name] = self.FORMS[name]()
            await form.start()
        return self._started[name].url

    def stop(self) -> None:
        """End all that were started."""
        for form in self._started.values():
            form.stop()


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
    target.close()


def certificate_for(host: str, folder: Path) -> Path:
    """A certificate that vouches for itself, and `roots.pem`, by which clients know it; certificate and key in one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    unsigned = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    unsigned = unsigned.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(
        now + datetime.timedelta(days=1)
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    signed = unsigned.add_extension(names, critical=False).sign(key, hashes.SHA256())
    public = signed.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "roots.pem").write_bytes(public)
    (folder / "server.pem").write_bytes(private + public)
    return folder / "server.pem"


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as line:
        line.bind((HERE, 0))
        port: int = line.getsockname()[1]
        return port
