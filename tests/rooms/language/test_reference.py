"""The protocol's document says what the classes say."""

from pathlib import Path

import pytest

from rooms.language.reference import render

ROOT = Path(__file__).parents[3]


def test_the_committed_document_is_fresh() -> None:
    committed = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")

    assert committed == render(), "run: python -m server protocol"


@pytest.mark.parametrize(
    "wanted", ["### `readiness.set`", "### `welcome`", "| 4409 | SUPERSEDED |", "| `no_spare_time` |"]
)
def test_each_kind_of_word_has_its_place(wanted: str) -> None:
    assert wanted in render()
