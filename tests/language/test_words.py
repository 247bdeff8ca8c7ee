"""Words to search by, and what a person may type to find them."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.language.words import Term, hits, terms, words


def folded(text):
    return [word.folded for word in words(text)]


def test_case_accents_and_marks_do_not_matter():
    assert folded("L’Élysée: CHANDRAYAAN-5, LUPEX/ルペックス (½)") == [
        "l", "elysee", "chandrayaan", "5", "lupex", "ルヘックス", "12",
    ]  # fmt: skip


def test_a_query_has_words_phrases_and_beginnings():
    assert terms('LUPEX "south pole" rov* Chandrayaan-5 "lunar pol"*') == (
        Term(("lupex",)),
        Term(("south", "pole")),
        Term(("rov",), prefix=True),
        Term(("chandrayaan", "5")),
        Term(("lunar", "pol"), prefix=True),
    )
    assert terms(' "" * — ') == ()


def test_places_are_found_by_the_numbers_of_words():
    found = list(words("The rover and the rovers of the south pole"))
    wanted = terms('rov* "south pole" nowhere')
    assert [(first, last) for first, last, _ in hits(wanted, found)] == [(1, 1), (4, 4), (7, 8)]


@given(st.text())
def test_every_word_stands_where_it_says_and_holds_letters_and_digits_only(text):
    for word in words(text):
        assert text[word.start : word.end].strip()
        assert word.folded.isalnum()


@given(st.text(max_size=60))
def test_any_query_can_be_read(query):
    assert all(term.words for term in terms(query))
