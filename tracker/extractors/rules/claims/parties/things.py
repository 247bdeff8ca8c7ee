"""Things that parties bring to a mission: "the rover", "an x-ray spectrometer", each with the role that the lexicon gives it."""

from tracker.extractors.lexicon import Lexicon
from tracker.extractors.rules.claims.scene.scene import Line
from tracker.extractors.rules.words import word_set

DETERMINERS = word_set("the a an its their both this that one two three four five six seven eight nine ten another 's")
_OF_IT = word_set(
    "tv television service services communications data imagery images internet broadband phone navigation operator operators pad site station"
)
"""What only comes by a satellite or belongs to a launch: who provides satellite television provides no satellite."""


def find_things(line: Line, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Return first and last token and role of the things that a sentence names, the longest name of each."""
    found: list[tuple[int, int, str]] = []
    if lexicon.provider_heads.isdisjoint(line.vocabulary):
        return found
    words, free = line.words, 0
    for at, word in enumerate(words):
        if at < free or word not in lexicon.provider_heads:
            continue
        for size in (3, 2, 1):
            role = lexicon.providers.get(" ".join(words[at : at + size]))
            if size == 1 and word == "launch" and words[max(0, at - 1)] not in DETERMINERS | {"of"}:
                continue  # the verb
            if role and at + size <= len(words) and not _OF_IT & set(words[at + size : at + size + 1]):
                found.append((at, at + size, role))
                free = at + size
                break
    return found
