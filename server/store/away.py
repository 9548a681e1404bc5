"""The ways in which Redis can be away, as one error."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis.exceptions import (
    ClusterDownError,
    MasterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    TryAgainError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

AWAY = (
    RedisConnectionError,
    RedisTimeoutError,
    ReadOnlyError,
    OutOfMemoryError,
    MasterDownError,
    ClusterDownError,
    TryAgainError,
    OSError,
    TimeoutError,
)
UNWELL = ("MISCONF", "NOREPLICAS")
"""Answers without an exception of their own by which Redis says that it takes no writes now."""


class StoreAwayError(Exception):
    """Redis does not answer or takes no writes. Whether the last command took effect is not known."""


class LostAnswerError(StoreAwayError):
    """The connection broke with a command on its way: it may have taken effect."""


@contextmanager
def away_is_one_error() -> Iterator[None]:
    """Turn every way in which Redis can be away into `StoreAwayError`."""
    try:
        yield
    except AWAY as error:
        kind = LostAnswerError if isinstance(error, RedisConnectionError) else StoreAwayError
        raise kind(str(error) or type(error).__name__) from error
    except ResponseError as error:
        if str(error).startswith(UNWELL):
            raise StoreAwayError(str(error)) from error
        raise
