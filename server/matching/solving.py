"""One question answered from beginning to end, in a process that may be ended at any moment."""

import asyncio
import signal
from collections.abc import Callable
from time import monotonic

import structlog

from rooms.event import Event, match_request
from rooms.language.errands import MatchFound
from rooms.language.orders import Order
from rooms.matching import MatchRequest, MatchResult
from server.matching.questions import Question
from server.store.client import Store, StoreAwayError
from server.store.clock import Clock
from server.store.inbox import Inbox
from server.store.journal import Journal
from server.store.running import Running

log = structlog.get_logger("solving")

Solver = Callable[[MatchRequest], MatchResult]
AWAY_PAUSE_S = 0.05
"""Rest before Redis is tried again; the time that is left bounds the tries."""


def answer(question: Question, solver: Solver, redis_url: str, timeout_s: float) -> int | None:
    """Find the rooms and submit them: for how many people; None when the event does not want them any more."""
    return asyncio.run(_answer(question, solver, redis_url, timeout_s))


async def _answer(question: Question, solver: Solver, redis_url: str, timeout_s: float) -> int | None:
    store = Store(redis_url, timeout_s)
    clock = Clock()
    inbox = Inbox(store, clock, Running(store))
    try:
        state = await _state(Journal(store), question)
        if state is None or state.asked_at is None or state.request != question.request:
            return None
        began = monotonic()
        request = match_request(state)
        end_within(request.budget_ms / 1000)
        found = solver(request)
        log.debug("solved", event_id=question.event, method=found.method, ms=int((monotonic() - began) * 1000))
        errand = MatchFound(question.request, found.matches, found.reasons, found.sits_out, found.given_up)
        await _submit(inbox, question, Order(errand))
        return len(request.attendees)
    finally:
        await store.close()


def end_within(seconds: float) -> None:
    """Let the kernel end this process then, unless it is to end earlier: no lock and no loop in C can hold that up."""
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, left or seconds))


async def _state(journal: Journal, question: Question) -> Event | None:
    while True:
        try:
            return await journal.load(question.event)
        except StoreAwayError:
            await asyncio.sleep(AWAY_PAUSE_S)


async def _submit(inbox: Inbox, question: Question, order: Order) -> None:
    """An answer submitted twice does no harm: the first one settles the request."""
    while True:
        try:
            return await inbox.submit(question.event, order)
        except StoreAwayError:
            await asyncio.sleep(AWAY_PAUSE_S)
