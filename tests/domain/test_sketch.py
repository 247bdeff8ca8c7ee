"""How much two texts share: pairs as newspapers make them, and the laws of sketches."""

import datetime as dt
import itertools
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.copies import FEWEST, WINDOW, Issue, Wording, likeness, method_of, worth_comparing
from tracker.domain.sketch import KEPT, Sketch, estimate, marked_words, runs, sketch, sketch_of, words

TEXTS = {path.stem: path.read_text() for path in (Path(__file__).parent.parent / "data" / "copies").glob("*.txt")}
WORDINGS = {name: Wording.of(text) for name, text in TEXTS.items()}
DAY = dt.date(2026, 3, 4)

# Copy, its original, the least and the most that they resemble each other, per cent; every other pair is none.
COPIES = [
    ("typos", "wire", 85, 89),
    ("updated", "wire", 91, 95),
    ("rewritten", "wire", 58, 62),
    ("housestyle", "wire", 56, 60),
    ("half", "wire", 42, 44),
    ("lede", "wire", 10, 12),
    ("lede", "half", 25, 27),
    ("lede", "typos", 10, 12),
    ("lede", "housestyle", 10, 12),
    ("lede", "rewritten", 11, 13),
    ("lede", "updated", 9, 11),
    ("half", "typos", 39, 42),
    ("half", "updated", 41, 43),
    ("half", "housestyle", 31, 34),
    ("typos", "housestyle", 53, 57),
    ("typos", "rewritten", 53, 57),
    ("typos", "updated", 81, 84),
    ("housestyle", "updated", 53, 57),
    ("rewritten", "updated", 55, 59),
    ("release", "embedding", 27, 30),
]


def issue(name, *, day=DAY, credit=None):
    return Issue(name, day, len(WORDINGS[name].runs), credit)


def judged(copy, original, **details):
    return method_of(likeness(WORDINGS[copy], WORDINGS[original]), issue(copy, **details), issue(original))


@pytest.mark.parametrize(("copy", "original", "least", "most"), COPIES)
def test_what_papers_make_of_a_story_is_a_copy(copy, original, least, most):
    like = likeness(WORDINGS[copy], WORDINGS[original])
    assert least * 10_000 <= like.resemblance <= most * 10_000
    assert judged(copy, original) == "near_text"


def test_every_other_pair_of_the_samples_is_none():
    """Two forms filled in twice, a report of its own with the same quote, an article around a press release."""
    known = {frozenset(pair[:2]) for pair in COPIES}
    pairs = [pair for pair in itertools.combinations(TEXTS, 2) if frozenset(pair) not in known]
    found = [(a, b) for a, b in pairs if judged(a, b) or judged(b, a)]
    assert (len(pairs), found) == (91 - len(COPIES), [])


def test_forms_share_more_than_copies_and_are_told_by_their_facts():
    for one, other in (("preview-telescope", "preview-relay"), ("notice-tokyo", "notice-delhi")):
        like = likeness(WORDINGS[one], WORDINGS[other])
        assert like.resemblance > 600_000
        assert not like.same_facts
        assert judged(one, other) is None


def test_an_article_around_a_release_is_no_copy_of_it_and_the_release_adds_nothing_to_the_article():
    assert judged("embedding", "release") is None
    assert judged("release", "embedding") == "near_text"


def test_the_same_agency_in_the_same_news_needs_less_in_common():
    like = likeness(WORDINGS["half"], WORDINGS["rewritten"])
    assert 500_000 < like.covered < 700_000
    half, other = issue("half", credit="Reuters"), issue("rewritten", credit="Reuters")
    assert method_of(like, half, other) == "same_wire"
    assert method_of(like, issue("half"), issue("rewritten")) is None
    late = issue("half", credit="Reuters", day=DAY + dt.timedelta(days=2))
    assert method_of(like, late, other) is None


def test_seasons_and_short_texts_are_kept_apart():
    assert judged("typos", "wire", day=DAY + dt.timedelta(days=WINDOW)) == "near_text"
    assert judged("typos", "wire", day=DAY + dt.timedelta(days=WINDOW + 1)) is None
    brief = " ".join(TEXTS["wire"].split()[: FEWEST + 1])
    wording = Wording.of(brief)
    assert len(wording.runs) < FEWEST
    short = Issue("brief", DAY, len(wording.runs))
    assert method_of(likeness(wording, wording), short, short) is None


