"""One connection to Redis that listens."""

from typing import Any

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from server.store.away import StoreAwayError, away_is_one_error


class Line:
    """One connection to Redis that is subscribed to channels: one task reads, any task may send.

    Not redis-py's own class for this: that connects again by itself, in each task that notices a break.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def send(self, *command: str) -> None:
        """Send a command; its answer comes among the messages.

        Raises:
            StoreAwayError: the line is broken.
        """
        if not self._connection.is_connected:
            raise StoreAwayError("the line is broken")
        with away_is_one_error():
            await self._connection.send_command(*command, check_health=False)

    async def read(self) -> list[bytes]:
        """The next message: its kind, the channel, the content. May be cancelled without losing one.

        Raises:
            StoreAwayError: the line is broken, or what it asked for is not to be had here (any more).
        """
        try:
            message: list[bytes] = await self._connection.read_response(disconnect_on_error=False)
        except (RedisConnectionError, ResponseError, OSError) as error:
            raise StoreAwayError(str(error)) from error
        return message

    async def close(self) -> None:
        """Hang up."""
        await self._connection.disconnect(nowait=True)
