"""The door to Redis: commands and scripts to wherever their keys are, and lines that listen."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import groupby
from typing import Any

from redis.exceptions import AskError, MovedError, NoScriptError

from server.store.address import parse
from server.store.away import LostAnswerError, StoreAwayError, away_is_one_error
from server.store.line import Line
from server.store.node import Command, Node
from server.store.places import Cluster, OnePlace, Places
from server.store.scripts import Script

__all__ = ["Command", "Line", "LostAnswerError", "Store", "StoreAwayError", "away_is_one_error"]

KEYLESS = frozenset({"PING", "INFO", "TIME", "CONFIG", "FLUSHALL", "CLIENT", "MEMORY"})
"""Commands of a server, not of a key."""


class Store:
    """Redis as this process uses it. Nothing is ever done twice: a lost answer is the caller's to think about."""

    def __init__(self, url: str, timeout_s: float) -> None:
        """Raises:
        ValueError: that is no address of Redis.
        """
        address = parse(url)
        self._places: Places = (Cluster if address.kind == "cluster" else OnePlace)(address, timeout_s)

    @asynccontextmanager
    async def lines(self) -> AsyncIterator[dict[Node, Line]]:
        """A connection for listening to each server; where a channel is heard, `node_of` says.

        Raises:
            StoreAwayError: one cannot be reached.
        """
        async with AsyncExitStack() as stack:
            yield {node: await stack.enter_async_context(node.line()) for node in await self._places.nodes()}

    async def node_of(self, key: str) -> Node:
        """The server of a key or channel.

        Raises:
            StoreAwayError: that is not known now.
        """
        return await self._places.node_of(key)

    async def close(self) -> None:
        """Let all connections go."""
        await self._places.close()

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[str | bytes | int]) -> Any:
        """Run one script; the numbers of keys and arguments were compared with its header on import."""
        command = ("EVALSHA", script.sha, len(keys), *keys, *args)
        try:
            return await self._ask(keys[0], command)
        except NoScriptError:  # nothing was run, so sending it again is safe
            await self._ask(keys[0], ("SCRIPT", "LOAD", script.text))
            return await self._ask(keys[0], command)

    async def do(self, *command: str | bytes | int | float) -> Any:
        """Send one command; its key comes first."""
        return await self._ask(_key(command), command)

    async def do_all(self, *commands: Sequence[str | bytes | int | float]) -> list[Any]:
        """Send several commands, those of one server in one go; one after another, not as a transaction."""
        placed = [(await self._places.node_of(_key(tuple(command))), tuple(command)) for command in commands]
        rows: list[Any] = []
        for node, group in groupby(placed, key=lambda pair: pair[0]):
            rows += await self._group(node, [command for _, command in group])
        return rows

    async def everywhere(self, *command: str | bytes | int | float) -> list[Any]:
        """Send one command to each server that holds keys."""
        return [await node.ask(command) for node in await self._places.nodes()]

    async def _group(self, node: Node, commands: list[Command]) -> list[Any]:
        rows = await node.ask_all(commands)
        for place, row in enumerate(rows):
            if isinstance(row, AskError):
                rows[place] = await self._ask(_key(commands[place]), commands[place])
            elif isinstance(row, Exception):
                with away_is_one_error():
                    raise row
        return rows

    async def _ask(self, key: str | bytes | None, command: Command) -> Any:
        node = await self._places.node_of(key)
        try:
            return await node.ask(command)
        except MovedError as error:  # nothing was done there, so sending it on is safe
            return await self._places.elsewhere(error).ask(command)
        except AskError as error:
            with away_is_one_error():
                _, answer = await self._places.elsewhere(error).ask_all((("ASKING",), command))
                if isinstance(answer, Exception):
                    raise answer from None
                return answer


def _key(command: Command) -> str | bytes | None:
    """The key that says where a command goes; the first, since all are of one slot."""
    if command[0] in KEYLESS:
        return None
    key = command[1]
    assert isinstance(key, str | bytes), command
    return key
