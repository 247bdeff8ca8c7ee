"""Steps from one shape of a payload to the next: pure, applied on reading, never written back.

A row `(type, version): step` turns version into version + 1.
"""

from collections.abc import Callable, Mapping
from typing import Any

Payload = dict[str, Any]
Step = Callable[[Payload], Payload]


def _judged_with_shares(payload: Payload) -> Payload:
    """The first version was written only of new documents whose text was known letter for letter."""
    whole = 1_000_000
    return {**payload, "version": 1, "resemblance_ppm": whole, "contained_ppm": whole}


UPCASTERS: Mapping[tuple[str, int], Step] = {("document.duplicate_judged", 1): _judged_with_shares}


def upcast(type_: str, version: int, payload: Payload, steps: Mapping[tuple[str, int], Step]) -> tuple[int, Payload]:
    """Return the newest version that the steps lead to, and the payload in that shape."""
    while (step := steps.get((type_, version))) is not None:
        payload, version = step(payload), version + 1
    return version, payload
