"""Title and publisher from a text's own words; every text here is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.capture.header import Header, header_of

PROSE = (
    "The hopper Gannet crossed four kilometres of polar ice on Tuesday, its builders said, and came back to its pad with half"
    " of its fuel left."
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# Gannet flies again\n\n{PROSE}", "Gannet flies again"),
        (f"\n\n\n# **Gannet** [flies](https://example.org/a) again #\n\n{PROSE}", "Gannet flies again"),
        (f"Gannet flies again\n==================\n\n{PROSE}", "Gannet flies again"),
        (f"Headline: Gannet flies again\nBy A. Writer\n\n{PROSE}", "Gannet flies again"),
        (f"Gannet hopper flies again\n\n{PROSE}", "Gannet hopper flies again"),
        (f"Will the hopper fly again?\n\n{PROSE}", "Will the hopper fly again?"),
        (f"Home News Gannet hopper flies again\n\nGannet hopper flies again\n\n{PROSE}", "Gannet hopper flies again"),
        (f"Gannet hopper flies again\nGannet hopper flies again\n{PROSE}", "Gannet hopper flies again"),
    ],
)
def test_a_heading_a_headline_or_a_repeated_line_is_the_title(text, title):
    assert header_of(text).title == title


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"{PROSE}\n\n{PROSE}",
        f"The hopper flew again on Tuesday.\n\n{PROSE}",
        f"PORT BELLE, 3 June 2026\n\n{PROSE}",
        f"07:58 GMT 31 October 2026\nListen live\n\n{PROSE}",
        f"By Ada Writer and Bo Scribe\n\n{PROSE}",
        f"Published by the harbour office\n\n{PROSE}",
        f"Home | News | Science | Weather\n\n{PROSE}",
        f"Science\n\n{PROSE}",
        f"The port has one question. Will it fly?\n\n{PROSE}",
        f"Gannet hopper flies again\n{PROSE}",
        "Gannet hopper flies again\n\nPhoto by the port",
        "#hopper #gannet\n\nsmall talk",
        "",
    ],
)
def test_what_only_looks_like_a_headline_is_none(text):
    assert header_of(text).title is None


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Port Belle (Sputnik): The hopper flew.", "Sputnik"),
        ("PORT BELLE, June 3 (Reuters) - The hopper flew.", "Reuters"),
        ("CAPE GULL, Fla. (AP) — The hopper flew.", "AP"),
        ("(Reuters) - The hopper flew.", "Reuters"),
        ("PORT BELLE/NEW QUAY, Jun 3 (PTI) The hopper flew.", "PTI"),
        ("Menu\nListen live\n\n    Port Belle (Sputnik): The hopper flew.", "Sputnik"),
        (f"Gannet flies again\nPTI\n\n{PROSE}", "PTI"),
        (f"{PROSE}\n\n--IANS", "IANS"),
        (f"{PROSE}\n\n(PTI)", "PTI"),
        (f"Source: Harbour Post\n\n{PROSE}", "Harbour Post"),
    ],
)
def test_an_agency_that_credits_itself_is_the_publisher(text, publisher):
    assert header_of(text).publisher == publisher


@pytest.mark.parametrize(
    "text",
    [
        "Sriharikota (Andhra Pradesh): The hopper flew.",
        "The port told Reuters that the hopper flew.",
        "The news agency of the port (PTI) said that the hopper flew.",
        "By A. Writer, for the Harbour Post",
        f"{PROSE}\n\nSputnik",
        "Source: https://example.org/a",
        "Source: a person who knows the matter.",
        PROSE,
    ],
)
def test_an_agency_that_is_only_spoken_of_is_none(text):
    assert header_of(text).publisher is None


@given(st.text(max_size=400))
def test_any_text_gives_a_header(text):
    header = header_of(text)
    assert isinstance(header, Header)
    for line in (header.title, header.publisher):
        assert line is None or (line and "\n" not in line)
