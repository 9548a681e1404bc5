"""The plan on paper: everybody arrives once; what is each event's own grows with people, what all share faster."""

import numpy as np
import pytest

from loadtests.scale import CROWD, ELSEWHERE, ROUNDS, Unit, evening, measure_units, needs, table

NAMES = ("order", "commit", "lease_lost", "heartbeat", "presence", "ticket", "look", "break", "entry")
UNITS = ELSEWHERE | {f"redis_{name}": Unit(20.0, "µs of Redis", "a test") for name in NAMES}


def a_chance() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize("spread_s", [0, 900])
def test_everybody_arrives_and_every_event_has_all_its_rounds(spread_s: int) -> None:
    seen = evening(200, spread_s, a_chance())
    assert seen.online[-1] == pytest.approx(200 * CROWD, rel=0.05)
    assert seen.rounds.sum() == pytest.approx(200 * ROUNDS, rel=0.1)
    assert seen.yeses.sum() == pytest.approx(200 * CROWD * ROUNDS, rel=0.05)


def test_what_all_events_share_grows_faster_than_what_is_their_own() -> None:
    small, large = (needs(people, 0, UNITS, a_chance()) for people in (20_000, 200_000))
    assert large.cores / small.cores == pytest.approx(10, rel=0.2)
    assert large.redis_shared / small.redis_shared > 50
    assert needs(200_000, 900, UNITS, a_chance()).redis_shared < large.redis_shared / 50


def test_the_table_names_every_unit_with_its_source() -> None:
    text = table(UNITS)
    assert all(name in text and unit.source in text for name, unit in UNITS.items())


async def test_redis_is_really_asked_what_things_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loadtests.scale.REPEATS", 20)
    found = await measure_units()
    assert set(found) == {f"redis_{name}" for name in NAMES}
    assert 50 < found["redis_entry"].value < 1_000
