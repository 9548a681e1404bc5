"""Every close code has a meaning."""

import pytest

from rooms.language.closing import MEANING, CloseCode


@pytest.mark.parametrize("code", CloseCode)
def test_each_close_code_says_what_the_browser_does_then(code: CloseCode) -> None:
    after, sentence = MEANING[code]

    assert after in {"return", "return_at_once", "stay_away"}
    assert sentence.endswith(".")
