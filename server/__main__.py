"""The command line: `python -m server serve | settings | protocol | demo | worker`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from rooms.language.ids import WorkerId
from server.settings import SETTINGS, Settings, SettingsError, load, table

WRONG = 2
"""Exit code when something on this machine or in the settings is in the way."""


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command a flag for every setting."""
    for row in reversed(SETTINGS):
        declared = f"{row.flag}/--no-{row.name.replace('_', '-')}" if row.kind == "yes/no" else row.flag
        text = f"{row.sentence} [{row.variable}; {row.default or 'empty'}]"
        command = click.option(declared, row.name, default=None, type=None if row.kind == "yes/no" else str, help=text)(
            command
        )
    return command


def read(flags: dict[str, Any]) -> Settings:
    """The settings from the environment and these flags; ends the program when one is wrong."""
    given = {name: ("yes" if value else "no") if isinstance(value, bool) else value for name, value in flags.items()}
    try:
        return load(os.environ, {name: value for name, value in given.items() if value is not None})
    except SettingsError as error:
        give_up(str(error))


def give_up(sentence: str) -> NoReturn:
    """Say in one line what is in the way, and end."""
    click.echo(f"Rondo cannot start: {sentence}", err=True)
    sys.exit(WRONG)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
def main() -> None:
    """Rondo: virtual networking events."""


@main.command()
@with_settings
def serve(**flags: Any) -> None:
    """Start everything on this machine and print where to go."""
    from server.launching import parent
    from server.launching.children import StartError

    settings = read(flags)
    try:
        parent.run(settings)
    except StartError as error:
        give_up(str(error))


@main.command(hidden=True)
@click.option("--name", required=True)
@click.option("--report-to", type=int, required=True)
@click.option("--redis", required=True)
def worker(name: str, report_to: int, redis: str) -> None:
    """One worker process; `serve` starts it."""
    from server.launching import workers

    workers.run(read({}), redis, WorkerId(name), report_to)


@main.command(hidden=True)
def demo() -> None:
    """The simulated attendees of the demo event; `serve` starts it."""
    from server.demo import main as simulate

    simulate.run(read({}))


@main.command()
def settings() -> None:
    """Print all settings as the table in README."""
    click.echo(table(), nl=False)


@main.command()
def protocol() -> None:
    """Write static/js/protocol.js and docs/protocol.md from the message classes."""
    from rooms.language import javascript, reference

    root = Path(__file__).parent.parent
    for path, text in (
        (root / "static/js/protocol.js", javascript.render()),
        (root / "docs/protocol.md", reference.render()),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"wrote {path.relative_to(root)}")


if __name__ == "__main__":
    main()
