"""Meetings as the press words them: who called on whom, what was put off, the next one of a series."""

import pytest

from tests.extractors.test_meetings import CONTEXT
from tracker.extractors.rules.read import read

ENCOUNTERS = [
    ("ASI president Teodoro Valente met on Monday in Rome with his Korean counterpart.", ["party=ASI", "party=South Korea", "status=held", "held_date=2024-09-09", "place=Rome"], []),
    ("Teodoro Valente, the president of the Italian space agency ASI, was calling on CNES in Paris on Monday.", ["party=ASI", "party=CNES", "status=held", "place=Paris"], []),
    ("Philippe Baptiste, head of CNES, and Walther Pelzer, board member of DLR, met in Bonn on Monday.", ["party=CNES", "party=DLR", "status=held", "place=Bonn"], []),
    ("Senior managers of the Canadian Space Agency (CSA) met in Ottawa on 3 September.", ["party=CSA", "held_date=2024-09-03", "place=Ottawa"], []),
    ("NASA administrator Bill Nelson spoke in Rio. Nelson met Sunday with his Peruvian counterpart.", ["party=NASA", "party=Peru", "held_date=2024-09-08"], []),
    ("A delegation led by Salem AlMarri of the UAE Space Agency flew to Houston last week.", ["status=held", "party=UAE Space Agency", "party=United States", "place=Houston"], ["party=AlMarri"]),
    ("KASA head Yoon Young-bin held a meeting today with a delegation of the Polish Space Agency led by its president.", ["party=KASA", "party=POLSA", "status=held"], []),
    ("The satellite met its target, and the team called on NASA to build another one.", [], ["status", "party"]),
    ("Nelson met the schedule and the lander came to rest near Houston crater.", [], ["status", "party"]),
]  # fmt: skip

SERIES = [
    ("The leaders of Fiji, Tonga and Samoa met in Suva on Saturday for the Pacific Space Forum.", ["party=Fiji", "place=Suva", "held_date=2024-09-07", "status=held"], []),
    ("It was the first meeting of the space agencies of Turkey and Hungary since 2018, held in Ankara on Monday.", ["held_date=2024-09-09", "party=Turkey", "party=Hungary"], ["held_date=2018"]),
    ("The sixth meeting of the Chile-Peru subcommittee on space took place online on 30 August.", ["party=Chile", "party=Peru", "place=virtual", "held_date=2024-08-30"], []),
    ("South Korea and Poland postponed their space dialogue in Warsaw.", ["status=postponed", "party=Poland", "party=South Korea"], ["status=held"]),
    ("The subcommittee approved the rover, and the council of the town wants a museum for its satellite.", [], ["status", "party", "held_date"]),
]  # fmt: skip

ATTENDANCE = [
    ("The third Chile-Peru Space Dialogue was held in Lima on Friday. Ann Lee, secretary in the Ministry of Foreign Affairs, led the Chilean delegation.", ["party=Chile", "party=Peru", "party=Ministry of Foreign Affairs"], []),
    ("The third Chile-Peru Space Dialogue was held in Lima on Friday. A rover of the Ministry of Foreign Affairs led the parade.", ["party=Chile"], ["party=Ministry"]),
    ("Heads of five agencies met in Lima on Friday. The five are ASI, CSA, KASA, POLSA and CONAE.", ["party=ASI", "party=CONAE", "party=KASA"], []),
    ("The leaders held a video conference on Friday. Peruvian President Ana Rey and Chile's minister were among those who spoke.", ["party=Peru", "party=Chile"], []),
    ("Kenya and Ghana signed a memorandum on crop satellites on 3 September at the second Africa Space Forum in Accra.", ["party=Kenya", "party=Ghana", "place=Accra"], []),
    ("Ann Lee, of the Norwegian Space Agency, went to Nairobi on 3 September with the ambassador.", ["status=held", "held_date=2024-09-03", "place=Nairobi"], []),
    ("ESA and CSA signed the pact at Sydney's International Convention Centre on 1 September.", [], ["held_date", "status"]),
    ("Since the Seville summit of ESA a company has signed a contract for a probe, which is due for launch in 2031.", [], ["held_date", "status=planned"]),
    ("At the fifth Arctic Space Forum, the members will also adopt a plan for a probe.", ["status=planned"], ["status=held"]),
    ("At the fifth Arctic Space Forum in Oslo, the members adopted a plan that will help a probe.", ["status=held", "place=Oslo"], ["status=planned"]),
    ("The leaders of Kenya, Ghana and Egypt met in person for the first time on Friday.", ["status=held", "party=Egypt", "held_date=2024-09-06"], []),
    ("A virtual round-table of African space agencies was attended by officials from Nigeria and Kenya on Monday.", ["status=held", "place=virtual", "party=Kenya", "held_date=2024-09-09"], []),
    ("The lander, of NASA, went to Mars on 3 September.", [], ["status", "party"]),
]  # fmt: skip

