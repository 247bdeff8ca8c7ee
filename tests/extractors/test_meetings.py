"""What articles say of meetings: names, members of series, dates, places, and who was there."""

import pytest

from tracker.extractors.rules.read import read

CONTEXT = "\n\nThe satellite makers of both sides follow the spacecraft and the lunar lander of the space agency.\n"


def meetings(text, knowledge, document, published="2024-07-10"):
    found = {}
    for claim in read(document(text + CONTEXT, published), knowledge):
        if claim.kind == "meeting":
            told = f"{claim.attribute}={claim.value}" + ("" if claim.modality == "actual" else f" {claim.modality}")
            found.setdefault(claim.entity, set()).add(told)
    return found


@pytest.mark.parametrize(
    ("text", "name", "facts"),
    [
        ("Officials of NASA and ESA met in Bengaluru on Tuesday to discuss a probe.", "meeting of officials of NASA and ESA in Bengaluru", {"place=Bengaluru", "held_date=2024-07-09", "status=held", "party=NASA", "party=ESA"}),
        ("The leaders of Kenya, Ghana and Egypt met at Camp David on 18 August 2023.", "meeting of leaders of Kenya, Ghana and Egypt at Camp David", {"held_date=2023-08-18", "party=Kenya", "party=Ghana", "party=Egypt"}),
        ("NASA administrator Bill Nelson visited ISRO in Bengaluru in November 2023.", "visit of NASA administrator Bill Nelson to ISRO", {"held_date=2023-11", "place=Bengaluru", "status=held"}),
        ("The very first meeting of the India-Japan Space Dialogue was on 8 March 2019, in New Delhi.", "first meeting of the India-Japan Space Dialogue", {"held_date=2019-03-08", "place=New Delhi", "status=held"}),
        ("The second India-Japan Space Dialogue was held on 2 November 2021, as a virtual meeting.", "second India-Japan Space Dialogue", {"held_date=2021-11-02", "place=virtual", "status=held"}),
        ("Speaking on the sidelines of the fifth Global Crater Forum in Oslo on 3 May 2024, NASA administrator Ann Lee and KARI president Lee Sang told of a lander.", "fifth Global Crater Forum", {"party=NASA", "party=KARI", "place=Oslo", "held_date=2024-05-03"}),
        ("The Kenyan ministers will meet in Oslo in 2026.", "meeting of Kenyan ministers in Oslo", {"status=planned"}),
    ],
)  # fmt: skip
def test_a_meeting_has_a_name_and_its_facts(text, name, facts, knowledge, document):
    found = meetings(text, knowledge, document)
    assert set(found) == {name}
    assert facts <= found[name], found


def test_a_session_told_by_its_number_is_a_member_of_the_series(knowledge, document):
    text = "The UN Committee on the Peaceful Uses of Outer Space (COPUOS) concluded its 67th session in Vienna on 28 June 2024."
    ids = {c.entity_id for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "meeting"}
    assert ids == {"meeting/copuos-67"}


def test_a_headline_may_shorten_the_name(knowledge, document):
    text = (
        "Norway and Kenya Hold Fourth Space Dialogue\n\n"
        "The fourth Norway-Kenya Space Dialogue was held in Oslo on 3 June 2024. It was on satellites.\n"
    )
    found = {
        (c.entity_id, c.entity) for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "meeting"
    }
    assert len(found) == 1
    assert found.pop()[1] == "fourth Norway-Kenya Space Dialogue"


@pytest.mark.parametrize(
    "text",
    [
        "The lander met its target in Oslo.",
        "NASA hopes for regular meetings.",
        "The rocket was shown at a press meeting.",
        "The probe's visit to Jupiter in 2030 will last four years.",
        "After its trip to the Moon the capsule came down in Kazakhstan.",
        "The working group met its targets for the instrument.",
        "The two craft met in orbit on Friday.",
        "The rover received commands from NASA on Monday.",
    ],
)
def test_what_is_no_meeting(text, knowledge, document):
    assert meetings(text, knowledge, document) == {}


def test_the_next_of_a_series_is_numbered_by_the_one_that_is_named(knowledge, document):
    text = (
        "The 4th Norway-Kenya Space Dialogue was held in Oslo on 25 April 2024. "
        "Both sides plan to hold the fifth dialogue in Nairobi in 2025."
    )
    found = meetings(text, knowledge, document)
    ids = {c.entity_id for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "meeting"}
    assert len(ids) == 2
    assert {i.rsplit("-", 1)[1] for i in ids} == {"4", "5"}
    assert any("held_date=2025 planned" in facts for facts in found.values())


