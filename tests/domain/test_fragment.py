"""Links that lead a browser to the very words."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.fragment import text_fragment

PAGE = "https://paper.example/moon"


@pytest.mark.parametrize(
    ("before", "exact", "after", "expected"),
    [
        ("It said ", "LUPEX flies in 2028", " at last.", "It%20said-,LUPEX%20flies%20in%202028,-at%20last."),
        ("", "LUPEX", "", "LUPEX"),
        ("", "Chandrayaan-5, or LUPEX & co.", "", "Chandrayaan%2D5%2C%20or%20LUPEX%20%26%20co."),
        # A browser marks whole words: "launch" within "launches" would not be found.
        ("The ", "launch", "es of 2028", "The-,launches,-of%202028"),
        # What stands in another paragraph is no context.
        ("A heading\n\n", "LUPEX flies", "\nNext", "LUPEX%20flies"),
        # A quote over two paragraphs is found by its ends.
        ("", "LUPEX flies in the year\n\n2028, says the agency", "", "LUPEX%20flies%20in%20the%20year,2028%2C%20says%20the%20agency"),
        ("月の", "探査", "機", "%E6%9C%88%E3%81%AE%E6%8E%A2%E6%9F%BB%E6%A9%9F"),
    ],
)  # fmt: skip
def test_a_quote_becomes_a_directive(before, exact, after, expected):
    assert text_fragment(PAGE, before, exact, after) == f"{PAGE}#:~:text={expected}"


def test_an_anchor_of_the_page_stays_and_another_directive_goes():
    assert text_fragment(f"{PAGE}#news", "", "LUPEX", "") == f"{PAGE}#news:~:text=LUPEX"
    assert text_fragment(f"{PAGE}#news:~:text=Hiten", "", "LUPEX", "") == f"{PAGE}#news:~:text=LUPEX"


def test_a_long_quote_is_given_by_its_ends():
    words = " ".join(f"word{n}" for n in range(100))
    assert text_fragment(PAGE, "", words, "").endswith(
        "#:~:text=word0%20word1%20word2%20word3%20word4,word95%20word96%20word97%20word98%20word99"
    )


@given(*[st.text(max_size=40)] * 3)
def test_whatever_the_words_the_syntax_of_the_directive_is_only_ours(before, exact, after):
    made = text_fragment(PAGE, before, exact, after)
    if "#" in made:
        directive = made.partition(":~:text=")[2]
        assert directive.isascii()
        assert not set(directive) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%._~,-")
        parts = directive.split(",")
        assert len(parts) - parts[0].endswith("-") - (len(parts) > 1 and parts[-1].startswith("-")) in (1, 2)
        marked = [part for part in parts if not (part.endswith("-") or part.startswith("-"))]
        assert all(unquote(part).strip() for part in marked)
