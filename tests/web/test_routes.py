"""What is asked over HTTP is what the services answer, with lists in parts."""

import gzip
import json

import msgspec
import pytest


def as_json(value):
    return json.loads(msgspec.json.encode(value))


def test_the_board_is_the_one_of_the_command_line(site):
    assert site.list("/subjects", limit=1000) == as_json(site.app.query.board())


@pytest.mark.parametrize("name", ["mission/lupex", "LUPEX", "mission%2Flupex", "joint lunar mission"])
def test_an_id_is_used_as_it_is_and_a_name_means_the_same(site, name):
    assert site.get(f"/api/v1/subjects/{name}").json() == as_json(site.app.query.subject("mission/lupex"))


def test_each_clock_can_be_turned_back(site):
    launch = lambda **clocks: site.get("/api/v1/subjects/LUPEX", params=clocks).json()["attributes"]["launch_date"]  # noqa: E731
    assert launch()[0]["value"] == "2025"
    assert launch(published_by="2020")[0]["value"] == "2020/2023"
    everything = site.list("/subjects")
    assert site.list("/subjects", known_at=site.app.records.last_position()) == everything
    assert site.list("/subjects", known_at="6") != everything
    then = site.app.query.moment(valid_at="2018")
    assert site.get("/api/v1/subjects/LUPEX", params={"valid_at": "2018"}).json() == as_json(
        site.app.query.subject("LUPEX", as_of=then)
    )


def test_history_and_explanation_are_those_of_the_command_line(site):
    assert site.list("/subjects/mission/lupex/history") == as_json(site.app.query.history("LUPEX"))
    assert site.list("/subjects/LUPEX/history", axis="recorded", attribute="launch_date") == as_json(
        site.app.query.history("LUPEX", axis="recorded", attribute="launch_date")
    )
    slipped = site.list("/subjects/mission/lupex/history", since="2020", attribute="launch_date")
    assert [line["change"] for line in slipped] == ["slip"]
    why = site.get("/api/v1/subjects/mission/lupex/explain/launch_date").json()
    assert why == as_json(site.app.explain.attribute("LUPEX", "launch_date"))


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"kind": "meeting"}, lambda s: s["kind"] == "meeting"),
        ({"status": "held"}, lambda s: s["attributes"]["status"][0]["value"] == "held"),
        ({"party": "jaxa"}, lambda s: any("JAXA" in p["value"] for p in s["attributes"]["party"])),
        ({"search": "LUPEX"}, lambda s: "lupex" in json.dumps([s["id"], s["name"], s["aliases"]]).lower()),
        ({"stale": "true"}, lambda s: s["stale"]),
        ({"overdue": "true"}, lambda s: s["overdue"]),
    ],
    ids=lambda case: next(iter(case)) if isinstance(case, dict) else "",
)
def test_a_filter_gives_all_that_it_fits_and_nothing_else(site, asked, holds):
    everything = site.list("/subjects", limit=1000)

    def fits(subject):
        try:
            return bool(holds(subject))
        except KeyError:
            return False

    assert site.list("/subjects", limit=1000, **asked) == [subject for subject in everything if fits(subject)]
    assert any(map(fits, everything)), "the seeds have none, and the test shows nothing"


def test_a_list_comes_in_parts_that_lead_on_to_each_other(site):
    everything = site.list("/subjects", limit=1000)
    path, read = "/api/v1/subjects?limit=3", []
    while path:
        answer = site.get(path)
        assert answer.headers["x-total-count"] == str(len(everything))
        read += answer.json()
        path = answer.links.get("next", {}).get("url")
    assert read == everything
    last = site.get(answer.links["last"]["url"])
    assert last.json() == read[-len(last.json()) :]
    assert site.get(last.links["prev"]["url"]).json() == read[-3 - len(last.json()) : -len(last.json())]
    assert site.get(last.links["first"]["url"]).json() == everything[:3]
    # Links keep what was asked, and point to no other host whatever the client calls this one.
    answer = site.get("/api/v1/subjects?limit=2&kind=mission&published_by=2025", headers={"Host": "evil.example"})
    assert answer.links["next"]["url"] == "/api/v1/subjects?limit=2&kind=mission&published_by=2025&offset=2"
    assert site.get("/api/v1/subjects?offset=99999").json() == []


def test_documents_are_found_by_day_publisher_and_title(site):
    everything = site.list("/documents")
    assert everything == as_json(site.app.library.list())
    names = lambda **asked: [line["document_id"] for line in site.list("/documents", **asked)]  # noqa: E731
    assert names(published_at_gte="2025") == [d["document_id"] for d in everything if d["published"] >= "2025"]
    assert names(published_at_lt="2018") == [d["document_id"] for d in everything if d["published"] < "2018"]
    assert names(published_at_gt="2017-11-17", published_at_lte="2017-11-18") == [
        "2017-11-18-isro-jaxa-sample-return-talks"
    ]
    assert names(search="lunar", ordering="-published_at") == list(reversed(names(search="LUNAR"))) != []
    assert names(publisher="sputnik") == ["2019-09-09-embassy-confirms-lunar-polar-probe"]
    assert names(has_claims="false") == []
    for subject in ("LUPEX", "meeting/aprsaf-24"):
        told = {claim["document_id"] for claim in site.list("/claims", subject=subject)}
        assert set(names(about=subject)) == told
    assert told < set(names()), "not every document tells of every subject"
    one = site.get("/api/v1/documents/2019-09-09-embassy-confirms-lunar-polar-probe").json()
    assert one == as_json(site.app.library.show("2019-09-09-embassy-confirms-lunar-polar-probe"))
    quote = one["claims"][0]["evidence"]
    assert one["text"][quote["start"] : quote["end"]] == quote["quote"]


