"""A worker that is about to stop asks browsers to come by another connection: the next one leads to another worker."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSE = (b"connection", b"close")


class Parting:
    """Ends kept connections after their answer, so that none is cut while a request is on its way."""

    def __init__(self, app: ASGIApp, parting: Callable[[], bool]) -> None:
        self._app = app
        self._parting = parting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; the answer says that it is the last one of its connection if that is so."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def last(message: Message) -> None:
            if message["type"] == "http.response.start" and self._parting():
                message = {**message, "headers": [*message.get("headers", ()), CLOSE]}
            await send(message)

        await self._app(scope, receive, last)
