"""`/ws/{slug}`: who may open a connection, and handing it to a session."""

import itertools
import secrets

import structlog
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from rooms.language.ids import ConnectionId, WorkerId
from server.metrics import measures
from server.security import is_our_origin
from server.services import Services, services_of
from server.sockets.farewell import NotAdmittedError, farewell
from server.sockets.session import Session
from server.sockets.wire import WebSocketWire
from server.store.client import StoreAwayError
from server.store.tickets import Ticket

log = structlog.get_logger("endpoint")

SUBPROTOCOL = "rooms.v1"
"""The version of the language; a browser that does not offer it is out of date."""
_numbers = itertools.count(1)


async def connect(socket: WebSocket) -> None:
    """GET /ws/{slug}?ticket=…: a page of ours, with a ticket for this event."""
    services = services_of(socket)
    headers = socket.headers
    if not is_our_origin(services.settings, headers.get("origin"), headers.get("host")):
        await socket.close()  # before it was accepted: the browser reads 403
        return
    if SUBPROTOCOL not in socket.scope["subprotocols"]:
        await socket.close()
        return
    await socket.accept(SUBPROTOCOL)
    measures.sockets_opened_total.inc()
    wire = WebSocketWire(socket)
    try:
        ticket = await _ticket(services, socket)
    except (NotAdmittedError, StoreAwayError) as error:
        code, reason = farewell(error)
        measures.closes_total.labels(code.name.lower()).inc()
        await wire.close(code, reason)
        return
    await Session(services, ticket, new_connection_id(services.worker), wire).run()


async def _ticket(services: Services, socket: WebSocket) -> Ticket:
    ticket = await services.tickets.take(socket.query_params.get("ticket", ""))
    if ticket is None or ticket.event != socket.path_params["slug"]:
        raise NotAdmittedError("the ticket is not good here")
    return ticket


def new_connection_id(worker: WorkerId) -> ConnectionId:
    """A name never used before; it begins with the worker so that signals find their way."""
    return ConnectionId(f"{worker}.{next(_numbers)}-{secrets.token_hex(4)}")


routes = [WebSocketRoute("/ws/{slug}", connect)]
