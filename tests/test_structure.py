"""The structure holds: who may import what, who may start tasks, how long things may grow, where colours live."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = sorted(path for top in ("rooms", "server", "loadtests") for path in (ROOT / top).rglob("*.py"))
VENDORED = ROOT / "static" / "vendor"
GENERATED = {ROOT / "static" / "js" / "protocol.js"}

PYTHON_LINES = 350
FUNCTION_LINES = 40
PARAMETERS = 7
SHEET_LINES = 200
SCRIPT_LINES = 200
TEMPLATE_LINES = 100
README_LINES = 30


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> set[str]:
    """Top-level package names and dotted names that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def importers_of(package: str) -> set[str]:
    return {
        name(path)
        for path in PYTHON
        if any(module == package or module.startswith(package + ".") for module in imports(path))
    }


@pytest.mark.parametrize(
    ("package", "homes"),
    [
        ("redis", ("server/store/",)),
        ("sqlalchemy", ("server/records/",)),
        ("alembic", ("server/records/",)),
        ("aiortc", ("rooms/media/", "loadtests/")),
        ("starlette", ("server/",)),
        ("uvicorn", ("server/",)),
    ],
)
def test_a_library_is_imported_only_where_it_belongs(package: str, homes: tuple[str, ...]) -> None:
    strangers = {path for path in importers_of(package) if not path.startswith(homes)}
    assert not strangers, f"{package} is imported outside {homes}"


def test_rules_have_no_clock_no_chance_and_no_input() -> None:
    forbidden = {"asyncio", "time", "random", "os", "logging", "socket", "threading", "datetime"}
    guilty = {
        name(path): found
        for path in (ROOT / "rooms").rglob("*.py")
        if "media" not in path.parts and (found := imports(path) & forbidden)
    }
    assert not guilty


def test_tasks_are_started_only_in_lifetimes_and_on_task_groups() -> None:
    loose = re.compile(r"(asyncio|loop)\.(create_task|ensure_future)\(")
    guilty = [name(path) for path in PYTHON if path.name != "lifetimes.py" and loose.search(path.read_text())]
    assert not guilty


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first, body = function.lineno, function.body
    if ast.get_docstring(function) is not None:
        if len(body) == 1:
            return 1
        first = body[1].lineno - 1
    return (function.end_lineno or first) - first + 1


def test_functions_stay_short_and_take_few_parameters() -> None:
    long = [
        f"{name(path)}:{function.lineno} {function.name} has {length(function)} lines"
        for path in PYTHON
        if "migrations" not in path.parts
        for function in functions(path)
        if length(function) > FUNCTION_LINES
    ]
    wide = [
        f"{name(path)}:{function.lineno} {function.name} takes {count} parameters"
        for path in PYTHON
        for function in functions(path)
        if (count := len(function.args.args) + len(function.args.kwonlyargs)) > PARAMETERS
    ]
    assert not long + wide


def files(pattern: str, *tops: str) -> list[Path]:
    return sorted(
        path
        for top in tops
        for path in (ROOT / top).rglob(pattern)
        if VENDORED not in path.parents and path not in GENERATED
    )


@pytest.mark.parametrize(
    ("pattern", "tops", "limit"),
    [
        ("*.py", ("rooms", "server", "loadtests"), PYTHON_LINES),
        ("*.js", ("static",), SCRIPT_LINES),
        ("*.css", ("static",), SHEET_LINES),
        ("*.html", ("templates",), TEMPLATE_LINES),
        ("README.md", ("rooms", "server", "static"), README_LINES),
    ],
)
def test_files_stay_short(pattern: str, tops: tuple[str, ...], limit: int) -> None:
    long = {
        name(path): count for path in files(pattern, *tops) if (count := len(path.read_text().splitlines())) > limit
    }
    assert not long


def test_every_module_says_what_it_is() -> None:
    silent = [name(path) for path in PYTHON if not ast.get_docstring(ast.parse(path.read_text()))]
    assert not silent


def test_colours_live_in_the_tokens_alone() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b(?!\s*\{)|\brgba?\(|\bhsla?\(|\boklch\(")
    guilty = [
        f"{name(sheet)}:{number}"
        for sheet in files("*.css", "static")
        if sheet.name != "tokens.css"
        for number, line in enumerate(sheet.read_text().splitlines(), 1)
        if literal.search(re.sub(r"url\([^)]*\)", "", line))
    ]
    assert not guilty


def test_pages_carry_no_inline_style_and_scripts_no_markup() -> None:
    inline = re.compile(
        r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*(src=|type=\"importmap\"|type=\"application/json\"))|\|\s*safe\b"
    )
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\sstyle=\"")
    guilty = [name(path) for path in files("*.html", "templates") if inline.search(path.read_text())]
    guilty += [name(path) for path in files("*.js", "static") if markup.search(path.read_text())]
    assert not guilty


def test_nothing_is_promised_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    places = [*PYTHON, *files("*.js", "static"), *files("*.html", "templates"), *files("*.css", "static")]
    assert not [name(path) for path in places if later.search(path.read_text())]


def test_no_file_names_a_machine_path() -> None:
    machine = re.compile(r"/(work|farm|root|home/[a-z]+)/")
    places = [*PYTHON, *(ROOT / "tests").rglob("*.py"), ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert not [name(path) for path in places if path != Path(__file__) and machine.search(path.read_text())]


def test_each_folder_says_what_lives_in_it() -> None:
    folders = [path for top in ("rooms", "server", "static/js") for path in (ROOT / top).iterdir() if path.is_dir()]
    silent = [
        name(folder)
        for folder in folders
        if folder.name != "__pycache__" and any(folder.glob("*.[pj][ys]*")) and not (folder / "README.md").exists()
    ]
    assert not silent


WITHOUT_CODE = {("journeys",), ("faults",), ("machines",)}
"""Tests of the whole."""


def test_tests_stand_where_their_code_stands() -> None:
    places = {test.parent.relative_to(ROOT / "tests") for test in (ROOT / "tests").rglob("test_*.py")}
    astray = [str(place) for place in places if place.parts[:1] not in WITHOUT_CODE and not (ROOT / place).is_dir()]
    assert not astray
