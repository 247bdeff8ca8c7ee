"""JSON-LD: it expands without fetching anything, and every claim leads to its very words."""

import json

import pytest
from pyld import jsonld

from tracker.outputs import output
from tracker.outputs.format import About
from tracker.outputs.place import Place
from tracker.services.queries import whole

SCHEMA, OA, PROV = "https://schema.org/", "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/prov#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
HERE = About(Place("https://tracker.example", "https://tracker.example"))


def nowhere(url, _options=None):
    raise AssertionError(f"{url} was asked for")


def expanded(app, view, about=HERE):
    answers = {
        "status": app.query.board,
        "history": lambda: whole.history(app.query),
        "claims": lambda: (c for id_ in whole.subject_ids(app.query) for c in app.curation.claims.claims(subject=id_)),
    }[view]()
    written = json.loads(b"".join(output("jsonld", view).write(answers, about)))
    return jsonld.expand(written, {"documentLoader": nowhere})


def only(node, name):
    (found,) = node[name]
    return found.get("@value", found.get("@id", found))


def test_every_term_has_a_meaning(known):
    for view in ("status", "history", "claims"):
        for node in expanded(known, view):
            for name in every_name(node):
                assert name.startswith(("@", SCHEMA, OA, PROV, "tag:tracker.invalid,2026:terms/")), name


def every_name(node):
    if isinstance(node, dict):
        for name, value in node.items():
            yield name
            yield from every_name(value)
    elif isinstance(node, list):
        for each in node:
            yield from every_name(each)


def test_a_mission_is_a_project_with_its_launch_and_its_members(known):
    nodes = {only(node, f"{SCHEMA}identifier"): node for node in expanded(known, "status")}
    lupex = nodes["mission/lupex"]
    assert lupex["@id"] == "https://tracker.example/subjects/mission/lupex"
    assert lupex["@type"] == [f"{SCHEMA}Project", f"{PROV}Entity"]
    assert lupex[f"{SCHEMA}additionalType"] == [{"@id": "tag:tracker.invalid,2026:terms/mission"}]
    events = {only(event, f"{SCHEMA}name"): event for event in lupex[f"{SCHEMA}event"]}
    assert only(events["Launch of LUPEX"], f"{SCHEMA}startDate") == "2028-05-20"
    roles = {
        only(role, f"{SCHEMA}roleName"): only(role[f"{SCHEMA}member"][0], f"{SCHEMA}name")
        for role in lupex[f"{SCHEMA}member"]
        if f"{SCHEMA}roleName" in role
    }
    assert roles["rover"] == "JAXA"


def test_a_meeting_is_an_event_with_its_days_and_an_agreement_a_work(known):
    nodes = {only(node, f"{SCHEMA}identifier"): node for node in expanded(known, "status")}
    meeting = nodes["meeting/aprsaf-24"]
    assert f"{SCHEMA}Event" in meeting["@type"]
    days = [only(meeting, f"{SCHEMA}{name}") for name in ("startDate", "endDate")]
    assert days == ["2017-11-14", "2017-11-17"]
    assert any(f"{SCHEMA}CreativeWork" in node["@type"] for node in nodes.values())


def test_the_words_and_their_place_can_be_found_in_the_text(known):
    checked = 0
    for node in expanded(known, "claims"):
        (target,) = node[f"{OA}hasTarget"]
        selectors = {selector["@type"][0]: selector for selector in target[f"{OA}hasSelector"]}
        exact = only(selectors[f"{OA}TextQuoteSelector"], f"{OA}exact")
        place = selectors[f"{OA}TextPositionSelector"]
        start, end = (only(place, f"{OA}{name}") for name in ("start", "end"))
        document = only(target, f"{OA}hasSource").rpartition("/")[2]
        if "%" not in document:
            assert known.library.show(document).text[start:end] == exact
            checked += 1
        assert only(node, f"{PROV}wasAttributedTo")[f"{SCHEMA}name"][0]["@value"].startswith("rules ")
    assert checked > 20


def test_dates_are_typed_as_what_they_are(known):
    (slip,) = [
        node
        for node in expanded(known, "history")
        if only(node, "tag:tracker.invalid,2026:terms/change") == "slip"
        and only(node[f"{SCHEMA}result"][0], f"{SCHEMA}propertyID") == "launch_date"
        and only(node[f"{SCHEMA}result"][0], f"{SCHEMA}value") == "2028-05-20"
    ]
    (result,) = slip[f"{SCHEMA}result"]
    assert result[f"{SCHEMA}value"] == [{"@type": EDTF, "@value": "2028-05-20"}]
    assert result["tag:tracker.invalid,2026:terms/before"] == [{"@type": EDTF, "@value": "2028-03-12"}]
    assert slip[f"{PROV}endedAtTime"][0]["@type"] == "http://www.w3.org/2001/XMLSchema#dateTime"
    (used,) = slip[f"{PROV}used"]
    assert f"{OA}Annotation" in used["@type"]


@pytest.mark.parametrize("view", ["status", "history", "claims"])
def test_every_name_is_absolute_also_where_nothing_is_served(known, view):
    for about, begins in ((HERE, "https://tracker.example/"), (About(), "tag:tracker.invalid,")):
        ids = [node["@id"] for node in expanded(known, view, about)]
        assert all(id_.startswith((begins, "tag:tracker.")) for id_ in ids)
        if view != "claims":
            assert len(ids) == len(set(ids))
