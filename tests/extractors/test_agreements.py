"""What articles say of agreements: a table for each phenomenon, with what must be claimed and what must not."""

import pytest

from tracker.extractors.rules.read import read

CONTEXT = "\n\nThe satellite makers of both sides follow the spacecraft and the lunar lander of the space agency.\n"


def check(text, published, wanted, unwanted, knowledge, document):
    found = {
        f"{c.attribute}={c.value}" + ("" if c.modality == "actual" else f" {c.modality}")
        for c in read(document(text + CONTEXT, published), knowledge)
        if c.kind == "agreement"
    }
    assert not [w for w in wanted if w not in found], sorted(found)
    assert not [f for f in found if any(f.startswith(u) for u in unwanted)], sorted(found)


SIGNED = [
    ("Brazil and China inked a deal to build a sixth radar satellite on Wednesday.", ["status=signed", "signed_date=2024-07-10", "party=Brazil", "party=China"], []),
    ("The contract, awarded to Thales Alenia Space by ESA in 2021, covers two weather satellites.", ["status=signed", "signed_date=2021", "party=ESA", "party=Thales Alenia Space"], []),
    ("JAXA and CNES renewed their memorandum of understanding on 22 November 2016.", ["status=signed", "signed_date=2016-11-22", "party=JAXA", "party=CNES", "type=mou"], []),
    ("The talks were followed by the conclusion of a memorandum on space weather between NASA and KARI.", ["status=signed", "type=mou", "party=NASA", "party=KARI"], []),
    ("It all began in 2005, when NASA and DLR signed an arrangement on gravity data.", ["status=signed", "signed_date=2005", "type=arrangement"], []),
    ("NASA and ASI signed a joint statement of intent on lunar habitats in Rome on 16 June.", ["status=signed", "signed_date=2024-06-16", "type=joint_statement"], []),
    ("The agreement was signed in Abu Dhabi by UAE Space Agency head Salem Al Qubaisi and JAXA president Hiroshi Yamakawa.", ["status=signed", "party=JAXA", "party=UAE Space Agency"], []),
]  # fmt: skip

STANDING = [
    ("Astroscale has entered into a partnership with the UK Space Agency to remove two dead satellites by 2026.", ["status=signed", "party=Astroscale", "party=UK Space Agency"], ["signed_date", "status=under_discussion"]),
    ("Astroscale will sign an agreement with the UK Space Agency on two dead satellites in 2026.", ["status=under_discussion", "signed_date=2026 planned"], ["status=signed"]),
    ("The data exchange of the two rests on the Svalbard agreement between ESA and Norway, signed in 2003.", ["status=in_force", "signed_date=2003"], ["status=signed"]),
    ("On Tuesday JAXA and CNES signed an agreement on a lunar rover. Work under the agreement begins at once.", ["status=signed"], ["status=in_force"]),
    ("The cooperation agreement between CNES and JAXA expired in 2022.", ["status=expired", "expiry_date=2022"], []),
    ("Russia withdrew from the agreement on the lunar station with NASA in 2020.", ["status=terminated"], ["status=signed"]),
    ("JAXA and NASA are negotiating an implementing arrangement for the lunar rover.", ["status=under_discussion", "party=JAXA planned"], ["status=signed", "signed_date"]),
    ('At the Nairobi Space Summit in May 2022, Kenya, Ghana and Egypt launched the "African Partnership for Crop Watching" as well as the "Sahel Data Partnership".', ["effective_date=2022-05", "status=in_force", "party=Kenya", "party=Egypt"], ["status=signed"]),
]  # fmt: skip

ANNIVERSARIES = [
    ("This year sees the 30th anniversary of the accord on remote sensing between ESA and Canada.", ["signed_date=1994"], []),
    ("An anniversary falls in 2026, the fiftieth of the countries' agreement on cooperation in remote sensing.", ["signed_date=1976"], []),
    ("The agreement between ESA and Canada marks its twenty-fifth anniversary this year.", ["signed_date=1999"], []),
    ("The 60th anniversary of relations was marked with a new agreement between ESA and Canada on remote sensing.", [], ["signed_date"]),
]  # fmt: skip

