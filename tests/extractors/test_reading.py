"""From a document to claims: whole articles with the claims beside them, and laws that hold for any text."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.dates import DateSpan
from tracker.domain.vocabulary import VOCABULARIES
from tracker.extractors import EXTRACTORS
from tracker.extractors.rules.read import read

ARTICLES = sorted((Path(__file__).resolve().parents[1] / "data" / "reading").glob("*.json"))
FLAGS = ("superseded", "since", "by", "attribution")


def told(claim, text):
    said = {"kind": claim.kind, "entity": claim.entity, "attribute": claim.attribute, "value": claim.value}
    said |= {"modality": claim.modality, "evidence": claim.evidence.quote(text)}
    return said | {flag: getattr(claim, flag) for flag in FLAGS if getattr(claim, flag)}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_says_what_stands_beside_it(path, knowledge, document):
    article = json.loads(path.read_text("utf-8"))
    found = read(document(article["text"], article["published"], article["title"]), knowledge)
    order = lambda row: json.dumps(row, sort_keys=True)  # noqa: E731  (two lists are compared in one order)
    assert sorted((told(c, article["text"]) for c in found), key=order) == sorted(article["claims"], key=order)


def test_the_family_lists_the_reader_by_rules():
    assert EXTRACTORS["rules"].find is read
    assert EXTRACTORS["rules"].version == "2"


def test_reading_twice_gives_the_same_claims(knowledge, document):
    article = json.loads(ARTICLES[0].read_text("utf-8"))
    paper = document(article["text"], article["published"], article["title"])
    assert read(paper, knowledge) == read(paper, knowledge)


def test_an_empty_text_says_nothing(knowledge, document):
    assert read(document("\n \t\n", "2024-01-01"), knowledge) == ()


VOCABULARY = """Chandrayaan-3 Hayabusa2 JAXA NASA India Tokyo the a mission lander rover it its was is will be to not launched
    landed lost signed agreement memorandum between and with on in by from 2019 March 7 September 2027 next year Moon Mars
    H3 Falcon 9 . , ; ( ) postponed cancelled approved which that first dialogue held met said ' “ – \x00 🚀 مرحبا"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n\n"])


@settings(max_examples=120, deadline=None)
@given(words=st.lists(WORDS, max_size=60), noise=st.text(max_size=40))
def test_whatever_the_text_claims_quote_it_and_keep_to_the_vocabulary(words, noise, knowledge, document):
    text = " ".join(words) + noise
    for claim in read(document(text, "2024-05-01"), knowledge):
        vocabulary = VOCABULARIES[claim.kind]
        assert claim.attribute in vocabulary.attributes
        quote = claim.evidence.quote(text)
        assert quote
        assert quote in text
        if claim.attribute.endswith("_date"):
            DateSpan.parse(claim.value)
        if claim.attribute == "status":
            assert claim.value in vocabulary.statuses
        assert 0 < claim.confidence_ppm <= 1_000_000


@settings(max_examples=60, deadline=None)
@given(day=st.dates(dt.date(1995, 1, 1), dt.date(2035, 12, 31)))
def test_what_has_not_happened_is_no_fact(day, knowledge, document):
    """A launch dated after the day of publication is never reported as done."""
    text = "The space agency of Japan told reporters that Hayabusa2 was launched on 3 December 2014 from Tanegashima."
    for claim in read(document(text, day.isoformat()), knowledge):
        if claim.attribute == "launch_date" and claim.modality == "actual":
            assert DateSpan.parse(claim.value).first <= day