def test_the_first_meeting_of_something_else_is_no_member(knowledge, document):
    text = (
        "The eighth meeting of the Norway-Kenya Space Committee was held in Oslo on 25 April 2024. "
        "It was the first meeting of a board on debris."
    )
    ids = {c.entity_id for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "meeting"}
    assert not {i for i in ids if i.endswith("committee-1")}
    assert any(i.endswith("-8") for i in ids)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("The two presidents will meet in Oslo on 3 August to talk about satellites.", {"place=Oslo planned", "status=planned", "held_date=2024-08-03 planned"}),
        ("Kenyan minister Ann Lee and her Norwegian counterpart Ole Dahl met here on Tuesday.", {"held_date=2024-07-09", "party=Kenya", "party=Norway", "status=held"}),
        ("A delegation of the Thai space agency toured JAXA's Tsukuba centre last week.", {"party=GISTDA", "party=JAXA", "status=held", "held_date=2024-07-01/2024-07-07"}),
        ("CNES president Anne Roy received the Indian ambassador on 27 June.", {"party=CNES", "party=India", "held_date=2024-06-27"}),
        ("ESA's Council met at ministerial level in Paris on 22 and 23 November 2022.", {"party=ESA", "place=Paris", "held_date=2022-11-22/2022-11-23"}),
        ("The joint commission of Russia and Kazakhstan met for the ninth time in Astana on 14 March.", {"party=Russia", "party=Kazakhstan", "place=Astana", "held_date=2024-03-14"}),
        ("ESA administrator Ann Lee, who is on a tour of Asia, met with ISRO chairman Anil Rao in Bengaluru on Monday.", {"party=ISRO", "party=ESA", "place=Bengaluru", "held_date=2024-07-08"}),
        ("Japan and the Philippines agreed at a summit in Manila on Monday to share radar data.", {"party=Japan", "party=Philippines", "place=Manila"}),
        ("A meeting of the heads of the BRICS space agencies, due in May, has been called off.", {"status=cancelled"}),
        ("The workshop, organised by UNOOSA and the government of Austria, was held in Graz in September 2023.", {"party=UNOOSA", "party=Austria", "held_date=2023-09", "status=held"}),
        ("The trilateral summit of Japan, South Korea and the United States was held at Camp David on August 18, 2023.", {"party=Japan", "party=South Korea", "party=United States", "place=Camp David"}),
        ("Bilateral talks held in Oslo last month between the ministers of Kenya and Norway dealt with debris.", {"party=Kenya", "party=Norway", "place=Oslo", "held_date=2024-06"}),
        ("The third Crater Forum will be held in Cebu, in the Philippines, in November 2025.", {"place=Cebu planned", "held_date=2025-11 planned", "status=planned"}),
        ("The 12th bilateral meeting of CSA and NASA was held by videoconference on 4 November 2021.", {"place=virtual", "held_date=2021-11-04", "party=CSA", "party=NASA"}),
        ("Oslo played host on Tuesday to the third Crater Forum, the first since 2019.", {"status=held", "held_date=2024-07-09"}),
        ("Norway welcomed the agencies of Kenya and Brazil to the fourth Crater Forum in Oslo on 3 May.", {"party=Norway", "party=Kenya", "party=Brazil", "place=Oslo", "held_date=2024-05-03"}),
        ("At the fourth Crater Forum in Oslo on 3 May JAXA presented its rover.", {"party=JAXA", "place=Oslo"}),
        ("The talks in Oslo on 3 May between Kenya's minister and the head of ESA were about debris.", {"party=Kenya", "party=ESA"}),
        ("A team of ISRO travelled to Oslo on 3 May.", {"party=ISRO", "party=Norway", "place=Oslo", "held_date=2024-05-03"}),
        ("In a phone call on Monday ESA chief Ann Lee told Roscosmos head Igor Orlov that the rover stays.", {"party=ESA", "party=Roscosmos", "held_date=2024-07-08"}),
    ],
)  # fmt: skip
def test_a_meeting_is_told_by_many_words(text, facts, knowledge, document):
    found = meetings(text, knowledge, document)
    assert len(found) == 1, found
    assert facts <= next(iter(found.values())), found


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Narendra Modi visited Oslo in May.", {"India", "Norway"}),
        ("Yoweri Museveni met Evo Morales in Kampala on 20 November.", {"Uganda", "Bolivia"}),
        ("A delegation of Costa Rica flew to Muscat on 20 November.", {"Costa Rica", "Oman"}),
        ("President Xi met President Lula in Brasilia on 20 November.", {"China", "Brazil"}),
        ("The memorandum was signed during Emmanuel Macron's visit to New Delhi in 2018.", {"France", "India"}),
        ("The text was discussed on Prime Minister Ishiba's trip to Hanoi in April.", {"Japan", "Vietnam"}),
        ("On his state visit to Japan in May President Ramaphosa spoke of satellites.", {"South Africa", "Japan"}),
        ("Joe Biden and Fumio Kishida held their annual summit in Washington on 10 April.", {"United States", "Japan"}),
    ],
)  # fmt: skip
def test_a_leader_stands_for_the_state(text, parties, knowledge, document):
    found = meetings(text, knowledge, document)
    told = {f.partition("=")[2].partition(" ")[0] for facts in found.values() for f in facts if f.startswith("party=")}
    assert {p.partition(" ")[0] for p in parties} == told, found


