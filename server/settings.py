"""The settings: one table of name, type, default, unit and sentence; read from `RONDO_*` and the command line."""

import secrets
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

PREFIX = "RONDO_"
REDIS_SCHEMES = (
    "redis",
    "rediss",
    "unix",
    *(f"{plain}+{kind}" for kind in ("sentinel", "cluster") for plain in ("redis", "rediss")),
)
"""One server, or `redis+sentinel://host1,host2,host3/service`, or `redis+cluster://host1,host2,host3`."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Addresses that only this machine can reach."""


class SettingsError(Exception):
    """A setting is wrong; the message is one line that says which and what to write instead."""


class Setting(msgspec.Struct, frozen=True):
    """One row of the table."""

    name: str
    kind: str
    """`text`, `number`, `yes/no`, `folder` or `list`."""
    default: str
    unit: str
    sentence: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return PREFIX + self.name.upper()

    @property
    def flag(self) -> str:
        """Its name on the command line."""
        return "--" + self.name.replace("_", "-")


SETTINGS: tuple[Setting, ...] = (
    Setting("host", "text", "127.0.0.1", "", "Address to listen on; 0.0.0.0 for all of this machine."),
    Setting("port", "number", "8000", "", "Port to listen on; 0 takes any free one.", 0, 65_535),
    Setting("workers", "number", "2", "processes", "Worker processes; one a core is right.", 1, 64),
    Setting("data", "folder", "./.rondo", "", "Folder for everything that lasts on this machine."),
    Setting("redis_url", "text", "", "", "Redis 7 or newer (docs/deploy.md); empty starts one in that folder."),
    Setting("database_url", "text", "", "", "PostgreSQL (docs/deploy.md); empty is SQLite in that folder."),
    Setting("public_url", "text", "", "", "Address people type: https://meet.example.org; empty is host and port."),
    Setting("trusted_proxies", "list", "127.0.0.1", "addresses", "Load balancers whose X-Forwarded-* we believe."),
    Setting("demo", "yes/no", "yes", "", "Whether the demo event with its simulated attendees runs."),
    Setting("demo_bots", "number", "7", "people", "Simulated attendees of the demo event.", 1, 40),
    Setting("demo_round_s", "number", "60", "s", "Length of a round of the demo event.", 10, 3600),
    Setting("demo_changeover_s", "number", "8", "s", "Pause between two rounds of the demo event.", 3, 120),
    Setting("ice_servers", "list", "", "URLs", "STUN servers browsers may ask, such as stun:stun.example.org:3478."),
    Setting("turn_urls", "list", "", "URLs", "TURN servers with a shared secret, such as turn:turn.example.org:3478."),
    Setting("turn_secret", "text", "", "", "The secret shared with the TURN servers."),
    Setting("turn_ttl_s", "number", "600", "s", "How long a TURN credential is good.", 60, 86_400),
    Setting("secret", "text", "", "", "Secret for signatures, 32 characters or more; empty makes one."),
    Setting("redis_timeout_ms", "number", "1000", "ms", "Longest wait for one answer of Redis.", 100, 10_000),
    Setting("lease_ms", "number", "3000", "ms", "How long a silent conductor keeps its event.", 500, 60_000),
    Setting("worker_dead_ms", "number", "3000", "ms", "Silence after which a worker counts as dead.", 500, 60_000),
    Setting("events_per_worker", "number", "200", "events", "Most events one worker conducts at a time.", 1, 10_000),
    Setting("write_timeout_ms", "number", "5000", "ms", "Longest wait for one write to a browser.", 100, 60_000),
    Setting("drain_ms", "number", "2000", "ms", "Time over which a worker that stops sends people on.", 0, 60_000),
    Setting("metrics_port", "number", "0", "", "Port for /metrics, for Prometheus; 0 opens none.", 0, 65_535),
    Setting("metrics_host", "text", "127.0.0.1", "", "Address for /metrics; any but this machine's own wants a token."),
    Setting(
        "metrics_token", "text", "", "", "Bearer token without which /metrics says nothing, 16 or more characters."
    ),
    Setting("log_level", "text", "info", "", "How much is logged.", choices=("debug", "info", "warning", "error")),
)
"""Every setting. README prints this table, `--help` too, and a test compares."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings as read; one field a row of the table, sentences are there."""

    host: str
    port: int
    workers: int
    data: Path
    redis_url: str
    database_url: str
    public_url: str
    trusted_proxies: tuple[str, ...]
    demo: bool
    demo_bots: int
    demo_round_s: int
    demo_changeover_s: int
    ice_servers: tuple[str, ...]
    turn_urls: tuple[str, ...]
    turn_secret: str
    turn_ttl_s: int
    secret: str
    redis_timeout_ms: int
    lease_ms: int
    worker_dead_ms: int
    events_per_worker: int
    write_timeout_ms: int
    drain_ms: int
    metrics_port: int
    metrics_host: str
    metrics_token: str
    log_level: str

    @property
    def url(self) -> str:
        """Where people find us, without a slash at the end."""
        return self.public_url or f"http://{_as_host(self.host)}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies may insist on it."""
        return self.url.startswith("https://")


