"""CSV as we write it: for spreadsheets, which must read every name and run nothing."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_formula = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `bare` gives the text back."""
    text = text.replace("\0", "")
    return f"'{text}" if _formula.match(text) else text


def bare(cell: str) -> str:
    """The text of a guarded cell."""
    return cell[1:] if cell.startswith("'") and _formula.match(cell[1:]) else cell


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A whole CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([guarded(str(cell)) for cell in row] for row in rows)
    return (BOM + out.getvalue()).encode()
