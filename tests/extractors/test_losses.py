"""A craft that is lost at its launch or its landing is lost on the day of it."""

import pytest

from tracker.extractors.rules.read import read


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The Plover 2 satellite was lost minutes after liftoff on 3 March 2025.", {"2025-03-03"}),
        ("A Rokot carrying the Plover 2 satellite lifted off on 3 March 2025. It was lost shortly after launch.", {"2025-03-03"}),
        ("The Plover-2 lunar lander was to touch down on 3 March 2025. Contact was lost moments before landing.", {"2025-03-03"}),
        ("The Plover 2 satellite was launched on 3 March 2019. It failed in orbit.", set()),
        ("The Plover 2 satellite was launched on 3 March 2019. Contact was lost in 2021 during a test of its landing radar.", {"2021"}),
        ("The Plover-2 lunar lander is to touch down on 3 March 2026. A sister craft was lost moments before landing.", set()),
    ],
    ids=["liftoff", "a sentence later", "a planned landing", "in orbit", "a day of its own", "another one"],
)  # fmt: skip
def test_the_day_of_a_loss_is_that_of_its_launch_or_landing(knowledge, document, text, days):
    found = read(document(text, "2025-06-01"), knowledge)
    assert {c.value for c in found if c.attribute == "loss_date"} == days


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A PSLV carrying the Plover 2 satellite failed minutes after liftoff on 3 March 2025.", {"failed"}),
        ("An Electron carrying the Plover 2 satellite failed two minutes into the flight on 3 March 2025.", {"failed"}),
        ("The Plover 2 satellite failed completely in May 2024.", {"failed"}),
        ("The Plover 2 satellite failed a test in May 2024.", set()),
    ],
    ids=["minutes", "two minutes", "completely", "a test"],
)
def test_a_time_behind_a_verb_is_no_object(knowledge, document, text, status):
    found = read(document(text, "2025-06-01"), knowledge)
    assert {c.value for c in found if c.attribute == "status"} == status
