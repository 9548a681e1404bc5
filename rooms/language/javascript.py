"""Prints the language for browsers: the text of `static/js/protocol.js`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

import msgspec
from msgspec import inspect

from rooms.language import limits, notices
from rooms.language.closing import MEANING
from rooms.language.commands import AttendeeCommand, OrganiserCommand
from rooms.language.notices import Notice
from rooms.language.refusals import SENTENCES, Refusal
from rooms.language.signals import Goodbye, Hello, Signal, Signalled
from rooms.language.words import first_sentence, members, structs_of

HEAD = """// @ts-check
/**
 * The words on the wire. Printed by `python -m server protocol` from `rooms/language`; change it there.
 */
"""
LINE_CHARS = 110
CLOSING_TYPE = 'Record<number, { name: string, after: "return"|"return_at_once"|"stay_away", sentence: string }>'
REFUSALS_TYPE = "Record<string, string>"


def render() -> str:
    """The whole file: type definitions, builders, limits, refusals and close codes."""
    parts = [HEAD, *_typedefs(), _union("Notice", members(Notice)), *_builders(), *_tables()]
    return "\n".join(parts)


def _typedefs() -> Iterator[str]:
    roots: list[type[msgspec.Struct]] = [notices.Snapshot, *members(Notice), *_upward(), Signalled]
    for struct in structs_of(roots):
        yield _typedef(struct)


def _upward() -> list[type[msgspec.Struct]]:
    return [*members(AttendeeCommand), *members(OrganiserCommand), Signal, Hello, Goodbye]


def _typedef(struct: type[msgspec.Struct]) -> str:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    lines = [" * @typedef {object} " + struct.__name__]
    if info.tag is not None:
        lines.append(f" * @property {{{json.dumps(info.tag)}}} {info.tag_field}")
    lines += [f" * @property {{{js_type(field.type)}}} {field.encode_name}" for field in info.fields]
    intro = [f" * {line}" for line in wrap(first_sentence(struct), LINE_CHARS - 3)]
    return "\n".join(["/**", *intro, *lines, " */"]) + "\n"


def _union(name: str, types: Iterable[type[msgspec.Struct]]) -> str:
    alternatives = " | ".join([*(one.__name__ for one in types), "Signalled"])
    return f"/** @typedef {{{alternatives}}} {name} */\n"


def js_type(kind: inspect.Type) -> str:
    """A type as JSDoc writes it."""
    match kind:
        case inspect.LiteralType(values=values):
            return "|".join(json.dumps(value) for value in values)
        case inspect.EnumType(cls=cls):
            return "|".join(json.dumps(one.value) for one in cls)
        case inspect.UnionType(types=types):
            return "|".join(js_type(one) for one in types)
        case inspect.VarTupleType(item_type=item):
            return f"Array<{js_type(item)}>"
        case inspect.TupleType(item_types=items):
            return f"[{', '.join(js_type(item) for item in items)}]"
        case inspect.StructType(cls=struct):
            return struct.__name__
        case _:
            return _plain_type(kind)


def _plain_type(kind: inspect.Type) -> str:
    plain: dict[type[inspect.Type], str] = {
        inspect.StrType: "string",
        inspect.BoolType: "boolean",
        inspect.IntType: "number",
        inspect.NoneType: "null",
    }
    return plain[type(kind)]


def _builders() -> Iterator[str]:
    commands = [*members(AttendeeCommand), *members(OrganiserCommand)]
    yield _group("command", "Wishes; the server answers each with `settled` or `refused`.", commands)
    yield _group("message", "What is said without waiting for an answer.", [Signal, Hello, Goodbye])


def _group(name: str, meaning: str, types: Iterable[type[msgspec.Struct]]) -> str:
    body = "\n".join(_builder(one) for one in types)
    return f"/** {meaning} */\nexport const {name} = {{\n{body}\n}};\n"


def _builder(struct: type[msgspec.Struct]) -> str:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    name = struct.__name__[0].lower() + struct.__name__[1:]
    head = f"  /** @returns {{{struct.__name__}}} {first_sentence(struct)} */\n  {name}"
    if not info.fields:
        return f'{head}: () => ({{ type: "{info.tag}" }}),'
    value = f'{{ type: "{info.tag}", {_names(info)} }}'
    return f"{_described(struct, info)}\n  {name}: ({_arguments(info)}) => ({value}),"


def _described(struct: type[msgspec.Struct], info: inspect.StructType) -> str:
    fields = ", ".join(f"{one.encode_name}{'' if one.required else '?'}: {js_type(one.type)}" for one in info.fields)
    default = "" if any(one.required for one in info.fields) else " [fields]"
    lines = [
        "  /**",
        f"   * {first_sentence(struct)}",
        f"   * @param {{{{ {fields} }}}}{default or ' fields'}",
        f"   * @returns {{{struct.__name__}}}",
        "   */",
    ]
    return "\n".join(lines)


def _arguments(info: inspect.StructType) -> str:
    inside = ", ".join(_argument(one) for one in info.fields)
    optional = "" if any(one.required for one in info.fields) else " = {}"
    return f"{{ {inside} }}{optional}"


def _argument(field: inspect.Field) -> str:
    return field.encode_name if field.required else f"{field.encode_name} = {json.dumps(field.default)}"


def _names(info: inspect.StructType) -> str:
    return ", ".join(one.encode_name for one in info.fields)


def _tables() -> Iterator[str]:
    sizes = {name: value for name, value in vars(limits).items() if name.isupper()}
    yield _table("limits", "Sizes, rates and times that all sides obey; the unit is in the name.", "", sizes)
    closing = {int(code): _closing_row(code.name, *meaning) for code, meaning in MEANING.items()}
    yield _table("closeCodes", "Why a line was closed, and what to do then.", CLOSING_TYPE, closing)
    refused = {reason.value: SENTENCES[reason] for reason in Refusal}
    yield _table("refusals", "Reasons to say no, with the sentence a person reads.", REFUSALS_TYPE, refused)


def _closing_row(name: str, after: str, sentence: str) -> dict[str, str]:
    return {"name": name, "after": after, "sentence": sentence}


def _table(name: str, meaning: str, kind: str, rows: Mapping[Any, object]) -> str:
    body = "\n".join(f"  {key}: {_row(value)}," for key, value in rows.items())
    typed = f"\n * @type {{{kind}}}" if kind else ""
    return f"/**\n * {meaning}{typed}\n */\nexport const {name} = {{\n{body}\n}};\n"


def _row(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key}: {json.dumps(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value)
