"""Organisations that no catalog knows, and how much of a name is theirs."""

import pytest

from tracker.extractors.rules.names.known import find_known
from tracker.extractors.rules.names.organisations import find_organisations
from tracker.extractors.rules.names.shortened import find_shortened


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Osaka University ground the mirror.", ["Osaka University"]),
        ("The Croatian Academy of Crafts and Boston University ground it.", ["Croatian Academy of Crafts", "Boston University"]),
        ("Tokyo's Hoshizora University ground the mirror.", ["Hoshizora University"]),
        ("The Thai Ministry of Lamps and Kenyatta University paid.", ["Thai Ministry of Lamps", "Kenyatta University"]),
        ("The US Department of Lamps paid.", ["US Department of Lamps"]),
        ("The Ministry of Lamps of Togo and the Lomé Technical University paid.", ["Ministry of Lamps of Togo", "Lomé Technical University"]),
        ("The Peruvian Navy and the Geological Survey of Kenya paid.", ["Peruvian Navy", "Geological Survey of Kenya"]),
        ("The Universidad Nacional de Lámparas and the Agence nationale paid.", ["Universidad Nacional de Lámparas"]),
        ("The army and its survey of the lamps cost the union dear.", []),
        ("A lamp of Lumen Dynamics, the firm, burned.", ["Lumen Dynamics"]),
        ("NASA and the Indian Space Research Organisation paid.", []),
        ("The Brazilian Space Agency paid.", []),
        ("It rained on Osaka and on Boston.", []),
    ],
)  # fmt: skip
def test_what_begins_with_a_place_or_people_is_one_name(catalog, text, names):
    found = find_organisations(text, find_known(text, catalog))
    assert [mention.text for mention in found] == names


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Talks were held in Tromsø.", "place/tromso"),
        ("Talks were held in Bishkek.", "place/bishkek"),
        ("Quai d'Orsay was silent.", "place/quai-d-orsay"),
        ("The Kyrgyz delegation left.", "country/kyrgyzstan"),
        ("A Tajik delegation left.", "country/tajikistan"),
        ("The satellite was made by EnduroSat.", "org/endurosat"),
        ("Uzbekspace Agency signed.", "org/uzbekcosmos"),
        ("The Uzbek space agency signed.", "org/uzbekcosmos"),
        ("Zhuque-2E lifted off.", "vehicle/zhuque-2e"),
        ("KSLV-III will follow.", "vehicle/kslv-iii"),
        ("The lander waits in Oceanus Procellarum.", "destination/moon"),
        ("The rover waits in Jezero Crater.", "destination/mars"),
        ("They fly to 2015 XF261 next.", "destination/xf261"),
        ("It lifted off from Launch Complex 39A.", "place/launch-complex-39a"),
    ],
)
def test_the_wider_world_is_known(catalog, text, id_):
    assert id_ in [mention.id for mention in find_known(text, catalog)]


@pytest.mark.parametrize(
    "text",
    [
        "Samara Khan and Georgia Brown wrote the report.",
        "Austin Powers liked the film, and Chad Smith the drums.",
        "Sedna Nielsen, a clerk, and Aurora Ruiz signed.",
        "Cambridge Analytica closed.",
    ],
)
def test_a_first_name_is_neither_a_city_nor_a_state(catalog, text):
    assert [mention.id for mention in find_known(text, catalog)] == []


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("The Kigali Lamp Institute (KLI) paid. Later KLI and NASA met.", ["KLI"]),
        ("Lumen Dynamics (also LDY) paid. LDY's lamp burned; LDY-2 did not.", ["LDY"]),
        ("The Kigali Lamp Institute (Kigali) paid. Kigali slept.", []),
        ("The Great Lamp Observatory (GLO) shone. GLO saw it.", []),
        ("KLI paid. The Kigali Lamp Institute (KLI) slept.", []),
    ],
)
def test_an_acronym_that_a_text_gives_stands_for_its_organisation(catalog, text, shortened):
    known = find_known(text, catalog)
    others = find_organisations(text, known)
    found = find_shortened(text, [*known, *others], [(m.start, m.end) for m in (*known, *others)])
    assert [mention.text for mention in found] == shortened
    assert {mention.id for mention in found} <= {mention.id for mention in others}
