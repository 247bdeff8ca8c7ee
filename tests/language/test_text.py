"""Sentences, datelines, items and the page around an article."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.text import plain, sentences, tokens

FILLER = (
    "The agency said on Tuesday that engineers had finished the review of the spacecraft and would ship it soon. " * 2
)


def said(text):
    return [plain(text)[s.start : s.end] for s in sentences(text) if not s.furniture]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The probe left. It is healthy.", ["The probe left.", "It is healthy."]),
        ("Launch is set for Sept. 5 at dawn. Crews rest.", ["Launch is set for Sept. 5 at dawn.", "Crews rest."]),
        ("Dr. B. R. Rao and Mr. Oki met. They spoke.", ["Dr. B. R. Rao and Mr. Oki met.", "They spoke."]),
        ("It flew from the U.S. in May. It works.", ["It flew from the U.S. in May.", "It works."]),
        ("It was built in the U.S. The rocket was not.", ["It was built in the U.S.", "The rocket was not."]),
        ("Orbit No. 7 was the last. No. The crew said no.", ["Orbit No. 7 was the last.", "No.", "The crew said no."]),
        ("They met in St. Gallen. It rained.", ["They met in St. Gallen.", "It rained."]),
        (
            "Acme Space Inc. of Ohio built it. It cost $2.5 million.",
            ["Acme Space Inc. of Ohio built it.", "It cost $2.5 million."],
        ),
        ('"We are ready." The head of ESA smiled.', ['"We are ready."', "The head of ESA smiled."]),
        ('He asked "Is it safe?" and left. Yes.', ['He asked "Is it safe?" and left.', "Yes."]),
        ("Will it fly? Nobody knows! We wait…", ["Will it fly?", "Nobody knows!", "We wait…"]),
        ("It left at 5 a.m. on Monday. Good.", ["It left at 5 a.m. on Monday.", "Good."]),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "dateline", "first"),
    [
        ("OSLO, May 3: The probe left orbit on Tuesday.", "OSLO, May 3", "The probe left orbit on Tuesday."),
        ("TROMSØ, Norway -- The probe left orbit.", "TROMSØ, Norway", "The probe left orbit."),
        ("Quito (Andina) - The probe left orbit.", "Quito (Andina)", "The probe left orbit."),
        ("LIMA/BOGOTÁ, Sept. 4 — The probe left orbit.", "LIMA/BOGOTÁ, Sept. 4", "The probe left orbit."),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(text, dateline, first):
    found = sentences(text)
    assert [(s.role, text[s.start : s.end]) for s in found] == [("dateline", dateline), ("text", first)]


@pytest.mark.parametrize(
    "text",
    ["He said: the probe left.", "The plan: send a probe by 2030 and wait.", "Mission control - at last - cheered."],
)
def test_a_colon_alone_makes_no_dateline(text):
    assert [s.role for s in sentences(text)] == ["text"]


def test_headings_items_and_blocks_are_told_apart():
    text = (
        "# Two probes, one rocket\n\nA rocket carried two probes to orbit on Friday, the agency said.\n\n"
        "WHAT FLEW\n\n- a weather probe of 300 kg\n- a small relay\n\nBoth are well."
    )
    assert [(s.block, s.role, text[s.start : s.end]) for s in sentences(text)] == [
        ("title", "heading", "Two probes, one rocket"),
        ("lead", "text", "A rocket carried two probes to orbit on Friday, the agency said."),
        ("body", "heading", "WHAT FLEW"),
        ("body", "item", "a weather probe of 300 kg"),
        ("body", "item", "a small relay"),
        ("body", "text", "Both are well."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Also Read: Ten pictures of the Moon",
        "Also read | What a treaty says",
        "Share this: Facebook | Twitter",
        "Print  |  E-mail",
        "Subscribe to our newsletter for one picture a day.",
        "Comments (41) | Older posts",
        "(With inputs from agencies)",
        "Filed under: Moon, rockets. 3 comments",
        "Media contact: press office of the agency.",
        "&copy; All rights reserved",
        "Advertisement",
        "-end-",
        '<a href="#">Read next</a>: A rover and its shadow',
    ],
)
def test_the_page_around_an_article_says_nothing(line):
    text = f"{FILLER.strip()}\n\n{line}"
    last = sentences(text)[-1]
    assert last.furniture
    assert last.block == "footer"


def test_a_line_of_stars_is_not_even_a_sentence():
    assert len(sentences(f"{FILLER.strip()}\n\n*****\n- \n")) == 2


@pytest.mark.parametrize(
    "line",
    [
        "Contact was lost at 01.30 on Saturday.",
        "Sharing the ride is a small lunar relay built in Utrecht.",
        "Print media were not invited to the launch.",
        "Watch officers saw the capsule come down near Aruba.",
        "Follow-on craft are planned for 2031.",
        "Related experiments will fly in the spring.",
    ],
)
def test_an_ordinary_sentence_is_no_furniture(line):
    assert not any(s.furniture for s in sentences(f"{FILLER.strip()}\n\n{line}"))


def test_a_menu_on_top_and_headlines_at_the_bottom_are_the_page():
    text = (
        "09:12 GMT 4 March 2021\nListen Live\n  World\n  Science\n\n" + FILLER.strip() + "\n\n"
        "Five Rovers That Never Phoned Home\nWhy the Moon Has No Rings\nprobe, Mars, space agency, Norway"
    )
    found = sentences(text)
    assert [s.furniture for s in found] == [True] * 4 + [False] * 2 + [True] * 3
    assert found[4].block == "lead"


def test_a_trail_of_crumbs_before_the_title_is_the_page():
    text = "Home Asia Second Fjord Space Dialogue\n\nSecond Fjord Space Dialogue\n\n" + FILLER.strip()
    assert [(s.furniture, s.block) for s in sentences(text)][:3] == [(True, "body"), (False, "title"), (False, "lead")]


def test_a_sentence_goes_on_over_a_page_break():
    assert (
        len(said("The contract went to the small Danish robotics\n\ncompany Fjordbot, which is to build two arms."))
        == 1
    )


def test_html_and_markdown_leave_the_words_and_the_offsets():
    text = "<p>The&nbsp;[relay craft](#a) &amp; its **twin** \\(R2\\) flew.</p><p>Both work.</p>"
    found = sentences(text)
    assert [" ".join(plain(text)[s.start : s.end].split()) for s in found] == [
        "The relay craft & its twin (R2 ) flew.",
        "Both work.",
    ]
    words = [t.text for t in tokens(text)]
    assert words == ["The", "relay", "craft", "&", "its", "twin", "(", "R2", ")", "flew", ".", "Both", "work", "."]


def test_tokens_keep_names_whole_and_owners_apart():
    assert [t.text for t in tokens("Norway's Fjord-2 isn't U.S.-built; it cost 2,500.5 crore.")] == [
        "Norway", "'s", "Fjord-2", "isn't", "U.S.", "-", "built", ";", "it", "cost", "2,500.5", "crore", ".",
    ]  # fmt: skip


@given(st.text(max_size=400))
def test_any_text_is_cut_in_order_without_overlap(text):
    twin = plain(text)
    assert len(twin) == len(text)
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert twin[sentence.start : sentence.end].strip()
        end = sentence.end
    for token in tokens(text):
        assert twin[token.start : token.end] == token.text


@given(
    st.lists(
        st.sampled_from(
            ["A. ", "St. ", "\n", "\n\n", "- ", "<p>", "[a](b)", '"', "Mr. X", "word ", "| ", "No. ", "…", "&amp;"]
        ),
        max_size=60,
    )
)
def test_scraps_of_markup_and_abbreviations_never_break_it(scraps):
    text = "".join(scraps)
    spans = [(s.start, s.end) for s in sentences(text)]
    assert spans == sorted(spans)


@pytest.mark.parametrize("scrap", ["a", "A. ", "<", "[", "](", "\n- x", "word ", ". ", "(" * 50])
def test_time_is_linear_in_the_text(scrap):
    text = scrap * (400_000 // len(scrap))
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 4


def test_a_sentence_that_never_ends_is_cut_behind_a_comma():
    text = "NASA and ESA signed a contract for a weather satellite, " * 200
    cut = sentences(text)
    assert max(s.end - s.start for s in cut) <= 800
    assert " ".join(text[s.start : s.end] for s in cut).split() == text.split()
    assert all(text[s.start : s.end].endswith(",") for s in cut)


def test_a_heading_of_many_lines_is_no_heading():
    text = "# " + "NASA and ESA signed a contract, " * 200
    assert {s.role for s in sentences(text)} == {"text"}
