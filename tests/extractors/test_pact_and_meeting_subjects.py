"""Agreements and meetings of whole documents: what is one thing, what it is called, and its id."""

import pytest

from tests.extractors.mentions import places

# --- agreements


@pytest.mark.parametrize(
    ("text", "name", "type_", "id_"),
    [
        (
            "NASA and the Norwegian Space Agency signed a memorandum of understanding on polar ground stations on 3 May in Oslo.",
            "memorandum of understanding on polar ground stations",
            "mou",
            "agreement/norway-united-states-mou-polar-ground-stations",
        ),
        (
            "The Norwegian Space Agency and NASA signed the MoU on polar ground stations in Oslo. It covers two antennas.",
            "MoU on polar ground stations",
            "mou",
            "agreement/norway-united-states-mou-polar-ground-stations",
        ),
        (
            "ESA and JAXA initialled an Implementing Arrangement concerning the radio of the lander.",
            "Implementing Arrangement concerning the radio of the lander",
            "implementing_arrangement",
            "agreement/esa-japan-implementing-arrangement-radio-lander",
        ),
        (
            'Six space agencies launched the "Partnership for Polar Space Weather", the head of ESA said.',
            "Partnership for Polar Space Weather",
            "partnership",
            "agreement/partnership-polar-space-weather",
        ),
        (
            "A letter of intent on cargo flights to lunar orbit was exchanged by NASA and ESA.",
            "letter of intent on cargo flights to lunar orbit",
            "letter_of_intent",
            "agreement/esa-united-states-letter-of-intent-cargo-flights-lunar-orbit",
        ),
        ("Chile signed the Artemis Accords at NASA.", "Artemis Accords", "accord", "agreement/artemis-accords"),
    ],
)
def test_an_instrument_has_its_fullest_name_its_type_and_a_stable_id(read, text, name, type_, id_):
    found = read(text, name="story-9")
    assert (found[id_].name, found[id_].type) == (name, type_)


def test_the_order_of_the_parties_makes_no_other_agreement(read):
    one = read("The agreement between NASA and ESA on crew flights to the Moon was renewed, and astronauts train.")
    two = read("ESA astronauts train. They renewed the agreement on crew flights to the Moon between ESA and NASA.")
    assert set(one) & set(two) == {"agreement/esa-united-states-agreement-crew-flights-moon"}


def test_an_agreement_without_a_name_is_called_by_its_parties(read):
    found = read("CNSA and Roscosmos signed an agreement in March, and a spacecraft will follow. The pact is secret.")
    (pact,) = found.values()
    assert pact.name == "agreement between CNSA and Roscosmos"
    assert places(pact, "anaphor") == ["The pact"]
    assert pact.id.endswith("-doc-1"), "without a topic it may not be mistaken for another agreement of the two"


def test_a_plural_with_parties_is_one_instrument_each(read):
    found = read("ESA renewed its space arrangements with Chile and Kenya, for satellite data.")
    assert [s.name for s in found.values()] == ["arrangement with Chile", "arrangement with Kenya"]


def test_the_promise_of_an_agreement_is_a_subject(read):
    found = read("NASA and ESA compared their lunar orbit plans. After the talks the two sides will have an agreement.")
    assert [s.type for s in found.values() if s.kind == "agreement"] == ["agreement"]


@pytest.mark.parametrize(
    "text",
    [
        "NASA issued a press statement on its spacecraft, in general agreement with ESA's view of the satellite.",
        "By prior agreement the press left before NASA's spacecraft was shown. An ESA satellite hung above.",
        "NASA said the growing partnership of art and science at its satellite show pleased ESA.",
        "He read a letter to NASA about the spacecraft that ESA lost.",
    ],
)
def test_words_of_accord_are_no_instruments(read, text):
    assert [s for s in read(text).values() if s.kind == "agreement"] == []


def test_an_undertaking_may_be_told_by_the_verb_alone(read):
    found = read(
        "In March, Oslo-based Fjordbot and the Danish firm Skagen Orbit have agreed to jointly design a satellite that catches debris in space, ESA said."
    )
    names = [s.name for s in found.values() if s.kind == "agreement"]
    assert names == ["agreement between Fjordbot and Skagen Orbit to jointly design a satellite"]


# --- meetings


def test_a_series_and_its_members_are_told_apart(read):
    found = read(
        "The fourth Andean Space Dialogue was held in Lima from 2 to 4 April. The dialogue brought together the space agencies "
        "of Peru and Chile. The third Andean Space Dialogue had met in Quito in 2022 to talk about satellites."
    )
    assert set(found) == {"meeting/andean-space-dialogue-4", "meeting/andean-space-dialogue-3"}
    assert places(found["meeting/andean-space-dialogue-4"], "anaphor") == ["The dialogue"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (
            "ISRO and JAXA spoke at the third India-Japan Space Dialogue.",
            "meeting/india-japan-space-dialogue-3",
        ),
        (
            "The inaugural India-Japan Space Dialogue was held. ISRO and JAXA spoke.",
            "meeting/india-japan-space-dialogue-1",
        ),
        (
            "A first meeting of the India-Japan Space Dialogue was held. ISRO and JAXA spoke.",
            "meeting/india-japan-space-dialogue-1",
        ),
        ("ISRO and JAXA met at APRSAF-24 in Bengaluru.", "meeting/aprsaf-24"),
        (
            "At the 24th session of APRSAF, ISRO and JAXA spoke.",
            "meeting/aprsaf-24",
        ),
        (
            "The 12th meeting of the Arctic Satellite Forum (ASF-12) was held by ESA and NASA.",
            "meeting/arctic-satellite-forum-12",
        ),
        ("ESA and NASA hosted the Polar Orbit Conference in Nuuk in 2023.", "meeting/polar-orbit-conference-2023"),
    ],
)
def test_one_meeting_has_one_id_however_it_is_counted(read, text, id_):
    assert id_ in read(text)


def test_members_known_by_their_acronym_only(read):
    found = read(
        "The 12th meeting of the Arctic Satellite Forum (ASF-12) was held by ESA and NASA; ASF-11 had met in Oslo."
    )
    assert set(found) == {"meeting/arctic-satellite-forum-12", "meeting/arctic-satellite-forum-11"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("An emergency meeting in Geneva on satellite debris ended, ESA and NASA said.", "emergency meeting in Geneva"),
        (
            "Norway's prime minister visited Seoul in May. ESA and NASA have satellites.",
            "visit of Norway's prime minister to Seoul",
        ),
        (
            "During the state visit of the Kenyan president to Paris, ESA and NASA showed a satellite.",
            "state visit of the Kenyan president to Paris",
        ),
        (
            "The two presidents held talks with the minister of defence on satellites, ESA and NASA said.",
            "meeting of two presidents with the minister of defence",
        ),
    ],
)
def test_a_single_meeting_is_called_by_what_it_was(read, text, name):
    assert [s.name for s in read(text).values() if s.kind == "meeting"] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The press conference was short, and the board meeting of the satellite maker dull. NASA and ESA were not there.",
        "The NASA rover met its target and visited a crater; an ESA satellite took pictures.",
        "NASA wants regular talks about satellites. ESA agrees.",
    ],
)
def test_what_is_no_meeting(read, text):
    assert [s for s in read(text).values() if s.kind == "meeting"] == []
