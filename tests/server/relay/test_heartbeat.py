"""What could not be said at once is said later; who was taken for dead sends its people on."""

from rooms.language.closing import CloseCode
from rooms.language.errands import DeadlinePassed
from rooms.language.ids import WorkerId
from rooms.language.notices import Welcome
from rooms.language.orders import Order
from server.store.inbox import START
from tests.support.shelf import EVENT
from tests.support.stage import Stage


async def test_what_could_not_be_said_is_said_with_the_next_beat(stage: Stage) -> None:
    services = stage.workers[0]
    services.heartbeat.say_later(EVENT, Order(DeadlinePassed()))
    await services.heartbeat.beat()
    waiting = await services.inbox.read(EVENT, START, 10)
    assert [place.order.wish for place in waiting] == [DeadlinePassed()]


async def test_a_worker_that_was_buried_alive_sends_its_people_on(stage: Stage) -> None:
    ada = await stage.attendee("Ada", 0)
    services = stage.workers[0]
    await stage.workers[1].presence.bury(WorkerId(services.worker))
    await services.heartbeat.beat()
    assert await ada.closed() == CloseCode.MOVING
    back = await stage.open(ada.id, 0)
    await back.wait_for(Welcome)
