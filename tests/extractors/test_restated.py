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
    "The shares rose after an agreement by new and old owners to sell 300 million dollars of stock in Kestra.",
    "The memorandum will give ESA and CNES more, as the treaty will provide a framework for cooperation.\n\nThe ESA-led union agreed on wages.",
    "In partnership with the University of Tartu the agency ESA flew a satellite.",
    '"I am glad that this Memorandum of ours is the first," the head of KASA said.',
]  # fmt: skip


def test_the_first_contract_is_not_the_next_one(knowledge, document):
    text = (
        "ESA expects to sign the contract with Airbus for the second satellite in December. "
        "The first contract, worth 300 million euros, was signed in 2020."
    )
    said = [c for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.attribute == "status"]
    assert {(c.entity.split()[0], c.value) for c in said} == {("contract", "under_discussion"), ("first", "signed")}


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


def told(text, knowledge, document):
    said = read(document(text + CONTEXT, "2024-07-10"), knowledge)
    return {f"{c.attribute}={c.value}" for c in said if c.kind == "agreement"}


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        (
            "ESA awarded contracts to Airbus, OHB and Thales Alenia Space to design a lunar lander.",
            {"party=ESA", "party=Airbus", "party=OHB", "party=Thales Alenia Space", "type=contract", "status=signed"},
            set(),
        ),
        (
            "Hispasat has contracted SpaceX to launch its next satellite from Florida.",
            {"party=Hispasat", "party=SpaceX", "type=contract", "status=signed", "subject=launch its next satellite"},
            set(),
        ),
        (
            "CSA has chosen MDA to build a rover arm. The 90 million dollar contract runs for four years.",
            {"party=CSA", "party=MDA", "type=contract", "status=signed"},
            set(),
        ),
        ("CSA has chosen MDA to build a rover arm. The arm is red.", set(), {"type=contract", "status=signed"}),
        (
            "Peru and Chile signed two agreements on Friday. CONIDA and the Chilean agency signed a memorandum on tsunamis. They also signed an arrangement on fires.",
            {"signed_date=2024-07-05", "subject=tsunamis", "subject=fires"},
            set(),
        ),
        (
            "The minister will fly to Ottawa to sign a deal next week with the Canadian Space Agency on radar.",
            {"party=Canadian Space Agency", "signed_date=2024-07-15/2024-07-21"},
            {"status=signed"},
        ),
        (
            "The craft, built by Airbus, has cameras for ESA and JAXA, which signed an agreement in 2014 to share them.",
            {"party=ESA", "party=JAXA", "signed_date=2014", "subject=share them"},
            {"party=Airbus"},
        ),
        (
            "OHB said on Monday that it has been awarded a contract by ESA. The contract award is valued at 3 million euros.",
            {"party=OHB", "party=ESA", "status=signed"},
            set(),
        ),
        (
            "On 3 May 2024 the crowd cheered in Rome when ASI and Kenya signed a memorandum on tracking.",
            {"signed_date=2024-05-03", "party=ASI", "party=Kenya"},
            set(),
        ),
        (
            "The cabinet approved a memorandum between ISRO and CNES on debris. It extended the term of the commission to 31 January 2025, and approved the extension of the term of its chairman.",
            {"status=agreed"},
            {"signed_date=2025-01-31", "status=signed"},
        ),
        (
            "NASA awarded Kestra an 80 million dollar contract to launch the Quill satellite in December 2026.",
            {"status=signed", "party=Kestra"},
            {"signed_date=2026-12"},
        ),
        (
            "ESA and JAXA signed a memorandum on debris. Under the long-standing partnership with Kenya, ESA runs a station. The memorandum shall establish the framework for work with Chile.",
            {"party=JAXA"},
            {"party=Kenya", "type=partnership", "type=agreement"},
        ),
        (
            "The cabinet approved the Agreement between the Government of Oman and the Government of Brazil on Cooperation in the Use of Outer Space for Peaceful Purposes, an ESA envoy said.",
            {"party=Oman", "party=Brazil", "status=agreed"},
            {"party=Outer Space"},
        ),
        (
            "NASA and Kenya signed a tracking agreement this month. NASA knows of no decision to leave the agreement.",
            {"status=signed"},
            {"status=terminated"},
        ),
        (
            "The ESA contract with Kestra was extended through 2030 last year. The pact on lasers between ESA and Peru has not been renewed.",
            {"expiry_date=2030"},
            {"expiry_date=2023", "status=signed"},
        ),
        (
            "Under its contract with Kestra, ESA buys rockets. OHB and Airbus agreed in June to merge.",
            {"party=ESA", "party=Kestra"},
            {"party=OHB", "party=Airbus"},
        ),
        (
            "CSA chose MDA, Airbus and OHB to build a lunar arm each. The contracts run for two years.",
            {"party=CSA", "party=MDA", "party=Airbus", "party=OHB", "type=contract"},
            set(),
        ),
        (
            "ESA signed a statement with NASA on the Gateway and a letter of intent with Chile on radar.",
            {"type=joint_statement", "type=letter_of_intent", "party=NASA", "party=Chile"},
            set(),
        ),
        (
            "ESA and Slovenia signed the Agreement on Accession to the ESA Convention on Tuesday.",
            {"party=Slovenia", "signed_date=2024-07-09"},
            {"type=treaty"},
        ),
        (
            "KASA and JAXA may sign a memorandum on debris this year, but nothing has been agreed.",
            {"status=under_discussion"},
            {"status=agreed", "status=signed"},
        ),
        (
            "Peru wants to sign the Artemis Accords. Critics of its technology safeguards agreement with the US want the agreement scrapped.",
            {"status=under_discussion"},
            {"status=terminated"},
        ),
        (
            "Had the contract with OHB been signed in 2019, ESA would fly today.",
            set(),
            {"status=signed", "signed_date=2019"},
        ),
        ("NASA hired engineers and signed up for a course.", set(), {"type=contract", "status=signed"}),
    ],
)
def test_agreements_told_by_verbs_and_in_numbers(text, wanted, unwanted, knowledge, document):
    said = told(text, knowledge, document)
    assert wanted <= said, said
    assert not unwanted & said, said


def test_a_name_in_passing_takes_up_the_agreement_of_its_parties(knowledge, document):
    text = (
        "CONAE and the Polish Space Agency signed a memorandum on debris on Monday. "
        "Its head praised the agreement of ours with CONAE for the industry of both."
    )
    assert len(pacts(text, knowledge, document)) == 1


def test_the_paris_agreement_alone_is_no_news_of_space(knowledge, document):
    assert read(document("Oslo quits the Paris Agreement", "2024-07-10"), knowledge) == ()
    assert read(document("Norway signs the Artemis Accords", "2024-07-10"), knowledge) != ()
