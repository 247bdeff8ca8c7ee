"""The whole way from a document to its claims, by rules over sentences.

    names and dates → subjects → the scene → cues with their modality → facts → the document's word → claims

Every stage is a module of its own beside this one. Pure and deterministic: the same document and knowledge give the same claims.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from tracker.domain.claim import Claim
from tracker.domain.document import Document
from tracker.extractors.extractor import Extractor
from tracker.extractors.knowledge import Knowledge
from tracker.extractors.rules.claims.assembly import assemble
from tracker.extractors.rules.claims.days.brackets import bracket_facts
from tracker.extractors.rules.claims.days.events import facts_of
from tracker.extractors.rules.claims.days.sheets import sheet_facts
from tracker.extractors.rules.claims.document import settle
from tracker.extractors.rules.claims.meetings.gathered import meeting_facts
from tracker.extractors.rules.claims.pacts.lent import with_lent_parties
from tracker.extractors.rules.claims.pacts.pacts import pact_facts, update_pair
from tracker.extractors.rules.claims.pacts.tenure import in_force
from tracker.extractors.rules.claims.parties.heads import with_heads
from tracker.extractors.rules.claims.parties.parties import party_facts
from tracker.extractors.rules.claims.rides.flights import with_flights
from tracker.extractors.rules.claims.rides.lifts import with_lifts
from tracker.extractors.rules.claims.rides.losses import with_losses
from tracker.extractors.rules.claims.rides.misfires import with_misfires
from tracker.extractors.rules.claims.rides.parts import with_landings_of_parts
from tracker.extractors.rules.claims.rides.rides import with_shared_dates
from tracker.extractors.rules.claims.rides.targets import destination_facts
from tracker.extractors.rules.claims.rides.vehicles import vehicle_facts
from tracker.extractors.rules.claims.rides.whither import neighbour_facts
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Scene, set_scene
from tracker.extractors.rules.claims.telling.reads import read_line
from tracker.extractors.rules.claims.telling.topics import Topics, first_topics, remember_plans, update_topics
from tracker.extractors.rules.names.bodies import with_bodies
from tracker.extractors.rules.names.harbours import as_harbours
from tracker.extractors.rules.names.known import find_known
from tracker.extractors.rules.names.rockets import with_rockets
from tracker.extractors.rules.subjects.subjects import find_subjects
from tracker.language.text import plain

_FOLLOWING: Sequence[Callable[[Scene, Iterable[Fact]], list[Fact]]] = (
    with_flights,
    with_shared_dates,
    with_misfires,
    with_losses,
    with_landings_of_parts,
    with_lifts,
    with_heads,
    with_lent_parties,
)
"""What follows from facts of other sentences; each step sees those of the steps before it."""


def read(document: Document, knowledge: Knowledge) -> tuple[Claim, ...]:
    """Return what the document says of missions, agreements and meetings, in the order of its text.

    The rules are of English; of a text in another language they say nothing.
    """
    if document.language != "en":
        return ()
    scene = scene_of(document, knowledge)
    if not scene.subjects:
        return ()
    told: Iterable[Fact] = said(scene)
    for step in _FOLLOWING:
        told = step(scene, told)
    return tuple(assemble(scene, settle(scene, in_force(scene, told))))


def scene_of(document: Document, knowledge: Knowledge) -> Scene:
    """Return a document laid out with everything found in it, before anything is concluded."""
    text = plain(document.text)
    known = with_bodies(text, with_rockets(text, find_known(text, knowledge.catalog)))
    subjects = find_subjects(document, knowledge.catalog, known)
    told = [(m.start, m.end) for subject in subjects for m in subject.mentions]
    seen = as_harbours(known, told, knowledge.catalog) if subjects else ()
    return set_scene(document, subjects, seen, knowledge.catalog, knowledge.lexicon)


def said(scene: Scene) -> Iterator[Fact]:
    """Yield all facts, sentence by sentence, before the document as a whole is weighed."""
    topics: Topics = first_topics(scene)
    pair: tuple[Item, ...] = ()
    for line in scene.lines:
        reads = read_line(scene, line, topics)
        told = tuple(facts_of(scene, line, reads)) or tuple(sheet_facts(scene, line, topics))
        yield from told
        yield from party_facts(scene, line, reads, topics)
        yield from vehicle_facts(scene, line, reads, topics)
        yield from bracket_facts(scene, line)
        yield from destination_facts(scene, line, topics)
        yield from pact_facts(scene, line, reads, pair, topics)
        yield from meeting_facts(scene, line, reads, topics)
        topics = remember_plans(scene, line, update_topics(scene, line, topics), told)
        pair = update_pair(line, pair)
    yield from neighbour_facts(scene)


RULES = Extractor(name="rules", version="2", find=read)
