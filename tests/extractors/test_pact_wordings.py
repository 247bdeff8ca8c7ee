"""Agreements as the press words them: plans of cooperation, texts that wait for their signature, those that are told in one breath."""

import pytest

from tests.extractors.test_agreements import CONTEXT, check
from tracker.extractors.rules.read import read

VOCABULARY = [
    ("The Norwegian Space Agency and ASI signed a declaration of intent on Arctic monitoring on 2 May.", ["status=signed", "type=letter_of_intent", "subject=Arctic monitoring", "party=ASI"], ["type=joint_statement"]),
    ("KASA and the Polish Space Agency concluded a memorandum of mutual understanding on tracking stations.", ["status=signed", "type=mou", "party=KASA", "subject=tracking stations"], []),
    ("Roscosmos and CNSA signed a space cooperation programme for 2018-2022 in November 2017.", ["status=signed", "signed_date=2017-11", "party=Roscosmos", "party=CNSA"], []),
    ("NASA and CONAE signed a programme of cooperation on ocean colour in Buenos Aires on Friday.", ["status=signed", "signed_date=2024-07-12", "subject=ocean colour"], []),
    ("The minister signed a plan for a new launch pad, and the programme of the evening ended with a concert.", [], ["type", "status", "signed_date"]),
]  # fmt: skip

IN_ONE_BREATH = [
    ("On 3 June CNES and JAXA signed a plan of cooperation on tides, an MoU on debris and another MoU on ground stations.", ["subject=tides", "subject=debris", "subject=ground stations", "signed_date=2024-06-03"], []),
    ("The two agencies, CONAE and ASI, signed a framework agreement in 2005 and an implementing arrangement on radar satellites in 2012.", ["signed_date=2005", "signed_date=2012", "type=implementing_arrangement"], []),
    ("DLR signed an MoU on lasers with KARI and wants another one on relay satellites.", ["subject=lasers", "status=signed"], ["subject=relay satellites actual"]),
]  # fmt: skip

DAYS_OF_SIGNING = [
    ("An agreement on lunar communications is to be signed by ESA and the UK Space Agency next month.", ["status=agreed", "signed_date=2024-08 planned", "party=ESA planned"], ["status=signed", "status=under_discussion"]),
    ("The accord with Chile on laser ranging will be signed on 2 September, the Italian Space Agency (ASI) said.", ["status=agreed", "signed_date=2024-09-02 planned"], ["status=signed"]),
    ("ESA and Chile hope to sign an accord on laser ranging in September.", ["status=under_discussion"], ["status=agreed", "status=signed"]),
    ("The contract with Avio dates from March 2019, the Italian Space Agency (ASI) said.", ["status=signed", "signed_date=2019-03", "party=Avio"], []),
    ("The arrangement between CSA and INPE on auroras stems from 1998.", ["signed_date=1998"], ["status=signed"]),
]  # fmt: skip

WHOSE = [
    ("The Norwegian Space Agency has announced that Finland and Estonia signed a memorandum on Arctic monitoring.", ["party=Finland", "party=Estonia"], ["party=Norwegian"]),
    ("The memorandum that CNES and the Polish Space Agency signed on Monday covers lasers.", ["party=CNES", "party=Polish Space Agency", "signed_date=2024-07-08"], []),
    ("Rocket Lab won a two-flight contract to launch a radar network for Germany.", ["party=Rocket Lab", "status=signed"], ["party=Germany"]),
    ("ESA signed a contract with OHB on a weather satellite for Norway.", ["party=ESA", "party=OHB"], ["party=Norway"]),
    ("ESA has signed a $3.2 billion contract with Airbus for three landers.", ["party=ESA", "party=Airbus", "type=contract"], []),
    ("Peru and Chile signed a pact on tsunami data in May. The pact between the two nations was drawn up in Lima.", ["party=Peru", "party=Chile", "subject=tsunami data"], ["party=two"]),
]  # fmt: skip

UNDERTAKINGS = [
    ("The two space agencies, CNES and KASA, agreed on Tuesday to exchange lunar data.", ["status=agreed", "party=CNES", "party=KASA"], ["status=signed", "status=under_discussion"]),
    ("ESA and China first agreed to share weather pictures in 1980.", ["party=ESA", "party=China", "subject=share weather pictures"], ["status=signed", "status=under_discussion"]),
    ("NASA and Boeing agreed to exchange the valve and the share price fell.", [], ["status=signed"]),
    ("The UK and Japan reached agreement in principle on a data-sharing accord for space debris.", ["status=agreed", "party=United Kingdom", "party=Japan"], ["status=signed"]),
    ("Under a partnership announced on Monday, ESA and JAXA will fly an asteroid probe together.", ["type=partnership", "party=ESA", "party=JAXA"], ["status=terminated"]),
    ("The growing partnership of art and science pleased the ESA and JAXA visitors.", [], ["type", "party", "status"]),
    ("The ESA and JAXA heads issued a joint statement on the next big mission on 6 November 2023.", ["status=agreed", "subject=the next big mission"], []),
    ("Rocket Lab had been awarded a contract by NASA's Launch Services Program to launch the Aspera satellite.", ["status=signed", "type=contract", "party=Rocket Lab", "party=NASA"], ["type=agreement"]),
    ("The agreement between the Luxembourg Space Agency and ispace runs until 2027.", ["status=in_force", "expiry_date=2027 planned"], ["status=expired"]),
    ("The agreement between the Luxembourg Space Agency and ispace expired in 2021.", ["status=expired", "expiry_date=2021"], ["status=in_force"]),
]  # fmt: skip

