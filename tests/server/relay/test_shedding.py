"""Who has far too many connections sends some on, a few at a time, and nobody out of a conversation."""

import pytest

from rooms.language.closing import CloseCode
from rooms.language.commands import SetReadiness, StartRound
from rooms.language.notices import RoomChanged
from server.relay import shedding
from server.relay.shedding import AT_ONCE, SLACK, excess
from tests.support.stage import Stage


@pytest.mark.parametrize(
    ("mine", "everybody", "many"),
    [
        (0, [], 0),
        (9_000, [9_000], 0),
        (5_000, [5_000, 5_000], 0),
        (6_000, [6_000, 5_000], 0),
        (SLACK, [SLACK, 0], 0),
        (200, [200, 0], 100),
        (10_000, [10_000, 0], AT_ONCE),
        (0, [10_000, 0], 0),
        (400, [400, 100, 100], 200),
    ],
)
def test_how_many_go(mine: int, everybody: list[int], many: int) -> None:
    assert excess(mine, everybody) == many


async def test_people_go_to_the_emptier_worker_but_not_out_of_a_room(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga, ada, ben = await stage.organiser(0), await stage.attendee("Ada", 0), await stage.attendee("Ben", 0)
    for talks in (ada, ben):
        await talks.ask(SetReadiness(ready=True))
    await olga.ask(StartRound())
    for talks in (ada, ben):
        await talks.wait_for(RoomChanged)
    late = [await stage.attendee("Cleo", 0), await stage.attendee("Dora", 0)]
    monkeypatch.setattr(shedding, "SLACK", 0)
    for worker in reversed(stage.workers):
        await worker.shedding.look()
    for goes in late:
        assert await goes.closed() == CloseCode.MOVING
    assert [stays.wire.closed for stays in (olga, ada, ben)] == [None] * 3