SPANS = [
    ("The fifth Arctic Space Forum ended in Oslo on Friday after four days of talks.", ["held_date=2024-09-03/2024-09-06", "status=held"], []),
    ("The fifth Arctic Space Forum concluded its three-day programme in Oslo on 5 September.", ["held_date=2024-09-03/2024-09-05"], []),
    ("The Norwegian Space Agency hosts the fifth Arctic Space Forum in Oslo from 18 to 21 March.", ["held_date=2025-03-18/2025-03-21 planned", "status=planned"], ["status=held"]),
    ("The Norwegian Space Agency hosted the fifth Arctic Space Forum in Oslo from 18 to 21 March.", ["held_date=2024-03-18/2024-03-21", "status=held"], ["status=planned"]),
    ("The fifth Arctic Space Forum opened in Oslo on Friday; four days of talks lie ahead.", ["held_date=2024-09-06"], ["held_date=2024-09-03"]),
]  # fmt: skip


WHO_AND_WHERE = [
    ("Belize's minister of science had a meeting with the head of the Norwegian Space Agency on Monday.", ["party=Belize", "party=NOSA", "status=held", "held_date=2024-09-09"], []),
    ("Kenya Space Agency president Ann Lee and Ghana's minister of science Kofi Boateng held a meeting in which they spoke of satellites.", ["party=Kenya Space Agency", "party=Ghana", "status=held"], []),
    ("The engineers of Kenya held a record in which the satellite spoke of Ghana.", [], ["status", "party"]),
    ("Meeting in Nairobi on Friday, the presidents of Kenya and Ghana agreed to build a satellite.", ["party=Kenya", "party=Ghana", "place=Nairobi", "held_date=2024-09-06", "status=held"], []),
    ("Meeting in Lima as part of a regional summit on Friday, the ministers of Chile and Peru agreed on a satellite.", ["party=Chile", "party=Peru", "place=Lima", "held_date=2024-09-06", "status=held"], []),
    ("Meeting the needs of Kenya and Ghana, the satellite sends images.", [], ["status", "party", "place"]),
    ("Ministers of the 22 member states are to meet in Seville on 6 and 7 November 2025 to vote on a probe.", ["place=Seville planned", "status=planned", "held_date=2025-11-06/2025-11-07 planned"], ["status=held"]),
    ("The Korean president is to travel to Abu Dhabi on 14 January to see a satellite.", ["party=South Korea planned", "party=United Arab Emirates planned", "place=Abu Dhabi planned", "status=planned"], ["status=held"]),
    ("The probe is to travel to Abu Dhabi on 14 January in a crate of the agency.", [], ["status", "party"]),
    ("Prime Minister Pedro Sánchez will visit Nairobi next week to sign for a satellite.", ["party=Spain planned", "party=Kenya planned", "place=Nairobi planned"], ["status=held"]),
    ("The 12th session of the Kenya-Norway Joint Commission took place via video link on 4 September.", ["place=virtual", "held_date=2024-09-04"], []),
    ("The 12th session of the Kenya-Norway Joint Commission was held on 4 September in the format of a videoconference.", ["place=virtual", "held_date=2024-09-04", "party=Kenya"], []),
    ("The satellite sent a video to the session room of the Joint Commission.", [], ["status", "place"]),
]  # fmt: skip

