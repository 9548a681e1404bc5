"""One server for all scenarios; which of them are tried depends on `--long`."""

from collections.abc import AsyncIterator

import pytest

from loadtests.driving.house import House, a_house
from loadtests.scenarios.registry import SCENARIOS

IN_CI = ("arrivals", "round_change")
"""What the others wait for takes longer: `./go test tests/loadtests --long` tries them all."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "scenario" in metafunc.fixturenames:
        metafunc.parametrize("scenario", SCENARIOS if metafunc.config.getoption("--long") else IN_CI)


@pytest.fixture(scope="session")
async def house() -> AsyncIterator[House]:
    """A whole server with two workers."""
    async with a_house(2) as house:
        yield house
