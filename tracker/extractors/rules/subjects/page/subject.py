"""A subject of a document: the mission, agreement or meeting that its words speak of, and where they do."""

from typing import Literal

import msgspec

from tracker.domain.claim import Kind
from tracker.domain.ids import SubjectId

Form = Literal["proper", "descriptive", "anaphor"]


class SubjectMention(msgspec.Struct, frozen=True):
    """One place where the text speaks of a subject: by its name, by what it is, or by pointing back."""

    start: int
    end: int
    text: str
    form: Form


class Subject(msgspec.Struct, frozen=True):
    """What claims can be made about.

    `name` is the fullest name that the document itself uses and `aliases` are the others in it. `catalog_id` is set when the
    catalog knows it. `type` is the code of an agreement. `parent` is the mission that a component or a member belongs to;
    `parties` are catalog ids that the name itself or its sentence tells ("between A and B", "India-Japan Space Dialogue").
    Mentions stand in order of the text and do not overlap.
    """

    kind: Kind
    id: SubjectId
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[SubjectMention, ...] = ()
    catalog_id: str | None = None
    type: str | None = None
    parent: SubjectId | None = None
    parties: tuple[str, ...] = ()