SESSIONS = [
    ("The Vietnam-India Joint Committee on Space Science held its first session in Hanoi on Thursday.", ["party=Vietnam", "party=India", "place=Hanoi", "held_date=2024-09-05", "status=held"], []),
    ("The joint committee on rovers will hold its 12th meeting in Lima on 3 October.", ["place=Lima planned", "held_date=2024-10-03 planned", "status=planned"], ["status=held"]),
    ("The committee on rovers held its ground and the satellite its course in Lima.", [], ["status", "place"]),
    ("During talks in Oslo last week, Norwegian and Peruvian officials discussed a ground station.", ["party=Norway", "party=Peru", "place=Oslo", "held_date=2024-09-02/2024-09-08", "status=held"], []),
    ("A virtual meeting between the two agencies on September 4 discussed the satellite.", ["place=virtual", "held_date=2024-09-04", "status=held"], []),
    ("The satellite helps the dialogue between ministers and farmers.", [], ["status", "party"]),
    ("On 4 September, a high-level delegation of the Egyptian Space Agency, headed by Omar Said, visited the headquarters of CNSA in Beijing.", ["party=EgSA", "party=CNSA", "place=Beijing", "held_date=2024-09-04", "status=held"], []),
    ("Japan will host the next summit of the Quad in 2025.", ["held_date=2025 planned", "status=planned"], ["status=held"]),
    ("The 5th Ministerial Conference on Orbits will be held in Cairo next year.", ["place=Cairo planned", "held_date=2025 planned"], ["status=held"]),
    ("The engineers met on Friday to look at the wheel of the rover.", [], ["status", "held_date"]),
]  # fmt: skip

ROLL_CALLS = [
    ("Also present at the fifth Arctic Space Forum were observers from Malta, Cyprus and the European Commission.", ["party=Malta", "party=Cyprus", "party=European Commission"], []),
    ("Several guests came to the fifth Arctic Space Forum in Oslo: two states of the Gulf (Oman and Qatar); the European Commission, and SANSA.", ["party=Oman", "party=Qatar", "party=European Commission", "party=SANSA", "place=Oslo"], []),
    ("The fifth Arctic Space Forum was held in Oslo on 4 September. Participants included the head of CNES, Peru's minister and KASA.", ["party=CNES", "party=Peru", "party=KASA"], []),
    ("The fifth Arctic Space Forum was held in Oslo on 4 September. The samples included dust of ISRO, JAXA and KASA landers.", ["place=Oslo"], ["party=ISRO", "party=JAXA", "party=KASA"]),
    ("The probe was shown at the fifth Arctic Space Forum (Oslo, 3-5 September 2024).", ["place=Oslo", "held_date=2024-09-03/2024-09-05", "status=held"], []),
    ("The agency looks forward to the sixth Arctic Space Forum, Lima, Peru, 3-5 May 2025.", ["place=Lima planned", "held_date=2025-05-03/2025-05-05 planned", "status=planned"], ["status=held"]),
    ("After the fifth Arctic Space Forum, Oslo wants a satellite.", [], ["place", "held_date"]),
    ("The rover was shown at the Dubai Airshow in November 2023.", ["place=Dubai", "held_date=2023-11"], []),
    ("The probe flew on the 50th anniversary of the first Arctic Space Forum in 2023.", [], ["held_date", "status"]),
    ("A funding round of Kenya and Ghana was held for the rover, and the Convention on Orbits helps the satellite.", [], ["status", "party"]),
]  # fmt: skip

