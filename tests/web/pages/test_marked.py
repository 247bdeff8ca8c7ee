"""Marks lie where claims say, whatever overlaps; a comparison tells both texts and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.services.queries.claims import ClaimLine
from tracker.services.queries.quotes import Quote
from tracker.web.pages.marked import differences, paragraphs

TEXT = "The launch is in 2025.\n\nIt was approved in 2024, in October.\nMore follows."


def line(claim_id: str, start: int, end: int) -> ClaimLine:
    given = dict.fromkeys(ClaimLine.__struct_fields__, "")
    return ClaimLine(**{**given, "claim_id": claim_id, "evidence": Quote(None, start, end)})


def letters(text: str) -> str:
    return "".join(text.split())


def test_the_words_of_the_claim_that_is_asked_for_are_marked_and_no_others():
    start = TEXT.index("in 2025")
    made = list(paragraphs(TEXT, [line("a", start, start + 7), line("b", 0, 10)], "a"))
    assert [[piece.text for piece in paragraph if piece.chosen] for paragraph in made] == [["in 2025"], [], []]
    assert [piece.text for piece in made[0] if piece.claims == ("b",)] == ["The launch"]


def test_claims_that_overlap_share_pieces():
    made = next(iter(paragraphs("abcdef", [line("a", 0, 4), line("b", 2, 6)], "b")))
    assert [(piece.text, piece.claims) for piece in made] == [("ab", ("a",)), ("cd", ("a", "b")), ("ef", ("b",))]
    assert [piece.first for piece in made] == [False, True, False]


def printed(text, claims):
    """The text with the elements that stand around its pieces, as the template prints them."""
    told = ""
    for paragraph in paragraphs(text, claims, ""):
        for piece in paragraph:
            told += (
                "".join(f"<{claim}{'!' * begins}>" for claim, begins in piece.opens) + piece.text + "</>" * piece.closes
            )
    return told


def test_each_claim_has_a_place_of_its_own_around_all_of_its_words():
    assert printed("abcdef", [line("in", 2, 4), line("out", 0, 6)]) == "<out!>ab<in!>cd</>ef</>"
    assert printed("abcdef", [line("x", 1, 3), line("y", 1, 3)]) == "a<x!><y!>bc</></>def"
    assert printed("abcdef", [line("x", 0, 4), line("y", 2, 6)]) == "<x!>ab<y!>cd</></><y>ef</>", "where claims cross"
    assert printed("ab\ncd", [line("x", 0, 5)]) == "<x!>ab</><x>cd</>", "it begins once"


@given(st.text("ab \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_elements_lie_one_in_the_other_and_every_claim_begins_once(text, spans):
    claims = [line(str(number), min(a, b), max(a, b)) for number, (a, b) in enumerate(spans)]
    begun = []
    for paragraph in paragraphs(text, claims, ""):
        open_ = []
        for piece in paragraph:
            open_ += [claim for claim, _ in piece.opens]
            begun += [claim for claim, begins in piece.opens if begins]
            assert sorted(open_) == sorted(piece.claims)
            del open_[len(open_) - piece.closes :]
        assert open_ == []
    assert len(begun) == len(set(begun))


def test_a_claim_across_paragraphs_is_marked_in_both_and_begins_once():
    made = list(paragraphs(TEXT, [line("a", 10, 40)], "a"))
    assert sum(piece.first for paragraph in made for piece in paragraph) == 1
    assert all(any(piece.chosen for piece in paragraph) for paragraph in made[:2])


@given(st.text("ab \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_marking_never_changes_a_text(text, spans):
    claims = [line(str(number), min(a, b), max(a, b)) for number, (a, b) in enumerate(spans)]
    made = list(paragraphs(text, claims, "0"))
    told = "".join(piece.text for paragraph in made for piece in paragraph)
    assert letters(told) == letters(text)


@given(st.text("ab .\n", max_size=80), st.text("ab .\n", max_size=80))
def test_a_comparison_holds_both_texts(older, newer):
    found = differences(older, newer)
    if not any(line.kind == "skip" for line in found):
        before = ["".join(part.text for part in each.parts) for each in found if each.kind in ("same", "gone")]
        after = ["".join(part.text for part in each.parts) for each in found if each.kind in ("same", "new")]
        assert letters("".join(before)) == letters(older)
        assert letters("".join(after)) == letters(newer)


def test_what_stayed_far_from_a_change_is_left_out():
    before = "\n".join(f"line {number}" for number in range(50))
    found = differences(before, before.replace("line 25", "line twenty-five"))
    assert [each.skipped for each in found if each.kind == "skip"] == [24, 23]
    assert [each.kind for each in found] == ["skip", "same", "gone", "new", "same", "skip"]


def test_texts_too_long_to_compare_are_not_compared():
    assert differences("x\n" * 5000, "y") is None


def test_only_the_words_that_changed_are_marked():
    gone, new = differences("launch in 2028.", "launch in 2029.")
    assert [part.text for part in gone.parts if part.kind == "gone"] == ["2028"]
    assert [part.text for part in new.parts if part.kind == "new"] == ["2029"]
