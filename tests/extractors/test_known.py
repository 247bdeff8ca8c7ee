"""Finding what the catalog knows in a text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extractors.catalog import Catalog
from tracker.extractors.rules.names.known import find_known


def said(text, catalog, *families):
    return [(m.text, m.id, m.form) for m in find_known(text, catalog) if not families or m.family in families]


# The sentence, and every mention in order as "words → id, form".
FOUND = [
    (
        "Isro and the Japan Aerospace Exploration Agency (JAXA) will fly LUPEX on an H3.",
        ("Isro → org/isro name; Japan Aerospace Exploration Agency → org/jaxa alias; JAXA → org/jaxa name;"
        "LUPEX → mission/lupex name; H3 → vehicle/h3 name"),
    ),
    (
        "Chandrayaan 3, Chandrayaan-3 and Chandrayaan3 are one craft.",
        ("Chandrayaan 3 → mission/chandrayaan-3 name; Chandrayaan-3 → mission/chandrayaan-3 name;"
        "Chandrayaan3 → mission/chandrayaan-3 name"),
    ),
    ("A GSLV-Mk III stood on the pad.", "GSLV-Mk III → vehicle/lvm3 alias"),
    ("Chandrayaan-3's rover slept.", "Chandrayaan-3 → mission/chandrayaan-3 name"),
    (
        "The Indian space agency wrote to Japan’s space agency.",
        "Indian space agency → org/isro described; Japan’s space agency → org/jaxa described",
    ),
    (
        "Lockheed Martin Corporation, Maxar Technologies Inc. and OHB SE bid; Thales AG-3 is a part, and Boeing SAs are none.",
        (
            "Lockheed Martin Corporation → org/lockheed-martin name; Maxar Technologies Inc. → org/maxar alias; OHB SE → org/ohb alias;"
            "Thales → org/thales-alenia alias; Boeing → org/boeing name"
        ),
    ),
    ("Space agency of the United States", "Space agency of the United States → org/nasa described"),
    (
        "Tokyo told New Delhi that Japanese money was ready.",
        "Tokyo → place/tokyo capital; New Delhi → place/new-delhi capital; Japanese → country/japan demonym",
    ),
    (
        "The Union Cabinet and the Japanese government agreed.",
        "Union Cabinet → country/india described; Japanese government → country/japan described",
    ),
    (
        "It will map the lunar south pole, the Martian dust and the moon.",
        ("lunar south pole → destination/moon-south-pole alias; Martian → destination/mars adjective;"
        "moon → destination/moon name"),
    ),
    ("Lunar soil came back.", "Lunar → destination/moon adjective"),
    ("The U.S.-Japan talks ended.", "U.S. → country/united-states acronym; Japan → country/japan name"),
    (
        "Delegates liked the Asia-Pacific Regional Space Agency Forum.",
        "Asia-Pacific Regional Space Agency Forum → series/aprsaf name",
    ),
    ("Thailand joined the Artemis Accords.", "Thailand → country/thailand name; Artemis Accords → agreement/artemis-accords name"),
    ("China's Chang’e 6 returned.", "China → country/china name; Chang’e 6 → mission/change-6 name"),
    ("They met in St. Petersburg.", "St. Petersburg → place/saint-petersburg name"),
    (
        "The Ministry of Education, Culture, Sports, Science and Technology paid.",
        "Ministry of Education, Culture, Sports, Science and Technology → org/mext alias",
    ),
    (
        "The Ministry of Education, Culture, Sports, Science & Technology paid.",
        "Ministry of Education, Culture, Sports, Science & Technology → org/mext alias",
    ),
    ("Soyuz MS-22 leaked; Soyuz MS-23 went up.", "Soyuz MS-22 → mission/soyuz-ms-22 name; Soyuz MS-23 → mission/soyuz-ms-23 name"),
    ("Artemis II waits for Orion, the crew capsule.", "Artemis II → mission/artemis-ii name; Orion → mission/orion name"),
    ("The International Space Station orbits.", "International Space Station → mission/international-space-station name"),
    ("PSLV-C57 carried it.", "PSLV → vehicle/pslv name"),
    ("The company ispace tried again.", "ispace → org/ispace name"),
    ("A court sat in The Hague.", "The Hague → place/the-hague name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mentions"), FOUND)
def test_what_a_sentence_names(catalog, text, mentions):
    expected = []
    for line in mentions.split(";"):
        words, _, rest = line.strip().partition(" → ")
        expected.append((words, *rest.split(" ")))
    assert said(text, catalog) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell over the Indian Ocean.",
        "President Moon Jae-in smiled.",
        "President Moon smiled.",
        "Bruno Mars sang all night.",
        "The Washington Post asked.",
        "He studied at the George Washington library.",
        "Taylor Swift sings.",
        "Bob Hope told jokes about satellites.",
        "Spirit Airlines lost a bag.",
        "They told us who may come, and it was in vain.",
        "a dart board and orange juice",
        "There is hope that the launch works.",
        "Hope of an early launch faded on Monday.",
        "At dawn the rocket rolled out.",
        "Write to press@isro.example or see isro.gov for more.",
        "Artemis 9 and Apollo XX are not on any list.",
        "Agencies Pin Hope On Another Launch Attempt",
        "Dr. Houston spoke.",
        "",
    ],
)
def test_what_only_looks_like_a_name(catalog, text):
    families = ("mission", "destination", "place", "organisation", "country")
    assert said(text, catalog, *families) == []


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("The Hope probe entered orbit.", "mission/hope"),
        ("Hope entered orbit around Mars in February.", "mission/hope"),
        ("The orbiter, called Hope, carries three instruments.", "mission/hope"),
        ("The rover Spirit got stuck.", "mission/spirit"),
        ("Scientists steered Dawn toward the asteroid Vesta.", "mission/dawn"),
        ("NASA smashed DART into a small moon.", "mission/dart"),
        ("At Mercury, the spacecraft will slow down.", "destination/mercury"),
        ("Engineers in Pasadena drove Curiosity over sand on Mars.", "mission/curiosity"),
    ],
)
def test_ordinary_words_are_names_in_the_company_of_space(catalog, text, id_):
    assert id_ in [mention.id for mention in find_known(text, catalog)]


def test_one_sure_mention_makes_the_others_sure(catalog):
    text = "The Emirates Mars Mission is late.\n\nHope, people say, needs patience."
    assert [m.text for m in find_known(text, catalog)] == ["Emirates Mars Mission", "Hope"]
    assert find_known("Hope, people say, needs patience.", catalog) == ()


def test_a_name_of_two_things_follows_the_rest_of_the_text(catalog):
    navigation = "Europe launched two Galileo satellites. Galileo serves phones."
    assert {m.id for m in find_known(navigation, catalog)} == {"mission/galileo-navigation"}
    jupiter = "The Galileo orbiter reached Jupiter. Later the Galileo mission ended."
    assert [m.id for m in find_known(jupiter, catalog) if m.family == "mission"] == ["mission/galileo-orbiter"] * 2


def test_a_longer_name_swallows_the_shorter(catalog):
    assert said("Moon Express built a lander.", catalog) == [("Moon Express", "org/moon-express", "name")]
    assert said("the moon express train", catalog) == [("moon", "destination/moon", "name")]


def test_names_do_not_reach_across_a_sentence_or_a_blank_line(catalog):
    assert [m.id for m in find_known("They saw Mars. Express trains left.", catalog)] == ["destination/mars"]
    assert [m.id for m in find_known("They saw Mars\n\nExpress trains left.", catalog)] == ["destination/mars"]
    assert [m.id for m in find_known("the Mars\nExpress orbiter", catalog)] == ["mission/mars-express"]


def test_every_distinctive_name_is_found_in_a_sentence(catalog):
    lost = []
    for family, entry in catalog.entries():
        for name in entry.names:
            if name in entry.common or name in entry.ambiguous:
                continue
            text = f"Yesterday {name} was in the news."
            if not any(m.id == entry.id and m.family == family and m.text == name for m in find_known(text, catalog)):
                lost.append((entry.id, name))
    assert lost == []


def test_a_catalog_without_rows_finds_nothing():
    assert find_known("ISRO and JAXA go to the Moon.", Catalog.from_tables({})) == ()


_WORDS = st.sampled_from(
    ["ISRO", "Chandrayaan", "-3", " ", "\n", "the ", "Indian", "Space", "Research", "U.S.", "Moon", "'s", "space agency",
     "Hope", "Mk", "III", "GSLV", ", ", "&", "é", "🛰", "\x00", "٣", "Chang’e", "of", "St.", "(", "@", "_", "II", "ǅ", "İ"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(_WORDS).map("".join)))
def test_any_text_is_read_and_spans_are_letter_for_letter(catalog, text):
    mentions = find_known(text, catalog)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert catalog.get(mention.id) is not None
        end = mention.end
    assert find_known(text, catalog) == mentions


@pytest.mark.parametrize(
    "unit", ["Hope ", "Ministry of Education, Culture, ", "a", "Moon-", "U.S.", "the lunar polar ", "\n", "( "]
)
def test_time_grows_with_the_text_and_no_faster(catalog, unit):
    find_known(unit, catalog)

    def seconds(size):
        text = (unit * (size // len(unit) + 1))[:size]
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            find_known(text, catalog)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(80_000) < 8 * seconds(20_000) + 0.02


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("The probe is old. Dawn, now circling Ceres, has little fuel left.", "mission/dawn"),
        ("The Webb telescope is new. Hubble, its forerunner, still works.", "mission/hubble"),
        ("The probe is old. Dawn, now a teacher in Ohio, recalls its launch.", None),
        ("The probe is old. Hope, still strong among its makers, is all they have.", None),
    ],
)
def test_what_an_apposition_says_of_an_ordinary_word(catalog, text, id_):
    found = {m.id for m in find_known(text, catalog)}
    assert (id_ in found) if id_ else not found & {"mission/dawn", "mission/hope", "mission/emirates-mars-mission"}
