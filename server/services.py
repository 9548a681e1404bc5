"""The services of one worker: what pages and sockets work with, opened together and closed together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from rooms.language.ids import WorkerId
from server.assets import Assets
from server.conducting.desk import Desk
from server.conducting.reaper import Reaper
from server.conducting.supervisor import Supervisor
from server.lifetimes import LONGEST_PAUSE_S, beside, restart_with_backoff
from server.matching.matchmaker import OURS, MatcherGoneError, Matchmaker, Solvers
from server.readiness import Readiness
from server.records.engine import Records
from server.relay.heartbeat import Heartbeat
from server.relay.relay import Relay
from server.relay.shedding import Shedding
from server.relay.switchboard import Switchboard
from server.settings import Settings
from server.store.bus import Bus
from server.store.client import Store, StoreAwayError
from server.store.clock import Clock
from server.store.inbox import Inbox
from server.store.journal import Journal
from server.store.leases import Leases
from server.store.presence import Presence, new_worker_id
from server.store.running import Running
from server.store.tickets import Tickets
from server.templating import Templates


@dataclass(frozen=True)
class Services:
    """Everything a request or a socket may need, at `request.app.state.services`."""

    settings: Settings
    worker: WorkerId
    records: Records
    store: Store
    clock: Clock
    inbox: Inbox
    journal: Journal
    running: Running
    tickets: Tickets
    presence: Presence
    relay: Relay
    switchboard: Switchboard
    heartbeat: Heartbeat
    shedding: Shedding
    readiness: Readiness
    matchmaker: Matchmaker
    supervisor: Supervisor
    reaper: Reaper
    bus: Bus
    assets: Assets
    templates: Templates


def services_of(connection: HTTPConnection) -> Services:
    """The services behind a request or socket."""
    services: Services = connection.app.state.services
    return services


def open_records(settings: Settings) -> Records:
    """The database of these settings."""
    return Records(settings.database_url) if settings.database_url else Records.at(settings.data / "rondo.sqlite3")


def build(settings: Settings, redis_url: str, worker: WorkerId, solvers: Solvers) -> Services:
    """Put the services together; nothing runs yet."""
    records = open_records(settings)
    store, clock = Store(redis_url, settings.redis_timeout_ms / 1000), Clock()
    running, bus, journal = Running(store), Bus(store), Journal(store)
    inbox, presence = Inbox(store, clock, running), Presence(store, clock, worker)
    leases = Leases(store, worker, settings.lease_ms)
    matchmaker = Matchmaker(inbox, settings, redis_url, worker, solvers)
    desk = Desk(inbox, matchmaker, journal, leases, running, presence, clock, bus, records)
    relay, assets = Relay(journal, running, bus, clock), Assets()
    heartbeat, supervisor = Heartbeat(presence, relay, inbox), Supervisor(desk, settings.events_per_worker)
    return Services(
        settings=settings,
        worker=worker,
        records=records,
        store=store,
        clock=clock,
        inbox=inbox,
        journal=journal,
        running=running,
        tickets=Tickets(store),
        presence=presence,
        relay=relay,
        switchboard=Switchboard(relay, store, bus, worker),
        heartbeat=heartbeat,
        shedding=Shedding(relay, store),
        readiness=Readiness(heartbeat, records, supervisor, relay, clock),
        matchmaker=matchmaker,
        supervisor=supervisor,
        reaper=Reaper(desk, settings.worker_dead_ms),
        bus=bus,
        assets=assets,
        templates=Templates(assets),
    )


@asynccontextmanager
async def open_services(
    settings: Settings, redis_url: str, worker: WorkerId | None = None, solvers: Solvers = OURS
) -> AsyncIterator[Services]:
    """The services, running; at the end everything stops in the order in which others depend on it.

    Raises:
        StoreAwayError: Redis does not answer.
    """
    services = build(settings, redis_url, worker or new_worker_id(), solvers)
    away = (StoreAwayError,)
    try:
        await services.heartbeat.beat()
        async with beside(
            restart_with_backoff("bus", services.bus.listen, away),
            restart_with_backoff("heartbeat", services.heartbeat.run, away),
            restart_with_backoff("relay", services.relay.run, away),
            restart_with_backoff("shedding", services.shedding.run, away),
            restart_with_backoff("reaper", services.reaper.run, away),
            restart_with_backoff("matcher", services.matchmaker.run, (MatcherGoneError,), LONGEST_PAUSE_S),
            restart_with_backoff("matchmaker", services.matchmaker.watch, away),
            restart_with_backoff("supervisor", services.supervisor.run, away),
        ):
            await services.switchboard.open()
            yield services
        with suppress(StoreAwayError):  # then the others bury us when we have been silent for a while
            await services.presence.bury(services.worker)
    finally:
        await services.store.close()
        await services.records.close()
