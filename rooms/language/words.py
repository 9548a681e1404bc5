"""Reads the message classes themselves: which there are, what they say of themselves, what each field means."""

import ast
import inspect as source
import sys
import textwrap
from collections.abc import Iterable
from typing import Any, get_args

import msgspec
from msgspec import inspect

Struct = type[msgspec.Struct]


def members(union: Any) -> list[Struct]:
    """The classes of a union, in the order written."""
    return list(get_args(union))


def first_sentence(struct: Struct) -> str:
    """What the class says of itself, on one line."""
    return " ".join((struct.__doc__ or "").split())


def structs_of(roots: Iterable[Struct]) -> list[Struct]:
    """The roots with all structs they are made of, parts before wholes, each once."""
    found: dict[Struct, None] = {}
    for root in roots:
        _visit(inspect.type_info(root), found)
    return list(found)


def _visit(kind: inspect.Type, found: dict[Struct, None]) -> None:
    match kind:
        case inspect.StructType(cls=struct, fields=fields) if struct not in found:
            for field in fields:
                _visit(field.type, found)
            found[struct] = None
        case inspect.UnionType(types=types):
            for one in types:
                _visit(one, found)
        case inspect.VarTupleType(item_type=item):
            _visit(item, found)


def field_meanings(struct: Struct) -> dict[str, str]:
    """The string under each field that has one, by the field's name in Python."""
    tree = ast.parse(textwrap.dedent(source.getsource(struct)))
    body = tree.body[0]
    assert isinstance(body, ast.ClassDef)
    meanings: dict[str, str] = {}
    for before, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name) and _is_text(after):
            meanings[before.target.id] = " ".join(ast.unparse(after).strip("'\"").split())
    return meanings


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def module_sentence(struct: Struct) -> str:
    """What the module of a class says of itself."""
    return (sys.modules[struct.__module__].__doc__ or "").strip().splitlines()[0]
