"""Fetched words on a terminal can only be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cli.text import clean, one_line

# Unicode Bidi_Control (UAX 9, table 1) and the characters without width beside them.
TRICKS = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b\x07\x9b\r"


@pytest.mark.parametrize("trick", TRICKS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_no_character_that_acts_on_a_terminal_or_hides_reaches_it(trick):
    assert clean(f"LUPEX{trick} flew") == "LUPEX\ufffd flew"


def test_letters_of_every_script_stay():
    text = "Чандраян — चन्द्रयान ３ · 月探査\nÉole"
    assert clean(text) == text


@given(st.text(), st.integers(1, 50))
def test_one_line_is_one_line_of_that_width(text, width):
    line = one_line(text, width)
    assert len(line) <= width
    assert len(line.splitlines()) <= 1


def test_options_are_in_small_letters_whatever_their_values_are_called():
    """Some releases of Typer take the word for a value for the option's own name, when both are the same."""
    import typer.main

    from tracker.cli.door import app

    def options(command):
        yield from (option for parameter in command.params for option in parameter.opts if option.startswith("--"))
        for below in getattr(command, "commands", {}).values():
            yield from options(below)

    found = list(options(typer.main.get_command(app)))
    assert len(found) > 100
    assert [option for option in found if option != option.lower()] == []
