"""Every error is a problem, and what is too much is refused before anything is done for it."""

import re
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import serving
from tracker.errors import StoreUnavailableError
from tracker.web.limits import Buckets, household
from tracker.web.problems import KINDS


def problem_of(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["request_id"] == answer.headers["x-request-id"]
    assert told["type"].removeprefix("/problems/") in KINDS
    return told


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, None),
        ("/api/v1/subjects/mission/lupx", 404, "/api/v1/subjects lists what is known"),
        ("/api/v1/subjects/mission/history", 404, "no subject 'mission/history'"),
        ("/api/v1/subjects/lunar", 404, "did you mean"),
        ("/api/v1/documents/../../etc/passwd", 404, None),
        ("/api/v1/documents/%2e%2e%2fetc%2fpasswd", 404, "no document '../etc/passwd'"),
        ("/api/v1/audit/tile/0/../../checkpoint", 404, None),
        ("/api/v1/audit/checkpoint", 404, "has signed none yet"),
        ("/api/v1/audit/proof/9999", 404, "the log has 10 events"),
        ("/api/v1/audit/proof/1", 409, "no checkpoint covers position 1"),
        ("/api/v1/audit/proof/0", 422, "position: "),
        ("/api/v1/subjects?published_by=yesterday", 422, "published_by: 'yesterday' is not an EDTF date"),
        ("/api/v1/subjects?known_at=soon", 422, "known_at: 'soon' is no log position and no date or time"),
        ("/api/v1/subjects/LUPEX/history?attribute=colour", 422, "attribute: a mission has no 'colour'"),
        ("/api/v1/subjects/LUPEX/explain/colour", 422, "attribute: a mission has no 'colour'"),
        ("/api/v1/subjects/LUPEX/history?since=x", 422, "since: 'x' is not an EDTF date"),
        ("/api/v1/subjects?publishd_by=2020", 422, "publishd_by: is unknown here; known: contested"),
        ("/api/v1/subjects?limit=0&offset=x", 422, "limit: "),
        ("/api/v1/subjects?kind=rocket", 422, "kind: "),
        ("/api/v1/diff?from=x&to=2020", 422, "from: 'x' is not an EDTF date"),
        ("/api/v1/diff?from=2020&to=y", 422, "to: 'y' is not an EDTF date"),
        ("/api/v1/search?q=%20%2A", 422, "q: "),
        ("/api/v1/search?q=" + "x" * 60_000, 414, "8,192 are taken"),
        ("/api/v1/changes?after=99999999999999999999", 422, "after: "),
    ],
)
def test_what_is_wrong_is_told_in_one_clear_line(site, path, status, words):
    # As bytes, so that the client does not tidy up the path.
    answer = site.client.send(site.client.build_request("GET", site.client.base_url.copy_with(raw_path=path.encode())))
    told = problem_of(answer)
    assert answer.status_code == status
    assert words is None or words in told["detail"]
    assert "`tracker " not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(site, method):
    answer = site.client.request(method, "/api/v1/subjects/mission/lupex", json={"value": "2030"})
    assert problem_of(answer)["status"] == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_kind_of_problem_leads_to_its_explanation(site):
    told = problem_of(site.get("/nowhere"))
    kind = site.get(told["type"]).json()
    assert (kind["type"], kind["title"], kind["status"]) == (told["type"], told["title"], 404)
    assert kind["advice"]
    assert site.get("/problems/nothing").status_code == 404


@pytest.mark.parametrize(
    "words", ["<script>", "a%0D%0AX-Evil:%201", "%00", "%FF%FE", "%E2%80%AEtxt", "%25%25%25", "%ED%A0%80"]
)
def test_hostile_words_come_back_as_data_and_split_no_header(site, words):
    found = site.get(f"/api/v1/subjects?limit=1&search={words}")
    assert found.json() == []
    assert "x-evil" not in found.headers
    assert found.headers["content-type"] == "application/json"
    assert problem_of(site.get(f"/api/v1/subjects/{words}"))["status"] == 404
    assert problem_of(site.get(f"/api/v1/documents/{words}"))["status"] == 404
    assert problem_of(site.get(f"/{words}"))["status"] == 404


def test_a_request_keeps_the_id_a_proxy_gave_it_unless_that_is_no_id(site):
    assert site.get("/healthz", headers={"X-Request-ID": "proxy-1234.5"}).headers["x-request-id"] == "proxy-1234.5"
    for bad in ("short", "x" * 65, "a b c d e f g", "<script>"):
        made = site.get("/healthz", headers={"X-Request-ID": bad}).headers["x-request-id"]
        assert re.fullmatch("[0-9a-f]{32}", made)


