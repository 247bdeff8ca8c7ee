"""How views are worked out: collect what events say of a key, then judge. Pure."""

from collections.abc import Mapping

from tracker.domain.vocabulary import AGREEMENT, MEETING, MISSION
from tracker.projections import documents, subjects
from tracker.projections.projection import Projection

PROJECTIONS: Mapping[str, Projection] = {
    MISSION.plural: subjects.projection(MISSION),
    AGREEMENT.plural: subjects.projection(AGREEMENT),
    MEETING.plural: subjects.projection(MEETING),
    "documents": documents.PROJECTION,
}
