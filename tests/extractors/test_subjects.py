"""The subjects of whole documents: what is one thing, what it is called, what points back to it, and its id."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extractors.mentions import places
from tracker.domain.document import Document, DocumentRef
from tracker.extractors.rules.subjects.subjects import find_subjects

# --- missions


def test_this_joint_mission_is_the_one_just_named(read):
    found = read(
        "ISRO and CNES will fly the TRISHNA satellite in 2026, the agencies said. The lift-off is set for May. This joint "
        "mission of France and India will measure the heat of fields."
    )
    assert [s.name for s in found.values() if s.kind == "mission"] == ["TRISHNA"]


def test_an_orbiter_is_no_lander_though_both_go_to_the_moon(read):
    found = read(
        "South Korea plans to launch a lunar relay orbiter in 2029 and to send a lunar science lander in 2032, its space agency "
        "KASA said. The rocket will be a Nuri."
    )
    assert len([s for s in found.values() if s.kind == "mission"]) == 2


def test_the_mission_is_not_the_one_that_it_is_compared_with(read):
    found = read(
        "The Odysseus lander of Intuitive Machines was the first American craft there since the Apollo 17 mission in 1972. The "
        "mission had left Florida in February, NASA said."
    )
    odysseus = next(s for s in found.values() if "Odysseus" in s.name)
    assert "The mission" in places(odysseus, "anaphor")


def test_the_heavy_probe_is_the_probe(read):
    found = read("NASA's CONTOUR probe fell silent. The 640-kilo probe was to visit two comets, NASA and APL said.")
    (contour,) = (s for s in found.values() if s.kind == "mission")
    assert places(contour, "anaphor") == ["The 640-kilo probe"]


def test_a_satellite_is_announced_named_and_taken_up_again(read):
    found = read(
        "KIRUNA, May 10: A weather satellite that Sweden ordered last year has left the factory. The satellite, named "
        "Simba, is to fly on an Ariane 6 in 2026, the Swedish National Space Agency said. It weighs 300 kg. Simba will "
        "watch storms."
    )
    (simba,) = found.values()
    assert (simba.id, simba.name) == ("mission/simba", "Simba")
    assert places(simba, "proper") == ["Simba", "Simba"]
    assert places(simba, "descriptive") == ["weather satellite"]
    assert places(simba, "anaphor") == ["The satellite", "It"]


def test_an_unnamed_joint_mission_is_one_subject_with_its_two_parties(read):
    found = read(
        "Brazil and Argentina are studying a joint lunar mission, the Brazilian Space Agency said on Monday. The mission "
        "would carry a small rover. CONAE, the Argentine space agency, confirmed the talks on the joint lunar mission."
    )
    (joint,) = found.values()
    assert joint.id == "mission/argentina-brazil-joint-lunar-mission"
    assert joint.parties == ("country/brazil", "country/argentina")
    assert places(joint, "anaphor") == ["The mission"]
    assert len(places(joint, "descriptive")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "ISRO and JAXA talked of a possible joint lunar mission on Friday. India has flown two lunar missions.",
        "Japan and India want to fly together. Their space agencies, JAXA and ISRO, propose a joint mission to the Moon.",
        "The two countries' space agencies will send a lunar probe in 2025, Japan and India said. JAXA builds the rover.",
    ],
)
def test_what_the_catalog_knows_by_description_gets_its_id(read, text):
    assert "mission/lupex" in read(text)


def test_two_documents_that_name_a_mission_differently_agree_on_its_id(read):
    full = read("The Tidewater Explorer (TWEX), a coastal satellite, was launched by ESA on Tuesday aboard a Vega C.")
    short = read("ESA lost contact with the TWEX satellite. The spacecraft had been in orbit for a year.")
    assert set(full) == set(short) == {"mission/twex"}


def test_a_name_in_parentheses_ends_where_they_close(read):
    found = read("ISRO and JAXA build the LUPEX (Lunar Polar Exploration) mission to the Moon.")
    assert found["mission/lupex"].name == "Lunar Polar Exploration"
    assert "LUPEX" in found["mission/lupex"].aliases


def test_a_part_with_a_name_of_its_own_hangs_on_its_mission(read):
    found = read(
        "ISRO lost touch with the Vikram lander of Chandrayaan-2. The Chandrayaan-2 orbiter is working normally in lunar orbit."
    )
    assert found["mission/vikram"].parent == "mission/chandrayaan-2"
    orbiters = [s for s in found.values() if "orbiter" in s.name]
    assert [s.parent for s in orbiters] == ["mission/chandrayaan-2"]


def test_a_misspelt_name_is_the_one_beside_it(read):
    found = read(
        "ISRO launched Chandrayaan-1 to the Moon in 2008. Data of the Chandrayan-1 spacecraft showed water on the lunar surface."
    )
    assert set(found) == {"mission/chandrayaan-1"}


def test_names_that_head_the_items_of_a_round_up_are_missions(read):
    found = read(
        "THE MONTH IN ORBIT\n\n* Gaia -- ESA switched off its mapper.\n\n* Juno -- Still at Jupiter, NASA says. It works.\n\n* Hubble -- In safe mode."
    )
    assert {"mission/gaia", "mission/juno"} <= set(found)
    assert places(found["mission/juno"], "anaphor") == ["It"]


def test_the_lander_is_not_linked_to_an_orbiter(read):
    found = read(
        "NASA's Juno orbiter circles Jupiter. The lander of another agency tipped over on the Moon. The orbiter is well."
    )
    assert places(found["mission/juno"], "anaphor") == ["The orbiter"]


def test_the_parts_in_a_list_of_parts_point_to_nothing(read):
    found = read(
        "NASA's Juno orbiter circles Jupiter. For the next mission NASA will build the orbiter, the lander and the rover alone."
    )
    assert places(found["mission/juno"], "anaphor") == []


def test_it_takes_up_what_heads_the_paragraph(read):
    found = read(
        "Juno. To free staff for Psyche, NASA cut its spacecraft budget. It has not been cancelled, NASA said of the orbiter."
    )
    assert "It" in places(found["mission/juno"], "anaphor")


def test_two_equal_candidates_get_no_link(read):
    found = read(
        "NASA's Juno and ESA's JUICE were compared at the talk on space exploration. The spacecraft carries ten instruments."
    )
    assert all(not places(s, "anaphor") for s in found.values())


# --- documents that are about something else


@pytest.mark.parametrize(
    "text",
    [
        "The bakery launched a lander-shaped cake. An agreement with the mill was signed in May, and a summit of bakers is planned.",
        "The trade mission to Kenya returned on Friday after a visit to the port. The minister signed a memorandum of understanding on tea.",
        "Saturn Road United put the cup into orbit. The probe into the tackle goes on, the club's statement said.",
        "The film 'Moonlit Harbour' opened at the Apollo cinema. The director spoke of his next project and a deal with a studio.",
    ],
)
def test_a_document_that_is_not_about_space_has_no_subjects(read, text):
    assert read(text) == {}


@pytest.mark.parametrize("text", ["Japan launched its Hiten probe in 1990.", "The Hope orbiter reached Mars."])
def test_one_sentence_is_enough_when_it_names_a_craft(read, text):
    assert [s.kind for s in read(text).values()] == ["mission"]


def test_the_page_around_the_article_names_no_subject(read):
    found = read(
        "NASA's Juno spacecraft completed another close pass of Jupiter on Monday, the space agency said, and sent back pictures.\n\n"
        "Also read: Why Cassini had to die\nShare this: Facebook | Twitter"
    )
    assert set(found) == {"mission/juno"}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "NASA",
                "ESA",
                "the",
                "The",
                "a",
                "mission",
                "lander",
                "agreement",
                "(MoU)",
                ",",
                ".",
                '"',
                "signed",
                "by",
                "Chandrayaan-2",
                "'s",
                "Moon",
                "between",
                "and",
                "in",
                "2025",
                "third",
                "Space",
                "Dialogue",
                "session",
                "of",
                "Forum",
                "it",
                "It",
                "joint",
                "lunar",
                "24th",
                "visit",
                "President",
                "met",
                "\n",
                "\n\n",
                "-",
                "<p>",
                "called",
                "X-9",
                "Simba",
                "uncrewed",
                "flight",
                "with",
                "on",
            ]
        ),
        max_size=60,
    ).map(lambda words: "NASA and ESA launched a satellite. " + " ".join(words))
)
def test_any_jumble_of_words_gives_mentions_that_lie_in_the_text(catalog, text):
    ref = DocumentRef(id="doc_1", version=1, published="2024", published_basis="given")
    for subject in find_subjects(Document(ref, text), catalog):
        assert subject.name
        assert subject.id.startswith(subject.kind + "/")
        end = 0
        for mention in subject.mentions:
            assert end <= mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.text
            end = mention.end


def test_time_grows_with_the_text_and_no_faster(catalog):
    story = (
        "The Puffin-{n} satellite was launched by ESA in May. It works. NASA and ESA signed an agreement on ice maps, part {n}. "
        "The third Fjord Space Dialogue met in Oslo. The satellite is well, and the agreement covers the dialogue.\n\n"
    )

    def seconds(copies):
        ref = DocumentRef(id="doc_1", version=1, published="2024", published_basis="given")
        document = Document(ref, "".join(story.format(n=n) for n in range(copies)))
        begun = time.process_time()
        find_subjects(document, catalog)
        return time.process_time() - begun

    seconds(5)
    assert seconds(800) < 40 * max(seconds(100), 0.02), "eight times the text may not take forty times as long"


def test_a_name_without_its_noun_is_the_name_again(read):
    text = (
        "ESA will follow the Wigeon lander to the Moon. Wigeon carries six instruments; a green Wigeon Street sign is not one. "
        "The Khayyam satellite passed overhead, and Khayyam sent a signal to the space agency."
    )
    found = read(text)
    assert [m.text for m in found["mission/wigeon"].mentions][:2] == ["Wigeon", "Wigeon"]
    assert [m.text for m in found["mission/khayyam"].mentions] == ["Khayyam satellite", "Khayyam"]


def test_an_article_on_an_unmanned_probe_is_about_space(read):
    text = (
        "After ten years the unmanned Wigeon probe is there. Crowds cheered. A burn ended the trip. Some wept. NASA built a camera. "
        "It is a good one. Wigeon was launched in 2014. It is to drop a lander onto the comet."
    )
    assert "mission/wigeon" in read(text)
    assert not read(
        text.replace("unmanned Wigeon probe", "old Wigeon inquiry").replace("onto the comet", "onto a lorry")
    )