PURPOSES = [
    ("ESA signed an agreement with Canada on Tuesday to map the sea ice of the Arctic.", ["subject=map the sea ice of the Arctic"], []),
    ("ESA and Canada signed a memorandum of understanding. It covers ice charts and oil spills.", ["subject=ice charts and oil spills"], []),
    ("The letter of intent between CNES and ESA, signed in Paris in 2022, covers training and small satellites.", ["subject=training and small satellites"], []),
    ("Under an agreement reached last month, Canada will supply a robotic arm for the station.", ["subject=Canada will supply a robotic arm for the station"], []),
    ("An agreement on a common ground station was signed by ESA and Canada.", ["subject=a common ground station"], []),
    ("ESA and Canada signed an agreement for five years.", [], ["subject=five years"]),
]  # fmt: skip

UNDERTAKINGS = [
    ("Canada and Norway have agreed to jointly build an Arctic weather satellite.", ["status=agreed", "party=Canada", "party=Norway"], ["party=ESA"]),
    ("Canada and Norway cooperate on the NORDSKY Auroral project, which aims to forecast magnetic storms.", ["type=project", "subject=forecast magnetic storms"], []),
    ("The agency presented the NORDSKY Auroral project.", [], ["type=project"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "unwanted"), [*SIGNED, *STANDING, *ANNIVERSARIES, *PURPOSES, *UNDERTAKINGS])
def test_what_a_text_says_of_an_agreement(text, wanted, unwanted, knowledge, document):
    check(text, "2024-07-10", wanted, unwanted, knowledge, document)


def test_each_of_several_agreements_has_its_own_parties(knowledge, document):
    text = "ISRO has signed separate memoranda of understanding with Bolivia, Oman and Kenya." + CONTEXT
    parties = {}
    for claim in read(document(text, "2024-07-10"), knowledge):
        if claim.kind == "agreement" and claim.attribute == "party":
            parties.setdefault(claim.entity, set()).add(claim.value)
    assert parties == {
        "memorandum with Bolivia": {"ISRO", "Bolivia"},
        "memorandum with Oman": {"ISRO", "Oman"},
        "memorandum with Kenya": {"ISRO", "Kenya"},
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("An agreement was signed by ESA and Kenya.", "agreement between ESA and Kenya"),
        ("In 2018 an agreement was signed.", "agreement of 2018"),
        ("The treaty replaces an agreement of 1995 that expired in 2010.", "agreement of 1995"),
        ('ESA and Kenya signed an "Arrangement" on "the care of old satellites".', 'Arrangement on "the care of old satellites"'),
        ("An agreement was signed for cooperation on flood maps.", "agreement for cooperation on flood maps"),
    ],
)  # fmt: skip
def test_an_agreement_without_a_title_has_a_name_worth_showing(text, name, knowledge, document):
    assert name in {c.entity for c in read(document(text + CONTEXT, "2024-07-10"), knowledge)}


def test_two_documents_that_tell_a_title_differently_speak_of_one_agreement(knowledge, document):
    told = (
        'ESA and Kenya signed the "Arrangement concerning the Consideration of Joint Flood Maps" in 2019.',
        'ESA and Kenya signed an "Arrangement" on "joint flood maps" in 2019.',
    )
    ids = {
        c.entity_id
        for text in told
        for c in read(document(text + CONTEXT, "2024-07-10"), knowledge)
        if c.kind == "agreement"
    }
    assert ids == {"agreement/esa-kenya-arrangement-flood-maps"}


def test_the_headline_and_the_lead_speak_of_one_contract(knowledge, document):
    text = (
        "Melco wins contract for relay radio\n\n"
        "Mitsubishi Electric has won a contract from JAXA to develop the radio of a lunar relay satellite. It was signed on 3 July 2024.\n"
    )
    told = [c for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "agreement"]
    assert len({c.entity_id for c in told}) == 1
    assert {"JAXA", "Melco"} <= {c.value for c in told if c.attribute == "party"}
