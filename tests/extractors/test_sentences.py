"""What single sentences say: a table per stage, with what must be claimed and what must not."""

import pytest

from tracker.extractors.rules.read import read

CONTEXT = " Space agencies and satellite makers follow the mission."


def claims(text, published, knowledge, document):
    found = read(document(text, published), knowledge)
    return {f"{c.entity} {c.attribute}={c.value} {c.modality}{' old' if c.superseded else ''}" for c in found}


def check(text, published, wanted, unwanted, knowledge, document):
    found = claims(text, published, knowledge, document)
    missing = [w for w in wanted if w not in found]
    wrong = [f for f in found if any(u in f for u in unwanted)]
    assert not missing, (missing, sorted(found))
    assert not wrong, wrong


VOICE = [
    ("Japan launched Hayabusa2 on 3 December 2014.", ["Hayabusa2 launch_date=2014-12-03 actual", "Hayabusa2 status=launched actual", "Hayabusa2 party=Japan: lead actual"], []),
    ("Hayabusa2 was launched on 3 December 2014 by Japan.", ["Hayabusa2 launch_date=2014-12-03 actual", "Hayabusa2 party=Japan: lead actual"], []),
    ("Launched in 2014, Hayabusa2 returned to Earth in December 2020.", ["Hayabusa2 launch_date=2014 actual", "Hayabusa2 landing_date=2020-12 actual"], []),
    ("The launch of Hayabusa2 in December 2014 went well.", ["Hayabusa2 launch_date=2014-12 actual"], []),
    ("Hayabusa2, which left Tanegashima in December 2014, is still operating.", ["Hayabusa2 launch_date=2014-12 actual", "Hayabusa2 status=operating actual"], ["status=launched"]),
]  # fmt: skip

MODALITY = [
    ("Luna-27 is to be launched in 2028.", ["Luna-27 launch_date=2028 planned"], ["actual", "status"]),
    ("Luna-27 could be launched in 2028.", ["Luna-27 launch_date=2028 possible"], ["status"]),
    ("Russia hopes to launch Luna-27 in August 2028.", ["Luna-27 launch_date=2028-08 planned"], ["status"]),
    ("Luna-27 is scheduled for launch no earlier than 2028.", ["Luna-27 launch_date=2028/.. planned"], []),
    ("Luna-27 will lift off in 2028.", ["Luna-27 launch_date=2028 planned"], ["status"]),
    ("Luna-27 has not been cancelled, Roscosmos said.", ["Luna-27 status=cancelled denied"], ["cancelled actual"]),
    ("Roscosmos may cancel Luna-27.", ["Luna-27 status=cancelled possible"], ["cancelled actual"]),
    ("Luna-27 was to have been launched in 2021.", ["Luna-27 launch_date=2021 planned old"], ["status"]),
    ("Luna-27 has yet to be launched.", [], ["status=launched"]),
]  # fmt: skip

CLAUSES = [
    ("Luna-25 was launched in August 2023 and crashed on 19 August 2023.", ["Luna-25 launch_date=2023-08 actual", "Luna-25 loss_date=2023-08-19 actual", "Luna-25 status=failed actual"], []),
    ("Chandrayaan-3 landed on 23 August 2023, while Luna-25 was lost on 19 August 2023.", ["Chandrayaan-3 landing_date=2023-08-23 actual", "Luna-25 loss_date=2023-08-19 actual"], ["Chandrayaan-3 loss_date", "Luna-25 landing_date"]),
    ("Luna-25 and Chandrayaan-3 were launched in 2023.", ["Luna-25 launch_date=2023 actual", "Chandrayaan-3 launch_date=2023 actual"], []),
    ("Since Galileo was launched in 1989, Juno has been orbiting Jupiter.", ["Galileo launch_date=1989 actual"], ["Juno launch_date"]),
]  # fmt: skip

OLD_AND_NEW = [
    ("The launch of Dragonfly was postponed from June 2027 to July 2028.", ["Dragonfly launch_date=2027-06 planned old", "Dragonfly launch_date=2028-07 planned"], []),
    ("Luna-27, originally planned for 2026, is now scheduled for 2028.", ["Luna-27 launch_date=2026 planned old", "Luna-27 launch_date=2028 planned"], []),
    ("NASA moved the launch of Dragonfly from 5 to 12 July 2028.", ["Dragonfly launch_date=2028-07-05 planned old", "Dragonfly launch_date=2028-07-12 planned"], []),
    ("Last year the launch of Dragonfly was put off.", [], ["launch_date"]),
]  # fmt: skip

PARTIES = [
    ("NASA's Dragonfly is a rotorcraft.", ["Dragonfly party=NASA: lead actual"], []),
    ("MMX, a mission of JAXA, is under development.", ["MMX party=JAXA: lead actual", "MMX status=in_development actual"], []),
    ("CNES will provide a camera for Dragonfly, DLR a spectrometer.", ["Dragonfly party=CNES: payload planned", "Dragonfly party=DLR: payload planned"], []),
    ("Dragonfly was built by Lockheed Martin.", ["Dragonfly party=Lockheed Martin: spacecraft actual"], ["lead"]),
    ("NISAR, a joint mission of NASA and ISRO, is being tested.", ["NISAR party=NASA: lead actual", "NISAR party=ISRO: lead actual", "NISAR status=in_development actual"], []),
    ("CNES contributes instruments for the lander of Dragonfly.", [], ["CNES: lander"]),
]  # fmt: skip

