"""Steps from one shape of a payload to the next: pure, applied on reading, never written back.

A row `(type, version): step` turns version into version + 1. There are none before the first release.
"""

from collections.abc import Callable, Mapping
from typing import Any

Payload = dict[str, Any]
Step = Callable[[Payload], Payload]

UPCASTERS: Mapping[tuple[str, int], Step] = {}


def upcast(type_: str, version: int, payload: Payload, steps: Mapping[tuple[str, int], Step]) -> tuple[int, Payload]:
    """Return the newest version that the steps lead to, and the payload in that shape."""
    while (step := steps.get((type_, version))) is not None:
        payload, version = step(payload), version + 1
    return version, payload
