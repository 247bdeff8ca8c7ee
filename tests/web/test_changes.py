"""Whoever follows changes hears of each once, in order: by pages, by waiting, by a stream that is cut off."""

import json
import threading
import time

import httpx
import pytest

from tests.web.conftest import serving

EVENT_STREAM = {"Accept": "text/event-stream"}


def read_events(answer, most=None):
    """Server-sent events as a browser would dispatch them: (last event id, data)."""
    last, data = None, []
    for line in answer.iter_lines():
        if line.startswith("id: "):
            last = int(line[4:])
        elif line.startswith("data: "):
            data.append(line[6:])
        elif line == "" and data:
            yield last, json.loads("\n".join(data))
            data = []
            if most is not None and (most := most - 1) == 0:
                return


def test_pages_of_any_length_give_every_change_once_in_the_order_of_the_log(site):
    everything = site.list("/changes", limit=1000)
    assert [line["position"] for line in everything] == sorted(line["position"] for line in everything)
    for limit in (1, 5, 100):
        read, path = [], f"/api/v1/changes?limit={limit}"
        while page := (answer := site.get(path)).json():
            assert len({line["position"] for line in page[limit - 1 :]}) <= 1  # only the changes of one event go beyond
            read += page
            path = answer.links["next"]["url"]
        assert read == everything
    assert answer.headers["x-next-position"] == str(site.app.query.settled())


def test_changes_are_chosen_by_subject_attribute_and_kind(site):
    everything = site.list("/changes", limit=1000)
    asked = {"subject": "mission/lupex", "attribute": "launch_date", "change": "slip,pulled_in"}
    (slip,) = site.list("/changes", **asked)
    assert slip in everything
    assert (slip["old"], slip["new"]) == ("2020/2023", "2025")
    wrong = site.get("/api/v1/changes?change=slipp")
    assert wrong.status_code == 422
    assert "there is no slipp" in wrong.json()["detail"]


def test_after_minus_one_begins_with_what_comes_next(site):
    answer = site.get("/api/v1/changes?after=-1")
    assert answer.json() == []
    assert answer.headers["x-next-position"] == str(site.app.query.settled())


def test_who_waits_is_told_as_soon_as_a_document_says_something(own, tmp_path):
    timer = threading.Timer(0.2, own.tell, (tmp_path, "a", "JAXA will launch the LUPEX mission in 2026.", "2024-05-01"))
    timer.start()
    begun = time.monotonic()
    answer = own.get("/api/v1/changes?wait=20")
    waited = time.monotonic() - begun
    timer.join()
    assert "launch_date" in {line["attribute"] for line in answer.json()}
    assert 0.1 < waited < 15
    begun = time.monotonic()
    nothing = own.get(answer.links["next"]["url"], params={"after": answer.headers["x-next-position"], "wait": 0.2})
    assert nothing.json() == []
    assert time.monotonic() - begun >= 0.2


def test_a_stream_that_is_cut_off_in_the_middle_of_an_event_tells_all_of_it_again(site):
    everything = site.list("/changes", limit=1000)
    first = [line for line in everything if line["position"] == everything[0]["position"]]
    assert len({line["position"] for line in everything}) > 2
    with site.client.stream("GET", "/api/v1/changes", headers=EVENT_STREAM) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        heard = list(read_events(answer, most=len(first) + 2))
    last = heard[-1][0]
    assert last == first[0]["position"], "the change of an event that is not told to its end moves the cursor"
    with site.client.stream("GET", "/api/v1/changes", headers=EVENT_STREAM | {"Last-Event-ID": str(last)}) as answer:
        rest = list(read_events(answer, most=len(everything) - len(first)))
    assert first + [line for _, line in rest] == everything
    assert rest[-1][0] == everything[-1]["position"]


def test_a_stream_brings_what_happens_while_it_is_open(own, tmp_path):
    with own.client.stream("GET", "/api/v1/changes?attribute=launch_date", headers=EVENT_STREAM) as answer:
        events = read_events(answer)
        own.tell(tmp_path, "a", "JAXA will launch the LUPEX mission in 2026.", "2024-05-01")
        position, first = next(events)
        own.tell(tmp_path, "b", "JAXA will launch the LUPEX mission in 2028.", "2025-05-01")
        _, second = next(events)
    assert (first["change"], first["new"], position) == ("set", "2026", first["position"])
    assert (second["change"], second["old"], second["new"]) == ("slip", "2026", "2028")


def test_streams_and_waiting_end_when_the_server_is_stopped(tmp_path):
    ended = []

    def follow(url, headers):
        with httpx.Client(timeout=30) as client, client.stream("GET", url, headers=headers) as answer:
            for _ in answer.iter_bytes():
                pass
        ended.append(time.monotonic())

    with serving(tmp_path, seeds=False) as site:
        base = str(site.client.base_url)
        asked = [(f"{base}/api/v1/changes", EVENT_STREAM), (f"{base}/api/v1/changes?wait=30", {})]
        threads = [threading.Thread(target=follow, args=one) for one in asked]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        stopped = time.monotonic()
    for thread in threads:
        thread.join(10)
    assert len(ended) == 2
    assert max(ended) - stopped < 4


def test_nothing_is_told_beyond_what_every_view_has_taken_in(app, tmp_path):
    """A meeting told of early, before the mission of an earlier document: the cursor must not pass the mission by."""
    from tracker.capture.item import Given

    for name, text in {
        "a": "JAXA will launch the LUPEX mission in 2026.",
        "b": "ISRO will launch Chandrayaan-4 in 2027.",
    }.items():
        (tmp_path / f"{name}.md").write_text(text)
        list(app.ingest.sources([str(tmp_path / f"{name}.md")], given=Given(published="2024-05-01"), today=app.today()))
    everything = app.query.news(after=0, limit=1000)
    first = everything.changes[0].position
    assert everything.cursor > first
    with app.store.transaction() as transaction:
        build, _ = transaction.views.live("agreements")
        assert transaction.checkpoints.advance(build.consumer, seen=everything.cursor, to=first)
    behind = app.query.news(after=0, limit=1000)
    assert behind.cursor == first
    assert {line.position for line in behind.changes} == {first}


@pytest.mark.parametrize("wait", ["31", "-1", "nan", "x"])
def test_nobody_waits_for_longer_than_half_a_minute(site, wait):
    assert site.get(f"/api/v1/changes?wait={wait}").status_code == 422
