"""A group: the places of a document that speak of one subject, while it is being put together."""

import msgspec

from tracker.extractors.rules.subjects.page.page import Candidate


class Group(msgspec.Struct):
    """The places that speak of one subject while it is being put together; `catalog_id` once it is known."""

    candidates: list[Candidate]
    catalog_id: str | None = None

    @property
    def first(self) -> Candidate:
        """The earliest place."""
        return self.candidates[0]

    @property
    def nouns(self) -> frozenset[str]:
        """The common nouns that it goes by."""
        return frozenset(noun for c in self.candidates for noun in c.nouns)

    @property
    def named(self) -> bool:
        """Whether it has a proper name somewhere."""
        return any(c.form == "proper" for c in self.candidates)
