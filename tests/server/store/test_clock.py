"""The time of Redis, estimated between samples."""

from server.store.clock import Clock
from tests.support.clock import HandClock


def test_the_sample_with_the_shortest_way_is_believed() -> None:
    hand = HandClock()
    clock = Clock(hand)
    sent = clock.sent()
    hand.forward(0.010)
    clock.learn(sent, 5_000_005)
    assert clock.now() == 5_000_010
    sent = clock.sent()
    hand.forward(0.200)
    clock.learn(sent, 5_000_012)
    assert clock.now() == 5_000_210


def test_time_goes_on_between_samples() -> None:
    hand = HandClock()
    clock = Clock(hand)
    clock.learn(clock.sent(), 5_000_000)
    hand.forward(12.5)
    assert clock.now() == 5_012_500


def test_a_clock_that_was_set_anew_is_followed() -> None:
    hand = HandClock()
    clock = Clock(hand)
    clock.learn(clock.sent(), 5_000_000)
    hand.forward(1)
    clock.learn(clock.sent(), 9_000_000)
    assert clock.now() == 9_000_000
