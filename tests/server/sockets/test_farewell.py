"""What ended a session, as a close code."""

import pytest

from rooms.language.closing import MEANING, CloseCode
from rooms.language.codec import MalformedError
from server.records.engine import RecordsAwayError
from server.relay.listener import MovingError, NotRunningError, RemovedError, SupersededError, TooManyError
from server.sockets.farewell import (
    CODES,
    REASON_BYTES,
    GoodbyeError,
    NotAdmittedError,
    TooSlowError,
    farewell,
)
from server.store.client import StoreAwayError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (GoodbyeError(), 1000),
        (MovingError(), 4503),
        (NotRunningError("mixer"), 1011),
        (StoreAwayError("away"), 1011),
        (RecordsAwayError("away"), 1011),
        (MalformedError("not JSON"), 4400),
        (NotAdmittedError("no"), 4401),
        (TooSlowError(), 4408),
        (SupersededError(), 4409),
        (RemovedError(), 4410),
        (TooManyError(), 4429),
        (ZeroDivisionError("the price of everything"), 1011),
    ],
)
def test_each_reason_has_its_code(error: Exception, code: int) -> None:
    assert farewell(error)[0] == code


def test_every_code_is_used_and_has_a_meaning() -> None:
    assert set(CODES.values()) == set(CloseCode)
    assert set(MEANING) == set(CloseCode)


def test_no_detail_of_our_faults_leaves_the_house() -> None:
    assert "price" not in farewell(ZeroDivisionError("the price of everything"))[1]
    assert "redis.sock" not in farewell(StoreAwayError("redis.sock refused"))[1]


def test_a_reason_fits_into_a_close_frame() -> None:
    reason = farewell(MalformedError("ä" * 500))[1]
    assert len(reason.encode()) <= REASON_BYTES
