"""R17: whatever happens in whatever order, what must hold of an event holds after every step.

Hypothesis drives the real engine: two workers over a real Redis, in this process, each behind a connection that can be
cut. After every step the journal is read to its end, and every state it led to is judged.
"""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.faults.conftest import Measured, Sizes
from tests.faults.engine import an_engine
from tests.faults.machine import Evenings


@pytest.mark.timeout(6 * 3600)
def test_whatever_happens_what_must_hold_holds(tmp_path: Path, sizes: Sizes, measured: Measured, seed: int) -> None:
    examples, steps = sizes(short=10, long=2_000), sizes(short=30, long=50)
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    with asyncio.Runner() as runner:
        engine = an_engine(tmp_path)
        held = runner.run(engine.__aenter__())

        class Seeded(Evenings):
            """The machine, with what it drives."""

            def __init__(self) -> None:
                super().__init__(runner, held)

        try:
            run_state_machine_as_test(with_seed(Seeded, seed), settings=chosen)
        finally:
            runner.run(engine.__aexit__(None, None, None))
    measured.note("steps without a breach", "2 000 × 50", n=held.steps, evenings=held.evenings, settled=held.settled)
    assert held.steps


def with_seed(machine: type[RuleBasedStateMachine], seed: int) -> type[RuleBasedStateMachine]:
    """The machine with this run's chance, which is printed with what was measured."""
    machine._hypothesis_internal_use_seed = seed
    return machine
