"""The browser's modules without a browser: each file of tests/browser by `node --test`."""

import asyncio
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "browser").rglob("*.test.mjs"))


@pytest.mark.node
@pytest.mark.parametrize("file", FILES)
async def test_javascript(node: str, file: str) -> None:
    process = await asyncio.create_subprocess_exec(
        node,
        "--import",
        "./.ci/resolve.mjs",
        "--test",
        "--test-reporter=spec",
        file,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode(errors="replace")
