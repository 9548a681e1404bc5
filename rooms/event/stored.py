"""The event as bytes and back, for the store. Lists are not kept: they follow from the people."""

from types import GenericAlias
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from immutables import Map

from rooms.event.register import listed
from rooms.event.state import Event
from rooms.language.message import Value

_HINTS = get_type_hints(Event)
_MAPS = {name: get_args(hint) for name, hint in _HINTS.items() if get_origin(hint) is Map}
"""Fields of the event that are maps, with the types of their keys and values."""


def encode_event(event: Event) -> bytes:
    """The whole event for the store."""
    return _encoder.encode(_Kept(**{name: _plain(name, getattr(event, name)) for name in _KEPT}))


def decode_event(data: bytes) -> Event:
    """The event from the store."""
    kept = _decoder.decode(data)
    values: dict[str, Any] = {name: getattr(kept, name) for name in _KEPT}
    return listed(Event(**(values | {name: Map(values[name]) for name in _MAPS})))


def _plain(name: str, value: Any) -> Any:
    return dict(value.items()) if name in _MAPS else value


def _field(field: msgspec.structs.FieldInfo) -> tuple[str, Any, Any]:
    """The field as it is kept: what is a map is a dict, the rest is as it was, also where it is missing."""
    if field.name in _MAPS:
        return field.name, GenericAlias(dict, _MAPS[field.name]), msgspec.field(default_factory=dict)
    if field.default_factory is not msgspec.NODEFAULT:
        return field.name, _HINTS[field.name], msgspec.field(default_factory=field.default_factory)
    return field.name, _HINTS[field.name], field.default


_KEPT = {field.name: _field(field) for field in msgspec.structs.fields(Event) if field.name != "lists"}
_Kept = msgspec.defstruct("_Kept", _KEPT.values(), bases=(Value,), frozen=True)
"""The event as the store has it: msgspec reads and writes dicts of our types, but knows nothing of maps."""
_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(_Kept)
