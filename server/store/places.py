"""Where commands go: to the one server there is, to the primary of the moment, or to whichever node holds the key."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from redis.crc import key_slot
from redis.exceptions import AskError

from server.lifetimes import Passing
from server.store.address import Address
from server.store.away import StoreAwayError
from server.store.node import REST_S, Node
from server.store.sentinel import Finder, options_for

LEARN_S = 0.5
"""Longest wait for one node's view of its Cluster; all are asked at once."""

Host = tuple[str, int]
Slots = tuple[tuple[int, int, Host], ...]
"""First slot, last slot, who has them."""


class Places(Protocol):
    """One answer to where Redis is."""

    async def node_of(self, key: str | bytes | None) -> Node:
        """The server that holds a key, or a channel; any for None."""

    async def nodes(self) -> Sequence[Node]:
        """All servers that hold keys."""

    def elsewhere(self, error: AskError) -> Node:
        """The server to which another one has sent us on."""

    async def close(self) -> None:
        """Let all connections go."""


class OnePlace:
    """One server; with Sentinels whichever of several is the primary."""

    def __init__(self, address: Address, timeout_s: float) -> None:
        self._finder = Finder(address, self._moved) if address.kind == "sentinel" else None
        options = address.options if self._finder is None else options_for(address, self._finder)
        self._node = Node(options, timeout_s, None if self._finder is None else self._doubt)

    def _moved(self) -> None:
        self._node.hang_up()

    def _doubt(self) -> None:
        """It did not answer, or takes no writes: ask the Sentinels before it is asked again."""
        self._node.drop_idle()

    async def node_of(self, key: str | bytes | None) -> Node:
        """It."""
        return self._node

    async def nodes(self) -> Sequence[Node]:
        """It alone."""
        return (self._node,)

    def elsewhere(self, error: AskError) -> Node:
        """A node of a Cluster was given as if it were a single server.

        Raises:
            StoreAwayError: always.
        """
        raise StoreAwayError("that is a Cluster: write redis+cluster://") from error

    async def close(self) -> None:
        """Let all connections go."""
        await self._node.close()
        if self._finder is not None:
            await self._finder.close()


class Cluster:
    """The nodes of a Cluster, and which slots each of them has."""

    def __init__(self, address: Address, timeout_s: float) -> None:
        self._options, self._timeout_s = address.options, timeout_s
        self._seeds = address.hosts
        self._nodes: dict[Host, Node] = {}
        self._slots: Slots = ()
        self._passing = Passing()
        self._learning = asyncio.Lock()
        self._learned_at = float("-inf")

    async def node_of(self, key: str | bytes | None) -> Node:
        """The node that has the slot of this key.

        Raises:
            StoreAwayError: nobody says who has which slots, or nobody has this one.
        """
        if not self._slots:
            await self._learn()
        slot = 0 if key is None else key_slot(key.encode() if isinstance(key, str) else key)
        for first, last, host in self._slots:
            if first <= slot <= last:
                return self._node(host)
        self._doubt()
        raise StoreAwayError(f"nobody has slot {slot}")

    async def nodes(self) -> Sequence[Node]:
        """All that have slots.

        Raises:
            StoreAwayError: nobody says which these are.
        """
        await self._learn()
        return [self._node(host) for host in dict.fromkeys(host for _, _, host in self._slots)]

    def elsewhere(self, error: AskError) -> Node:
        """The node that an answer names; where everything is will be asked again."""
        self._doubt()
        return self._node((error.host, error.port))

    async def close(self) -> None:
        """Let all connections go."""
        await self._passing.end()
        for node in self._nodes.values():
            await node.close()

    def _node(self, host: Host) -> Node:
        if host not in self._nodes:
            options = {**self._options, "host": host[0], "port": host[1]}
            self._nodes[host] = Node(options, self._timeout_s, self._doubt)
        return self._nodes[host]

    def _doubt(self) -> None:
        """Something is not where it was."""
        self._passing.start(self._learn_quietly())

    async def _learn_quietly(self) -> None:
        try:
            await self._learn()
        except StoreAwayError:
            return  # whoever wants something next asks again

    async def _learn(self) -> None:
        """Ask all nodes we know who has which slots, and believe what most of them say."""
        async with self._learning:
            loop = asyncio.get_running_loop()
            if loop.time() - self._learned_at < REST_S and self._slots:
                return
            known = dict.fromkeys((*self._nodes, *self._seeds))
            said = Counter(await asyncio.gather(*(self._ask(host) for host in known)))
            del said[()]
            if not said:
                raise StoreAwayError("no node of the Cluster says who has which slots")
            self._learned_at = loop.time()
            await self._take(said.most_common(1)[0][0])

    async def _ask(self, host: Host) -> Slots:
        try:
            async with asyncio.timeout(LEARN_S):
                rows = await self._node(host).ask(("CLUSTER", "SLOTS"))
        except (StoreAwayError, TimeoutError):
            return ()
        return tuple(sorted((row[0], row[1], _host(row[2], host)) for row in rows))

    async def _take(self, slots: Slots) -> None:
        before, self._slots = self._slots, slots
        if before in ((), slots):
            return
        serving = {host for _, _, host in slots}
        for host, node in list(self._nodes.items()):
            node.hang_up()  # whoever listens opens its lines anew, where its channels are now
            if host not in serving and host not in self._seeds:
                del self._nodes[host]
                await node.close()


def _host(row: Any, asked: Host) -> Host:
    """A node that does not know its own name is the one we asked."""
    name = row[0].decode() if isinstance(row[0], bytes) else row[0]
    return (name or asked[0], row[1])
