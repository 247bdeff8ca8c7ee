"""Openings: whether the capital that opens a sentence or a headline begins the name of a craft, or is only the first letter."""

from collections.abc import Sequence

from tracker.extractors.rules.subjects.page.page import Page
from tracker.extractors.rules.subjects.page.phrases import Phrase
from tracker.extractors.rules.words import Word, word_set

OPENING = word_set(
    "a an the new first second third last final next latest tiny small big giant private commercial secret military troubled historic "
    "pioneering failed lost dead old ageing aging future planned proposed joint another one two three why how what when will can is was "
    "as after before with for in on at from despite amid while meet watch see all both no not this that its his her their our your my "
    "crewed uncrewed manned unmanned massive huge mini nano advanced rare daring cheap reusable experimental live breaking video "
    "photos pictures update exclusive opinion editorial analysis explained explainer doomed silent stray rogue sunken most many some "
    "every each major key top more several four five six seven eight nine ten dozens rival sister twin fellow expert scientists engineers"
)
ADJECTIVAL = (
    "ed", "ing", "ese", "ish", "ous", "ive", "able", "ible", "less", "ful", "ary", "est", "ic", "al", "ern", "ian", "ean", "ch", "er", "ly", "s",
)  # fmt: skip
"""Ends of words that are more often said of a craft than its name."""


def opens_with_name(page: Page, words: Sequence[Word], here: Phrase, last: int) -> bool:
    """Whether the run that opens a sentence is a name: by its second capital ("Copper Kestrel"), or by the sort of its craft behind it.

    "Twiga lunar lander aims for launch" names one; "Private lunar lander", "Swedish weather satellite", "New NASA probe" do not.
    """
    run = words[: last + 1]
    if run[0].lower in OPENING or page.known_in(run[0].start, run[-1].end):
        return False
    if len(run) > 1 and run[-1].capital:
        return True
    behind = words[last + 1 : here.index]
    return (
        len(run) == 1
        and bool(behind)
        and all(w.text.islower() for w in behind)
        and not run[0].lower.endswith(ADJECTIVAL)
    )
