"""Meetings as whole articles tell them: over names, offices and days that stand between who met and the verb, and one after another."""

import pytest

from tests.extractors.test_meetings import CONTEXT
from tracker.extractors.rules.read import read

WHO = [
    ("The Minister of Science, Technology and Mines, Ann Okello, on Monday received the President of the Brazilian Space Agency at her office in Kampala.", {"status=held", "held_date=2024-09-09", "place=Kampala", "party=AEB"}),
    ("Norway's Minister of Trade Jan Berg and his Peruvian counterpart April Rey met in Lima on Monday.", {"status=held", "held_date=2024-09-09", "place=Lima", "party=Norway", "party=Peru"}),
    ("Peru's Prime Minister Ana Rey and Kenyan President John Oduya also attended the fifth Arctic Space Forum in Oslo on 3 September.", {"status=held", "held_date=2024-09-03", "place=Oslo", "party=Peru", "party=Kenya"}),
    ("The rover on Monday received a command of the team of the Brazilian Space Agency in Brasilia.", set()),
]  # fmt: skip

SEVERAL = [
    ("Chinese President Xi Jinping met his Egyptian counterpart, who is here for the third Silk and Stars Forum, on Monday. The forum ended on Friday.", [{"party=China", "party=Egypt", "held_date=2024-09-09"}, {"held_date=2024-09-06"}]),
    ("The Chile-Peru Working Group on Orbits met in Lima on Monday. Both sides looked at what was done since the last meeting, which took place in Santiago in January 2023, and agreed to hold a workshop in Bergen in May 2025.", [{"place=Lima", "held_date=2024-09-09"}, {"place=Santiago", "held_date=2023-01"}, {"place=Bergen planned", "held_date=2025-05 planned"}]),
    ("Norwegian and Portuguese ministers met in Lisbon on Monday. A second round of talks is planned for Oslo in 2025.", [{"place=Lisbon", "held_date=2024-09-09"}, {"status=planned", "held_date=2025 planned"}]),
    ("The 4th Arctic Space Forum ended in Oslo on Friday. Next year's edition will be held in Tallinn.", [{"place=Oslo", "held_date=2024-09-06"}, {"status=planned", "place=Tallinn planned"}]),
    ("Roscosmos head Igor Orlov and ISRO chairman S. Rao held talks by phone on Thursday. They agreed to meet in person at the Army-2024 forum in December.", [{"party=Roscosmos", "party=ISRO", "place=virtual", "held_date=2024-09-05"}, {"status=planned", "held_date=2024-12 planned"}]),
    ("The 5th Arctic Space Forum, which had been postponed from May, was held in Oslo on Friday.", [{"status=held", "held_date=2024-09-06"}]),
    ("Some 120 scientists took part in a workshop in Oslo in May 2023. The third and last workshop will be held in 2025.", [{"place=Oslo", "status=held", "held_date=2023-05"}, {"status=planned", "held_date=2025 planned"}]),
    ("ESA's Council, meeting in Lima on 3 September, voted for a probe.", [{"place=Lima", "held_date=2024-09-03", "status=held"}]),
    ("The agencies spoke of a rover ahead of the Chile-Peru Space Summit.", [{"status=planned", "party=Chile planned", "party=Peru planned"}]),
    ("The pact on rovers was made as part of the Chile-Peru Space Summit.", [{"status=held", "party=Chile", "party=Peru"}]),
    ("Two trips\n\nPeru's minister flew to Oslo for the Arctic Space Forum and to Lima for talks with Chilean President Gabriel Boric on Monday.", [{"place=Oslo"}, {"party=Chile", "place=Lima"}]),
    ("A symposium on rovers is planned for May 2025 in Graz.", [{"status=planned", "held_date=2025-05 planned", "place=Graz planned"}]),
    ("The Chile-Peru Space Council, a body of both states, has a rover.", []),
    ("The next session of the Andean Committee on Orbits is set for Lima in December.", [{"status=planned", "place=Lima planned", "held_date=2024-12 planned"}]),
    ("Peru and Chile pushed their space dialogue back.", [{"status=postponed", "party=Peru", "party=Chile"}]),
    ("After the Lima meeting in May, Peru and Chile agreed on a satellite.", [{"status=held", "place=Lima", "held_date=2024-05"}]),
    ("The rover pushed the stone back, and the Lima team met the goal.", []),
    ("The pact was signed in the Norwegian capital on Friday during a visit of Kenya's president William Ruto.", [{"place=Oslo", "party=Kenya", "status=held"}]),
    ("The last meeting of the probe with the comet was in May, and the last talks of the engineers were of its wheel.", []),
]  # fmt: skip


def told(text, knowledge, document):
    found = {}
    for claim in read(document(text + CONTEXT, "2024-09-10"), knowledge):
        if claim.kind == "meeting":
            value = f"{claim.attribute}={claim.value}" + ("" if claim.modality == "actual" else f" {claim.modality}")
            found.setdefault(claim.entity, set()).add(value)
    return found


@pytest.mark.parametrize(("text", "facts"), WHO)
def test_names_and_days_may_stand_between_who_met_and_the_verb(text, facts, knowledge, document):
    found = told(text, knowledge, document)
    assert len(found) == bool(facts), found
    assert not facts or any(facts <= facts_of for facts_of in found.values()), found


@pytest.mark.parametrize(("text", "meetings"), SEVERAL)
def test_one_meeting_after_another(text, meetings, knowledge, document):
    found = told(text, knowledge, document)
    assert len(found) == len(meetings), found
    for wanted in meetings:
        assert any(wanted <= facts for facts in found.values()), (wanted, found)


def test_a_title_may_go_on_over_an_and(knowledge, document):
    found = told("The Second Silk and Stars Forum was held in Lima on 3 September.", knowledge, document)
    assert set(found) == {"Second Silk and Stars Forum"}
