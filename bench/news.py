"""Generated news for measuring speed: about 400 words each, with missions of the catalog, dates, parties and much filler.

Missions are drawn so that a few are in the news all the time and most are seldom, as in life. Nothing here tells how well
documents are read: `make score` does.
"""

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from itertools import accumulate

import msgspec

from tracker import resources

WORDS = 400
_FIRST_DAY = dt.date(2019, 1, 1)
_MONTHS = ("January", "March", "May", "July", "August", "October", "November", "December")
_AGENCIES = ("ISRO", "JAXA", "NASA", "ESA", "CNES", "CNSA", "KARI", "the Canadian Space Agency")
_FACTS = (
    "{mission} is now expected to lift off in {month} {year}, said {agency} on Monday.",
    "The launch of {mission} has slipped from {month} {past} to {year}, an official of {agency} told reporters.",
    "{agency} will build the lander of {mission}, while {other} provides the rover and two cameras.",
    "The cabinet has approved {mission} with a budget spread over six years.",
    "{mission} was launched on {day} {month} {past} and reached its orbit after three burns.",
    "Engineers lost contact with {mission} in {month} {past}, and attempts to reach it ended a month later.",
    "{agency} and {other} signed an agreement on the exchange of tracking data on {day} {month} {past}.",
    "If tests of the engine go well, {mission} could fly before the end of {year}.",
    "A review in {month} {year} will decide whether {mission} goes into production.",
    "The two agencies completed the environmental tests of {mission} last week.",
    "Officials of {agency} and {other} met in {month} {past} to discuss cooperation on the Moon.",
    "{agency} denied that {mission} had been cancelled for want of money.",
)
_FILLER = (
    "Visitors crowded the gallery long before the doors opened, and some had brought folding chairs.",
    "The building has stood near the harbour since the sixties and smells faintly of machine oil.",
    "Asked what had surprised her most, the engineer laughed and pointed at a box of broken connectors.",
    "Nobody in the room wanted to name a sum, although everyone seemed to have one in mind.",
    "Students from four universities help with the software, mostly at night and during the holidays.",
    "Outside, the rain had turned the car park into a shallow lake.",
    "Much of the work is dull, he admits: forms, spreadsheets, and waiting for somebody else's parts.",
    "The instrument weighs about as much as a large dog and draws less power than a reading lamp.",
    "Critics say that the figures leave out the cost of the ground stations and of the people in them.",
    "A second team checks each drawing, because the first one has stared at it for too long.",
    "Suppliers in the region hope that the contracts will keep their younger workers from moving away.",
    "Her predecessor kept a jar of failed bolts on the desk, and so does she.",
    "The data will be free for everyone after a year, and for paying partners at once.",
    "It is the kind of place in which the coffee machine has a maintenance plan of its own.",
)


class Article(msgspec.Struct, frozen=True):
    """An input document as the `.jsonl` format has it."""

    id: str
    url: str
    title: str
    publisher: str
    published: str
    text: str


def articles(count: int, *, seed: int = 1) -> Iterator[Article]:
    """Yield articles in the order of their publication; the same seed gives the same ones."""
    rng = random.Random(seed)  # noqa: S311  (repeatable, not secret)
    names = mission_names()
    rng.shuffle(names)
    weights = list(accumulate(1 / rank for rank in range(1, len(names) + 1)))
    for number in range(count):
        main, *others = rng.choices(names, cum_weights=weights, k=3)
        published = _FIRST_DAY + dt.timedelta(days=number % 2500)
        yield Article(
            id=f"bench-{seed}-{number}",
            url=f"https://news.example/{seed}/{number}",
            title=f"{main}: what is known so far",
            publisher=f"Gazette {rng.randint(1, 30)}",
            published=published.isoformat(),
            text=_text(rng, main, others, published.year),
        )


def mission_names() -> list[str]:
    """Return the names of the catalog's missions."""
    with (resources.folder("config") / "catalog" / "missions.toml").open("rb") as file:
        return [mission["name"] for mission in tomllib.load(file)["missions"]]


def _text(rng: random.Random, main: str, others: list[str], year: int) -> str:
    """Two sentences in five say something; every fourth of those is about another mission than the main one."""
    sentences: list[str] = []
    words = 0
    while words < WORDS:
        sentence = rng.choice(_FILLER)
        if rng.random() < 0.4:
            agency, other = rng.sample(_AGENCIES, 2)
            sentence = rng.choice(_FACTS).format(
                mission=main if rng.random() < 0.75 else rng.choice(others),
                agency=agency,
                other=other,
                day=rng.randint(1, 28),
                month=rng.choice(_MONTHS),
                year=year + rng.randint(1, 5),
                past=year - rng.randint(1, 6),
            )
        sentences.append(sentence[:1].upper() + sentence[1:])
        words += len(sentence.split())
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