MEMBERS = [
    ("Five agencies signed the Andes Charter on 2 May. The five are ASI, the Canadian Space Agency (CSA), KASA, the Polish Space Agency (POLSA) and CONAE.", ["party=ASI", "party=CSA", "party=KASA", "party=POLSA", "party=CONAE"], []),
    ("Slovenia signed the Artemis Accords on Friday. The five are happy, ESA, NASA and JAXA said.", ["party=Slovenia"], ["party=JAXA", "party=ESA"]),
    ("The leaders of Brazil, Chile and Peru held a summit in Lima on 3 May. Their joint statement promises to share pictures of the forest.", ["type=joint_statement", "party=Brazil", "party=Chile", "party=Peru", "signed_date=2024-05-03"], []),
    ("The Artemis Accords now have 43 signatories.", ["status=signed"], ["status=terminated"]),
    ("The Artemis Accords were established in 2020 by Washington and seven other capitals.", ["status=signed", "signed_date=2020"], ["status=agreed"]),
    ("Oman withdraws from the Moon Agreement, its ministry said.", [], ["status=terminated", "status=expired"]),
    ("NASA terminated the agreement with Oman on tracking stations.", ["status=terminated"], ["status=signed"]),
    ("The Rescue Agreement of 1968 remains valid, the UN said.", ["status=in_force"], ["status=signed"]),
]  # fmt: skip

OCCASIONS = [
    ("The heads of ASI and CSA met in Rome on 3 June and signed a memorandum on ice radars.", ["signed_date=2024-06-03", "party=ASI", "party=CSA"], []),
    ("ASI and CSA signed a memorandum on ice radars on 3 June. On the same occasion they concluded an arrangement on tracking stations.", ["subject=tracking stations", "signed_date=2024-06-03"], []),
    ("ASI and CSA met in Rome on 3 June. CSA wants to sign a memorandum on ice radars next year.", ["status=under_discussion"], ["signed_date=2024-06-03"]),
    ("(i) MoU between ASI and CSA, signed in Rome in May 2022; (ii) MoU between ASI and the UAE Space Agency, signed in June 2023.", ["signed_date=2022-05", "signed_date=2023-06", "party=CSA", "party=UAE Space Agency"], []),
]  # fmt: skip

TOPICS = [
    ("Peru and Chile inked a cooperation agreement focused on the training of pilots, ESA said.", ["subject=the training of pilots", "party=Peru", "party=Chile"], []),
    ("Peru and Chile signed a cooperation agreement here on the flight of an astronaut.", ["subject=the flight of an astronaut"], []),
    ("ESA will open its station next year, after Peru and Chile on Friday signed a pact on its use.", ["signed_date=2024-07-12", "status=signed"], ["status=under_discussion", "signed_date=2024-07-19"]),
    ("ESA will open its station after Peru and Chile sign a pact on its use next Friday.", [], ["signed_date=2024-07-12", "status=signed"]),
    ("ESA and CSA have extended their partnership on lunar robots.", ["type=partnership", "party=ESA", "party=CSA"], ["status=expired"]),
    ("The agreement between Peru and Chile on moon drills shows the will of both to become partners.", ["subject=moon drills"], []),
    ("Kenya joined the signatories of the Artemis Accords as it signed the historic agreement for lunar exploration on Friday.", ["type=accord", "party=Kenya", "signed_date=2024-07-12"], ["type=agreement"]),
]  # fmt: skip

POINTED = [
    ("ESA and India have a pact. The agreement on joint lunar drills carries the signatures of the heads of ESA and ISRO.", ["subject=joint lunar drills", "status=signed"], []),
    ("The two sides, CNES and KASA, had begun with a non-disclosure agreement on 2 February 2023.", ["status=signed", "signed_date=2023-02-02"], []),
    ("The show began with a film on the treaty that ESA and NASA cannot join.", [], ["status=signed", "signed_date"]),
    ("An accord with Chile is due to be signed next month by ESA, and talks with Peru have begun.", ["party=Chile planned"], ["party=Peru"]),
    ("Oman told the United Nations on Friday that it leaves the Moon Agreement.", [], ["party=United Nations", "status=terminated"]),
]  # fmt: skip

