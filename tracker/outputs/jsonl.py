"""JSON Lines: the objects that commands print with `--json`, one on each line."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tracker.language.spoken import clean
from tracker.outputs.format import About


def line(item: object) -> bytes:
    """Return an answer as one line of JSON."""
    try:
        return msgspec.json.encode(item) + b"\n"
    except UnicodeEncodeError:
        return msgspec.json.encode(whole(msgspec.to_builtins(item))) + b"\n"


def whole(value: Any) -> Any:  # noqa: ANN401  (any JSON value, and the same kind of value back)
    """Return a JSON value without halves of characters, which no UTF-8 can hold."""
    match value:
        case str():
            return value if _whole(value) else clean(value)
        case dict():
            return {whole(key): whole(each) for key, each in value.items()}
        case list() | tuple():
            return [whole(each) for each in value]
        case _:
            return value


def _whole(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text)


def write(answers: Iterable[Any], _about: About) -> Iterator[bytes]:
    """Yield a line for each answer."""
    return map(line, answers)
