"""Whom documents count for."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ref
from tracker.domain.ids import short_id
from tracker.domain.origins import origins

IDS = {name: short_id("doc", name) for name in "abcdef"}


def of(documents, copies):
    found = origins(documents, {IDS[a]: IDS[b] for a, b in copies.items()})
    return {name: found[id_] for name, id_ in IDS.items() if id_ in found}


def test_each_document_counts_for_its_publisher_or_for_itself():
    documents = [ref("a", "2025", publisher="The Paper"), ref("b", "2025", publisher="the paper"), ref("c", "2025")]
    assert of(documents, {}) == {"a": "the paper", "b": "the paper", "c": IDS["c"]}


def test_copies_count_for_whoever_published_the_text_first():
    documents = [
        ref("a", "2025-03-02", publisher="Post"), ref("b", "2025-03-01", publisher="Agency"),
        ref("c", "2025-03-02", publisher="Post"),
    ]  # fmt: skip
    assert of(documents, {"a": "b"}) == {"a": "agency", "b": "agency", "c": "post"}


def test_two_copies_of_a_text_that_is_not_here_count_once():
    documents = [ref("a", "2025-03-02", publisher="Post"), ref("b", "2025-03-03", publisher="Herald")]
    assert of(documents, {"a": "f", "b": "f"}) == {"a": "post", "b": "post"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.randoms(use_true_random=False))
def test_neither_order_nor_circles_matter(copies, chance: random.Random):
    documents = [ref(name, f"2025-01-0{number % 3 + 1}", publisher=name) for number, name in enumerate("abcde")]
    expected = of(documents, copies)
    chance.shuffle(documents)
    shuffled = dict(chance.sample(sorted(copies.items()), len(copies)))
    assert of(documents, shuffled) == expected
    assert all(expected[a] == expected[b] for a, b in copies.items() if a in expected and b in expected)
