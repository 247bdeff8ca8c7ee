"""What readers of news understand by a date, each line of the tables in tests/data/dates being one case."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.dates import DateSpan
from tracker.language.dates import DateMention, find_dates

DATA = Path(__file__).parent.parent / "data" / "dates"
PUBLISHED = DateSpan.parse("2017-11-18")


def _rows(name: str) -> list[str]:
    lines = (DATA / name).read_text("utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _found(text: str, published: str = "2017-11-18") -> list[DateMention]:
    return list(find_dates(text, None if published == "-" else DateSpan.parse(published)))


@pytest.mark.parametrize("row", _rows("dates.tsv"))
def test_a_date_is_read_as_readers_of_its_day_took_it(row):
    published, text, expected = row.split("\t")
    assert [mention.span.edtf for mention in _found(text, published)] == expected.split()


@pytest.mark.parametrize("text", _rows("non_dates.txt"))
def test_a_number_an_age_or_a_name_is_no_date(text):
    assert _found(text) == []


def test_the_tables_are_large_enough_to_mean_something():
    assert len(_rows("dates.tsv")) >= 200
    assert len(_rows("non_dates.txt")) >= 40


@pytest.mark.parametrize(
    ("text", "quote", "bound"),
    [
        ("They must sail by 2023.", "by 2023", "by"),
        ("They sail no earlier than late 2028.", "no earlier than late 2028", "after"),
        ("They sail in early 2026.", "early 2026", "on"),
        ("They sail in August 2023 at the earliest.", "August 2023 at the earliest", "after"),
        ("They must sail by the end of the decade.", "by the end of the decade", "by"),
        ("The fair was open from March 29 to April 2.", "from March 29 to April 2", "on"),
        ("Trials begin around 2025.", "around 2025", "on"),
        ("It rose on October 22 last year.", "October 22 last year", "on"),
    ],
)
def test_the_mention_holds_the_whole_expression(text, quote, bound):
    (mention,) = _found(text)
    assert (text[mention.start : mention.end], mention.bound) == (quote, bound)


@pytest.mark.parametrize(
    ("text", "relative", "certain"),
    [
        ("It rose on 7 October 2016.", False, True),
        ("It rose around 2016.", False, False),
        ("It rose last year.", True, True),
        ("It rose on Friday.", True, True),
        ("It rose on 7 October.", True, False),
        ("It rose last October.", True, True),
        ("On Tuesday 14 November it rose.", True, True),
    ],
)
def test_a_guess_is_marked_and_so_is_the_need_of_an_anchor(text, relative, certain):
    (mention,) = _found(text)
    assert (mention.relative, mention.certain) == (relative, certain)


_WORDS = st.sampled_from(
    [
        "by",
        "before",
        "no",
        "earlier",
        "than",
        "early",
        "mid",
        "late",
        "the",
        "end",
        "of",
        "2025",
        "2028-29",
        "7",
        "14–17",
        "October",
        "Oct.",
        "May",
        "in",
        "March",
        "next",
        "last",
        "year",
        "years",
        "ago",
        "within",
        "five",
        "decade",
        "from",
        "to",
        "and",
        "or",
        "between",
        "Friday",
        "today",
        "Q3",
        "first",
        "quarter",
        "half",
        "fiscal",
        "FY2025",
        "until",
        ",",
        ".",
        "\n",
        "-",
        "2,025",
        "kg",
    ]
)
_NEWSLIKE = st.lists(_WORDS, max_size=40).map(" ".join)
_ANY = st.text(max_size=300) | st.text(alphabet="\x00\u202e\u05d0\U0001f680\u0661 2025 October-", max_size=80)
_ANCHOR = st.none() | st.dates().map(DateSpan.day)


@settings(max_examples=300, deadline=None)
@given(text=_NEWSLIKE | _ANY, published=_ANCHOR)
def test_on_any_text_mentions_lie_in_order_inside_it(text, published):
    end = 0
    for mention in find_dates(text, published):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip()
        assert DateSpan.parse(mention.span.edtf) == mention.span
        assert published is not None or not mention.relative
        end = mention.end


@settings(max_examples=100, deadline=None)
@given(day=st.dates(min_value=PUBLISHED.first.replace(year=1900), max_value=PUBLISHED.first.replace(year=2090)))
def test_every_day_is_read_back_from_its_usual_spellings(day):
    for text in (day.isoformat(), f"on {day:%d %B %Y},", f"on {day:%B} {day.day}, {day.year}.", f"({day:%d.%m.%Y})"):
        assert [mention.span for mention in find_dates(text, None)] == [DateSpan.day(day)], text


@pytest.mark.parametrize(
    "piece",
    [
        "from ",
        "early ",
        "by the end of the ",
        "between March and ",
        "was scheduled ",
        "2024 ",
        "1",
        "a",
        " ",
        "last Monday ",
        "7 October 2024, ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece):
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        return min(_timed(text) for _ in range(3))

    # Eight times the text; were the time to grow with its square, it would be sixty-four.
    assert seconds(32_000) < 24 * seconds(4_000) + 0.1


def _timed(text: str) -> float:
    before = time.process_time()
    find_dates(text, PUBLISHED)
    return time.process_time() - before


def test_ten_thousand_dates_and_a_megabyte_of_one_word_are_nothing_special():
    assert len(find_dates("On 7 October 2024 it rained. " * 10_000, PUBLISHED)) == 10_000
    before = time.process_time()
    assert find_dates("x" * 1_000_000, PUBLISHED) == ()
    assert find_dates("the quick brown fox jumps over the lazy dog " * 25_000, PUBLISHED) == ()
    assert time.process_time() - before < 5