def test_the_prime_minister_alone_is_that_of_the_country_of_the_dateline(knowledge, document):
    text = "NEW DELHI, July 10, 2024 - The Prime Minister visited Oslo in May and spoke of satellites there."
    facts = {f for facts in meetings(text, knowledge, document).values() for f in facts}
    assert {"party=India", "party=Norway"} <= facts


@pytest.mark.parametrize(
    "text", ["Moon met May in Park Lane.", "The Trump rover visited a crater.", "May 4 met all goals."]
)
def test_a_surname_that_is_an_ordinary_word_is_no_leader(text, knowledge, document):
    assert meetings(text, knowledge, document) == {}


def test_those_who_met_for_a_meeting_are_its_parties(knowledge, document):
    text = (
        "Officials of Kenya and Norway met in Oslo on 22 March for the third meeting of the Kenya-Norway Orbit Group."
    )
    found = meetings(text, knowledge, document)
    assert len(found) == 1, found
    assert {"party=Kenya", "party=Norway", "place=Oslo", "held_date=2024-03-22"} <= next(iter(found.values()))


def test_the_next_meeting_is_another_one_than_the_last(knowledge, document):
    text = (
        "The 10th meeting of the Kenya-Norway Orbit Group was held in Oslo in May 2024. "
        "The next meeting is scheduled for 2025 in Nairobi."
    )
    found = meetings(text, knowledge, document)
    assert sorted({f for f in facts if f.startswith("held_date=")} for facts in found.values()) == [
        {"held_date=2024-05"},
        {"held_date=2025 planned"},
    ], found


def test_a_pact_that_follows_does_not_date_the_meeting(knowledge, document):
    text = "ESA director Ann Lee met JAXA president Ken Ito in Oslo on 12 July 2023. A full agreement may follow next year."
    facts = {f for facts in meetings(text, knowledge, document).values() for f in facts}
    assert {f for f in facts if f.startswith("held_date=")} == {"held_date=2023-07-12"}


@pytest.mark.parametrize(
    "text",
    [
        "After the summit in Tokyo, officials said that LUPEX would be launched in 2022.",
        "LUPEX is planned for launch in 2021, one of its planners told a meeting in Sagamihara.",
    ],
)
def test_a_city_alone_makes_no_meeting(knowledge, document, text):
    assert {c.kind for c in read(document(text, "2018-10-20"), knowledge)} == {"mission"}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("ISRO and JAXA met for a summit in Tokyo and said LUPEX would fly in 2022.", "meeting/summit-in-tokyo-2018"),
        ("ISRO and JAXA met for a summit in Tokyo in March 2017.", "meeting/summit-in-tokyo-2017"),
    ],
    ids=["year-of-a-flight", "own-year"],
)
def test_the_year_of_a_flight_dates_no_meeting(knowledge, document, text, subject):
    found = [c for c in read(document(text, "2018-10-20"), knowledge) if c.kind == "meeting"]
    assert {c.entity_id for c in found} == {subject}
    assert not any("2022" in c.value for c in found)
