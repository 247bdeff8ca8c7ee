"""Which subjects belong together: those that the same documents tell of, and those that name each other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from tracker.services.queries.answers import Subject

_MOST = 12
_SHORTEST_NAME = 4
"""Characters of a name that is looked for in others; shorter ones stand in any word."""


class Tie(msgspec.Struct, frozen=True):
    """Another subject that the same documents tell of: how many of them, and whether it names this one."""

    subject: Subject
    documents: int
    named: bool


class Ties:
    """What ties subjects, made once for all of them: a mission to agreements and meetings, these to everything."""

    def __init__(self, everything: Sequence[Subject]) -> None:
        self._everything = everything
        self._telling: dict[str, list[int]] = defaultdict(list)
        for number, subject in enumerate(everything):
            for document in _documents(subject):
                self._telling[document].append(number)
        self._words = [
            (number, " ".join([subject.name, *_topics(subject)]).casefold())
            for number, subject in enumerate(everything)
        ]
        # Missions do not name missions, and there are many of them.
        self._words_of_others = [(n, words) for n, words in self._words if everything[n].kind != "mission"]

    def of(self, subject: Subject) -> list[Tie]:
        """Return what a subject is tied to, the closest first."""
        names = [name.casefold() for name in (subject.name, *subject.aliases) if len(name) >= _SHORTEST_NAME]
        words = self._words_of_others if subject.kind == "mission" else self._words
        named = {number for number, told in words if any(name in told for name in names)}
        both = Counter(number for document in _documents(subject) for number in self._telling.get(document, ()))
        made = [
            Tie(other, both[number], number in named)
            for number in named | both.keys()
            if (other := self._everything[number]).id != subject.id and not (other.kind == subject.kind == "mission")
        ]
        made.sort(key=lambda tie: (not tie.named, -tie.documents, tie.subject.name.casefold(), tie.subject.id))
        return made[:_MOST]


def _documents(subject: Subject) -> set[str]:
    return {value.document_id for values in subject.attributes.values() for value in values}


def _topics(subject: Subject) -> Iterator[str]:
    return (value.value for value in subject.attributes.get("subject", ()))
