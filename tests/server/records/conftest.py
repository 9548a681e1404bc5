"""A database of its own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.records.engine import Records


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    """A new SQLite file with all tables."""
    opened = Records.at(tmp_path / "rondo.sqlite")
    await opened.migrate()
    yield opened
    await opened.close()
