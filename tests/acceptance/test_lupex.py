"""LUPEX over eight years: talks, two approvals, six slips, rumours, copies, a misprint, a hoax, and what is left in the end.

The articles and what must be shown after each are in lupex/items.toml, what must be remembered in lupex/history.toml.
"""

import json
import random
import subprocess
import sys

import msgspec
import pytest

from tests.acceptance.lupex.newsdesk import ACTS, ARTICLES, END, ITEMS, LUPEX, Newsdesk, due, table, timeless
from tests.services.checker import check

HISTORY = table("history")
ORDERS = 31


class Told:
    """The story, told day by day from the first article to the last act, and what was seen on the way."""

    def __init__(self, folder):
        self.desk = Newsdesk(f"sqlite:///{folder / 'told.db'}", folder, day=ITEMS[0].day)
        self.outcomes, self.shown, self.seen, self.ends = {}, {}, {}, {}
        for item in ITEMS:
            self.desk.wait_until(item.day)
            self.outcomes[item.id] = self.desk.take(item)
            self.shown[item.id] = self.desk.shown()
            self.ends[item.id] = self.desk.end
            for position in range(len(self.seen) + 1, self.desk.end + 1):
                self.seen[position] = self.desk.everything(known_at=position)
        self.desk.wait_until(END)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    made = Told(tmp_path_factory.mktemp("lupex"))
    yield made
    made.desk.close()


@pytest.fixture(scope="module")
def knowledge(told):
    return told.desk.app.knowledge


def lines(desk, axis, **clocks):
    """The history of the state, the launch date and the approvals: day, attribute, change, old, new, by, days."""
    found = desk.app.query.history(LUPEX, axis=axis, as_of=desk.app.query.moment(**clocks))
    return [
        [
            c.published if axis == "published" else c.recorded_at[:10],
            c.attribute,
            c.change,
            c.old or "",
            c.new or "",
            c.by or "" if c.attribute == "status" else "",
            c.days or 0,
        ]
        for c in found
        if c.attribute in ("status", "launch_date", "approval_date")
    ]


def value(desk, name, attribute):
    return [held.value for held in desk.app.query.subject(name).attributes.get(attribute, ())]


def explained(desk, attribute, **clocks):
    (why,) = desk.app.explain.attribute(LUPEX, attribute, as_of=desk.app.query.moment(**clocks)).values
    return why


@pytest.mark.parametrize(("item", "then"), tuple(due()), ids=[item.id for item in ITEMS])
def test_after_every_item(told, item, then):
    shown = told.shown[item.id]
    if item.then.origins is None:
        then = msgspec.structs.replace(then, origins=shown.origins)  # asked only where the item tells
    assert shown == then
    assert told.outcomes[item.id] == ([item.outcome] if item.act is None else [])


def test_there_is_enough_of_a_story():
    assert len({article.id for article in ARTICLES}) == len(ARTICLES) >= 40
    assert {article.published.year for article in ARTICLES} == set(range(2017, 2026))
    assert [item.day for item in ITEMS] == sorted(item.day for item in ITEMS)


@pytest.mark.parametrize("axis", ["published", "recorded"])
def test_what_is_remembered(told, axis):
    assert lines(told.desk, axis) == HISTORY[axis]


def test_who_takes_part_and_by_which_names(told):
    view = told.desk.app.query.subject("Chandrayaan-5")
    assert view.id == LUPEX
    assert [held.value for held in view.attributes["party"]] == HISTORY["parties"]
    assert value(told.desk, LUPEX, "destination") == ["Moon south pole"]
    assert value(told.desk, LUPEX, "launch_vehicle") == ["H3"]


def test_what_happened_around_it(told):
    desk = told.desk
    arrangements = [
        (*value(desk, s.id, "signed_date"), *value(desk, s.id, "status"), value(desk, s.id, "party"))
        for s in desk.app.query.board(kind="agreement")
    ]
    assert sorted(arrangements) == [
        ("2017-12-06", "signed", ["ISRO", "JAXA"]),
        ("2025-08-29", "signed", ["ISRO", "JAXA"]),
    ]
    dialogues = [value(desk, f"meeting/india-japan-space-dialogue-{n}", "held_date") for n in (1, 2, 3)]
    assert dialogues == [["2019-03-08"], ["2021-11-02"], ["2025-04-01"]]
    assert value(desk, "Chandrayaan-3", "landing_date") == ["2023-08-23"]
    flights = [value(desk, name, "status") for name in ("ALOS-3", "ALOS-4", "Michibiki 6", "HTV-X1", "Michibiki 5")]
    assert flights == [["failed"], ["launched"], ["launched"], ["launched"], ["failed"]], "H3, 1st to 8th"
    assert value(desk, LUPEX, "launch_date") != value(desk, "Chandrayaan-4", "launch_date") == ["2027"]


def test_both_approvals_show_with_who_gave_them(told):
    approvals = [(by, day) for day, attribute, _, _, new, by, _ in lines(told.desk, "published") if new == "approved"]
    assert approvals == [
        ("Japan", "2019-09-09"),
        ("National Space Commission", "2024-10-08"),
        ("India", "2025-03-16"),
    ]
    assert told.shown["2020-06-15-neutrons"].status == ("approved", "Japan"), "India had not approved it by then"


def test_a_wire_and_its_five_copies_are_one_voice(told):
    why = explained(told.desk, "launch_date", published_by="2025-04-21")
    origins = {w.document_id: w.origin for w in (why.winner, *why.supporting, *why.losing) if "wire" in w.document_id}
    assert len(origins) == 6
    assert set(origins.values()) == {"press trust of india"}
    assert why.origins == 2, "the agency, and an article of an outlet that had printed its words before"


