"""The application: the route table and the middleware, no logic."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from server import assets
from server.demo import pages as demo
from server.errors import HANDLERS
from server.pages import (
    agenda,
    connections,
    console,
    event_settings,
    events,
    health,
    home,
    live,
    live_api,
    people,
    profile,
    registrations,
    reports,
    sign_in,
)
from server.parting import Parting
from server.security import OwnPagesOnly, SecurityHeaders, page_headers
from server.services import Services
from server.sockets import endpoint

PAGES = (
    health,
    live_api,
    home,
    sign_in,
    events,
    agenda,
    event_settings,
    registrations,
    profile,
    people,
    connections,
    reports,
    live,
    console,
    demo,
)
LARGEST_BODY_BYTES = 12 * 1024 * 1024
"""A list of people of 10 MB with its form around it; pages with smaller forms have smaller limits of their own."""


def create_app(services: Services) -> Starlette:
    """The application around these services."""
    headers = page_headers(services.settings, services.assets.import_map_hash)
    app = Starlette(
        routes=[*assets.routes, *endpoint.routes, *(route for page in PAGES for route in page.routes)],
        middleware=[
            Middleware(Parting, parting=lambda: services.relay.moving),
            Middleware(SecurityHeaders, headers=headers),
            Middleware(OwnPagesOnly, settings=services.settings),
            Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST_BODY_BYTES),
        ],
        exception_handlers=HANDLERS,
    )
    app.state.services = services
    return app
