"""What hangs on a penalty is seen by changing it: who was outweighed by half a year may win when it is a quarter."""

import json

import pytest

from bench.score import corpus, stability
from tracker.domain.policy import Policy

ARTICLES = {
    "own-001": ("ISRO", "2020-01-01", "ISRO will launch the Chandrayaan-4 mission in 2024."),
    "own-002": ("The Courier", "2020-06-01", "The Chandrayaan-4 mission will be launched in 2026."),
    "own-003": ("The Courier", "2020-06-01", "JAXA launched the Hayabusa2 mission in December 2014."),
}


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Three articles, of which two differ, and a story of the first two."""
    folder = tmp_path / "own"
    (folder / "docs").mkdir(parents=True)
    (folder / "gold").mkdir()
    for name, (publisher, day, text) in ARTICLES.items():
        told = {"id": name, "publisher": publisher, "published": day, "language": "en", "text": text}
        (folder / "docs" / f"{name}.json").write_text(json.dumps(told), "utf-8")
        gold = {"id": name, "published": day, "facts": []}
        (folder / "gold" / f"{name}.gold.json").write_text(json.dumps(gold), "utf-8")
    story = "".join(
        f'[[item]]\nid = "{name}"\npublisher = "{publisher}"\npublished = "{day}"\ntext = "{text}"\n'
        for name, (publisher, day, text) in list(ARTICLES.items())[:2]
    )
    (tmp_path / "items.toml").write_text(story + '[[item]]\nid = "an-act"\nact = "retract"\n', "utf-8")
    monkeypatch.setattr(stability, "_STORY", tmp_path / "items.toml")
    return corpus.load(folder)


def test_a_penalty_that_decides_between_two_papers_is_found(own):
    table = stability.stability([own])
    rows = {name: cells for name, *cells in table.rows}
    assert rows["grade ungraded"] == [
        "1",
        "0",
        "1",
        "0",
    ]  # a newer paper outweighs the agency once it is half as doubtful
    assert rows["all of them"] == rows["grade ungraded"]
    assert all(cells == ["0"] * 4 for name, cells in rows.items() if name not in ("grade ungraded", "all of them"))
    assert "of 1 of which documents differ" in table.what
    assert "of 2 articles" in table.what


def test_each_penalty_is_changed_alone_and_the_last_row_changes_all():
    policy = Policy()
    varied = stability.varied(policy)
    assert varied["possible"][0].possible == 45
    assert varied["possible"][1].possible == 135
    assert varied["possible"][0].grades == policy.grades
    assert "grade operator" not in varied  # nothing is taken off, so there is nothing to change
    assert varied["grade official"][1].grades == {**policy.grades, "official": 45}
    assert varied["all of them"][0].unknown_date == 90
    assert varied["all of them"][0].grades["secondary"] == 30
    assert all(one != policy for changed in varied.values() for one in changed)
