"""Every test of the store runs on each form of Redis; those that ask for the single server itself, on that alone."""

from inspect import signature

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrise by form."""
    wanted = signature(metafunc.function).parameters
    if "store" in wanted and "redis" not in wanted:
        metafunc.parametrize("where", ["single", "cluster", "sentinel", "managed"], indirect=True)
