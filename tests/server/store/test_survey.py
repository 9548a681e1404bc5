"""What each form of Redis says about itself."""

import pytest

from server.store.client import Store, StoreAwayError
from server.store.survey import survey
from tests.support.constellations import Sky


async def test_every_server_that_holds_keys_is_asked(store: Store, sky: Sky, where: str) -> None:
    found = await survey(await sky.url(where))
    assert len(found) == len(await store.everywhere("PING"))
    for one in found:
        assert int(one.version.partition(".")[0]) >= 7
        assert one.policy == "noeviction"
        assert abs(one.ahead_ms) <= one.within_ms + 2


async def test_where_nobody_answers_nothing_is_found() -> None:
    with pytest.raises(StoreAwayError):
        await survey("redis://127.0.0.1:1")