PLACES = [
    ("The fifth Arctic Space Forum was held at the National Museum of Rockets on 3 September.", ["place=National Museum of Rockets", "held_date=2024-09-03"], []),
    ("The fifth Arctic Space Forum was held at the Orbit Hotel in Lima on 3 September.", ["place=Lima"], ["place=Orbit"]),
    ("The fifth Arctic Space Forum was held on Tuesday in the northern city of Trondheim.", ["place=Trondheim"], []),
    ("Chilean and Peruvian officials met in Peru's Arequipa on 3 September.", ["place=Arequipa", "held_date=2024-09-03"], []),
    ("Chilean and Peruvian officials met at the headquarters of CONIDA on 3 September.", ["held_date=2024-09-03", "party=Chile"], []),
    ("Chilean and Peruvian officials met at NASA's Ames Research Center on 3 September.", ["party=Chile", "party=Peru"], ["party=NASA", "party=Ames"]),
    ("The satellite was built at the National Museum of Rockets before the fifth Arctic Space Forum.", [], ["place"]),
]  # fmt: skip

APPOSED = [
    ("The agencies approved the themes of the Orbit Week Forum, a two-day meeting set to take place in 2026.", ["status=planned", "held_date=2026 planned"], ["status=held"]),
    ("A two-day conference called the Orbit Week Forum was held in Oslo on 4 September.", ["status=held", "place=Oslo", "held_date=2024-09-04"], []),
    ("The General Assembly of the agency will vote on the satellite in 2026.", [], ["status", "held_date"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [*ENCOUNTERS, *SERIES, *ATTENDANCE, *SPANS, *WHO_AND_WHERE, *SESSIONS, *ROLL_CALLS, *PLACES, *APPOSED],
)
def test_the_press_tells_of_a_meeting(text, wanted, unwanted, knowledge, document):
    said = [c for c in read(document(text + CONTEXT, "2024-09-10"), knowledge) if c.kind == "meeting"]
    found = {f"{c.attribute}={c.value}" + ("" if c.modality == "actual" else f" {c.modality}") for c in said}
    assert not [w for w in wanted if w not in found], sorted(found)
    assert not [f for f in found if any(f.startswith(u) for u in unwanted)], sorted(found)


def test_the_next_meeting_is_another_than_the_last(knowledge, document):
    text = (
        "Kenya and Ghana held their first Space Dialogue in Nairobi on Monday, the Kenya Space Agency said. "
        "Next meeting of the dialogue will be held in Accra in 2025."
    )
    said = [c for c in read(document(text, "2024-09-10"), knowledge) if c.kind == "meeting"]
    places = {(c.entity_id, c.value) for c in said if c.attribute == "place"}
    assert {place for _, place in places} == {"Nairobi", "Accra"}
    assert len({subject for subject, _ in places}) == 2
    assert {(c.value, c.modality) for c in said if c.attribute == "held_date"} == {
        ("2024-09-09", "actual"),
        ("2025", "planned"),
    }


def test_a_council_meets_now_and_before_and_again(knowledge, document):
    text = (
        "The ministers, who met as the ESA Council in Bremen on 26 and 27 November 2025, voted for a Mars probe. "
        "At their previous gathering, in Paris in November 2022, the sum had been smaller; the next one is due in Italy in 2028."
    )
    said = [c for c in read(document(text + CONTEXT, "2025-12-01"), knowledge) if c.kind == "meeting"]
    told = {(c.entity_id, c.value) for c in said if c.attribute == "held_date"}
    assert {date for _, date in told} == {"2025-11-26/2025-11-27", "2022-11", "2028"}
    assert len({subject for subject, _ in told}) == 3
    assert {c.value for c in said if c.attribute == "party"} == {"ESA"}


def test_the_next_one_may_be_a_launch(knowledge, document):
    text = "The ESA Council met in Paris on Monday. The launch went well; the next one is due in 2028."
    said = [c for c in read(document(text + CONTEXT, "2025-12-01"), knowledge) if c.kind == "meeting"]
    assert "2028" not in {c.value for c in said}


def test_the_day_of_a_meeting_that_was_called_off_is_a_plan_of_old(knowledge, document):
    text = (
        "The Japan-Peru space dialogue has been called off, JAXA said. It was to have opened in Lima on 22 September."
    )
    said = [c for c in read(document(text + CONTEXT, "2024-09-10"), knowledge) if c.kind == "meeting"]
    assert {c.value for c in said if c.attribute == "status"} == {"cancelled"}
    assert [(c.value, c.superseded) for c in said if c.attribute == "held_date"] == [("2024-09-22", True)]
