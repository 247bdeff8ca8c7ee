"""Events to bytes and back: validated at the write door, upcast on reading."""

from functools import cache

import msgspec

from tracker import contracts
from tracker.errors import UnknownEventError
from tracker.events.envelope import NewEvent, Occurrence
from tracker.events.keys import keys_of
from tracker.events.types import EVENT_TYPES, Event
from tracker.events.upcasters import UPCASTERS, upcast
from tracker.serial import canonical

_NAMES = {struct: name for name, struct in EVENT_TYPES.items()}


def encode(event: Event, *, id: str, keys: tuple[str, ...] = ()) -> NewEvent:  # noqa: A002  (the log's own word)
    """Return the event ready to be appended; `keys` are what it can be found by besides `keys_of`.

    Raises ContractError when the payload breaks `schemas/events/<type>.v<version>.json`.
    """
    type_, version = _NAMES[type(event)]
    payload = msgspec.json.decode(msgspec.json.encode(event))
    contracts.validate(f"events/{type_}.v{version}.json", payload)
    return NewEvent(id, type_, version, canonical(payload), tuple(dict.fromkeys((*keys_of(event), *keys))))


def decode(recorded: Occurrence) -> Event:
    """Return the event in its newest shape. Raises UnknownEventError for a type or version from a later release."""
    name = (recorded.type, recorded.schema_version)
    if name in EVENT_TYPES and name not in UPCASTERS:
        return _decoder(name).decode(recorded.payload)
    version, payload = upcast(*name, msgspec.json.decode(recorded.payload), UPCASTERS)
    struct = EVENT_TYPES.get((recorded.type, version))
    if struct is None:
        raise UnknownEventError(*name)
    return msgspec.convert(payload, struct)


def decode_known(recorded: Occurrence) -> Event | None:
    """Return the event, or None for a type or version from a later release: what a reader that tolerates them asks for."""
    try:
        return decode(recorded)
    except UnknownEventError:
        return None


@cache
def _decoder(name: tuple[str, int]) -> msgspec.json.Decoder[Event]:
    return msgspec.json.Decoder(EVENT_TYPES[name])
