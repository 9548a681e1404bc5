"""What the live pages ask for before they connect: tickets for the socket, servers for finding a way to each other."""

import base64
import hashlib
import hmac
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from rooms.language.ids import AttendeeId, EventId, Instant, Role
from server.identity import current_attendee, organised_event
from server.records.registrations import Registration
from server.services import Services, services_of
from server.settings import Settings
from server.store.tickets import Ticket

NO_STORE = {"cache-control": "no-store"}


async def attendee_ticket(request: Request) -> JSONResponse:
    """POST /e/{slug}/ticket: for the attendee whose cookie this is."""
    person = await _attendee(request)
    return await _give(services_of(request), Ticket(person.event, Role.ATTENDEE, person.id, person.name))


async def organiser_ticket(request: Request) -> JSONResponse:
    """POST /events/{slug}/ticket: for an organiser of this event."""
    organiser, event = await organised_event(request)
    return await _give(services_of(request), Ticket(event.id, Role.ORGANISER, organiser.id, organiser.name))


async def ice(request: Request) -> JSONResponse:
    """GET /e/{slug}/ice.json: STUN and TURN servers with a credential of this person for this event."""
    person = await _attendee(request)
    services = services_of(request)
    servers = ice_servers(services.settings, person.event, person.id, services.clock.now())
    return JSONResponse({"iceServers": servers, "ttlS": services.settings.turn_ttl_s}, headers=NO_STORE)


def ice_servers(settings: Settings, event: EventId, attendee: AttendeeId, now: Instant) -> list[dict[str, Any]]:
    """The list for `RTCPeerConnection`; TURN credentials as coturn's `use-auth-secret` checks them."""
    servers: list[dict[str, Any]] = []
    if settings.ice_servers:
        servers.append({"urls": list(settings.ice_servers)})
    if settings.turn_urls:
        name = f"{now // 1000 + settings.turn_ttl_s}:{event}/{attendee}"
        digest = hmac.new(settings.turn_secret.encode(), name.encode(), hashlib.sha1).digest()
        credential = base64.b64encode(digest).decode()
        servers.append({"urls": list(settings.turn_urls), "username": name, "credential": credential})
    return servers


async def _attendee(request: Request) -> Registration:
    person = await current_attendee(request, request.path_params["slug"])
    if person is None or not person.welcome:
        raise HTTPException(403)
    return person


async def _give(services: Services, ticket: Ticket) -> JSONResponse:
    token = await services.tickets.give(ticket)
    return JSONResponse({"ticket": token, "ws": f"/ws/{ticket.event}?ticket={token}"}, headers=NO_STORE)


routes = [
    Route("/e/{slug}/ticket", attendee_ticket, methods=["POST"]),
    Route("/events/{slug}/ticket", organiser_ticket, methods=["POST"]),
    Route("/e/{slug}/ice.json", ice, methods=["GET"]),
]
