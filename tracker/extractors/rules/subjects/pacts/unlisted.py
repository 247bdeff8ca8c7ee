"""Parties that no list has, laid out with the known names: an agreement with a firm nobody has heard of is that firm's all the same."""

import msgspec

from tracker.extractors.rules.names.organisations import find_organisations
from tracker.extractors.rules.names.signers import find_signers
from tracker.extractors.rules.subjects.page.page import Page


def with_unlisted(page: Page) -> Page:
    """Return the page with the organisations that the catalog lacks among its names; a name inside one of them is gone."""
    others = find_organisations(page.twin, page.known)
    taken = [(m.start, m.end) for m in (*page.known, *others)]
    others += find_signers(page.twin, taken)
    if not others:
        return page
    longer = [m for m in page.known if not any(o.start <= m.start and m.end <= o.end for o in others)]
    known = tuple(sorted((*longer, *others), key=lambda m: m.start))
    return msgspec.structs.replace(page, known=known, starts=tuple(m.start for m in known))
