"""The common nouns for what flies, and the nouns beside them that mean something else."""

from collections.abc import Sequence

from tracker.extractors.rules.words import Word, word_set

NOUNS = {
    **dict.fromkeys(("mission", "flight", "moonshot", "project", "exploration", "expedition"), "mission"),
    **dict.fromkeys(("spacecraft", "craft", "spaceship", "probe", "explorer", "scout", "flyby"), "probe"),
    **dict.fromkeys(
        ("satellite", "microsatellite", "nanosatellite", "cubesat", "smallsat", "minisatellite"), "satellite"
    ),
    **dict.fromkeys(("orbiter", "mapper"), "orbiter"),
    **dict.fromkeys(("lander",), "lander"),
    **dict.fromkeys(("rover",), "rover"),
    **dict.fromkeys(("telescope", "observatory", "observer"), "telescope"),
    **dict.fromkeys(("capsule", "spaceplane", "shuttle", "module"), "capsule"),
    **dict.fromkeys(("demonstrator", "experiment", "impactor", "sail"), "probe"),
    **dict.fromkeys(("station", "outpost"), "station"),
}
"""Common nouns for what flies, each with the class that "the probe", "the lander" is looked up by."""
# Nouns that make a name only when they are part of it ("Gateway station"), or only beside a name that is surely one.
NOT_NAMING = frozenset(
    {
        "project",
        "exploration",
        "expedition",
        "flyby",
        "observer",
        "module",
        "station",
        "outpost",
        "sail",
        "flight",
        "shuttle",
    }
)
ERRANDS = word_set(
    "trade business fact-finding peacekeeping diplomatic rescue goodwill combat peace election aid relief "
    "economic study training observer military humanitarian medical cultural commercial-trade police "
    "monitoring inspection review advisory"
)
VEHICULAR = word_set(
    "rocket rockets launcher launchers booster boosters missile missiles engine engines motor motors stage stages aircraft "
    "jet jets vehicle vehicles airport pad film movie series magazine newspaper bus buses platform platforms"
)
NAMELESS = word_set(
    "lunar moon mars martian space earth solar venus mercury jupiter sun asteroid comet orbit orbital "
    "deep-space polar south north international national global weather communications communication "
    "navigation radar military spy relay imaging private commercial human crewed uncrewed robotic scientific "
    "science research test demonstration planetary interplanetary trojan trojans"
)
SORTS = NAMELESS | word_set(
    "cargo resupply supply climate crew astronaut astronomy astrophysics cosmology heliophysics infrared ultraviolet x-ray gamma-ray "
    "telecommunications telecommunication telecom broadband internet smartphone earth-observation observation observing geostationary "
    "meteorological meteorology environmental environment ocean oceanography methane carbon microwave optical laser hyperspectral "
    "technology sample-return sample return surveillance reconnaissance early-warning remote-sensing exploration landing atmospheric "
    "microgravity tourist tourism education student amateur agricultural direct-to-device positioning mapping topography"
)
"""What stands between a name and its noun: "the Twiga lunar lander", "the Peewit 2 climate research satellite"."""
OWNERS = word_set(
    "army navy air force forces pentagon kremlin congress parliament senate cabinet government ministry cold world war corps command "
    "department office administration bureau university institute college school team agency"
)
"""Ends of names that own a craft and are none: "an Air Force weather satellite"."""
TECHNIQUES = word_set(
    "sar geo leo meo gto sso iot gps gnss vhf uhf ais tv hd 3d ai 5g 6g uv ir eo isr co2 x-ray vlf rf"
)
_LARGER = word_set(
    "programme program system systems series constellation network launch data image images industry navigation "
    "bus dish phone communications communication technology technologies operator maker manufacturer center centre agency business market sector giant services "
    "fleet swarm imagery pictures photo photos phones telephony television broadcasting broadcaster internet link links signal signals receiver receivers "
    "antenna antennas dishes channel channels capacity design builder builders makers operators operations manufacturing manufacturers servicing "
    "factory factories plant facility facilities laboratory companies firms engineers engineering scientists"
)


def following_noun(words: Sequence[Word], last: int) -> tuple[int, tuple[str, ...]]:
    """Return the index of the noun that goes with a name ("Akatsuki Venus Orbiter Mission"), and what nouns it has."""
    stop, nouns = last, []
    at = last + 1
    while at < len(words) and at - last <= 4:
        word = words[at]
        if word.lower in NOUNS and word.lower not in NOT_NAMING:
            nouns.append(NOUNS[word.lower])
            stop = at
        elif not (word.capital and word.text.isalpha()):
            break
        at += 1
    return stop, tuple(nouns)


def of_a_rocket(words: Sequence[Word], first: int, last: int) -> bool:
    if first > 1 and words[first - 1].lower in ("called", "named", "dubbed") and words[first - 2].lower in VEHICULAR:
        return True
    return any(w.lower in VEHICULAR for w in (*words[last + 1 : last + 2], *words[max(0, first - 1) : first]))


def goes_on(words: Sequence[Word], index: int) -> bool:
    """Whether the noun is only part of a longer name or of another noun: "Polar Satellite Launch Vehicle", "satellite system"."""
    if index + 1 >= len(words):
        return False
    right = words[index + 1]
    return right.lower in _LARGER or (
        words[index].capital and right.capital and right.text[0].isalpha() and right.lower not in NOUNS
    )