def test_every_answer_is_careful_with_browsers(site):
    for path in ("/api/v1/subjects", "/nowhere", "/metrics", "/openapi.json"):
        headers = site.get(path, headers={"Origin": "https://evil.example"}).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
        assert not [name for name in headers if name.startswith("access-control")]


def test_a_body_is_refused_before_it_is_read(site):
    with socket.create_connection(("127.0.0.1", site.server.port), timeout=5) as client:
        client.sendall(b"POST /api/v1/subjects HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n")
        answer = client.recv(4096)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in answer


def test_a_client_that_drips_holds_up_nobody_else(site):
    with socket.create_connection(("127.0.0.1", site.server.port), timeout=5) as slow:
        slow.sendall(b"GET /api/v1/subjects HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert site.get("/api/v1/subjects/mission/lupex").status_code == 200
        slow.sendall(b"done\r\n\r\n")
        assert slow.recv(100).startswith(b"HTTP/1.1 200 ")


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path):
    with serving(tmp_path, seeds=False, web_rate="1") as site:
        answers = [site.get("/api/v1/subjects") for _ in range(8)]
        assert [answer.status_code for answer in answers[:5]] == [200] * 5
        refused = answers[-1]
        assert problem_of(refused)["status"] == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 2
        assert site.get("/healthz").status_code == 200, "whoever watches over the process is always answered"


def test_only_a_proxy_that_is_known_may_say_for_whom_it_asks(tmp_path):
    def asked_as(site, *names):
        return [site.get("/api/v1/subjects", headers={"X-Forwarded-For": name}).status_code for name in names]

    many = [f"203.0.113.{number}" for number in range(8)]
    (tmp_path / "a").mkdir()
    with serving(tmp_path / "a", seeds=False, web_rate="1") as site:
        assert 429 in asked_as(site, *many), "a stranger gets no more by claiming to be many"
    with serving(tmp_path, seeds=False, web_rate="1", web_proxies="127.0.0.1") as site:
        assert asked_as(site, *many) == [200] * 8
        assert 429 in asked_as(site, *many[:1] * 8)


def test_other_origins_may_ask_where_the_operator_says_so(tmp_path):
    with serving(tmp_path, seeds=False, web_cors="https://board.example") as site:
        mine = site.get("/api/v1/subjects", headers={"Origin": "https://board.example"})
        assert mine.headers["access-control-allow-origin"] == "https://board.example"
        assert "ETag" in mine.headers["access-control-expose-headers"]
        other = site.get("/api/v1/subjects", headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers


def test_a_database_that_is_away_is_no_news_for_strangers(own, monkeypatch):
    def away(*_):
        raise StoreUnavailableError("postgresql://user@secret.host/db: the server cannot be reached")

    monkeypatch.setattr(own.app.store, "reading", away)
    for path in ("/readyz", "/api/v1/subjects", "/api/v1/changes"):
        answer = own.get(path)
        assert problem_of(answer)["status"] == 503
        assert answer.headers["retry-after"]
        assert "secret" not in answer.text
    assert own.get("/healthz").status_code == 200
    assert "tracker_store_up 0.0" in own.get("/metrics").text


def test_what_breaks_is_told_without_its_insides(own, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(own.app.query, "board", broken)
    answer = own.get("/api/v1/subjects")
    assert problem_of(answer)["status"] == 500
    assert "secret" not in answer.text
    assert own.get("/healthz").status_code == 200


@given(st.floats(0.1, 100), st.lists(st.floats(0, 5), max_size=60))
def test_no_more_is_let_through_than_burst_and_rate_allow(rate, pauses):
    buckets, now, passed = Buckets(rate), 0.0, 0
    for pause in pauses:
        now += pause
        passed += buckets.take("a", now) == 0
    assert passed <= max(1.0, rate * 5) + now * rate + 1e-6


@given(st.floats(0.1, 100))
def test_who_waits_as_long_as_told_is_served(rate):
    buckets, now = Buckets(rate), 0.0
    for _ in range(1000):
        if wait := buckets.take("a", now):
            assert buckets.take("b", now) == 0, "each address has a bucket of its own"
            assert buckets.take("a", now + wait * 1.001) == 0
            return
    pytest.fail("there is no limit")


def test_only_so_many_addresses_are_remembered():
    buckets = Buckets(1, most=10)
    for number in range(1000):
        buckets.take(str(number), 0)
    assert len(buckets) == 10


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("testclient", "testclient", True),
    ],
)
def test_who_has_a_whole_network_is_one_asker(one, other, same):
    assert (household(one) == household(other)) is same