def test_an_old_date_that_is_printed_again_moves_nothing(told):
    repeats = [item.id for item in ITEMS if item.publisher == "Weekend Stargazer"]
    for before, after in zip([i.id for i in ITEMS], [i.id for i in ITEMS][1:], strict=False):
        if after in repeats:
            assert told.shown[before].launch_date == told.shown[after].launch_date
    lost = {w.document_id: w.code for w in explained(told.desk, "launch_date").losing}
    assert [lost[id_] for id_ in repeats] == ["R3_OLDER"] * 3


def test_what_was_believed_of_the_hoax_and_what_is_known_of_it(told):
    desk = told.desk
    assert desk.shown(known_at=told.ends["2025-06-10-hoax"]).status == ("cancelled",)
    assert desk.shown(known_at="2025-06-12").contested
    assert desk.shown(known_at="2025-06-13").status == ("in_development",)
    assert desk.shown(published_by="2025-06-10").status == ("in_development",), "by all that is known now"
    (retracted,) = [w for w in explained(desk, "status").losing if w.document_id == "2025-06-10-hoax"]
    assert (retracted.code, retracted.reason) == ("R0_RETRACTED", "retracted by Ann: source_was_wrong")


def test_an_article_found_late_changes_history_and_not_the_present(told):
    before, after = told.shown["2024-10-11-other-name"], told.shown["2018-04-05-found-late"]
    assert msgspec.structs.replace(after, slips=before.slips) == before
    assert "2021" not in {new for _, _, _, _, new, _, _ in lines(told.desk, "published", known_at="2024-11-19")}
    assert told.desk.shown(published_by="2018-06", known_at="2024-11-19").launch_date is None
    assert told.desk.shown(published_by="2018-06", known_at="2024-11-20").launch_date == ("2021", "planned")


@pytest.mark.parametrize("by", HISTORY["by"], ids=lambda by: by["day"])
def test_published_by_a_day_is_what_the_articles_of_that_day_tell(told, knowledge, by, tmp_path):
    day = by["day"]
    shown = told.desk.shown(published_by=day)
    assert [*shown.status] == by["status"]
    assert (list(shown.launch_date) if shown.launch_date else None, shown.slips) == (by.get("launch_date"), by["slips"])
    # Another tracker, to which nothing later was ever shown.
    articles = [article for article in ARTICLES if str(article.published) <= day]
    acts = [act for act in ACTS if act.document in {article.id for article in articles}]
    other = Newsdesk(f"sqlite:///{tmp_path / 'other.db'}", tmp_path, knowledge)
    other.take(*articles, *acts)
    assert timeless(other.everything(published_by=day)) == timeless(told.desk.everything(published_by=day))
    other.close()


@pytest.mark.parametrize(("known_at", "launch"), [("2024-11-19", []), ("2024-11-20", ["2021"])])
def test_the_command_line_tells_the_clocks_apart_as_well(told, known_at, launch):
    asked = ["status", LUPEX, "--published-by", "2018-06", "--known-at", known_at, "--json"]
    command = [sys.executable, "-m", "tracker", "--database", told.desk.app.settings.database, *asked]
    view = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [held["value"] for held in view["attributes"].get("launch_date", ())] == launch
    assert [held["value"] for held in view["attributes"]["status"]] == ["under_study"]


def test_what_was_known_at_a_position_stays_what_was_known(told):
    assert set(told.seen) == set(range(1, told.desk.end + 1))
    for position, seen in told.seen.items():
        assert told.desk.everything(known_at=position) == seen, position


def test_every_winner_follows_from_its_explanation(told):
    for item in ITEMS:
        at = told.desk.app.query.moment(known_at=told.ends[item.id])
        for attribute in told.desk.app.query.subject(LUPEX, as_of=at).attributes:
            if attribute != "party":
                why = told.desk.app.explain.attribute(LUPEX, attribute, as_of=at)
                check(msgspec.to_builtins(why))


def shuffled(number):
    """An order of arrival: backwards, then at random; but nobody can see a page mended before it was wrong."""
    articles = list(reversed(ARTICLES))
    if number:
        random.Random(number).shuffle(articles)
    (mended,) = [article for article in ARTICLES if article.outcome == "revised"]
    (first,) = [article for article in ARTICLES if article.url == mended.url and article is not mended]
    articles.remove(mended)
    articles.insert(articles.index(first) + 1, mended)
    return articles


@pytest.mark.parametrize("number", range(ORDERS))
def test_any_order_of_arrival_tells_the_same(told, knowledge, number, tmp_path):
    order = shuffled(number)
    desk = Newsdesk(f"sqlite:///{tmp_path / 'shuffled.db'}", tmp_path, knowledge)
    third = len(order) // 3
    for some in (order[:third], order[third : 2 * third], order[2 * third :]):
        desk.take(*some)
    desk.take(*ACTS)
    assert lines(desk, "published") == HISTORY["published"]
    assert timeless(desk.everything()) == timeless(told.desk.everything())
    desk.close()


def test_building_the_views_again_gives_the_same_bytes_and_the_log_is_sound(told):
    rebuilt = list(told.desk.app.project.rebuild(on_progress=lambda _: None))
    assert {one.projection for one in rebuilt} == set(told.desk.app.project.names)
    assert not any(one.changed for one in rebuilt)
    verdict = told.desk.app.verify.log(on_progress=lambda *_: None)
    assert (verdict.ok, verdict.problems) == (True, ())
