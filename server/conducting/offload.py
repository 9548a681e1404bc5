"""Matching beside the loop: in a thread, and the answer comes back as an errand."""

import asyncio

import structlog

from rooms.event import Event, match_request
from rooms.language.errands import MatchFound
from rooms.language.ids import EventId
from rooms.language.orders import Order
from rooms.matching import match
from server.store.inbox import Inbox

log = structlog.get_logger("offload")


async def find_match(inbox: Inbox, event: EventId, state: Event) -> None:
    """Find who meets whom for the request this state waits for, and submit the answer."""
    result = await asyncio.to_thread(match, match_request(state))
    found = MatchFound(state.request, result.matches, result.reasons, result.sits_out)
    await inbox.submit(event, Order(found))
    log.debug("match found", event_id=event, request=state.request, matches=len(result.matches))
