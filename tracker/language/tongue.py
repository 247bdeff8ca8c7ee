"""Which language a text is in: told by its script, and where that is Latin by the small words that every sentence needs.

A sieve, not a judge: it answers only when it is sure, since who asks has a tag to fall back on, and since an English headline
taken for another language would be lost. A statistical model would also guess at "ISRO launches LUPEX"; this does not.
"""

import re
from collections import Counter

_LOOKED_AT = 20_000
"""Characters from the start; what comes after says the same."""
_FEWEST = 4
"""Small words that must stand in a text before they decide."""
_SHARE = 0.12
"""Of all words, those that are small words of the language: running text has twice as many and more."""
_MARGIN = 1.2
"""How many times as much as for the next language, where a word that several share counts for each in part."""
_MOSTLY = 0.3
"""Share of the letters in another script that makes a text one in that script; names in Latin letters are common in it."""

_SCRIPTS = (
    ("ja", "\u3040-\u30ff"),
    ("ko", "\u1100-\u11ff\uac00-\ud7af"),
    ("zh", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("hi", "\u0900-\u097f"),
    ("bn", "\u0980-\u09ff"),
    ("pa", "\u0a00-\u0a7f"),
    ("gu", "\u0a80-\u0aff"),
    ("or", "\u0b00-\u0b7f"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("si", "\u0d80-\u0dff"),
    ("th", "\u0e00-\u0e7f"),
    ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0530-\u058f"),
    ("he", "\u0590-\u05ff"),
    ("ar", "\u0600-\u06ff\u0750-\u077f"),
    ("ru", "\u0400-\u04ff"),
    ("el", "\u0370-\u03ff"),
)
"""A language for each script, by code points (Unicode 16, Blocks.txt): the one with the most readers of news."""
_CLOSER = {
    "hi": (("mr", re.compile("ळ|आहे|आणि")),),
    "ar": (("ur", re.compile("[ٹڈڑے]")), ("fa", re.compile("[پچژگ]"))),
    "ru": (("uk", re.compile("[іїєґ]")), ("bg", re.compile(r"\b(?:ще|към|беше|със)\b"))),
}
"""Languages that share a script, by what only they write; looked for in this order."""
_SMALL = {
    "en": "the of and to in is for that on with as by was are from at has it be will have its which were an this not",
    "fr": "le la les des et du une est pour dans que qui au sur avec par aux pas ce cette sont ont été son ses mais",
    "de": "der die das und den von mit für auf ist im dem nicht des ein eine sich auch als wird bei nach aus zum einer",
    "es": "el la los las y del que en un una por con para se su al como lo más fue es ha sus este pero",
    "it": "il la di che e per un una del della dei con sono nel alla è gli non da le si al delle anche dal",
    "pt": "o os as e do da dos que em um uma para com não por no na ao foi mais se sua pela pelo são",
    "nl": "de het een en van in dat op te voor met zijn is aan niet er door ook bij naar om worden als uit",
    "sv": "och att det som en på är av för den till med har inte om ett var från sig kan när men ska",
    "da": "og at det som en på er af for den til med har ikke om et var fra sig kan når men skal der",
    "no": "og at det som en på er av for den til med har ikke om et var fra seg kan når men skal ble",
    "fi": "ja on ei että se oli myös kun mutta tai ovat sen hän joka jo kuin sekä ole niin nyt",
    "pl": "w i na z do się nie jest że to o jak przez po od dla oraz są ale był który będzie tym",
    "cs": "a se na je v že to do s o by ale pro za po jako jsou od který byl jeho které bude také",
    "hu": "a az és hogy nem is egy meg van volt csak el ez de már azt mint lesz amely szerint",
    "ro": "și de la în a cu pe nu este care din un pentru o să mai ca au fost că sunt prin fi",
    "tr": "ve bir bu için ile de da olarak çok daha olan gibi kadar en ise sonra ancak göre oldu",
    "id": "dan yang di untuk dengan dari pada ini itu tidak dalam akan oleh juga ke adalah sebagai telah karena",
    "vi": "và của là các được trong cho có với đã một những này không người khi để tại từ sẽ",
}
"""Words of grammar that a sentence can hardly do without, by language (ISO 639-1)."""

_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_OF_SCRIPT = tuple((tongue, re.compile(f"[{ranges}]")) for tongue, ranges in _SCRIPTS)
_BY_WORD: dict[str, tuple[str, ...]] = {}
for _tongue, _words in _SMALL.items():
    for _word in _words.split():
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _tongue)
_PART = [0, *(60 // shared for shared in range(1, 10))]
"""What a word counts for each of the languages that share it; whole numbers, so that no order of adding matters."""


def tongue_of(text: str) -> str | None:
    """Return the language of a text as ISO 639-1 has it, or None when the text does not show it."""
    text = text[:_LOOKED_AT]
    return _by_script(text) or _by_words(text)


def tagged(tag: str | None, text: str) -> str:
    """Return the language of a text that came with a tag: what the text shows, else the tag where it can be, else English.

    A tag can be a template's: a tag of a language with a script of its own is not believed of a text in Latin letters.
    """
    shown = tongue_of(text)
    if shown is not None:
        return shown
    foreign = {tongue for tongue, _ in _SCRIPTS} | {tongue for close in _CLOSER.values() for tongue, _ in close}
    return "en" if tag is None or tag in foreign else tag


def _by_script(text: str) -> str | None:
    if text.isascii():
        return None
    letters = len(_LETTERS.findall(text))
    shares = [(tongue, len(pattern.findall(text))) for tongue, pattern in _OF_SCRIPT]
    tongue, most = max(shares, key=lambda share: share[1])
    if sum(count for _, count in shares) < max(1, _MOSTLY * letters):
        return None
    kana = dict(shares)["ja"]
    if tongue == "zh" and kana:
        return "ja"  # Chinese is written without kana, Japanese hardly ever
    if not most:
        return None
    return next((closer for closer, pattern in _CLOSER.get(tongue, ()) if pattern.search(text)), tongue)


def _by_words(text: str) -> str | None:
    every = _WORD.findall(text.lower())
    found = [tongues for tongues in map(_BY_WORD.get, every) if tongues]
    weights: Counter[str] = Counter()
    for tongues in found:
        for tongue in tongues:
            weights[tongue] += _PART[len(tongues)]
    if not weights:
        return None
    (tongue, weight), *others = weights.most_common(2)
    said = sum(tongue in tongues for tongues in found)
    if said < max(_FEWEST, _SHARE * len(every)) or (others and weight < _MARGIN * others[0][1]):
        return None
    return tongue
