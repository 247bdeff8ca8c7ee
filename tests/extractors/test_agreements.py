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
    ("Canada and Norway have come to terms on two ice satellites.", ["status=agreed", "party=Canada", "party=Norway", "subject=two ice satellites"], []),
    ("Canada and Norway agreed on Tuesday to build an ice satellite together.", ["status=agreed", "party=Canada", "party=Norway"], []),
    ("Canada and Norway exchanged notes in May on a possible accord on ice satellites.", ["status=under_discussion"], ["status=signed"]),
]  # fmt: skip

OTHER_WORDS = [
    ("Airbus and the UK Space Agency wrapped up a contract for a lunar relay on 5 June.", ["status=signed", "signed_date=2024-06-05", "party=Airbus", "party=UK Space Agency"], []),
    ("The contract for the relay went to Airbus in 2019.", ["status=signed", "signed_date=2019", "party=Airbus"], []),
    ("Peru became the 41st country to sign the Artemis Accords on 30 May.", ["status=signed", "signed_date=2024-05-30", "party=Peru"], ["status=under_discussion"]),
    ("Angola signed the Artemis Accords in 2023. Neither Mali nor Chad has joined.", ["party=Angola", "status=signed"], ["party=Mali", "party=Chad"]),
    ("Kenya signed the Artemis Accords in May. Ghana has yet to sign them.", ["status=signed", "party=Kenya"], ["status=signed denied"]),
    ("Officials flew to Oslo on Monday to sign a memorandum on ice data between NASA and Norway.", ["status=signed"], ["status=under_discussion"]),
    ("The accord between ESA and Mexico lapses in December.", ["expiry_date=2024-12 planned"], ["status=expired"]),
    ("NASA and the Polish Space Agency extended their agreement on lunar dust until 2030.", ["status=in_force", "expiry_date=2030 planned"], ["signed_date"]),
    ("The tracking agreement between JAXA and Peru has been in force since June 2011.", ["status=in_force", "effective_date=2011-06"], []),
    ("The agreements with Fiji and Tonga on tracking are under finalisation.", ["status=under_discussion"], ["status=in_force"]),
    ("The union cabinet cleared the signing of an agreement with Italy on lunar rovers.", ["status=agreed"], ["status=signed"]),
    ("A full agreement on ice data may follow if both governments approve.", ["status=under_discussion"], ["status=agreed"]),
    ("JAXA and ESA have finalised an agreement on planetary defence.", ["status=agreed"], ["status=under_discussion"]),
    ("The accord on ice data between Norway and Canada goes back to 2009.", ["signed_date=2009"], ["status=signed"]),
    ("Norway and Canada have a standing agreement on ice data.", ["status=in_force", "party=Norway", "party=Canada"], []),
]  # fmt: skip

TIMES_IN_NAMES = [
    ("The 2007 agreement between ESA and Brazil on ground stations expired in 2017.", ["signed_date=2007", "expiry_date=2017", "status=expired"], ["expiry_date=2007"]),
    ("Brazil denounced the treaty of 2003 on the Comet rocket with Ukraine.", ["signed_date=2003", "status=terminated"], []),
    ("They fly under a contract of January 2017 between NASA and Boeing.", ["signed_date=2017-01", "status=in_force"], []),
    ("A programme of space cooperation between Kenya and Italy for the years 2021 to 2025 was signed in Rome.", ["effective_date=2021", "expiry_date=2025 planned"], []),
    ("Agreement with NASA on the tracking of balloons, 24 December 2015, Cairo", ["signed_date=2015-12-24", "party=NASA"], []),
]  # fmt: skip

