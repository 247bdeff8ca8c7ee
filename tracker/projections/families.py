"""Which ids mean one subject: the judgements that stand, put together. Nothing is stored but the judgements.

Of each pair the last judgement holds. Pairs judged the same are joined in the order of the log, but never two groups of which
a pair was judged different. A group goes by an id that a catalog knew, else by the first in the order of letters.
"""

from collections.abc import Mapping, Sequence

import msgspec

from tracker.domain.ids import SubjectId
from tracker.events.curation import SameAsJudged, SameAsWithdrawn
from tracker.projections.entries import acts
from tracker.projections.projection import Collected, Group

Pair = tuple[SubjectId, SubjectId]


class Verdict(msgspec.Struct, frozen=True):
    """A judgement of a pair that stands, and where the log has it."""

    position: int
    event: SameAsJudged


def pair(left: SubjectId, right: SubjectId) -> Pair:
    """Return two ids in the one order in which a judgement of them is kept."""
    return (left, right) if left <= right else (right, left)


def standing(entries: Sequence[bytes]) -> dict[Pair, Verdict]:
    """Return the judgements that stand among what was collected for one id."""
    found: dict[Pair, Verdict] = {}
    for acted, event in acts(entries):
        match event:
            case SameAsJudged():
                found[pair(event.left, event.right)] = Verdict(acted.position, event)
            case SameAsWithdrawn():
                found.pop(pair(event.left, event.right), None)
            case _:
                pass
    return found


def verdicts(id_: str, collected: Collected) -> Mapping[Pair, Verdict]:
    """Return every judgement that may decide with whom an id goes together."""
    return _explored(id_, collected)[0]


def gather(id_: str, collected: Collected) -> Group:
    """Return all ids that mean the same subject as one does, with what was collected for each."""
    found, entries = _explored(id_, collected)
    if not found:
        return Group(id_, (id_,), entries[id_])
    members = _joined(found).get(id_, {id_})
    known = {each for verdict in found.values() for each in verdict.event.catalogued}
    first = min(members, key=lambda each: (each not in known, each))
    in_order = sorted(members)
    return Group(first, tuple(in_order), [body for member in in_order for body in entries[member]])


def _explored(id_: str, collected: Collected) -> tuple[dict[Pair, Verdict], dict[str, Sequence[bytes]]]:
    entries: dict[str, Sequence[bytes]] = {}
    found: dict[Pair, Verdict] = {}
    ahead = [id_]
    while ahead:
        member = ahead.pop()
        if member in entries:
            continue
        entries[member] = collected(member)
        here = standing(entries[member])
        found |= here
        ahead += [other for two, each in here.items() if each.event.verdict == "same" for other in two]
    return found, entries


def _joined(found: Mapping[Pair, Verdict]) -> dict[str, set[str]]:
    """The group of every id: joined pair by pair, unless a pair in the two groups was judged different."""
    groups: dict[str, set[str]] = {}
    apart = [two for two, verdict in found.items() if verdict.event.verdict == "different"]
    same = sorted((verdict.position, two) for two, verdict in found.items() if verdict.event.verdict == "same")
    for _, (left, right) in same:
        one, other = groups.get(left, {left}), groups.get(right, {right})
        both = one | other
        if one is not other and not any(a in both and b in both for a, b in apart):
            groups.update(dict.fromkeys(both, both))
    return groups
