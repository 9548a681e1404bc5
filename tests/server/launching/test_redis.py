"""The private Redis: found, started on a socket only we can open, kept on disk."""

import stat
from pathlib import Path

import pytest

from server.launching import redis as module
from server.launching.children import StartError
from server.launching.redis import PrivateRedis, binary
from server.store.client import Store


def mode_of(redis: PrivateRedis) -> int:
    return stat.S_IMODE(Path(redis.url.removeprefix("unix://")).stat().st_mode)


async def test_it_answers_on_a_socket_that_is_ours_alone_and_keeps_what_it_has(tmp_path: Path) -> None:
    for value in (b"1", b"2"):
        redis = PrivateRedis(tmp_path)
        await redis.start()
        assert mode_of(redis) == 0o700
        store = Store(redis.url, 1.0)
        assert await store.do("INCR", "x") == int(value)
        await store.close()
        await redis.stop()


async def test_a_long_path_gets_a_socket_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("long-" * 20)
    deep.mkdir()
    redis = PrivateRedis(deep)
    assert len(redis.url) < 107
    await redis.start()
    await redis.stop()
    assert not Path(redis.url.removeprefix("unix://")).parent.exists()


def test_without_any_redis_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_candidates", lambda: iter(()))
    with pytest.raises(StartError, match="RONDO_REDIS_URL"):
        binary()


def test_an_old_redis_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_candidates", lambda: iter(("old", "new")))
    monkeypatch.setattr(module, "_major", {"old": 6, "new": 7}.__getitem__)
    assert binary() == "new"


def test_the_binary_of_the_wheel_is_found_when_nothing_is_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "valkey-server" in binary()


async def test_a_redis_that_cannot_start_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "redis").mkdir()
    redis = PrivateRedis(tmp_path)
    redis.child.command = [*redis.child.command, "--no-such-option", "yes"]
    with pytest.raises(StartError, match=r"redis\.log"):
        await redis.start()
