"""Parties that no list has: known by signing, winning and being awarded something."""

import time

import pytest

from tracker.extractors.rules.names.signers import find_signers
from tracker.extractors.rules.read import read

CONTEXT = "\n\nThe satellite makers of both sides follow the spacecraft and the lunar lander of the space agency.\n"


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("ISRO signed a memorandum with Manastu on green fuel on Monday.", {"ISRO", "Manastu"}),
        ("NASA and Arkisys signed an agreement on docking in June 2023.", {"NASA", "Arkisys"}),
        ("Arkisys and NASA signed an agreement on docking in June 2023.", {"NASA", "Arkisys"}),
        ("ESA awarded Tisserand a contract for clocks.", {"ESA", "Tisserand"}),
        ("A contract for tugs was awarded to Kelpie by the UK Space Agency.", {"Kelpie", "UK Space Agency"}),
        ("Vellon won a contract from ESA on Tuesday to build a tug.", {"Vellon", "ESA"}),
        ("The deal between Momentum and Orbastro on three launches was sealed in May.", {"Momentum", "Orbastro"}),
        ("JAXA and Norway's Kvitnes signed a memorandum of understanding on ice.", {"JAXA", "Kvitnes"}),
        ("The contract between JAXA and Chilean satellite operator Andes covers two satellites.", {"JAXA", "Andes"}),
        ("Quill Marine has signed a contract with ESA for three buoys.", {"Quill Marine", "ESA"}),
        (
            "Vellon, a Bergen-based maker of thrusters, will get them. ESA signed a contract with Vellon.",
            {"Vellon", "ESA"},
        ),
        ("Kestra CEO Ann Lee and Bo Berg, co-founder of Vellon, signed an agreement on tugs.", {"Kestra", "Vellon"}),
        ("Kestra Marine and Quill signed a memorandum on buoys.", {"Kestra Marine", "Quill"}),
        (
            "The pact, which involves ESA, the Royal Thai Air Force and Chile, was sealed on Friday.",
            {"ESA", "Royal Thai Air Force", "Chile"},
        ),
        ("The agreement brings together ESA, JAXA and Kenya.", {"ESA", "JAXA", "Kenya"}),
        ("The agreement that the paper links to JAXA was never signed.", set()),
        ("Ann Lee, head of the firm, was glad. Lee signed a contract with ESA in May.", {"ESA"}),
    ],
)
def test_a_party_is_known_by_what_it_does(text, parties, knowledge, document):
    claims = read(document(text + CONTEXT, "2024-07-10"), knowledge)
    assert {c.value for c in claims if c.kind == "agreement" and c.attribute == "party"} == parties


@pytest.mark.parametrize(
    "text",
    [
        "The agreement was signed by Ann Lee and Bo Berg in Oslo.",
        "President Rao signed the agreement on Monday.",
        "The contract with the Moon people was a joke of May and June.",
        "In May and June the contract was signed.",
        "Crown Prince Rashid signed a contract with them.",
        "The firm's Ann Lee told the news agency Interfax about the deal.",
    ],
)
def test_people_months_and_places_are_no_firms(text):
    assert find_signers(text, ()) == ()


def test_what_is_taken_stays_taken():
    text = "ISRO signed a memorandum with Manastu on green fuel."
    start = text.index("Manastu")
    assert [m.text for m in find_signers(text, [(0, 4)])] == ["Manastu"]
    assert find_signers(text, [(0, 4), (start, start + 7)]) == ()


def test_time_grows_with_the_text_and_no_faster():
    def seconds(count: int) -> float:
        text = "Deal with And And And agreement between A and B " * count
        begun = time.process_time()
        find_signers(text, ())
        return time.process_time() - begun

    seconds(50)
    assert seconds(1600) < 16 * max(seconds(200), 0.002) + 0.05


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Norway and Sweden – both of them kingdoms of the north – have signed a memorandum on ice.", {"Norway", "Sweden"}),
        ("Chile - known for its dark skies over the desert - signed a memorandum on telescopes with ESA.", {"Chile", "ESA"}),
        ("Norway said – it was late – that Chile had signed a memorandum on ice with ESA.", {"Chile", "ESA"}),
    ],
    ids=["two", "one", "who only speaks"],
)  # fmt: skip
def test_what_is_told_between_dashes_parts_nobody_from_the_verb(knowledge, document, text, parties):
    found = read(document(text + CONTEXT), knowledge)
    assert {c.value for c in found if c.kind == "agreement" and c.attribute == "party"} == parties
