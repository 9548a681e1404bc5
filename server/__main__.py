"""The command line: `python -m server serve | check | backup | restore | match | settings | protocol`, and more."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from rooms.language.ids import AttendeeId, WorkerId
from rooms.language.limits import ATTENDEES_PER_EVENT
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


def given(flags: dict[str, Any]) -> dict[str, str]:
    """The flags that somebody wrote, as texts."""
    texts = {name: ("yes" if value else "no") if isinstance(value, bool) else value for name, value in flags.items()}
    return {name: value for name, value in texts.items() if value is not None}


def read(flags: dict[str, Any]) -> Settings:
    """The settings from the environment and these flags; ends the program when one is wrong."""
    try:
        return load(os.environ, given(flags))
    except SettingsError as error:
        give_up(str(error))


def give_up(sentence: str, doing: str = "start") -> NoReturn:
    """Say in one line what is in the way, and end."""
    click.echo(f"Rondo cannot {doing}: {sentence}", err=True)
    sys.exit(WRONG)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
def main() -> None:
    """Rondo: virtual networking events."""


@main.command()
@with_settings
def serve(**flags: Any) -> None:
    """Start everything on this machine and print where to go.

    `./go run match FILE` answers matching requests from a file instead: see `./go run match --help`.
    """
    from server.launching import parent
    from server.launching.children import StartError

    settings = read(flags)
    try:
        parent.run(settings)
    except StartError as error:
        give_up(str(error))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="A list for programs instead of a table.")
@click.option(
    "--attendees",
    type=click.IntRange(1, 1_000_000),
    default=ATTENDEES_PER_EVENT,
    show_default=True,
    help="How many people this server is to hold at once.",
)
@with_settings
def check(as_json: bool, attendees: int, **flags: Any) -> None:
    """Look whether all is well, and say what to do where it is not.

    The settings, this machine, Redis and the database; also while the server runs. The exit code is 1 when something
    is wrong; what only needs attention does not change it.
    """
    from server.upkeep import checking, findings

    found = checking.check(os.environ, given(flags), attendees)
    click.echo(findings.as_json(found) if as_json else findings.as_table(found), nl=False)
    sys.exit(findings.exit_code(found))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@with_settings
def backup(folder: Path, **flags: Any) -> None:
    """Keep what a server holds in a new FOLDER, whether it runs or not.

    The SQLite database, the events in Redis and the secret. A PostgreSQL is kept by pg_dump, before this.
    """
    from server.launching.children import StartError
    from server.upkeep.backup import back_up
    from server.upkeep.contents import BackupError

    try:
        kept = asyncio.run(back_up(read(flags), folder.absolute()))
    except (BackupError, StartError) as error:
        give_up(str(error), "back up")
    click.echo(f"{folder} holds {kept.events} events{' and the database' if kept.database else ''}.")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also over data that is there; it is moved aside.")
@with_settings
def restore(folder: Path, replace: bool, **flags: Any) -> None:
    """Put back what `backup` has kept in FOLDER. No server may run on it."""
    from server.launching.children import StartError
    from server.upkeep import restore as restoring
    from server.upkeep.contents import BackupError

    try:
        kept = asyncio.run(restoring.restore(read(flags), folder.absolute(), replace=replace))
    except (BackupError, StartError) as error:
        give_up(str(error), "restore")
    click.echo(f"{kept.events} events of {kept.made_at} are back. Start the server: all is where it was.")


@main.command(name="match", short_help="Answer matching requests from a file.")
@click.argument("file")
@click.argument("people", nargs=-1, metavar="[A B]")
@click.option("--explain", is_flag=True, help="Say why in sentences: for every room, or for the two people A and B.")
@click.option("--table", is_flag=True, help="Tables for people instead of JSON.")
@click.option("--rounds", type=click.IntRange(1, 900), metavar="R", help="Play R rounds, each knowing of those before.")
def match_file(file: str, people: tuple[str, ...], **wanted: Any) -> None:
    """Answer a matching request as JSON: rooms, who sits out, what was given up, and why.

    FILE holds one request in the format of docs/matching.md. With "-" each line of standard input is one and is
    answered at once with one line. A request that cannot be answered is refused by path on standard error, exit code 2.
    Nothing is started and no Redis is asked.
    """
    from server.match_file import command

    if len(people) not in ((0, 2) if wanted["explain"] else (0,)):
        raise click.UsageError("after FILE come the ids of two people with --explain, or nothing")
    pair = (AttendeeId(people[0]), AttendeeId(people[1])) if people else None
    asked = command.Wanted(pair=pair, **wanted)
    sys.exit(command.run(file, asked, sys.stdin.buffer, sys.stdout.buffer))


@main.command(hidden=True)
@click.option("--name", required=True)
@click.option("--report-to", type=int, required=True)
@click.option("--numbers", type=int, required=True)
@click.option("--redis", required=True)
def worker(name: str, report_to: int, numbers: int, redis: str) -> None:
    """One worker process; `serve` starts it."""
    from server.launching import workers

    workers.run(read({}), redis, WorkerId(name), workers.Lines(report_to, numbers))


@main.command(hidden=True)
@click.option("--name", "worker", required=True)
@click.option("--parent", type=int, required=True)
@click.option("--line", type=int, required=True)
@click.option("--solver", required=True)
@click.option("--greedy", required=True)
@click.option("--stay-from", type=int, required=True)
def matcher(**terms: Any) -> None:
    """The matcher process of one worker, which starts it."""
    from server.matching import process

    process.run(read({}), process.Terms(**terms))


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
