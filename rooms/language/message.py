"""The base of everything on the wire: strict, frozen, camelCase outside and snake_case inside.

Frozen values are built from what is there already, so they never form a circle and the collector need not look at them.
"""

import msgspec


class Message(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, rename="camel", omit_defaults=False):
    """A value that crosses a border. Unknown fields are an error; the tag is `type` on the wire."""


class Value(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, rename="camel"):
    """A part of a message or of the state: no type of its own on the wire."""
