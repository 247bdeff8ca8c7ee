"""Firms and bodies that a text introduces as such: "satellite operator Kestra", "Vellon, a Berlin-based launch start-up,", "Tide AG".

What is said of a name once holds wherever the name stands.
"""

import re
from collections.abc import Iterator

FIRM_NAME = r"(?P<x>[A-ZÀ-Þ][\w&'-]*\w(?: (?:& )?[A-ZÀ-Þ][\w&-]*\w){0,3})"
"""A run of words with capitals, in the group `x`."""
_X = FIRM_NAME
_SORT = (
    r"(?:compan(?:y|ies)|firms?|start-?ups?|operators?|manufacturers?|makers?|providers?|developers?|builders?|integrators?|giants?|suppliers?"
    r"|joint ventures?|consorti(?:um|a)|contractors?|subsidiar(?:y|ies)|groups?|broadcasters?|spin-?(?:off|out)s?|telcos?|carriers?|non-?profits?"
    r"|think[- ]tanks?|universit(?:y|ies)|institutes?|laborator(?:y|ies)|(?<!news )agenc(?:y|ies)|ministr(?:y|ies)|regulators?|enterprises?|corporations?|conglomerates?)"
)
_OWN = r"(?: (?!for |of |at |with |from |in |who |which |that |and then )[\w’'&/-]+){0,7}?"
_GOES_ON = r"(?=[,.;:)–—-]| (?:based|in|from|that|which|founded|headquartered|behind|of|specialising|specializing|developing|building|working)\b)"
_CHIEF = r"(?:CEO|CTO|COO|chief executive(?: officer)?|chief technology officer|managing director|co-founder|founder|spokes(?:man|woman|person)|vice[- ]president|president|chairman|chairwoman)"
_MARKET = r"\((?:NASDAQ|Nasdaq|NYSE|TSX|ASX|LSE|AIM|TSE|BSE|NSE|OTC\w*|Euronext\b[^)]*):"
_FORM = r"(?:AG|[Pp]lc|PLC|SpA|S\.p\.A|Oyj?|ASA|A/S|Pty|Pvt|JSC|PJSC|SARL|S\.A|B\.V|KK|K\.K)\b"
_PATTERNS = tuple(
    (re.compile(needed), tuple(re.compile(pattern) for pattern in patterns))
    for needed, patterns in (
        (
            rf"\b{_SORT}",
            (
                rf"\b{_SORT} {_X}",
                rf"{_X}(?: \([^()]{{1,14}}\))?, (?:which is )?(?:an?|the|one of|[A-Z][\w-]*['’]s){_OWN} {_SORT}{_GOES_ON}",
            ),
        ),
        (_MARKET, (rf"{_X} ?{_MARKET}",)),
        (r"-(?:based|headquartered) ", (rf"\b[A-ZÀ-Þ]\w+-(?:based|headquartered) {_X}",)),
        (
            rf"\b{_CHIEF}\b",
            (rf"{_X}(?:['’]s)? (?:and co-)?{_CHIEF}\b", rf"\b{_CHIEF}(?: and \w+)? (?:of|at) (?:the )?{_X}"),
        ),
        (rf" {_FORM}", (rf"{_X},? {_FORM}",)),
    )
)
"""Each group with what must stand in the text for any of it to match: the patterns that begin with a name are dear."""
_SIGN = re.compile(
    rf"\b{_SORT}\b|-based|-headquartered|\((?:N|T|A|L|B|O|E)[A-Za-z]+:|\b(?:AG|[Pp]lc|PLC|SpA|Oyj?|ASA|Pty|Pvt|JSC)\b"
)


def introduced(text: str) -> Iterator[tuple[int, int]]:
    """Yield every place of the names that the text calls a firm, an operator, a university; not sorted, some more than once."""
    if not _SIGN.search(text):
        return
    names: set[str] = set()
    for pattern in (one for needed, patterns in _PATTERNS if needed.search(text) for one in patterns):
        for match in pattern.finditer(text):
            names.add(match["x"].removesuffix("'s").removesuffix("’s"))
    for name in names:
        for again in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            yield again.span()
