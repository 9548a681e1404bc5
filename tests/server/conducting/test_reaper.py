"""The errand that says that a connection is gone."""

import pytest

from rooms.language.errands import Depart, OrganiserDepart
from rooms.language.ids import ConnectionId, Role
from server.conducting.reaper import departure
from server.store.presence import Whereabouts
from tests.support.shelf import EVENT


@pytest.mark.parametrize("meant", [True, False])
def test_an_attendee_departs(meant: bool) -> None:
    order = departure(Whereabouts(EVENT, Role.ATTENDEE, "ada", ConnectionId("w1.1")), meant)
    assert order.wish == Depart("ada", ConnectionId("w1.1"), meant)  # type: ignore[arg-type]
    assert order.role is Role.PLATFORM
    assert order.cause is None


def test_an_organiser_departs() -> None:
    order = departure(Whereabouts(EVENT, Role.ORGANISER, "olga", ConnectionId("w1.2")))
    assert order.wish == OrganiserDepart(ConnectionId("w1.2"))
