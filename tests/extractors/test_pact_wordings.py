"""Agreements as the press words them: plans of cooperation, texts that wait for their signature, those that are told in one breath."""

import pytest

from tests.extractors.test_agreements import check

VOCABULARY = [
    ("The Norwegian Space Agency and ASI signed a declaration of intent on Arctic monitoring on 2 May.", ["status=signed", "type=letter_of_intent", "subject=Arctic monitoring", "party=ASI"], ["type=joint_statement"]),
    ("KASA and the Polish Space Agency concluded a memorandum of mutual understanding on tracking stations.", ["status=signed", "type=mou", "party=KASA", "subject=tracking stations"], []),
    ("Roscosmos and CNSA signed a space cooperation programme for 2018-2022 in November 2017.", ["status=signed", "signed_date=2017-11", "party=Roscosmos", "party=CNSA"], []),
    ("NASA and CONAE signed a programme of cooperation on ocean colour in Buenos Aires on Friday.", ["status=signed", "signed_date=2024-07-12", "subject=ocean colour"], []),
    ("The minister signed a plan for a new launch pad, and the programme of the evening ended with a concert.", [], ["type", "status", "signed_date"]),
]  # fmt: skip

IN_ONE_BREATH = [
    ("On 3 June CNES and JAXA signed a plan of cooperation on tides, an MoU on debris and another MoU on ground stations.", ["subject=tides", "subject=debris", "subject=ground stations", "signed_date=2024-06-03"], []),
    ("DLR signed an MoU on lasers with KARI and wants another one on relay satellites.", ["subject=lasers", "status=signed"], ["subject=relay satellites actual"]),
]  # fmt: skip

DAYS_OF_SIGNING = [
    ("An agreement on lunar communications is to be signed by ESA and the UK Space Agency next month.", ["status=agreed", "signed_date=2024-08 planned", "party=ESA planned"], ["status=signed", "status=under_discussion"]),
    ("The accord with Chile on laser ranging will be signed on 2 September, the Italian Space Agency (ASI) said.", ["status=agreed", "signed_date=2024-09-02 planned"], ["status=signed"]),
    ("ESA and Chile hope to sign an accord on laser ranging in September.", ["status=under_discussion"], ["status=agreed", "status=signed"]),
    ("The contract with Avio dates from March 2019, the Italian Space Agency (ASI) said.", ["status=signed", "signed_date=2019-03", "party=Avio"], []),
    ("The arrangement between CSA and INPE on auroras stems from 1998.", ["signed_date=1998"], ["status=signed"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "unwanted"), [*VOCABULARY, *IN_ONE_BREATH, *DAYS_OF_SIGNING])
def test_the_press_tells_of_an_agreement(text, wanted, unwanted, knowledge, document):
    check(text, "2024-07-14", wanted, unwanted, knowledge, document)
