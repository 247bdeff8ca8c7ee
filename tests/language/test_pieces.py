"""Pieces of a text: the same as the standard library finds, with the same places, for the patterns that cut texts into words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.pieces import Cutter

PATTERNS = [
    r"[^\W_]+",
    r"[^\W_](?:[\w'&.-]*\w)?|[^\w\s\x1c-\x1f]",
    r"(?:(?<![^\W_])[A-Z]\.){2,}|[^\W\d_]+|\d+|&",
    r"'s\b|[^\W_]+(?:(?:'(?!s\b)|[-./&](?=\w))[^\W_]+)*|[^\s\x1c-\x1f]",
]
NEWS = st.text(st.sampled_from("aZé9 .,'-s&/_\n\x1c\x1f\u00a0\u2013"), max_size=40) | st.text(max_size=40)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=NEWS, start=st.integers(0, 40), length=st.integers(0, 40))
def test_a_stretch_is_cut_as_if_it_were_searched(pattern, text, start, length):
    stretch = text[start : start + length]
    found = [(m[0], start + m.start(), start + m.end()) for m in re.finditer(pattern, stretch)]
    pieces = Cutter(pattern).cut(text, start, start + length)
    assert list(zip(*pieces, strict=True)) == found


@given(text=NEWS)
def test_a_whole_text_may_be_cut_without_bounds(text):
    pieces = Cutter(r"\w+").cut(text)
    assert (
        [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)] == pieces.texts == re.findall(r"\w+", text)
    )


@given(words=st.lists(st.text("aZé9", min_size=1, max_size=9), max_size=9), times=st.sampled_from([1, 9000]))
def test_a_long_text_is_walked_through_in_blocks_as_if_in_one(words, times):
    text = " ".join(words * times if words else [])
    pieces = Cutter(r"[^\W_]+").cut(text)
    assert list(Cutter(r"[^\W_]+").walk(text)) == list(zip(pieces.texts, pieces.starts, strict=True))
