"""Of what a model says, only that is believed which the document itself says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ref
from tracker.domain.document import Document
from tracker.extractors.model.answer import grade

TEXT = (
    "Kestrel Space will fly the Heron orbiter to Venus in 2031. The Heron orbiter was delayed from 2029, "
    "an official said. Japan's cabinet approved the orbiter in May 2024."
)
GOOD = {
    "kind": "mission",
    "entity": "Heron orbiter",
    "aliases": ["Heron"],
    "attribute": "launch_date",
    "value": "2031",
    "modality": "planned",
    "quote": "will fly the Heron orbiter to Venus in 2031",
    "superseded": False,
    "by": None,
    "since": None,
    "speaker": None,
    "confidence": 0.99,
}


def document_of(text):
    return Document(ref("heron", "2024-06-01"), text)


def graded(catalog, *claims):
    return grade(json.dumps({"claims": list(claims)}), document_of(TEXT), catalog)


def test_a_claim_that_quotes_the_document_is_taken_with_its_place(catalog):
    (claim,) = graded(catalog, GOOD).claims
    assert claim.evidence.quote(TEXT) == GOOD["quote"]
    assert (claim.entity_id, claim.value, claim.modality) == ("mission/heron-orbiter", "2031", "planned")
    assert claim.aliases == ("Heron",)
    assert claim.confidence_ppm == 850_000


def test_what_the_catalog_knows_has_its_id(catalog):
    told = {**GOOD, "attribute": "party", "value": "Japan: lead", "quote": "Japan's cabinet approved the orbiter"}
    (claim,) = graded(catalog, told).claims
    assert claim.value_id == catalog.named("Japan")[0].id


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "will fly the Heron Orbiter to Venus in 2031"}, "letter for letter"),
        ({"quote": ""}, "letter for letter"),
        ({"quote": "x" * 400}, "letter for letter"),
        ({"entity": "Albatross lander"}, "does not name"),
        ({"entity": ""}, "does not name"),
        ({"attribute": "signed_date"}, "has no"),
        ({"value": "next year"}, "next year"),
        ({"attribute": "status", "value": "doing well"}, "no status"),
        ({"attribute": "party", "value": "Japan"}, "no party"),
        ({"attribute": "party", "value": "Roscosmos: lander"}, "does not name"),
        ({"attribute": "destination", "value": "Mars"}, "does not name"),
        ({"since": "yesterday"}, "yesterday"),
        ({"modality": "certain"}, "certain"),
        ({"confidence": "high"}, "confidence"),
    ],
)
def test_what_is_wrong_is_refused_with_the_reason_and_the_rest_stands(catalog, change, reason):
    found = graded(catalog, {**GOOD, **change}, GOOD)
    assert len(found.claims) == 1
    assert len(found.refused) == 1
    assert reason in found.refused[0]


def test_names_that_the_text_does_not_have_are_no_aliases(catalog):
    (claim,) = graded(catalog, {**GOOD, "aliases": ["Albatross", "Heron orbiter", "Heron"]}).claims
    assert claim.aliases == ("Heron",)


def test_the_same_claim_twice_is_one(catalog):
    assert len(graded(catalog, GOOD, GOOD).claims) == 1


def test_an_answer_in_a_fence_is_an_answer(catalog):
    fenced = f"Here you are:\n```json\n{json.dumps({'claims': [GOOD]})}\n```"
    assert len(grade(fenced, document_of(TEXT), catalog).claims) == 1


@given(answer=st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_other_answer_is_no_answer(catalog, answer):
    with pytest.raises(ValueError):
        grade(answer, document_of(TEXT), catalog)
