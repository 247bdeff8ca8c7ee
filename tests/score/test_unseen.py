"""The documents that no rule has seen are in the form their README promises, whatever is read in them."""

import json
from pathlib import Path

import pytest

from tracker.domain.dates import DateSpan
from tracker.domain.vocabulary import AGREEMENT_TYPES, MISSION_ROLES, VOCABULARIES

UNSEEN = Path(__file__).parents[1] / "data" / "unseen"
DOCUMENTS = sorted((UNSEEN / "docs").glob("*.json"))


def gold_of(document):
    return json.loads((UNSEEN / "gold" / f"{document.stem}.gold.json").read_text("utf-8"))


def test_every_document_has_its_gold_and_no_gold_is_left_over():
    assert len(DOCUMENTS) >= 20
    assert {p.stem for p in DOCUMENTS} == {p.name.removesuffix(".gold.json") for p in (UNSEEN / "gold").iterdir()}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_each_fact_stands_in_its_document(path):
    document, gold = json.loads(path.read_text("utf-8")), gold_of(path)
    assert gold["id"] == document["id"] == path.stem
    assert gold["published"] == document["published"]
    for fact in gold["facts"]:
        assert fact["evidence"] in document["text"] or fact["evidence"] in document["title"]
        assert len(fact["evidence"].split()) <= 10
        assert fact["modality"] in ("actual", "planned", "possible", "denied")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_values_are_of_the_vocabulary(path):
    for fact in gold_of(path)["facts"]:
        said = VOCABULARIES[fact["kind"]]
        attribute = said.attributes[fact["attribute"]]
        for value in [fact["value"], *fact.get("accept", [])]:
            if attribute.type == "date":
                DateSpan.parse(value)
            elif attribute.type == "status":
                assert value in said.statuses
            elif attribute.name == "type":
                assert value in AGREEMENT_TYPES
            elif attribute.type == "party" and fact["kind"] == "mission":
                assert value.partition(": ")[2] in MISSION_ROLES