def test_claims_of_all_documents_come_in_parts_too(site):
    documents = [line["id"] for line in site.list("/documents")]
    everything = [as_json(claim) for id_ in documents for claim in site.app.library.show(id_).claims]
    assert site.list("/claims", limit=1000) == everything
    parts = [site.list("/claims", limit=7, offset=at) for at in range(0, len(everything), 7)]
    assert [claim for part in parts for claim in part] == everything
    assert site.get("/api/v1/claims?limit=7").headers["x-total-count"] == str(len(everything))
    lupex = site.list("/claims", subject="LUPEX", limit=1000)
    assert {claim["entity_id"] for claim in lupex} == {"mission/lupex"}
    dates = site.list("/claims", subject="LUPEX", attribute="launch_date", modality="planned")
    assert {claim["value"] for claim in dates} == {"2020/2023", "2025"}
    assert site.list("/claims", document=documents[0]) == [
        c for c in everything if c["document_id"] == everything[0]["document_id"]
    ]
    refused = site.get("/api/v1/claims?attribute=status")
    assert refused.status_code == 422
    assert "needs a `document` or a `subject`" in refused.json()["detail"]


def test_what_moved_and_what_is_disputed_is_told_as_the_services_tell_it(site):
    from tracker.services.queries.conflicts import conflicts
    from tracker.services.queries.diff import between, diff
    from tracker.services.queries.slips import slips

    query = site.app.query
    assert site.list("/slips") == as_json(slips(query)) != []
    assert site.list("/conflicts") == as_json(conflicts(query))
    points = between(query, "2018", "2026")
    assert site.list("/diff", **{"from": "2018", "to": "2026"}, subject="LUPEX") == as_json(
        diff(query, points, "LUPEX")
    )
    assert site.list("/diff", **{"from": "6", "to": "10"}, axis="recorded", limit=1000) == as_json(
        diff(query, between(query, "6", "10", axis="recorded"))
    )


def test_documents_are_found_by_their_words(site):
    found = site.list("/search", q='"lunar polar"')
    assert found == as_json(site.app.search.documents('"lunar polar"', limit=20)) != []
    assert len(site.list("/search", q="moon", limit=1)) == 1


def test_sources_and_what_became_of_claims_are_told_as_to_curators(site):
    curation = site.app.curation
    assert site.list("/sources") == as_json(curation.sources.every()) != []
    assert [line["publisher"] for line in site.list("/sources", search="SPUTNIK")] == ["Sputnik"]
    every = as_json(curation.claims.claims(subject="LUPEX"))
    assert site.list("/subjects/mission/lupex/claims", limit=1000) == every
    dates = site.list("/subjects/LUPEX/claims", attribute="launch_date", status="standing")
    assert dates == [c for c in every if c["attribute"] == "launch_date" and c["status"] == "standing"] != []


def test_feeds_are_listed_with_how_they_do(own):
    from tracker.services.ingestion.feeds import Wanted

    own.app.feeds.add(Wanted("https://agency.example/news.xml", title="Agency news"))
    (feed,) = own.list("/feeds", search="AGENCY", state="new")
    assert feed["feed"] == "https://agency.example/news.xml"
    assert own.list("/feeds", state="failing") == []


def test_health_tells_what_lags_and_not_where_the_database_is(own, tmp_path):
    answer = own.get("/api/v1/health")
    assert answer.json()["ok"] is True
    assert answer.json()["database"] == "sqlite"
    assert str(tmp_path) not in answer.text
    assert own.get("/healthz").json()["alive"] is True
    assert own.get("/readyz").json() == {"ready": True, "position": 0, "told": 0}


def test_head_has_the_headers_of_get_and_no_body(site):
    for path in ("/api/v1/subjects", "/api/v1/subjects/mission/lupex", "/metrics", "/nowhere"):
        got, head = site.get(path), site.client.head(path)
        assert head.content == b""
        assert head.status_code == got.status_code
        same = {"content-type", "etag", "link", "x-total-count"}
        assert {k: v for k, v in head.headers.items() if k in same} == {
            k: v for k, v in got.headers.items() if k in same
        }
    assert site.client.head("/api/v1/changes", headers={"Accept": "text/event-stream"}).status_code == 200


def test_long_answers_are_compressed_for_those_who_can_read_that(site):
    with site.client.stream("GET", "/api/v1/subjects", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    plain = site.get("/api/v1/subjects", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 3
    assert answer.headers["etag"] == plain.headers["etag"]
    assert "accept-encoding" in plain.headers["vary"].lower()