TARGETS = [
    ("Dragonfly will fly to Titan on a Falcon Heavy in 2028.", ["Dragonfly launch_vehicle=Falcon Heavy planned", "Dragonfly destination=Titan planned"], []),
    ("The Mars probe Hope entered orbit around the planet.", ["Hope destination=Mars actual", "Hope status=operating actual"], []),
    ("Luna-25 was lost, and a Falcon 9 failed in July.", [], ["launch_vehicle"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [*VOICE, *MODALITY, *CLAUSES, *OLD_AND_NEW, *PARTIES, *TARGETS],
    ids=lambda v: str(v)[:50],
)
def test_a_sentence_on_missions(text, wanted, unwanted, knowledge, document):
    check(text + CONTEXT, "2024-05-01", wanted, unwanted, knowledge, document)


AGREEMENTS = [
    ("ISRO and JAXA signed a memorandum of understanding on lunar exploration on 11 November 2016.", ["signed_date=2016-11-11 actual", "status=signed actual", "type=mou actual", "party=ISRO actual", "party=JAXA actual", "subject=lunar exploration actual"], []),
    ("The memorandum of understanding between ISRO and CNES on climate satellites expires in 2030.", ["expiry_date=2030 planned", "party=ISRO actual", "party=CNES actual"], ["signed"]),
    ("An agreement on space debris between ESA and JAXA is being negotiated.", ["status=under_discussion actual"], ["signed"]),
    ("ISRO and JAXA exchanged views on the Moon. The two agencies signed an agreement on tracking in 2019.", ["signed_date=2019 actual", "party=ISRO actual", "party=JAXA actual"], []),
    ("The implementing arrangement between NASA and JAXA on Gateway logistics remains in force.", ["status=in_force actual", "type=implementing_arrangement actual"], []),
]  # fmt: skip

MEETINGS = [
    ("The second France-Japan Space Dialogue was held online on 2 June 2021.", ["status=held actual", "held_date=2021-06-02 actual", "place=virtual actual", "party=France actual", "party=Japan actual"], []),
    ("The third India-Japan Space Dialogue will be held in Tokyo in June 2025.", ["status=planned actual", "held_date=2025-06 planned", "place=Tokyo planned"], ["held actual"]),
    ("The third India-Japan Space Dialogue was cancelled, ISRO and JAXA said.", ["status=cancelled actual"], ["status=held"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "unwanted"), [*AGREEMENTS, *MEETINGS], ids=lambda v: str(v)[:50])
def test_a_sentence_on_agreements_and_meetings(text, wanted, unwanted, knowledge, document):
    found = claims(text + " Satellites and space agencies were the topic.", "2024-05-01", knowledge, document)
    missing = [w for w in wanted if not any(f.endswith(w) for f in found)]
    assert not missing, (missing, sorted(found))
    assert not [f for f in found if any(u in f for u in unwanted)]


SILENT = [
    "The quarterback signed a new contract on Tuesday and hopes to land a second title in 2026.",
    "The company will launch a new mission statement at its summit in Berlin in March.",
    "Apollo Cinema launched a monthly film night, and its owners signed an agreement with the archive.",
    "Police launched a probe into the fair, and two stalls were shut down on Friday.",
    "The ministry approved a rocket salad recall; the orbiter of the fund left in 2020.",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_not_about_space_says_nothing(text, knowledge, document):
    assert claims(text, "2024-05-01", knowledge, document) == set()


def test_a_topic_carries_over_sentences_that_name_nothing(knowledge, document):
    text = "Luna-27 passed its design review, the space agency Roscosmos said. Launch is planned for July 2028. It will land in 2034."
    found = claims(text, "2024-05-01", knowledge, document)
    assert {"Luna-27 launch_date=2028-07 planned", "Luna-27 landing_date=2034 planned"} <= found


def test_the_agency_is_the_last_one_named(knowledge, document):
    text = "ISRO has built satellites for decades. In 2019 the agency signed an agreement on tracking with JAXA."
    found = claims(text, "2024-05-01", knowledge, document)
    assert any(f.endswith("party=ISRO actual") for f in found)


def test_a_claim_tells_who_approved_since_when_and_who_says_so(knowledge, document):
    text = "Dragonfly was approved by NASA in April 2024, Nora Quill said. The spacecraft is a rotorcraft of the space agency."
    found = read(document(text, "2024-05-01"), knowledge)
    status = next(c for c in found if c.attribute == "status")
    assert (status.value, status.by, status.since, status.attribution) == ("approved", "NASA", "2024-04", "Nora Quill")
    assert status.salience == "lead"


def test_old_missions_are_background(knowledge, document):
    text = "JAXA is testing MMX, its Mars probe, in Tsukuba.\n\nHayabusa was launched in 2003."
    found = {c.entity: c.salience for c in read(document(text, "2024-05-01"), knowledge) if c.attribute == "status"}
    assert found == {"MMX": "lead", "Hayabusa": "background"}


def test_said_twice_is_one_claim(knowledge, document):
    text = "Dragonfly will be launched in July 2028, NASA said. The launch of Dragonfly in July 2028 is the goal of the space agency."
    dates = [c for c in read(document(text, "2024-05-01"), knowledge) if c.attribute == "launch_date"]
    assert len(dates) == 1


def test_evidence_is_short_and_whole_words(knowledge, document):
    text = "After years of waiting in clean rooms on three continents, and after many quarrels about money, Dragonfly of NASA will at last be launched in July 2028."
    for claim in read(document(text, "2024-05-01"), knowledge):
        quote = claim.evidence.quote(text)
        assert len(quote.split()) <= 14
        assert quote == quote.strip()
