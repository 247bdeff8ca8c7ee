"""What has not changed is not sent again, and what has changed always is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import serving
from tracker.web.conditional import matches, tag_of
from tracker.web.kept import Kept

PATHS = [
    "/api/v1/subjects?limit=5",
    "/api/v1/subjects/mission/lupex",
    "/api/v1/subjects/mission/lupex/history",
    "/api/v1/subjects/mission/lupex/explain/launch_date",
    "/api/v1/slips",
    "/api/v1/documents",
    "/api/v1/claims?limit=3",
    "/api/v1/search?q=moon",
    "/api/v1/feeds",
    "/healthz",
]


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_answer_is_told_so(site, path):
    first = site.get(path)
    again = site.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert first.status_code == 200
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    several = site.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"].removeprefix("W/")}'})
    assert several.status_code == 304
    assert site.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_tag_begins_with_the_position_of_the_log(site):
    tag = site.get("/api/v1/subjects").headers["etag"]
    assert tag.startswith(f'W/"{site.app.records.last_position()}-')


def test_one_tag_is_never_another_answer_s(site):
    tags = [site.get(path).headers["etag"] for path in PATHS]
    assert len(set(tags)) == len(tags)
    assert site.get("/api/v1/subjects/mission/nothing", headers={"If-None-Match": "*"}).status_code == 404


def test_anything_that_answers_are_made_from_makes_a_new_tag(own, tmp_path):
    def tag():
        answer = own.get("/api/v1/subjects", headers={"If-None-Match": seen[-1]})
        assert answer.status_code in {200, 304}
        return answer.headers["etag"]

    seen = [own.get("/api/v1/subjects").headers["etag"]]
    own.tell(tmp_path, "a", "JAXA will launch the LUPEX mission in 2026.", "2024-05-01")
    seen.append(tag())
    # A view made anew under other rules shows other things at the same position of the log.
    list(own.app.project.rebuild("missions", on_progress=lambda _: None))
    seen.append(tag())
    # Plans run out as days go by.
    own.clock.tick(days=1)
    seen.append(tag())
    assert len(set(seen)) == 4
    assert tag() == seen[-1]


def test_other_settings_after_a_restart_make_other_tags(tmp_path):
    tags = []
    for days in ("540", "1", "540"):
        with serving(tmp_path, seeds=False, stale_after=days) as site:
            tags.append(site.get("/api/v1/subjects").headers["etag"])
    assert tags[0] != tags[1]
    assert tags[0] == tags[2], "a restart alone changes nothing"


def test_a_view_that_lags_behind_the_log_has_a_tag_of_its_own(own, tmp_path):
    """The log may be ahead of its views for a moment; an answer of that moment must not pass for the one after it."""
    own.tell(tmp_path, "a", "JAXA will launch the LUPEX mission in 2026.", "2024-05-01")
    before = own.get("/api/v1/subjects").headers["etag"]
    with own.app.store.transaction() as transaction:
        build, _ = transaction.views.live("missions")
        seen = transaction.checkpoints.get(build.consumer)
        assert transaction.checkpoints.advance(build.consumer, seen=seen, to=seen - 1)
    assert own.get("/api/v1/subjects", headers={"If-None-Match": before}).status_code == 200


@given(st.text(max_size=40))
def test_no_header_is_too_odd_to_be_compared(header):
    assert matches(header, 'W/"1-a"') in {True, False}


def test_comparison_is_weak_and_exact():
    tag = tag_of("12-abc", "/api/v1/subjects")
    assert matches(tag, tag)
    assert matches(tag.removeprefix("W/"), tag)
    assert matches("*", tag)
    assert not matches(None, tag)
    assert not matches(tag[:-2], tag)
    assert not matches(tag_of("12-abc", "/api/v1/slips"), tag)
    assert not matches(tag_of("13-abc", "/api/v1/subjects"), tag)


def test_an_answer_is_made_once_until_something_moves():
    kept, made = Kept(most=2), []

    def make():
        made.append(dt.datetime(2026, 1, len(made) + 1, tzinfo=dt.UTC))
        return made[-1]

    assert kept.get("1", "a", make) is kept.get("1", "a", make)
    assert kept.get("2", "a", make) is made[1]
    for key in "bca":
        kept.get("2", key, make)
    assert len(made) == 5, "only so many are kept"

    def broken():
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            kept.get("2", "x", broken)
    assert kept.get("2", "x", make) is made[-1]


def test_many_who_ask_at_once_wait_for_one_making():
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    kept, made, together = Kept(), [], Barrier(6)

    def ask(_):
        together.wait()
        return kept.get("1", "board", lambda: made.append(1) or len(made))

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ask, range(6))) == {1}
    assert made == [1]
