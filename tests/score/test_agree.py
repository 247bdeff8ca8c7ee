"""Two analysts read the same document: what one of them missed, and what the other made up."""

import random

import pytest

from bench.score import agree, corpus
from tests.conftest import SHARED


def fact(entity, attribute, value, modality="actual", *, kind="mission", aliases=(), **more):
    return {
        "kind": kind, "entity": entity, "aliases": list(aliases), "attribute": attribute, "value": value,
        "modality": modality, **more,
    }  # fmt: skip


def counted(gold, claimed):
    return tuple(len(part) for part in agree.score_document(gold, claimed))


def test_the_same_said_by_both_is_right():
    gold = [fact("LUPEX", "status", "in_development"), fact("LUPEX", "launch_date", "2028", "planned")]
    assert counted(gold, gold) == (2, 0, 0)


def test_silence_misses_and_talk_is_groundless():
    gold = [fact("Kaguya", "status", "completed")]
    assert counted(gold, []) == (0, 1, 0)
    assert counted([], gold) == (0, 0, 1)


def test_a_mission_is_known_by_any_of_its_names():
    gold = [fact("Selenological and Engineering Explorer", "status", "completed", aliases=["SELENE", "Kaguya"])]
    assert counted(gold, [fact("Kaguya", "status", "completed")]) == (1, 0, 0)


def test_a_number_tells_missions_apart():
    gold = [fact("Moon Orbiter 1", "status", "completed")]
    assert counted(gold, [fact("Moon Orbiter 2", "status", "completed")]) == (0, 1, 1)


def test_what_is_said_of_another_kind_of_thing_does_not_count():
    gold = [fact("Gateway", "status", "signed", kind="agreement")]
    assert counted(gold, [fact("Gateway", "status", "signed")]) == (0, 1, 1)


def test_an_agreement_may_go_by_another_name_when_two_facts_fit():
    gold = [
        fact("pact", "signed_date", "2020-05", kind="agreement"),
        fact("pact", "party", "Peru", kind="agreement"),
    ]
    told = [{**each, "entity": "arrangement of Lima"} for each in gold]
    assert counted(gold, told) == (2, 0, 0)
    assert counted(gold[:1], told[:1]) == (0, 1, 1)
    missions = [{**each, "kind": "mission"} for each in gold]
    assert counted(missions, [{**each, "entity": "Huascaran"} for each in missions]) == (0, 2, 2)


@pytest.mark.parametrize(
    ("attribute", "said", "claimed", "right"),
    [
        ("launch_date", "possible", "planned", True),
        ("launch_date", "planned", "actual", False),
        ("party", "planned", "actual", True),
        ("party", "denied", "actual", False),
        ("status", "denied", "actual", False),
    ],
)
def test_how_sure_it_is_counts_where_it_matters(attribute, said, claimed, right):
    gold, told = fact("Swift-2", attribute, "2030", said), fact("Swift-2", attribute, "2030", claimed)
    assert counted([gold], [told]) == ((1, 0, 0) if right else (0, 1, 1))


def test_an_optional_fact_costs_nothing_and_earns_nothing():
    gold = [fact("Odin", "status", "operating", optional=True)]
    assert counted(gold, []) == counted(gold, [fact("Odin", "status", "operating")]) == (0, 0, 0)


def test_another_value_that_is_as_good_is_right():
    gold = [fact("Odin", "status", "operating", accept=["launched"])]
    assert counted(gold, [fact("Odin", "status", "launched")]) == (1, 0, 0)


def test_one_claim_can_serve_two_facts_that_it_says_both():
    gold = [fact("Odin", "party", "Sweden: lead"), fact("Odin", "party", "Sweden: partner")]
    assert counted(gold, [fact("Odin", "party", "Sweden: lead")]) == (1, 0, 0)


def test_saying_it_twice_is_no_error():
    told = [fact("Odin", "launch_date", "2001-02"), fact("Odin", "launch_date", "2001-02-01/2001-02-29")]
    assert counted([fact("Odin", "launch_date", "2001-02")], told) == (1, 0, 0)


def test_the_older_date_does_not_take_the_place_of_the_newer_one():
    gold = [
        fact("Vela", "launch_date", "2026/2027", "planned", superseded=True),
        fact("Vela", "launch_date", "2026-03/2027", "planned"),
    ]
    assert [f["value"] for f, _ in agree.score_document(gold, [gold[1]])[0]] == ["2026-03/2027"]


def test_a_corpus_without_a_judge_is_judged_by_ours(tmp_path):
    (tmp_path / "own" / "gold").mkdir(parents=True)
    assert corpus.load(tmp_path / "own").scorer is agree


def test_a_judge_that_comes_with_the_corpus_is_asked(tmp_path):
    (tmp_path / "own" / "gold").mkdir(parents=True)
    (tmp_path / "own" / "score.py").write_text("MARK = 'theirs'\n", "utf-8")
    assert corpus.load(tmp_path / "own").scorer.MARK == "theirs"


def test_a_folder_without_gold_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="no folder gold"):
        corpus.load(tmp_path)


@pytest.mark.parametrize("name", ["corpus/dev", "seeds"])
def test_ours_counts_as_the_judge_of_the_corpus_does(name):
    """Gold facts stand for claims: some left out, some spoilt, some taken from another document."""
    if not (SHARED / name).is_dir():
        pytest.skip("the corpus does not lie beside the checkout")
    theirs = corpus.load(SHARED / name)
    rng, pool = random.Random(7), [f for facts in theirs.gold.values() for f in facts]
    for gold in theirs.gold.values():
        told = [dict(f) for f in gold if rng.random() < 0.7] + rng.sample(pool, 5)
        for claim in rng.sample(told, len(told) // 3):
            other = rng.choice(pool)
            claim[rng.choice(["value", "modality"])] = other[rng.choice(["value", "modality"])]
            claim["entity"] = rng.choice([claim["entity"], *claim.get("aliases", ()), other["entity"]])
        expected = theirs.scorer.score_document(gold, told)
        found = agree.score_document(gold, told)
        for ours, others in zip(found, expected, strict=True):
            assert sorted(map(str, ours)) == sorted(map(str, others))
