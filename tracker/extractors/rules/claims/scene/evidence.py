"""Evidence: the shortest stretch of a sentence that carries a fact, whole words, at most a dozen of them."""

from collections.abc import Iterable

from tracker.extractors.rules.claims.scene.scene import Line

LIMIT = 12


def stretch(line: Line, core: Iterable[tuple[int, int]], wish: Iterable[tuple[int, int]] = ()) -> tuple[int, int]:
    """Return the offsets that cover the `core` token spans, and those of `wish` as long as the limit allows.

    A core that is too wide is cut down to its last span: the words beside the value say more than those far from it.
    """
    spans = list(core)
    first, last = spans[0]
    for a, b in spans[1:]:
        first, last = min(first, a), max(last, b)
    if _size(line, first, last) > LIMIT:
        first, last = spans[-1]
        last = min(last, first + LIMIT)
    for a, b in wish:
        low, high = min(first, a), max(last, b)
        if _size(line, low, high) <= LIMIT:
            first, last = low, high
    last = max(last, first + 1)
    last = min(last, len(line.words))
    return line.starts[first], line.ends[last - 1]


def _size(line: Line, first: int, last: int) -> int:
    if last - first <= LIMIT:
        return last - first  # marks are no words, and here they make no difference
    return sum([word[0].isalnum() or word[-1].isalnum() for word in line.words[first:last]])
