"""Three hosts as network namespaces on a bridge: own addresses, links that can be cut, a wall between two."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

NAMES = ("a", "b", "c")
"""`a` and `b` run workers; `c` the database and the load balancer."""


def missing() -> str | None:
    """What this machine lacks for all this; None when it can."""
    if os.geteuid() != 0:
        return "hosts as network namespaces need root"
    for program, package in (("ip", "iproute2"), ("bridge", "iproute2"), ("haproxy", "haproxy")):
        if shutil.which(program) is None:
            return f"{program} is missing; as root: apt-get install {package}"
    return None


def run(*words: str) -> None:
    """Run a command that must do."""
    subprocess.run(words, check=True, capture_output=True)


class Network:
    """A small network of its own; the test itself stands at the bridge and reaches all hosts."""

    def __init__(self) -> None:
        number = os.getpid() % 250
        self._bridge = f"rondo{number}"
        self._prefix = f"10.77.{number}"

    def address(self, host: str) -> str:
        """Where a host is reached."""
        return f"{self._prefix}.{NAMES.index(host) + 1}"

    def inside(self, host: str) -> Sequence[str]:
        """What stands before a command line so that it runs on that host."""
        return ("ip", "netns", "exec", self._space(host))

    def build(self) -> None:
        """Make the bridge, the hosts and their links."""
        run("ip", "link", "add", self._bridge, "type", "bridge")
        run("ip", "addr", "add", f"{self._prefix}.254/24", "dev", self._bridge)
        run("ip", "link", "set", self._bridge, "up")
        for host in NAMES:
            space, link = self._space(host), self._link(host)
            run("ip", "netns", "add", space)
            run("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", space)
            run("ip", "link", "set", link, "master", self._bridge, "up")
            run("ip", "-n", space, "addr", "add", f"{self.address(host)}/24", "dev", "eth0")
            for device in ("lo", "eth0"):
                run("ip", "-n", space, "link", "set", device, "up")

    def tear_down(self) -> None:
        """Leave nothing behind."""
        for host in NAMES:
            subprocess.run(("ip", "link", "del", self._link(host)), capture_output=True, check=False)
            subprocess.run(("ip", "netns", "del", self._space(host)), capture_output=True, check=False)
        subprocess.run(("ip", "link", "del", self._bridge), capture_output=True, check=False)

    @contextmanager
    def cut(self, host: str) -> Iterator[None]:
        """Nothing comes or goes: to all others the host is lost."""
        run("ip", "link", "set", self._link(host), "down")
        try:
            yield
        finally:
            run("ip", "link", "set", self._link(host), "up")

    @contextmanager
    def wall(self, one: str, other: str) -> Iterator[None]:
        """These two do not reach each other; everybody else reaches both."""
        self._isolate((one, other), "on")
        try:
            yield
        finally:
            self._isolate((one, other), "off")

    def _isolate(self, hosts: Sequence[str], state: str) -> None:
        for host in hosts:
            run("bridge", "link", "set", "dev", self._link(host), "isolated", state)

    def _space(self, host: str) -> str:
        return f"{self._bridge}-{host}"

    def _link(self, host: str) -> str:
        return f"{self._bridge}{host}"
