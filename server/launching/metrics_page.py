"""The page /metrics on the parent's own port: who may read it, and the server around it."""

import hmac
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.metrics.report import CONTENT_TYPE
from server.settings import LOOPBACK, Settings

MOST_AT_ONCE = 8
"""Connections at a time; Prometheus has one."""


class QuietServer(uvicorn.Server):
    """Ends when its task does: signals are the parent's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


def page(text: Callable[[], Awaitable[bytes]], settings: Settings) -> Starlette:
    """The application: one route, and nothing for those who may not read it."""
    wanted = f"Bearer {settings.metrics_token}".encode()

    async def metrics(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if settings.metrics_token and not hmac.compare_digest(given, wanted):
            return PlainTextResponse("A token is needed.\n", 401, {"www-authenticate": "Bearer"})
        return Response(await text(), media_type=CONTENT_TYPE, headers={"cache-control": "no-store"})

    # Without a token nobody but this machine's own programs may read: not a web page either that somebody here
    # looks at and whose name has been made to point to this address.
    hosts = ["*"] if settings.metrics_token else [host if ":" not in host else f"[{host}]" for host in sorted(LOOPBACK)]
    return Starlette(
        routes=[Route("/metrics", metrics, methods=["GET"])],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
    )


async def serve(held: socket.socket, text: Callable[[], Awaitable[bytes]], settings: Settings) -> None:
    """Serve the page on this socket until cancelled."""
    config = uvicorn.Config(
        page(text, settings),
        loop="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
    )
    server = QuietServer(config)
    try:
        await server.serve([held])
    finally:
        for listening in server.servers if server.started else []:
            listening.close()
