"""Health and readiness for whoever watches the server."""

from tests.support.worker import Worker


async def test_a_living_worker_says_so(worker: Worker) -> None:
    async with worker.browser() as browser, worker.attendee():
        about = (await browser.get("/health")).json()
    assert about["status"] == "ok"
    assert about["redis"] == "ok"
    assert about["connections"] == 1


async def test_a_worker_that_moves_is_not_ready(worker: Worker) -> None:
    async with worker.browser() as browser:
        assert (await browser.get("/ready")).status_code == 200
        worker.services.relay.moving = True
        assert (await browser.get("/ready")).status_code == 503
        worker.services.relay.moving = False