def load(environ: Mapping[str, str], flags: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; a flag wins over the environment, which wins over the default.

    Raises:
        SettingsError: with one line for the first that is wrong.
    """
    given = flags or {}
    known = {setting.variable for setting in SETTINGS}
    for variable in sorted(environ):
        if variable.startswith(PREFIX) and variable not in known:
            raise SettingsError(f"{variable} is no setting. `python -m server settings` lists them all.")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = given.get(setting.name, environ.get(setting.variable, setting.default))
        values[setting.name] = PARSERS[setting.kind](setting, text.strip())
    settings = Settings(**values)
    _check_together(settings)
    return settings


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings as variables, for our own child processes."""
    return {setting.variable: _as_text(getattr(settings, setting.name)) for setting in SETTINGS}


def with_secret(settings: Settings) -> Settings:
    """The settings with a secret in any case: the one kept in the data folder, made the first time."""
    if settings.secret:
        return settings
    path = settings.data / "secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")
    return msgspec.structs.replace(settings, secret=path.read_text(encoding="ascii").strip())


def table() -> str:
    """The settings as a Markdown table, as README shows it."""
    lines = ["| Variable | Flag | Default | Unit | What it does |", "|---|---|---|---|---|"]
    lines += [
        f"| `{row.variable}` | `{row.flag}` | {_as_code(row.default)} | {row.unit} | {row.sentence} |"
        for row in SETTINGS
    ]
    return "\n".join(lines) + "\n"


def _text(setting: Setting, text: str) -> str:
    if setting.choices and text not in setting.choices:
        raise _wrong(setting, text, f"one of {', '.join(setting.choices)}")
    return text


def _number(setting: Setting, text: str) -> int:
    expected = f"a whole number from {setting.low} to {setting.high}"
    if not (text.isascii() and text.isdigit() and len(text) < 10 and setting.low <= int(text) <= setting.high):
        raise _wrong(setting, text, expected)
    return int(text)


def _yes_or_no(setting: Setting, text: str) -> bool:
    answer = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}
    if text.lower() not in answer:
        raise _wrong(setting, text, "yes or no")
    return answer[text.lower()]


def _folder(setting: Setting, text: str) -> Path:
    if not text or "\0" in text:
        raise _wrong(setting, text, "the path of a folder")
    return Path(text).expanduser().resolve()


def _list(setting: Setting, text: str) -> tuple[str, ...]:
    if not text.startswith("["):
        return tuple(item.strip() for item in text.split(",") if item.strip())
    try:
        return msgspec.json.decode(text, type=tuple[str, ...])
    except msgspec.DecodeError:
        raise _wrong(setting, text, "texts with commas between them, or a JSON list of texts") from None


PARSERS: dict[str, Callable[[Setting, str], Any]] = {
    "text": _text,
    "number": _number,
    "yes/no": _yes_or_no,
    "folder": _folder,
    "list": _list,
}


def _check_together(settings: Settings) -> None:
    """What one row alone cannot say."""
    if settings.public_url:
        _check_public_url(settings.public_url)
    if settings.redis_url and urlsplit(settings.redis_url).scheme not in REDIS_SCHEMES:
        raise SettingsError(f"RONDO_REDIS_URL must begin with one of {', '.join(map('{}://'.format, REDIS_SCHEMES))}.")
    if settings.turn_urls and not settings.turn_secret:
        raise SettingsError("RONDO_TURN_URLS needs RONDO_TURN_SECRET, the secret shared with the TURN servers.")
    _check_metrics(settings)
    for proxy in settings.trusted_proxies:
        _check_proxy(proxy)
    if settings.secret and len(settings.secret) < 32:
        raise SettingsError("RONDO_SECRET is too short; write 32 characters or more, or leave it empty.")
    for setting, schemes in (("ice_servers", ("stun:", "stuns:")), ("turn_urls", ("turn:", "turns:"))):
        for url in getattr(settings, setting):
            if not url.startswith(schemes):
                start = " or ".join(schemes)
                raise SettingsError(f"{PREFIX}{setting.upper()} has {url!r}; each must begin with {start}.")


def _check_metrics(settings: Settings) -> None:
    if settings.metrics_token and not (len(settings.metrics_token) >= 16 and settings.metrics_token.isascii()):
        raise SettingsError("RONDO_METRICS_TOKEN must be 16 characters or more, plain letters and digits.")
    if settings.metrics_host not in LOOPBACK and not settings.metrics_token:
        raise SettingsError(
            f"RONDO_METRICS_HOST is {settings.metrics_host!r}, which others can reach; set RONDO_METRICS_TOKEN, too."
        )


def _check_proxy(text: str) -> None:
    try:
        ip_network(text)
    except ValueError:
        raise SettingsError(
            f"RONDO_TRUSTED_PROXIES has {text!r}; write addresses or networks, such as 10.0.0.5 or 10.0.0.0/24."
        ) from None


def _check_public_url(url: str) -> None:
    parts = urlsplit(url)
    plain = parts.scheme in {"http", "https"} and parts.netloc and not (parts.path or parts.query or parts.fragment)
    if not plain or parts.netloc != parts.netloc.lower() or "@" in parts.netloc:
        raise SettingsError(
            f"RONDO_PUBLIC_URL is {url!r}; write it as https://meet.example.org, small letters, nothing after the host."
        )


def _wrong(setting: Setting, text: str, expected: str) -> SettingsError:
    return SettingsError(f"{setting.variable} is {text!r}; it must be {expected}.")


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return msgspec.json.encode(value).decode()
    return str(value)


def _as_code(text: str) -> str:
    return f"`{text}`" if text else ""


def _as_host(host: str) -> str:
    if not host.strip("0.:"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
