"""CSV for spreadsheets: read back as written, and nothing in it is a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.files.tables import bare, guarded, table

DANGEROUS = ["=1+1", "+49 30 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "=cmd|' /C calc'!A0", "＝1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_defused_and_comes_back(text: str) -> None:
    assert guarded(text).startswith("'")
    assert bare(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Ana", "'Ōiwi", "12", "a=b"])
def test_plain_text_stays_plain(text: str) -> None:
    assert guarded(text) == text


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=6))
def test_a_table_reads_back_as_it_was(rows: list[list[str]]) -> None:
    data = table(("one", "two"), rows)
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    expected = [[cell.replace("\0", "") for cell in row] for row in rows]
    assert [[bare(cell) for cell in row] for row in read[1:]] == expected
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\0"} for row in read for cell in row if cell)
