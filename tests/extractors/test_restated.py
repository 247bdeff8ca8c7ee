"""One agreement told twice is one, two of the same parties are two."""

import pytest

from tracker.extractors.rules.read import read

CONTEXT = "\n\nThe satellite makers of both sides follow the spacecraft and the lunar lander of the space agency.\n"

TOLD_TWICE = [
    "Kestra wins weather data contract\n\nKestra keeps growing and has secured its second weather data contract this year.\n\nOn 3 June NOAA said that it had awarded Kestra a contract to deliver weather data from its satellites.",
    "The Peruvian space agency CONIDA has signed a contract with Airbus for a new radar satellite. As part of the €190 million contract, Airbus will train engineers.",
    "KASA and the Polish Space Agency formalised their partnership on rocket engines on Thursday. The two heads signed the memorandum of understanding (MoU) in Seoul.",
    "CONAE and ASI signed a memorandum of understanding on floods in Rome. ASI is the third agency to sign a memorandum of understanding with CONAE, its head said.",
    "KASA and the Polish Space Agency signed an agreement on engines in June. This is the second international agreement that the Polish agency signed this year.",
    "LAPAN and the Technical University of Vaasa signed a memorandum of understanding on small satellites. The memorandum between LAPAN and TU Vaasa is valid for five years.",
]

TWO = [
    "CONAE and ASI signed a memorandum of understanding on floods in Rome. CONAE and ASI also signed a memorandum of understanding on fires.",
    "NOAA awarded Kestra a contract to deliver weather data in June 2024. In 2021 NOAA awarded Kestra a contract to deliver ship positions.",
    "The new agreement between CNES and KASA builds on the initial agreement signed in 2016 by CNES and KASA.",
    "CONAE and ASI signed an arrangement on radar data on Monday. An umbrella agreement on cooperation already binds CONAE and ASI.",
    "ESA and Brazil signed an agreement on ground stations. ESA and Chile signed an agreement on ground stations.",
]

NONE = [
    "Every single Kestra contract saves NASA and ESA millions.",
    "Oman and Iran met on Sunday. No agreement was signed on satellites.",
    "The shares rose after an agreement by new and old owners to sell 755 million dollars of stock in Kestra.",
    "The memorandum will give ESA and CNES more, as the treaty will provide a framework for cooperation.\n\nThe ESA-led union agreed on wages.",
    "In partnership with the University of Tartu the agency ESA flew a satellite.",
    '"I am glad that this Memorandum of ours is the first," the head of KASA said.',
]  # fmt: skip


def pacts(text, knowledge, document):
    return {c.entity for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "agreement"}


@pytest.mark.parametrize("text", TOLD_TWICE)
def test_what_is_told_twice_is_one(text, knowledge, document):
    assert len(pacts(text, knowledge, document)) == 1


@pytest.mark.parametrize("text", TWO)
def test_two_of_the_same_parties_stay_two(text, knowledge, document):
    assert len(pacts(text, knowledge, document)) == 2


@pytest.mark.parametrize("text", NONE)
def test_what_binds_nobody_is_no_agreement(text, knowledge, document):
    told = read(document(text + CONTEXT, "2024-07-10"), knowledge)
    assert not [
        c for c in told if c.kind == "agreement" and c.attribute in ("status", "party") and "memorandum" not in c.entity
    ]


def test_the_surest_word_tells_the_type(knowledge, document):
    text = (
        "KASA and ASI sealed a partnership on radar data. The two heads signed the memorandum of understanding in Rome."
    )
    told = [c.value for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.attribute == "type"]
    assert told == ["mou"]
