"""The seats that simulated attendees hold, kept in a file so that they find them again after a restart."""

from pathlib import Path

import msgspec

from rooms.language.ids import EventId

Tokens = dict[str, str]


class Seats:
    """Token of the seat by the key of the part, for the one event that runs now."""

    def __init__(self, file: Path, event: EventId) -> None:
        self._file = file
        self._event = event
        self._tokens = self._read().get(event, {})

    def token(self, key: str) -> str | None:
        """The seat this one took earlier."""
        return self._tokens.get(key)

    def keep(self, key: str, token: str) -> None:
        """Note a seat; those of earlier events are forgotten with it."""
        self._tokens[key] = token
        draft = self._file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_bytes(msgspec.json.encode({self._event: self._tokens}))
        draft.replace(self._file)

    def _read(self) -> dict[str, Tokens]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, Tokens])
        except (OSError, msgspec.DecodeError):
            return {}
