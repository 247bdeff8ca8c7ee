"""JSON-LD 1.1 in the words of others: schema.org for what a thing is, PROV-O for where it comes from, Web Annotation for evidence.

Every value is a claim (schema:Claim) that annotates a document, with a selector for its very words and one for their place. The
context stands in the document, so that nothing needs to be fetched to understand it. Dates are EDTF, as the Library of Congress
types them; where one is an ISO 8601 date too, it stands as schema.org's own property beside.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from tracker.domain.vocabulary import VOCABULARIES
from tracker.outputs.entry import name as change_name
from tracker.outputs.format import About, Writer
from tracker.outputs.jsonl import whole
from tracker.outputs.place import NOBODY
from tracker.services.curation.ledger import LedgerLine
from tracker.services.queries.answers import HistoryLine, Subject, Value
from tracker.services.queries.dated import DATES
from tracker.services.queries.quotes import Quote

Node = dict[str, Any]

_SELECTORS: Mapping[str, object] = {
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "SpecificResource": "oa:SpecificResource",
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@id"},
    "exact": "oa:exact",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}
CONTEXT: Mapping[str, object] = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "id": "@id",
    "type": "@type",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "tracker": f"tag:{NOBODY},2026:terms/",
    "Annotation": "oa:Annotation",
    **_SELECTORS,
    "additionalType": {"@type": "@id"},
    "object": {"@type": "@id"},
    "about": {"@type": "@id"},
    "isPartOf": {"@type": "@id"},
    "hasPart": {"@type": "@id"},
    "quotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "used": {"@id": "prov:used", "@type": "@id"},
    "attributedTo": "prov:wasAttributedTo",
    "endedAt": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    "modality": "tracker:modality",
    "position": {"@id": "tracker:position", "@type": "xsd:integer"},
    "change": "tracker:change",
    "before": "tracker:before",
    "standing": "tracker:standing",
}
_TYPES: Mapping[str, str] = {"mission": "Project", "agreement": "CreativeWork", "meeting": "Event"}
_PARTIES: Mapping[str, str] = {"mission": "member", "agreement": "contributor", "meeting": "attendee"}
_EVENT_STATES: Mapping[str, str] = {
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}
_ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")


def writer(node: Callable[[Any, About], Node]) -> Writer:
    """Return what writes a document whose graph has a node for each answer."""

    def write(answers: Iterable[Any], about: About) -> Iterator[bytes]:
        yield b'{"@context":' + msgspec.json.encode(CONTEXT) + b',"@graph":[\n'
        for number, answer in enumerate(answers):
            yield (b",\n" if number else b"") + msgspec.json.encode(whole(_given(node(answer, about))))
        yield b"\n]}\n"

    return write


def subject(one: Subject, about: About) -> Node:
    """Return a subject as schema.org knows such things, with the claims that hold of it."""
    place = about.place
    iri = place.iri(place.subject(one.id))
    held = one.attributes
    return {
        "id": iri,
        "type": [_TYPES[one.kind], "prov:Entity"],
        "identifier": one.id,
        "additionalType": f"tracker:{one.kind}",
        "name": one.name,
        "alternateName": list(one.aliases),
        "isPartOf": place.iri(place.subject(one.part_of)) if one.part_of else None,
        "hasPart": [place.iri(place.subject(part)) for part in one.parts],
        _PARTIES[one.kind]: [_party(value) for value in held.get("party", ())],
        **_own(one, held, iri),
        "subjectOf": [_claim(one.id, name, value, about) for name, values in held.items() for value in values],
    }


def claim(one: LedgerLine, about: About) -> Node:
    """Return a claim, with who read it and what became of it."""
    reader = {"type": "prov:SoftwareAgent", "name": f"{one.extractor} {one.extractor_version}"}
    who = {"type": "Organization", "name": one.attribution} if one.attribution else None
    return {
        **_claim(one.subject, one.attribute, one, about),
        "attributedTo": reader,
        "claimInterpreter": who,
        "standing": one.status,
        "position": one.position,
    }


def change(one: HistoryLine, about: About) -> Node:
    """Return a change as what was done to a view, and what was used for it."""
    place = about.place
    iri = place.iri(place.subject(one.subject))
    return {
        "id": change_name(one, about),
        "type": ["UpdateAction", "prov:Activity"],
        "object": iri,
        "change": one.change,
        "result": {
            "type": "PropertyValue",
            "propertyID": one.attribute,
            "value": _typed(one.subject, one.attribute, one.new),
            "before": _typed(one.subject, one.attribute, one.old),
        },
        "modality": one.modality,
        "endedAt": one.recorded_at,
        "position": one.position,
        "used": _annotation(one.document_id, one.claim_id, one.evidence, about),
    }


def _own(one: Subject, held: Mapping[str, tuple[Value, ...]], iri: str) -> Node:
    """What schema.org has a property of its own for."""
    place = [{"type": "Place", "name": value.value} for value in held.get("place", ())]
    if one.kind == "meeting":
        return {"location": place, **_dates(held.get("held_date", ())), **_state(held)}
    if one.kind == "agreement":
        expires = [value.value for value in held.get("expiry_date", ()) if _ISO.fullmatch(value.value)]
        return {"expires": expires, "abstract": [value.value for value in held.get("subject", ())]}
    happenings = [
        {"type": "Event", "name": f"{what}{one.name}", "about": iri, **_dates(held[name]), **_state(held)}
        for name, what in DATES.items()
        if name in held
    ]
    return {"event": happenings}


def _dates(values: Iterable[Value]) -> Node:
    for value in values:
        first, _, last = value.value.partition("/")
        # A window of a plan is no event that takes years: both ends must be days to be those of an event.
        if not last and _ISO.fullmatch(first):
            return {"startDate": first}
        if all(_ISO.fullmatch(end) and len(end) == len("2026-01-01") for end in (first, last)):
            return {"startDate": first, "endDate": last}
    return {}


def _state(held: Mapping[str, tuple[Value, ...]]) -> Node:
    state = next((value.value for value in held.get("status", ())), "")
    return {"eventStatus": {"id": _EVENT_STATES.get(state, "https://schema.org/EventScheduled")}}


def _party(value: Value) -> Node:
    who, _, role = value.value.partition(": ")
    organisation = {"type": "Organization", "name": who}
    # A role of schema.org stands between a thing and its part: the property is told again inside.
    return {"type": "OrganizationRole", "roleName": role, "member": organisation} if role else organisation


def _claim(subject_id: str, attribute: str, value: Value | LedgerLine, about: About) -> Node:
    place = about.place
    return {
        **_annotation(value.document_id, value.claim_id, value.evidence, about),
        "about": place.iri(place.subject(subject_id)),
        "modality": value.modality,
        "datePublished": {"@type": "edtf:EDTF", "@value": value.published},
        "body": {
            "type": "PropertyValue",
            "propertyID": attribute,
            "value": _typed(subject_id, attribute, value.value),
        },
    }


def _annotation(document_id: str, claim_id: str, evidence: Quote, about: About) -> Node:
    place = about.place
    source = place.iri(place.document(document_id))
    quote = [{"type": "TextQuoteSelector", "exact": evidence.quote}] if evidence.quote is not None else []
    where = {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end}
    return {
        "id": place.url(place.document(document_id, claim_id)) or place.tag(f"claims/{claim_id}"),
        "type": ["Annotation", "Claim", "prov:Entity"],
        "identifier": claim_id,
        "motivation": "oa:describing",
        "quotedFrom": source,
        "target": {"type": "SpecificResource", "source": source, "selector": [*quote, where]},
    }


def _typed(subject_id: str, attribute: str, value: str | None) -> object:
    vocabulary = VOCABULARIES.get(subject_id.partition("/")[0])
    known = vocabulary.attributes.get(attribute) if vocabulary else None
    if value is None or known is None or known.type != "date":
        return value
    return {"@type": "edtf:EDTF", "@value": value}


def _given(node: Any) -> Any:  # noqa: ANN401  (any part of a node)
    """A node without what is not known."""
    match node:
        case dict():
            return {name: _given(each) for name, each in node.items() if each is not None and each != []}
        case list():
            return [_given(each) for each in node]
        case _:
            return node