SUMS_AND_SHIPS = [
    ("ESA awarded Airbus a contract of 40 million euros ($43 million) covering two radars.", ["subject=two radars", "party=ESA", "party=Airbus"], []),
    ("ESA signed a contract with Arianespace to secure a ride for the probe.", ["subject=secure a ride for the probe"], []),
    ("The head of CSA signed the accord on behalf of Canada, and ESA was glad.", [], ["subject=behalf of Canada"]),
    ("ESA awarded a contract for Hera. The signing took place in Bonn near the control room for Hera, set to launch in 2026.", ["status=signed"], ["signed_date", "effective_date"]),
    ("Roscosmos and NASA extended the agreement on shared crews through 2025.", ["status=signed", "subject=shared crews"], ["signed_date"]),
    ("On 14 July, during a visit to Canada, the heads of ESA and CSA signed a memorandum on ice.", ["signed_date=2024-07-14"], []),
]  # fmt: skip

TOLD = [
    ("ispace and CSA announced on 7 May that they have signed a contract for a rover.", ["status=signed", "party=ispace", "party=CSA"], ["status=under_discussion"]),
    ("ESA said on 7 May that KASA and CSA have signed a contract for a rover.", ["party=KASA", "party=CSA"], ["party=ESA"]),
    ("Oman became on 15 April the 37th state to sign the Artemis Accords.", ["party=Oman", "signed_date=2024-04-15", "status=signed"], []),
    ("Russia and India are finalising an agreement on navigation satellites.", ["status=under_discussion", "party=India planned"], ["status=agreed"]),
    ("Russia and India have finalised an agreement on navigation satellites.", ["status=agreed"], ["status=under_discussion"]),
    ("The Bulgarian government has decided not to sign the agreement with SpaceX on a ground station.", ["status=signed denied"], ["status=agreed"]),
    ("Peru and NASA agreed to start negotiations on a data treaty.", ["status=under_discussion"], ["status=agreed"]),
    ("A document on the training of crews was signed by KARI and ISRO in 2019.", ["status=signed", "signed_date=2019", "party=KARI"], []),
    ("A document on the training of crews was found by KARI in 2019.", [], ["status", "signed_date"]),
]  # fmt: skip

BYSTANDERS = [
    ("NSIL, the commercial arm of the Indian Space Research Organisation (ISRO), and Pixxel have signed a launch agreement.", ["party=NSIL", "party=Pixxel"], ["party=ISRO", "party=Indian"]),
    ("ISRO announced an agreement between NSIL and Pixxel for the launch of a satellite.", ["party=NSIL", "party=Pixxel"], ["party=ISRO"]),
    ("ISRO announced an agreement with Pixxel for the launch of a satellite.", ["party=ISRO", "party=Pixxel"], []),
    ("CNSA and Senegal signed an agreement on a Moon base. A laboratory has inked memoranda with ten bodies from countries including Serbia, Panama and Pakistan.", ["party=Senegal"], ["party=Serbia", "party=Panama"]),
    ("Venezuela and CNSA signed a declaration on cooperation in lunar research.", ["status=signed", "party=Venezuela", "subject=cooperation in lunar research"], []),
    ("There is no agreement between China and the United States on rescue in orbit.", [], ["party", "type", "status"]),
    ("Senegal signed the Artemis Accords on Thursday during a ceremony hosted by NASA.", ["party=Senegal"], ["party=NASA"]),
    ("Ann Lee of the Polish Space Agency (POLSA) signed the Artemis Accords on behalf of Poland.", ["party=Poland"], ["subject"]),
    ("The accord on tides was signed in Oslo by ESA and hosted in Rome.", ["party=ESA"], []),
    ("Peru signed the Artemis Accords to reach 50 signatories in May.", ["party=Peru"], ["subject"]),
    ("A declaration of love for NASA by ESA was read in the hall.", [], ["status", "type"]),
]  # fmt: skip

AGAIN = [
    ("ISA director Dr. Ann Lee and the head of DLR signed an agreement on deep space in Tel Aviv.", ["party=DLR", "status=signed"], ["party=Ann"]),
    ("ESA and CSA signed an accord on tides. It will enter into force when eight more countries ratify it, Peru and Chile among the first.", ["party=ESA", "party=CSA"], ["party=Peru", "party=Chile"]),
]  # fmt: skip

