"""What may happen to an evening, as rules of a state machine: any of it, in any order."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rooms.language import commands as k
from rooms.language.errands import KeepApart
from rooms.language.orders import Order
from tests.faults.engine import Engine

PEOPLE = 6
WHO = st.integers(0, PEOPLE - 1)
WORKER = st.integers(0, 1)
HOSTS_SAY = st.sampled_from(
    (
        *(k.StartRound(), k.StartRound(), k.StartRound(), k.CancelRound(), k.PauseEvent(), k.ResumeEvent()),
        *(k.ResumeEvent(), k.ExtendRound(), k.EndRound(), k.EndRound(), k.NextSegment(), k.PreviewRound()),
    )
)
AGREE_S = 10.0
"""Longest wait until all pages show what is so."""


class Evenings(RuleBasedStateMachine):
    """One evening; a step is over when all it led to is written."""

    def __init__(self, runner: asyncio.Runner, engine: Engine) -> None:
        super().__init__()
        self._runner = runner
        self.engine = engine
        self._lines = 0

    def run(self, step: Coroutine[Any, Any, None]) -> None:
        """Let it happen; between steps everything stands still."""
        self._runner.run(step)

    @initialize()
    def doors_open(self) -> None:
        self.run(self._doors_open())

    async def _doors_open(self) -> None:
        await self.engine.begin(PEOPLE)
        for number in range(PEOPLE - 2):
            await self.engine.come(number, number % 2)
            await self.engine.ask(number, k.SetReadiness(ready=True))

    @rule(who=WHO, worker=WORKER)
    def comes(self, who: int, worker: int) -> None:
        self.run(self.engine.come(who, worker))

    @rule(who=WHO, worker=WORKER)
    def comes_back_and_asks_again(self, who: int, worker: int) -> None:
        self.run(self.engine.come_back(who, worker))

    @rule(who=WHO)
    def leaves(self, who: int) -> None:
        self.run(self.engine.lose(who, meant=True))

    @rule(who=WHO)
    def loses_the_line(self, who: int) -> None:
        self.run(self.engine.lose(who))

    @rule(who=WHO)
    def is_lost_with_the_process(self, who: int) -> None:
        self.run(self.engine.lose(who, told=False))

    @rule(who=WHO)
    def is_reported_gone_twice(self, who: int) -> None:
        self.run(self.engine.twice(who))

    @rule(who=WHO, ready=st.booleans())
    def is_ready(self, who: int, ready: bool) -> None:
        self.run(self.engine.ask(who, k.SetReadiness(ready=ready)))

    @rule(who=WHO)
    def says_something(self, who: int) -> None:
        self._lines += 1
        self.run(self.engine.ask(who, k.SayChat(f"line {self._lines}")))

    @rule(who=WHO)
    def sits_down(self, who: int) -> None:
        if room := self.engine.room_of(who):
            self.run(self.engine.ask(who, k.TakeSeat(room)))

    @rule(who=WHO)
    def gets_up(self, who: int) -> None:
        if room := self.engine.room_of(who):
            self.run(self.engine.ask(who, k.LeaveSeat(room)))

    @rule(command=HOSTS_SAY)
    def host_says(self, command: k.Command) -> None:
        self.run(self.engine.order(command))

    @rule(command=HOSTS_SAY)
    def host_says_too(self, command: k.Command) -> None:
        self.run(self.engine.order(command))

    @rule(who=WHO, back=st.booleans())
    def host_removes(self, who: int, back: bool) -> None:
        person = self.engine.people[who]
        self.run(self.engine.order(k.ReadmitAttendee(person) if back else k.RemoveAttendee(person)))

    @rule(one=WHO, other=WHO)
    def two_part(self, one: int, other: int) -> None:
        if one != other:
            apart = KeepApart(((self.engine.people[one], self.engine.people[other]),))
            self.run(self.engine.auditor.submit(Order(apart)))

    @rule(worker=WORKER)
    def another_conducts(self, worker: int) -> None:
        self.run(self.engine.take_over(worker))

    @rule(worker=WORKER)
    def worker_loses_redis_and_finds_it(self, worker: int) -> None:
        self.run(self.engine.blip(worker))

    @rule(worker=WORKER, who=WHO)
    def answer_is_lost(self, worker: int, who: int) -> None:
        self.engine.stage.proxies[worker].lose_answers = 1
        self.says_something(who)

    @invariant()
    def what_must_hold_holds(self) -> None:
        self.run(self._judge())

    async def _judge(self) -> None:
        assert await self.engine.judge() == []

    def teardown(self) -> None:
        self.run(self._close())

    async def _close(self) -> None:
        await self.engine.settle()
        differing = self.engine.differing()
        await self.engine.end()
        assert not differing
