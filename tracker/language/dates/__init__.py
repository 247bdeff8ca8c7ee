"""Dates of English news: `find_dates` reads them, `DateMention` is what it gives.

Read in this order: `mention` (the answer), `words` (what dates are made of), `numbers`, `names`, `parts`, `relative` (the
four ways a date can begin), `around` ("early", "by", "no earlier than"), `ranges` (two dates that are one), `tense` (last
March or next), and `scan`, which puts them together. The spellings are those of EDTF (ISO 8601-2:2019).
"""

from tracker.language.dates.mention import Bound, DateMention
from tracker.language.dates.scan import find_dates

__all__ = ["Bound", "DateMention", "find_dates"]
