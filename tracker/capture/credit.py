"""The news agency that a text credits as its source: in its dateline, its byline, or its last lines.

Outlets print what they buy from agencies, cut and reworded as they like, and are bound to say whose it is. To mention an
agency is no credit: "told Reuters" may stand in anybody's own report.
"""

import re
from collections.abc import Mapping
from typing import Final

AGENCIES: Final[Mapping[str, str]] = {
    "AAP": "AAP|Australian Associated Press",
    "AFP": "AFP|Agence France[- ]Presse",
    "ANI": "ANI|Asian News International",
    "ANSA": "ANSA",
    "AP": "AP|(?:The )?Associated Press",
    "Anadolu": "AA|Anadolu(?: Agency)?",
    "Antara": "ANTARA|Antara(?: News)?",
    "Bernama": "BERNAMA|Bernama",
    "Bloomberg": "Bloomberg(?: News)?",
    "dpa": "dpa|DPA|Deutsche Presse-Agentur",
    "EFE": "EFE|Agencia EFE",
    "IANS": "IANS|Indo-Asian News Service",
    "Interfax": "Interfax",
    "Jiji": "Jiji(?: Press)?|JIJI(?: PRESS)?",
    "Kyodo": "Kyodo(?: News)?|KYODO(?: NEWS)?",
    "PA": "PA|PA Media|Press Association",
    "PTI": "PTI|Press Trust of India",
    "Reuters": "Reuters|REUTERS|Thomson Reuters",
    "RIA Novosti": "RIA Novosti|RIA",
    "TASS": "TASS|ITAR-TASS",
    "UNI": "UNI|United News of India",
    "Xinhua": "Xinhua(?: News Agency)?|XINHUA",
    "Yonhap": "Yonhap(?: News Agency)?|YONHAP",
}
"""What an agency is called here, and how it signs."""

_HEAD: Final = 700
_TAIL: Final = 400
_DASH: Final = "[-‐‑‒–—]"
_NAME: Final = "(" + "|".join(sorted("|".join(AGENCIES.values()).split("|"), key=len, reverse=True)) + ")"
_SIGNED: Final = {re.compile(pattern): agency for agency, pattern in AGENCIES.items()}

# TOKYO, March 4 (Reuters) - The lander … · New Delhi [India], March 4 (ANI): The …
_DATELINE: Final = re.compile(rf"\({_NAME}\)\s*(?:{_DASH}|:)")
# A line of its own: PTI · By Reuters · Source: Xinhua · (Kyodo) · By Asha Pillai, AP
_LINE: Final = re.compile(
    rf"^[ \t(\[]*(?:{_DASH}+ ?)?(?:(?:by|source|from|credit|agency):? (?:[^\n,|]{{1,60}}, )?)?{_NAME}(?: staff)?[ \t)\].]*$",
    re.IGNORECASE | re.MULTILINE,
)
# … on Tuesday. (Reuters) · … on Tuesday. -- IANS · … on Tuesday. PTI SKR ADM
_END: Final = re.compile(
    rf"(?:\({_NAME}(?:/[A-Z]+)?\)|{_DASH}+ ?{_NAME}|(?<=[.\"”] ){_NAME}(?: [A-Z]{{2,4}}){{1,4}})[ \t.]*$", re.MULTILINE
)
# With inputs from PTI · with agency inputs from ANI · (With IANS inputs) · published from a syndicated feed of PTI
_INPUTS: Final = re.compile(
    rf"\bwith (?:[a-z]+ )?inputs? from (?:the )?{_NAME}\b|\bwith {_NAME} inputs?\b|\bsyndicated feed (?:of|from|by) {_NAME}\b",
    re.IGNORECASE,
)
# The last line of this agency, which nobody else writes so.
_REPORTING: Final = re.compile(r"\(?(?:Additional )?[Rr]eporting by [^\n]{3,200}?[;,.] ?(?:[Ww]riting|[Ee]diting) by ")


def credit_of(text: str) -> str | None:
    """Return the agency that the text credits, by its usual name; of several the first. None when it credits none.

    Linear: only the beginning and the end of the text are looked at.
    """
    head, tail = text[:_HEAD], text[-_TAIL:]
    for pattern, part in (
        (_DATELINE, head),
        (_LINE, head),
        (_END, tail),
        (_LINE, tail),
        (_INPUTS, tail),
        (_INPUTS, head),
    ):
        match = pattern.search(part)
        name = next(filter(None, match.groups()), None) if match else None
        if name and (agency := _agency(name)):
            return agency
    return "Reuters" if _REPORTING.search(tail) else None


def _agency(name: str) -> str | None:
    return next((agency for pattern, agency in _SIGNED.items() if pattern.fullmatch(name)), None)
