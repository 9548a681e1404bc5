"""What runs inside one worker process."""

import asyncio
import gc
import os
import socket
import sys
from typing import NamedTuple

import structlog
import uvicorn
import uvloop

from rooms.language.ids import WorkerId
from rooms.language.limits import FRAME_BYTES
from server import logs
from server.app import create_app
from server.launching.draining import DrainingServer
from server.launching.ports import listening_socket
from server.launching.protocols import DeadlineHttp, FastWebSocket
from server.launching.telling import numbers_of
from server.lifetimes import beside
from server.metrics.line import answer
from server.metrics.looplag import watch_loop
from server.services import Services, open_services
from server.settings import Settings
from server.store.client import StoreAwayError

log = structlog.get_logger("worker")

BACKLOG = 4096
PING_EVERY_S = 8.0
PING_ANSWER_S = 6.0
"""A browser that is gone without a word is noticed within both together."""
KEEP_ALIVE_S = 15
GRACE_S = 3
"""Time for requests under way when the worker stops."""
HEAD_BYTES = 16 * 1024
TURN_S = 0.0002
"""How long a thread waits for a busy one: SQLite gives way with each row, and at 5 ms each a join took a second."""
BEAT_S = 0.25
"""How often the parent hears that the loop turns: several times within the silence that it takes for death."""
STARTED_LOOK_S = 0.02


class Lines(NamedTuple):
    """File descriptors on which the parent hears of a worker."""

    report_to: int
    """A pipe: a byte when ready, then four a second."""
    numbers: int
    """A socket: questions for the numbers, and answers."""


def config(services: Services) -> uvicorn.Config:
    """How uvicorn serves us."""
    return uvicorn.Config(
        create_app(services),
        loop="none",
        http=DeadlineHttp,
        ws=FastWebSocket,
        ws_max_size=2 * FRAME_BYTES,
        ws_ping_interval=PING_EVERY_S,
        ws_ping_timeout=PING_ANSWER_S,
        ws_per_message_deflate=False,
        lifespan="off",
        # Attempts to guess a password are counted by address: only whom we trust may name another one.
        forwarded_allow_ips=list(services.settings.trusted_proxies),
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
    )


def run(settings: Settings, redis_url: str, worker: WorkerId, lines: Lines) -> None:
    """Serve until told to stop, and let the parent know how it goes."""
    logs.set_up(settings.log_level, worker=worker)
    sys.stdin.buffer.read(1)  # the parent's word that the database is up to date
    try:
        uvloop.run(_serve(settings, redis_url, worker, lines))
    except StoreAwayError as error:
        log.warning("cannot begin, Redis is away", error=str(error))
        sys.exit(1)


async def _serve(settings: Settings, redis_url: str, worker: WorkerId, lines: Lines) -> None:
    numbers = socket.socket(fileno=lines.numbers)
    async with open_services(settings, redis_url, worker) as services:
        server = DrainingServer(config(services), services)
        sys.setswitchinterval(TURN_S)
        tune_collector()
        telling = answer(numbers, lambda: numbers_of(services))
        async with beside(_report(server, lines.report_to), telling, watch_loop()):
            await server.serve([listening_socket(settings.host, settings.port)])
    log.info("worker stopped")


async def _report(server: DrainingServer, report_to: int) -> None:
    while True:
        if server.started:
            os.write(report_to, b".")
        await asyncio.sleep(BEAT_S if server.started else STARTED_LOOK_S)


def tune_collector() -> None:
    """Look through what is in memory seldom: otherwise a round now and then takes half a second longer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
