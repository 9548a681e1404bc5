"""How late the loop is."""

import asyncio
import time

from server.lifetimes import beside
from server.metrics import looplag, measures


def late() -> float:
    """Wake-ups that were more than a quarter of a second late, so far."""
    (family,) = measures.loop_lag_seconds.collect()
    buckets = {sample.labels["le"]: sample.value for sample in family.samples if sample.name.endswith("_bucket")}
    return buckets["+Inf"] - buckets["0.25"]


async def test_a_loop_that_was_held_up_is_seen() -> None:
    before = late()
    async with beside(looplag.watch_loop()):
        await asyncio.sleep(0)  # it has begun to wait
        time.sleep(looplag.EVERY_S + 0.4)  # noqa: ASYNC251 — holding up the loop is the point
        async with asyncio.timeout(5):
            while late() == before:
                await asyncio.sleep(0.01)
