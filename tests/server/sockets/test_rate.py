"""The token bucket."""

from server.sockets.rate import TokenBucket


def test_a_burst_is_taken_and_then_refills() -> None:
    bucket = TokenBucket(rate=2, burst=3)
    assert [bucket.take(10.0) for _ in range(4)] == [True, True, True, False]
    assert bucket.take(10.5)
    assert not bucket.take(10.5)


def test_it_never_holds_more_than_a_burst() -> None:
    bucket = TokenBucket(rate=2, burst=3)
    bucket.take(0.0)
    assert [bucket.take(1_000.0) for _ in range(4)] == [True, True, True, False]
