"""What an event can be found by, as far as the event itself tells. Pure."""

from tracker.domain import identity
from tracker.events.curation import Curation, PolicyAdopted, SourceGraded, touched
from tracker.events.types import (
    ClaimsExtracted,
    ContentRedacted,
    DocumentCaptured,
    DocumentDuplicateJudged,
    Event,
    FeedMoved,
    FeedRegistered,
    FeedRetired,
)

FEEDS = "feeds"
"""What is said of any feed: the list of feeds is made from it anew when its table is lost."""
RULES = "rules"
"""What changes the weight of claims everywhere: grades of sources, tables of rules."""


def keys_of(event: Event) -> tuple[str, ...]:
    """Return the keys of an event.

    A document is found by its link where that names it, and by the id it declares. By its words and its file it is found too,
    but only whoever has captured it knows those: texts and paths are not in the log.
    """
    match event:
        case DocumentCaptured():
            strong = [identity.url_key(event.url)] if event.url and event.rung == "url" else []
            if event.rung == "declared" and event.external_id:
                strong.append(identity.declared_key(event.external_id))
            return tuple(strong)
        case ClaimsExtracted() | DocumentDuplicateJudged():
            return tuple(event.subjects)
        case ContentRedacted():
            return (event.document_id,)
        case FeedRegistered() | FeedMoved() | FeedRetired():
            return (FEEDS,)
        case SourceGraded() | PolicyAdopted():
            return (RULES,)
        case event if isinstance(event, Curation):
            return tuple(touched(event))
        case _:
            return ()
