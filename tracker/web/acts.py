"""Acts of curators as they come in a request: one shape for each, told apart by `act`, and what each of them does.

To add one, write its shape and name it in `Act`.
"""

import datetime as dt
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from tracker.domain.claim import Modality
from tracker.events.curation import Fault
from tracker.services.curation.desk import Did, Signed
from tracker.services.curation.office import Curation
from tracker.services.curation.tokens import Scope

Words = Annotated[str, Meta(min_length=1, max_length=2000)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Claim = Annotated[
    str, Meta(pattern="^clm_", max_length=80, description="A claim's id, or the unmistakable beginning of it.")
]
Day = Annotated[dt.date, Meta(description="The last day on which it holds.")]


class _Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="act"):
    """What all have in common. Who acts is told by the token."""

    scope: ClassVar[Scope] = "claims"

    reason: Words
    basis: (
        Annotated[int, Meta(ge=1, description="Refuse if anything of this has changed since that position.")] | None
    ) = None

    def signed(self, actor: str) -> Signed:
        """Return the signature under the act."""
        return Signed(actor, self.reason, self.basis)


class Retract(_Act, frozen=True, kw_only=True, tag="retract"):
    """Let a claim count no more."""

    claim: Claim
    reason: Fault
    note: Words | None = None

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.values.retract(self.claim, self.signed(actor), note=self.note)


class Correct(_Act, frozen=True, kw_only=True, tag="correct"):
    """Let a claim count with the value that its document really gives."""

    claim: Claim
    value: Words
    modality: Modality | None = None

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.values.correct(self.claim, self.value, self.signed(actor), modality=self.modality)


class Restore(_Act, frozen=True, kw_only=True, tag="restore"):
    """Take back the last retraction or correction of a claim."""

    claim: Claim

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.values.restore(self.claim, self.signed(actor))


class Pin(_Act, frozen=True, kw_only=True, tag="pin"):
    """Let a value hold whatever documents say. `value` may be the id of a claim."""

    subject: Name
    attribute: Name
    value: Words
    until: Day | None = None
    modality: Modality | None = None
    by: Annotated[str, Meta(min_length=1, max_length=200, description="The party whose approval it is.")] | None = None

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.values.pin(
            self.subject,
            self.attribute,
            self.value,
            self.signed(actor),
            until=self.until,
            modality=self.modality,
            by=self.by,
        )


class Unpin(_Act, frozen=True, kw_only=True, tag="unpin"):
    """Let documents decide again. `value` tells pins apart where an attribute has several."""

    subject: Name
    attribute: Name
    value: Words | None = None

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.values.unpin(self.subject, self.attribute, self.signed(actor), value=self.value)


class Acknowledge(_Act, frozen=True, kw_only=True, tag="acknowledge"):
    """Let an open conflict be. Another claim opens it again."""

    subject: Name
    attribute: Name

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.values.acknowledge(self.subject, self.attribute, self.signed(actor))


class Reopen(_Act, frozen=True, kw_only=True, tag="reopen"):
    """Take back that a conflict was acknowledged."""

    subject: Name
    attribute: Name

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.values.reopen(self.subject, self.attribute, self.signed(actor))


class Merge(_Act, frozen=True, kw_only=True, tag="merge"):
    """Judge that two ids mean one subject. `anyway` also against an earlier judgement that they do not."""

    scope: ClassVar[Scope] = "subjects"

    left: Name
    right: Name
    anyway: bool = False

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.subjects.merge(self.left, self.right, self.signed(actor), anyway=self.anyway)


class Split(_Act, frozen=True, kw_only=True, tag="split"):
    """Take back that two ids mean one subject; with `different` judge that they never do."""

    scope: ClassVar[Scope] = "subjects"

    left: Name
    right: Name
    different: bool = False

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.subjects.split(self.left, self.right, self.signed(actor), different=self.different)


class Rename(_Act, frozen=True, kw_only=True, tag="rename"):
    """Call a subject by another name; without one, as documents call it."""

    scope: ClassVar[Scope] = "subjects"

    subject: Name
    name: Name | None = None

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.subjects.rename(self.subject, self.name, self.signed(actor))


class Grade(_Act, frozen=True, kw_only=True, tag="grade"):
    """Let all that a publisher says count with a grade; without one, with that of the table."""

    scope: ClassVar[Scope] = "sources"

    publisher: Name
    grade: Name | None = None

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.sources.grade(self.publisher, self.grade, self.signed(actor))


class Adopt(_Act, frozen=True, kw_only=True, tag="adopt"):
    """Let the table of the settings count from here on."""

    scope: ClassVar[Scope] = "sources"

    def do(self, curation: Curation, actor: str) -> Did:
        return curation.sources.adopt(self.signed(actor))


Act = Retract | Correct | Restore | Pin | Unpin | Acknowledge | Reopen | Merge | Split | Rename | Grade | Adopt
"""Everything that can be decided over the network."""