def test_originals_come_first_by_day_then_length_and_never_by_arrival():
    order = [
        Issue("d", DAY - dt.timedelta(days=1), 40), Issue("c", DAY, 300), Issue("a", DAY, 200), Issue("b", DAY, 200),
    ]  # fmt: skip
    shuffled = [order[at] for at in (2, 0, 3, 1)]
    assert sorted(shuffled, key=lambda one: one.order) == order


def test_words_are_compared_without_capitals_and_punctuation():
    assert words("“LUPEX’s rover, 1.5 m…” — O'Neil said.") == ["lupex's", "rover", "1", "5", "m", "o'neil", "said"]
    assert words("月へ行くH3ロケット") == ["月", "へ", "行", "く", "h3", "ロ", "ケ", "ッ", "ト"]
    assert words("Straße STRASSE") == ["strasse", "strasse"]
    assert runs(words("The H3, at last!")) == runs(words("the h3 at last"))


def test_numbers_and_names_are_told_from_words():
    marked = marked_words("The rover of ISRO weighs 26 kg. Launch is in 2028, says Dr. Rao")
    assert [word.text for word in marked if word.telling] == ["isro", "26", "2028", "dr"]


@pytest.mark.parametrize("text", ["", "x", "two words", "\ud800 lone half", "a" * 100_000])
def test_texts_without_three_words_have_no_runs(text):
    assert sketch_of(" ".join(text.split()[:2])) == Sketch((), 0)
    assert estimate(Sketch((), 0), sketch_of(TEXTS["wire"])).covered == 0


@given(st.text(), st.text())
def test_likeness_has_the_same_shares_from_either_side(one, other):
    a, b = Wording.of(one), Wording.of(other)
    there, back = likeness(a, b), likeness(b, a)
    assert (there.resemblance, there.covered, there.places, there.changed) == (
        back.resemblance, back.covered, back.places, back.changed,
    )  # fmt: skip
    assert there.covered >= max(there.contained, there.resemblance)
    assert likeness(a, a).changed == 0


@given(st.text(max_size=3000))
def test_a_sketch_comes_back_from_its_bytes_and_holds_the_smallest(text):
    made = sketch_of(text)
    assert Sketch.unpacked(made.packed, made.size) == made
    assert list(made.hashes) == sorted(runs(words(text)))[:KEPT]
    assert all(0 <= each < 2**63 for each in made.hashes)


def test_what_is_small_enough_is_known_and_not_estimated():
    one, other = ("a b c d e f g h", "a b c d e x y z")
    seen = estimate(sketch_of(one), sketch_of(other))
    assert (seen.resemblance, seen.covered, seen.error) == (3 / 9, 3 / 6, 0.0)


def test_estimates_are_as_good_as_they_say():
    """Of pairs with a known part in common, nineteen of twenty lie within two standard errors."""
    chance = random.Random(11)
    inside = pairs = 0
    for size, other, share in itertools.product((400, 1000), (150, 400), (0.2, 0.5, 0.8)):
        for _ in range(40):
            one = [chance.getrandbits(63) for _ in range(size)]
            common = round(min(size, other) * share)
            two = one[:common] + [chance.getrandbits(63) for _ in range(other - common)]
            seen = estimate(sketch(one), sketch(two))
            inside += abs(seen.covered - common / min(size, other)) <= 2 * seen.error
            pairs += 1
    assert inside / pairs > 0.93


def test_no_copy_among_the_samples_is_passed_over_by_its_sketch():
    for copy, original, *_ in COPIES:
        seen = estimate(sketch_of(TEXTS[copy]), sketch_of(TEXTS[original]))
        assert worth_comparing(seen, same_wire=False), (copy, original)
        assert set(sketch_of(TEXTS[copy]).indexed) & set(sketch_of(TEXTS[original]).indexed), (copy, original)


@pytest.mark.parametrize(
    "flood", ["A " * 200_000, "A1 b " * 100_000, "(" * 300_000, "x'" * 100_000, "\n".join("A" * 50_000)]
)
def test_hostile_texts_take_time_in_proportion_to_their_length(flood):
    began = time.process_time()
    likeness(Wording.of(flood), Wording.of(flood[1:]))
    assert time.process_time() - began < 3