WHO = [
    ("China's CNSA and Pakistan's SUPARCO inked an agreement on a small rover.", ["party=CNSA", "party=SUPARCO"], ["party=China", "party=Pakistan"]),
    ("Glavkosmos, a subsidiary of Roscosmos, and ISRO signed a contract on spacesuits.", ["party=Glavkosmos", "party=ISRO"], ["party=Roscosmos"]),
    ("A tripartite agreement of France, Germany and Spain on ice data was signed on Friday.", ["party=France", "party=Germany", "party=Spain"], []),
    ("NASA awarded SpaceX a contract for a tug on June 26.", ["party=NASA", "party=SpaceX", "signed_date=2024-06-26"], []),
    ("Under a contract with Roscosmos, ISRO will train two astronauts.", ["party=Roscosmos", "party=ISRO", "status=in_force"], []),
    ("Under the contract with ESA, Airbus will lead a team, with OHB as a partner.", ["party=ESA"], ["party=OHB"]),
    ("During the visit of Emmanuel Macron to New Delhi in 2018 the two sides signed a memorandum on ocean data.", ["party=France", "party=India", "status=signed", "signed_date=2018"], []),
    ("JAXA and CNES signed a letter of intent on wind data. It was not the first between the two agencies.", ["party=JAXA", "party=CNES"], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [*SIGNED, *STANDING, *ANNIVERSARIES, *PURPOSES, *UNDERTAKINGS, *OTHER_WORDS, *TIMES_IN_NAMES, *WHO],
)
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


def parties_by_name(text, knowledge, document):
    found = {}
    for claim in read(document(text + CONTEXT, "2024-07-10"), knowledge):
        if claim.kind == "agreement" and claim.attribute == "party":
            found.setdefault(claim.entity, set()).add(claim.value)
    return found


def test_the_one_with_another_party_is_an_agreement_of_its_own(knowledge, document):
    text = (
        "Luxembourg and Belgium signed a declaration of intent, a joint statement on asteroid law, in January. "
        "The one with Japan dates from November 2017."
    )
    found = parties_by_name(text, knowledge, document)
    assert any("Japan" in parties and "Belgium" not in parties for parties in found.values()), found


def test_their_agreement_is_that_of_those_who_sign_it(knowledge, document):
    text = (
        "China and Russia signed a memorandum on a lunar base in March 2021. "
        "China's CNSA and Egypt's EgSA signed their agreement in Cairo on 6 December 2023."
    )
    dates = {}
    for claim in read(document(text + CONTEXT, "2024-07-10"), knowledge):
        if claim.attribute == "signed_date":
            dates.setdefault(claim.entity, set()).add(claim.value)
    assert sorted(dates.values(), key=sorted) == [{"2021-03"}, {"2023-12-06"}], dates


def test_a_contract_that_is_told_with_the_is_new_where_none_was_named(knowledge, document):
    text = "ESA has chosen Airbus to build a lander. The contract, worth 80 million euros, was signed on 30 January."
    found = {c.value for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.attribute == "signed_date"}
    assert found == {"2024-01-30"}


def test_a_memorandum_signed_in_another_month_is_another_one(knowledge, document):
    text = (
        "ASI and Axiom Space signed a memorandum of understanding on research on June 20. "
        "It builds on the memorandum of understanding signed in March between Axiom Space and the Italian government."
    )
    dates = {}
    for claim in read(document(text + CONTEXT, "2024-07-10"), knowledge):
        if claim.attribute == "signed_date":
            dates.setdefault(claim.entity_id, set()).add(claim.value)
    assert all(len(found) == 1 for found in dates.values()), dates


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ISRO and NOAA signed an agreement on ocean winds on Monday.", "agreement on ocean winds"),
        ("ISRO and JAXA signed an agreement on Monday.", "agreement between ISRO and JAXA"),
        ("Vellon won a contract from ESA on Monday.", "contract between Vellon and ESA"),
        ("The craft of 1999 followed an agreement signed by both sides in 1988.", "agreement of 1988"),
        ("The two signed a dedicated launch service agreement on Monday.", "dedicated launch service agreement"),
        ("India and the UAE signed a Comprehensive Strategic Partnership Agreement on Monday.", "Comprehensive Strategic Partnership Agreement"),
        ("The UK-India Vision 2035, adopted on Monday, covers satellites.", "UK-India Vision 2035"),
        ("ESA and Canada renewed their cooperation agreement for another five years.", "cooperation agreement between ESA and Canada"),
    ],
)  # fmt: skip
def test_an_agreement_has_a_name_worth_showing(text, name, knowledge, document):
    names = {c.entity for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "agreement"}
    assert names == {name}


@pytest.mark.parametrize(
    "text",
    [
        "The agreement between theory and observation was reached after the flyby.",
        "The data of both craft are in good agreement with the models.",
        "The paper on lunar ice, published by scientists of ISRO and JAXA, drew praise.",
        "He has a good understanding of orbits.",
        "The document on launch safety came out in May.",
        "The text of the speech was handed out by ISRO.",
        "NASA's deal of the year is a used telescope.",
    ],
)
def test_what_is_no_agreement(text, knowledge, document):
    assert not [c for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "agreement"]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("It was concluded in Paris on 3 May 2018.", "signed_date=2018-05-03"),
        ("The signing took place in Paris on 3 May 2018.", "signed_date=2018-05-03"),
        ("Both chiefs signed on 3 May 2018.", "signed_date=2018-05-03"),
        ("This was signed in May 2018.", "signed_date=2018-05"),
        ("Ann Lee and Bo Rao had signed it in May 2018.", "signed_date=2018-05"),
        ("It bears the date of 3 May 2018.", "signed_date=2018-05-03"),
        ("It has been valid since May 2018.", "effective_date=2018-05"),
        ("It came into being in May 2018.", "effective_date=2018-05"),
        ("It runs until 2028.", "expiry_date=2028 planned"),
        ("The signing is planned for March 2026.", "signed_date=2026-03 planned"),
    ],
)
def test_the_next_sentence_goes_on_about_the_agreement(sentence, fact, knowledge, document):
    check(f"ISRO and CNES have a memorandum on tides. {sentence}", "2024-07-10", [fact], [], knowledge, document)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("ISRO and CNES go back a long way. A memorandum on tides was signed in 2007.", {"ISRO", "CNES"}),
        ("ISRO and CNES go back a long way.\n\nA memorandum on tides was signed in 2007.", set()),
        ("ISRO and CNES go back a long way. ESA signed a memorandum on tides with JAXA in 2007.", {"ESA", "JAXA"}),
        ("ISRO and its Tracking Network go back a long way. A memorandum on tides was signed in 2007.", set()),
    ],
)
def test_an_agreement_without_parties_is_that_of_the_two_just_spoken_of(text, parties, knowledge, document):
    found = parties_by_name(text, knowledge, document)
    assert set().union(*found.values()) == parties
