"""What events add to a subject: readings of documents, judgements of copies, and the acts of curators."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tracker.domain.claim import Claim
from tracker.domain.document import DocumentRef
from tracker.domain.ids import DocumentId, SubjectId
from tracker.domain.vocabulary import Vocabulary
from tracker.events.curation import CURATION_TYPES, Curation, SameAsJudged, SameAsWithdrawn, touched
from tracker.events.envelope import Occurrence
from tracker.events.types import ClaimsExtracted, DocumentDuplicateJudged, Event
from tracker.projections.projection import RULES, Entry


class Reading(msgspec.Struct, frozen=True, omit_defaults=True, tag="read", gc=False):
    """What one reading of one document says of one subject; empty when it no longer says anything."""

    position: int
    recorded_at: str
    subject: SubjectId
    document: DocumentRef
    extractor: str
    claims: tuple[Claim, ...]
    extractor_version: str = ""
    copy_of: DocumentId | None = None
    part_of: SubjectId | None = None
    parts: tuple[SubjectId, ...] = ()
    """Parts of the subject that the document speaks of; then it need not speak of the subject itself."""


class Judged(msgspec.Struct, frozen=True, omit_defaults=True, tag="judged"):
    """A version of a document that speaks of the subject was judged to be a copy, or to be none."""

    position: int
    recorded_at: str
    document_id: DocumentId
    version: int
    copy_of: DocumentId | None = None


class Acted(msgspec.Struct, frozen=True, tag="acted"):
    """A curator decided something; `name` is the type of the event."""

    position: int
    recorded_at: str
    name: str
    event: msgspec.Raw

    @property
    def act(self) -> Curation:
        """The event."""
        return _decoders[self.name].decode(self.event)


Part = Reading | Judged | Acted
"""What one event adds to a subject."""

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Reading | Judged | Acted).decode
_decoders: Mapping[str, msgspec.json.Decoder[Curation]] = {
    name: msgspec.json.Decoder(struct) for (name, _), struct in CURATION_TYPES.items()
}
RULING = frozenset({"policy.adopted", "source.graded"})
"""The events that say by which rules all subjects are judged."""
_ACTED = b'{"type":"acted"'


def collect(vocabulary: Vocabulary, recorded: Occurrence, event: Event) -> Iterator[Entry]:
    """Yield what an event adds to subjects of one kind."""
    match event:
        case ClaimsExtracted():
            for subject in _of_kind(vocabulary, (*event.subjects, *event.wholes.values())):
                claims = tuple(claim for claim in event.claims if claim.entity_id == subject)
                place = (recorded.position, recorded.recorded_at, subject, event.document, event.extractor)
                parts = tuple(sorted(part for part, whole in event.wholes.items() if whole == subject))
                belongs = (event.copy_of, event.wholes.get(subject), parts)
                yield Entry(subject, _encode(Reading(*place, claims, event.extractor_version, *belongs)))
        case DocumentDuplicateJudged():
            judged = Judged(recorded.position, recorded.recorded_at, event.document_id, event.version, event.copy_of)
            for subject in _of_kind(vocabulary, event.subjects):
                yield Entry(subject, _encode(judged))
        case event if isinstance(event, Curation):
            raw = msgspec.Raw(_encode(event))
            body = _encode(Acted(recorded.position, recorded.recorded_at, recorded.type, raw))
            regroups = isinstance(event, SameAsJudged | SameAsWithdrawn)
            subjects = touched(event)
            for subject in _of_kind(vocabulary, subjects):
                yield Entry(subject, body, regroups=regroups)
            if not subjects:
                yield Entry(RULES, body)
        case _:
            return


def _of_kind(vocabulary: Vocabulary, subjects: Iterable[SubjectId]) -> Iterator[SubjectId]:
    return (subject for subject in dict.fromkeys(subjects) if subject.startswith(vocabulary.kind + "/"))


def read(entries: Iterable[bytes]) -> list[Part]:
    """Return collected entries as values."""
    return [_decode(body) for body in entries]


def acts(entries: Iterable[bytes]) -> list[tuple[Acted, Curation]]:
    """Return the acts of curators among entries, in the order of the log, without reading anything else."""
    found = {}
    for body in entries:
        if body.startswith(_ACTED):
            acted = _decode(body)
            if isinstance(acted, Acted):
                found[acted.position] = (acted, acted.act)
    return [found[position] for position in sorted(found)]
