"""How late the event loop is: a life that wants to wake up at a certain time and notes how much later it did."""

import asyncio

from server.metrics import measures

EVERY_S = 0.1


async def watch_loop() -> None:
    """Note the lag ten times a second, for ever."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + EVERY_S
        await asyncio.sleep(EVERY_S)
        measures.loop_lag_seconds.observe(max(0.0, loop.time() - due))
