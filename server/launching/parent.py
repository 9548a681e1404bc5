"""The parent: starts Redis, workers and the demo, watches them, starts again what dies, and stops it all."""

import asyncio
import os
import signal
import sys
from contextlib import suppress

import structlog

from rooms.language.ids import WorkerId
from server import logs
from server.demo.addresses import paths as demo_paths
from server.launching.banner import banner
from server.launching.children import Child
from server.launching.ground import check_redis, prepare_folder, prepare_records, raise_file_limit, reserve_port
from server.launching.redis import PrivateRedis
from server.launching.scraping import Scraper
from server.lifetimes import first_to_finish
from server.settings import Settings, as_environment, with_secret
from server.store.client import StoreAwayError
from server.store.presence import new_worker_id
from server.store.probe import tell_death

log = structlog.get_logger("parent")

READY_S = 30.0
"""Longest wait for a new worker."""
SILENT_S = 1.5
"""A worker whose loop does not turn for so long is looked at again …"""
AGAIN_S = 0.5
"""… and killed after so much more: when it was ourselves who stood still, its signs of life are there by then."""
REST_S = 0.2
"""Before something that died is started again."""
LONGEST_REST_S = 10.0
STOP_S = 8.0
"""Longest wait for a child that was asked to stop."""


class Parent:
    """One server on one machine."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._redis_url = settings.redis_url
        self._children: list[Child] = []
        self._ready = asyncio.Queue[WorkerId]()
        self._migrated = asyncio.Event()
        self._scraper = Scraper(settings)
        self._workers: dict[str, Child] = {}
        self._renewal = asyncio.Event()

    async def run(self) -> None:
        """Serve until a signal.

        Raises:
            StartError: something on this machine is in the way.
        """
        raise_file_limit()
        lock = prepare_folder(self._settings.data)
        held, self._settings = reserve_port(with_secret(self._settings))
        try:
            self._scraper.hold_port()
            await self._with_redis()
        finally:
            self._scraper.close()
            held.close()
            os.close(lock)

    async def _with_redis(self) -> None:
        if self._redis_url:
            await check_redis(self._redis_url)
            await self._serve(None)
            return
        redis = PrivateRedis(self._settings.data)
        self._redis_url = redis.url
        try:
            await redis.start()
            await self._serve(redis)
        finally:
            await redis.stop()

    async def _serve(self, redis: PrivateRedis | None) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._renewal.set)
        lives = [self._keep_worker(str(place)) for place in range(1, self._settings.workers + 1)]
        if redis is not None:
            lives.append(self._keep_redis(redis))
        try:
            await first_to_finish(_until(stop), self._welcome(), self._scraper.serve(), self._renew_workers(), *lives)
        finally:
            await asyncio.gather(*(child.stop(STOP_S) for child in self._children))

    async def _welcome(self) -> None:
        """When all workers are ready, say where to go; then keep the demo."""
        token = await prepare_records(self._settings)
        self._migrated.set()
        async with asyncio.timeout(READY_S):
            for _ in range(self._settings.workers):
                await self._ready.get()
        addresses = demo_paths(self._settings) if self._settings.demo else None
        print(banner(self._settings, addresses, token), flush=True)
        if addresses is not None:
            await self._keep(Child(_python("demo"), self._environ()), "demo")
        await asyncio.Event().wait()

    async def _keep_worker(self, place: str) -> None:
        """Run one worker after another, each under a new name but at the same place among the numbers."""
        while True:
            worker = new_worker_id()
            reading, writing = os.pipe()
            line = await self._scraper.line_to(place)
            command = _python("worker", "--name", worker, "--report-to", str(writing), "--redis", self._redis_url)
            command += ["--numbers", str(line.fileno())]
            child = Child(command, self._environ(), keep_open=(writing, line.fileno()), waits=True)
            self._children.append(child)
            self._workers[place] = child
            try:
                process = await child.start()
                os.close(writing)
                line.close()
                await self._migrated.wait()
                child.go()
                await self._watch(worker, process, reading)
                code = await process.wait()
            finally:
                os.close(reading)
            self._children.remove(child)
            log.warning("worker ended, starting another", worker=worker, code=code)
            with suppress(StoreAwayError):
                await tell_death(self._redis_url, worker)
            await asyncio.sleep(REST_S)

    async def _renew_workers(self) -> None:
        """At a SIGHUP replace the workers one by one: each sends its people on to the others before it goes."""
        while True:
            await self._renewal.wait()
            self._renewal.clear()
            log.info("replacing all workers")
            for place in sorted(self._workers):
                while not self._ready.empty():
                    self._ready.get_nowait()
                await self._workers[place].stop(STOP_S)
                try:
                    async with asyncio.timeout(READY_S):
                        await self._ready.get()
                except TimeoutError:
                    log.warning("the new worker is not ready, the others stay as they are")
                    break

    async def _watch(self, worker: WorkerId, process: asyncio.subprocess.Process, reading: int) -> None:
        """Note when a worker is ready; kill it when its loop stands still. Returns when it is gone."""
        stream = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        pipe = os.fdopen(os.dup(reading), "rb", buffering=0)
        transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), pipe)
        limit_s, ready = READY_S, False
        try:
            while True:
                if not await _sign_of_life(stream, limit_s):
                    return
                limit_s = SILENT_S
                if not ready:
                    ready = True
                    self._ready.put_nowait(worker)
        except TimeoutError:
            log.warning("worker stands still", worker=worker)
            process.kill()
        finally:
            transport.close()

    async def _keep_redis(self, redis: PrivateRedis) -> None:
        """Start Redis again when it dies: it reads its file and goes on."""
        while True:
            assert redis.child.process is not None
            await redis.child.process.wait()
            log.error("Redis ended, starting it again")
            await asyncio.sleep(REST_S)
            await redis.start()

    async def _keep(self, child: Child, name: str) -> None:
        """Run a child that is no worker; start it again when it ends, less and less often."""
        self._children.append(child)
        pause = REST_S
        while True:
            process = await child.start()
            code = await process.wait()
            log.warning("ended, starting again", child=name, code=code)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_REST_S)

    def _environ(self) -> dict[str, str]:
        return as_environment(self._settings)


def run(settings: Settings) -> None:
    """Serve until a signal.

    Raises:
        StartError: something on this machine is in the way.
    """
    logs.set_up(settings.log_level, worker="parent")
    asyncio.run(Parent(settings).run())


async def _sign_of_life(pipe: asyncio.StreamReader, within_s: float) -> bytes:
    """What a worker said; nothing when it is gone.

    Raises:
        TimeoutError: it is silent.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            return await pipe.read(64)
    async with asyncio.timeout(AGAIN_S):
        return await pipe.read(64)


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()


def _python(*words: str) -> list[str]:
    """Our own program, wherever the parent was started from."""
    return [sys.executable, "-m", "server", *words]
