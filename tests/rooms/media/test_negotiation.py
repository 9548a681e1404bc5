"""Who offers and who yields."""

import itertools

import pytest

from rooms.media.negotiation import AFTER, Cause, Deed, Step, first_step, respond


@pytest.mark.parametrize(("step", "cause", "polite"), list(itertools.product(Step, Cause, (True, False))))
def test_every_step_has_an_answer_to_every_cause(step: Step, cause: Cause, polite: bool) -> None:
    assert respond(step, cause, polite) in AFTER


def test_exactly_one_of_two_begins() -> None:
    assert {first_step(True), first_step(False)} == {Step.WAITING, Step.OFFERED}


@pytest.mark.parametrize(
    ("step", "cause", "polite", "impolite"),
    [
        (Step.WAITING, Cause.OFFER, Deed.REPLY, Deed.REPLY),
        (Step.WAITING, Cause.ANSWER, Deed.NOTHING, Deed.NOTHING),
        (Step.WAITING, Cause.NO_ANSWER, Deed.NOTHING, Deed.NOTHING),
        (Step.WAITING, Cause.UNHEARD, Deed.NOTHING, Deed.NOTHING),
        (Step.OFFERED, Cause.OFFER, Deed.REBUILD_AND_REPLY, Deed.NOTHING),
        (Step.OFFERED, Cause.FRESH_OFFER, Deed.REBUILD_AND_REPLY, Deed.NOTHING),
        (Step.OFFERED, Cause.ANSWER, Deed.ACCEPT, Deed.ACCEPT),
        (Step.OFFERED, Cause.NO_ANSWER, Deed.REBUILD_AND_OFFER, Deed.REBUILD_AND_OFFER),
        (Step.SETTLED, Cause.OFFER, Deed.REPLY, Deed.REPLY),
        (Step.SETTLED, Cause.FRESH_OFFER, Deed.REBUILD_AND_REPLY, Deed.REBUILD_AND_REPLY),
        (Step.SETTLED, Cause.ANSWER, Deed.NOTHING, Deed.NOTHING),
        (Step.SETTLED, Cause.UNHEARD, Deed.OFFER, Deed.OFFER),
        (Step.SETTLED, Cause.BROKEN, Deed.REBUILD_AND_ASK, Deed.REBUILD_AND_OFFER),
        (Step.SETTLED, Cause.RESTART, Deed.REBUILD_AND_WAIT, Deed.REBUILD_AND_OFFER),
        (Step.SETTLED, Cause.HANG_UP, Deed.REBUILD_AND_WAIT, Deed.REBUILD_AND_WAIT),
        (Step.OFFERED, Cause.HANG_UP, Deed.NOTHING, Deed.NOTHING),
    ],
)
def test_the_polite_one_yields(step: Step, cause: Cause, polite: Deed, impolite: Deed) -> None:
    assert (respond(step, cause, True), respond(step, cause, False)) == (polite, impolite)
