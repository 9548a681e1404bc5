"""How a worker is served."""

from dataclasses import replace

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server.launching.workers import config
from server.settings import load
from tests.support.worker import Worker


async def test_only_whom_we_trust_may_name_another_address(worker: Worker) -> None:
    """Tries of a password are counted by address: nobody may choose theirs."""

    async def who(request: Request) -> PlainTextResponse:
        assert request.client
        return PlainTextResponse(f"{request.url.scheme} {request.client.host}")

    settings = load({"RONDO_TRUSTED_PROXIES": "10.0.0.5, 10.1.0.0/16"})
    served = config(replace(worker.services, settings=settings))
    assert isinstance(served.app, Starlette)
    served.app.router.routes.insert(0, Route("/who", who))
    served.load()
    headers = {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}
    believed = "https 192.0.2.7"
    for asker, said in (("10.0.0.5", believed), ("10.1.2.3", believed), ("10.2.0.1", "http 10.2.0.1")):
        transport = httpx2.ASGITransport(app=served.loaded_app, client=(asker, 1))
        async with httpx2.AsyncClient(transport=transport) as client:
            assert (await client.get("http://rondo.test/who", headers=headers)).text == said