PURPOSES = [
    ("The training of the crew is based on a contract that KARI and Glavkosmos signed in 2022.", ["subject=training of the crew"], []),
    ("ESA and Peru signed a pact that brings Peru into the Moon Village.", ["subject=the Moon Village"], []),
    ("In a joint statement ESA and KARI promised to share pictures of storms.", ["type=joint_statement", "party=KARI"], []),
    ("ESA and Peru formed the Andean Storm Partnership in the Trans-Andes.", [], ["subject"]),
    ("The accords are based on the Outer Space Treaty of 1967.", ["type=treaty"], ["subject"]),
    ("Peru and KARI signed an agreement on Wednesday for cooperation in storm tracking.", ["subject=cooperation in storm tracking", "signed_date=2024-07-10"], []),
    ("NASA signed a memorandum with Peru last week on tsunami data and training.", ["subject=tsunami data and training"], []),
    ("NASA signed a memorandum with Peru on Friday in Lima on behalf of its partners.", ["party=Peru"], ["subject"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        *VOCABULARY, *IN_ONE_BREATH, *DAYS_OF_SIGNING, *WHOSE, *UNDERTAKINGS, *MEMBERS, *OCCASIONS, *TOPICS, *POINTED,
        *SUMS_AND_SHIPS, *TOLD, *BYSTANDERS, *AGAIN, *PURPOSES,
    ],
)  # fmt: skip
def test_the_press_tells_of_an_agreement(text, wanted, unwanted, knowledge, document):
    check(text, "2024-07-14", wanted, unwanted, knowledge, document)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Peru, Chile Ink Lunar Data Pact\n\nPeru and Chile have signed an agreement to share lunar data, CONIDA said.", {"agreement to share lunar data"}),
        ("ESA awarded Airbus a 40 million euro contract for a solar probe.", {"contract for a solar probe"}),
        ("PhilSA signed a memorandum of cooperation on Friday. In Manila its head signed the agreement with JAXA for ten years.", {"memorandum of cooperation"}),
        ("KASA and CSA signed an accord on tides on Friday. The previous accord with CSA had been signed in 1995.", {"accord on tides", "previous accord with CSA"}),
        ("Peru and Chile signed a pact on tsunami data. The pact between the two states also helps fishermen.", {"pact on tsunami data"}),
        ("NASA has signed an agreement with the Kenyan government. The agreement, called a Joint Declaration of Intent, was signed on July 9.", {"Joint Declaration of Intent"}),
        ("Peru and Chile signed a pact on tsunami data. The accord, known as the Andean Data Accord, took effect in May.", {"Andean Data Accord"}),
        ("Peru and Chile signed a pact on tsunami data. The minister also praised the Andean Data Accord.", {"pact on tsunami data", "Andean Data Accord"}),
    ],
)  # fmt: skip
def test_a_headline_and_its_article_speak_of_one_agreement(text, names, knowledge, document):
    said = read(document(text + CONTEXT, "2024-07-14"), knowledge)
    assert {c.entity for c in said if c.kind == "agreement"} == names


def test_parties_of_a_list_stay_with_their_items(knowledge, document):
    text = "The list names two: (i) MoU between ASI and CSA, signed in Rome in May 2022; (ii) MoU between ASI and the UAE Space Agency, signed in June 2023."
    said = read(document(text + CONTEXT, "2024-07-14"), knowledge)
    parties = {(c.entity, c.value) for c in said if c.kind == "agreement" and c.attribute == "party"}
    assert parties == {
        ("MoU between ASI and CSA", "ASI"), ("MoU between ASI and CSA", "CSA"),
        ("MoU between ASI and the UAE Space Agency", "ASI"), ("MoU between ASI and the UAE Space Agency", "UAE Space Agency"),
    }  # fmt: skip


def test_who_signs_for_another_is_no_party(knowledge, document):
    text = "INPE and KARI agreed on a memorandum on tides. Ann Lee, who chairs CONAE, signed on Monday for INPE."
    said = read(document(text + CONTEXT, "2024-07-14"), knowledge)
    assert "CONAE" not in {c.value for c in said if c.kind == "agreement" and c.attribute == "party"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LIMA, May 3 - Peru and Chile on Tuesday signed a memorandum on building a research hut on the moon. Both were glad.", True),
        ("The cabinet was told of the agreement between Peru and Fiji on the use of outer space. It met on Monday. The sun shone.", True),
            ("Peru and Fiji signed an agreement on fish. It met with praise. Exports grow. The ministers dined.", False),
        ("Peru and Fiji signed an agreement in Suva on Wednesday on lunar exploration. Both were glad.", True),
        ("Peru and Fiji signed an agreement in Suva on Wednesday on tuna. The lunar new year was near.", False),
        ("Sky signed a deal on satellite television with Foxtel. Viewers were glad. Shares rose. Nobody lost.", False),
        ("The bank agreed on a loan with a mill. The lunar new year was near. The bank signed the agreement.", False),
    ],
)  # fmt: skip
def test_a_teaser_tells_by_its_agreement_that_it_is_about_space(text, found, knowledge, document):
    said = read(document(text, "2024-07-14"), knowledge)
    assert any(c.kind == "agreement" for c in said) == found
