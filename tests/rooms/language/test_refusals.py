"""Every refusal has words for people."""

import pytest

from rooms.language.refusals import SENTENCES, Refusal, RefusedError


@pytest.mark.parametrize("reason", Refusal)
def test_each_refusal_says_what_to_do_in_a_calm_sentence(reason: Refusal) -> None:
    sentence = RefusedError(reason).sentence

    assert sentence == SENTENCES[reason]
    assert sentence.endswith(".")
    assert not {"!", "invalid", "failed", "oops", "error"} & set(sentence.lower().split())
