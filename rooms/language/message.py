"""The base of everything on the wire: strict, frozen, camelCase outside and snake_case inside."""

import msgspec


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel", omit_defaults=False):
    """A value that crosses a border. Unknown fields are an error; the tag is `type` on the wire."""


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A part of a message or of the state: no type of its own on the wire."""
