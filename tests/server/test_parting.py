"""A worker that stops lets go of kept connections by an answer, not by cutting them."""

from tests.support.worker import Worker


async def test_the_last_answer_says_so(worker: Worker) -> None:
    async with worker.browser() as browser:
        assert "connection" not in (await browser.get("/health")).headers
        worker.services.relay.moving = True
        assert (await browser.get("/health")).headers["connection"] == "close"
