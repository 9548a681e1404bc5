"""What a run measures with: messages of Redis, marks, spreads, the floor, and what is said of a run that got stuck."""

from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadtests import command
from loadtests.driving.crowd import Mark
from loadtests.driving.waiting import StuckError, until
from loadtests.measuring.floor import a_floor, padded
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.measuring.watch import Messages
from loadtests.scenarios.registry import SCENARIOS
from loadtests.scenarios.returning import fullest
from loadtests.scenarios.wish import Wish


def pushed(*parts: bytes) -> bytes:
    return b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=6), st.integers(1, 50))
def test_messages_come_out_whole_with_the_instant_of_their_first_byte(batches: list[bytes], step: int) -> None:
    stream = b"".join(pushed(b"smessage", b"event:{mixer}", batch) for batch in batches)
    messages, got = Messages(), list[tuple[float, list[bytes]]]()
    for at in range(0, len(stream), step):
        got += messages.feed(stream[at : at + step], float(at))
    assert [message[2] for _, message in got] == batches
    begins = [
        sum(len(pushed(b"smessage", b"event:{mixer}", one)) for one in batches[:at]) for at in range(len(batches))
    ]
    assert [at for at, _ in got] == [begin // step * step for begin in begins]


def test_an_answer_with_a_number_is_taken_too() -> None:
    ((_, message),) = Messages().feed(b"*3\r\n$10\r\nssubscribe\r\n$3\r\nabc\r\n:1\r\n", 1.0)
    assert message == [b"ssubscribe", b"abc"]


async def test_a_mark_is_done_when_as_many_as_expected_have_heard() -> None:
    mark = Mark(3, 2)
    mark.note(1, 10.0)
    mark.note(1, 99.0)
    with pytest.raises(StuckError, match="1 of 2"):
        await mark.all(0.01)
    mark.note(2, 11.0)
    await mark.all(1)
    assert isnan(mark.times[0])
    assert mark.since(9.0).last == 2000


async def test_waiting_for_what_never_comes_ends_with_a_sentence() -> None:
    async def never() -> None:
        return None

    with pytest.raises(StuckError, match="a miracle"):
        await until(never, "a miracle", 0.01)


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_a_spread_keeps_its_ends(values: list[float]) -> None:
    spread = Spread.of(values)
    assert spread.curve[0] == min(values)
    assert spread.curve[-1] == spread.last == max(values)
    assert min(values) <= spread.p50 <= spread.p99 <= spread.last


def test_the_fullest_slice_is_found_wherever_it_lies() -> None:
    mark = Mark(6, 6)
    for number, at in enumerate((0.0, 1.0, 1.05, 1.09, 1.2, 3.0)):
        mark.note(number, at)
    assert fullest(mark) == 3


async def test_the_floor_tells_everybody_one_frame_of_that_size() -> None:
    async with a_floor(10, 500) as floor:
        await floor.crowd.arrive()
        first, _ = await floor.tell_everybody(700)
        second, _ = await floor.tell_everybody(900)
        tally = floor.crowd.tally
        assert first.count == second.count == 10
        assert tally.bytes[b"welcome"] == 10 * 500
        assert (tally.frames[b"room.changed"], tally.bytes[b"room.changed"]) == (20, 10 * (700 + 900))
        assert floor.use().pss_kib > 0


def test_a_frame_of_the_floor_is_never_cut() -> None:
    assert len(padded("{}", 1)) == 2 + len("{}")


def test_a_run_that_got_stuck_says_why_and_counts_as_short(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def stuck(_: Wish, __: Screen) -> Report:
        error = StuckError("3 of 4 within 9 s")
        error.add_note("refused: {'busy': 1}")
        raise ExceptionGroup("deep down", [error])

    monkeypatch.setitem(SCENARIOS, "soak", stuck)
    assert command.run("soak", []) == "1 of the targets in budgets.toml fall short"
    said = capsys.readouterr().out
    assert "StuckError: 3 of 4 within 9 s" in said
    assert "refused: {'busy': 1}" in said
