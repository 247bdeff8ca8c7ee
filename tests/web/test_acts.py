"""Curators decide over the network: with a token, by name, once; everybody else is refused and nothing changes."""

import socket

import pytest

from tests.web.conftest import serving
from tests.web.test_refusals import problem_of

LUPEX = "mission/lupex"


@pytest.fixture
def told(own, tmp_path):
    """A tracker that has read two reports which contradict each other."""
    own.tell(tmp_path, "one", "In Tokyo the agency told reporters that LUPEX will be launched in 2026.", "2025-02-01")
    own.tell(
        tmp_path, "two", "LUPEX is scheduled for launch in 2028, a budget paper of the ministry shows.", "2025-02-01"
    )
    return own


@pytest.fixture
def ann(told):
    return told.app.curation.tokens.add("Ann", ["claims", "subjects"]).secret


def act(site, secret=None, **given):
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return site.client.post("/api/v1/acts", json=given, headers=headers)


def launch_date(site):
    return site.get(f"/api/v1/subjects/{LUPEX}").json()["attributes"]["launch_date"][0]


def claim_of(site, value):
    return next(c["claim_id"] for c in site.list("/claims", subject=LUPEX) if c["value"] == value)


def test_a_value_is_pinned_and_let_go_and_the_log_names_who_did_it(told, ann):
    before = launch_date(told)
    did = act(
        told, ann, act="pin", subject="LUPEX", attribute="launch_date", value="2027-05", reason="A call to the agency."
    )
    assert did.status_code == 200
    assert [did.json()[name] for name in ("type", "actor", "reason")] == [
        "claim.pinned",
        "Ann",
        "A call to the agency.",
    ]
    assert did.headers["cache-control"] == "no-store"
    pinned = launch_date(told)
    assert (pinned["value"], pinned["act"]["actor"]) == ("2027-05", "Ann")
    page = told.get(f"/subjects/{LUPEX}/explain/launch_date").text
    assert "A curator’s word" in page
    assert "no longer held" not in page
    again = act(told, ann, act="pin", subject=LUPEX, attribute="launch_date", value="2029", reason="Again.")
    assert problem_of(again)["detail"] == "mission/lupex launch_date: is pinned already; unpin it first"
    assert again.status_code == 409
    assert act(told, ann, act="unpin", subject=LUPEX, attribute="launch_date", reason="Out of date.").status_code == 200
    assert launch_date(told) == before


def test_every_act_is_taken_and_has_its_inverse(told, ann, tmp_path):
    told.tell(tmp_path, "three", "NASA will launch the Dragonfly mission in July 2028.", "2025-02-01")
    before = told.list("/subjects")
    claim = claim_of(told, "2026")
    steps = [
        {"act": "retract", "claim": claim, "reason": "extraction_error", "note": "It speaks of a rehearsal."},
        {"act": "restore", "claim": claim, "reason": "It does not."},
        {"act": "correct", "claim": claim, "value": "2026-12", "reason": "The month is on the slide."},
        {"act": "restore", "claim": claim, "reason": "That slide was of another mission."},
        {"act": "acknowledge", "subject": LUPEX, "attribute": "launch_date", "reason": "Both are known."},
        {"act": "reopen", "subject": LUPEX, "attribute": "launch_date", "reason": "Somebody is to ask."},
        {"act": "merge", "left": LUPEX, "right": "mission/dragonfly", "reason": "By mistake."},
        {"act": "split", "left": LUPEX, "right": "mission/dragonfly", "reason": "They are two."},
        {"act": "rename", "subject": LUPEX, "name": "Moon Pole", "reason": "As the ministry has it."},
        {"act": "rename", "subject": LUPEX, "reason": "As everybody has it."},
    ]
    for step in steps:
        done = act(told, ann, **step)
        assert done.status_code == 200, (step, done.text)
    after = told.list("/subjects")
    for subject in (*before, *after):
        del subject["updated_position"]
    assert after == before


def test_sources_and_rules_take_a_scope_of_their_own(told, ann):
    refused = act(told, ann, act="grade", publisher="The Paper", grade="secondary", reason="It quotes officials.")
    assert problem_of(refused)["detail"] == "Ann: may not decide about sources, only about claims, subjects"
    assert (refused.status_code, refused.headers["www-authenticate"]) == (403, 'Bearer error="insufficient_scope"')
    ben = told.app.curation.tokens.add("Ben", ["sources"]).secret
    assert act(
        told, ben, act="grade", publisher="The Paper", grade="secondary", reason="It quotes officials."
    ).is_success
    assert act(told, ben, act="adopt", reason="The table of this year.").json()["type"] == "policy.adopted"


def test_what_has_changed_since_it_was_seen_is_not_decided(told, ann, tmp_path):
    seen = int(told.get("/api/v1/subjects").headers["etag"].strip('"W/').split("-")[0])
    told.tell(tmp_path, "late", "LUPEX has slipped: launch is now planned for 2029.", "2025-03-01")
    given = {"act": "pin", "subject": LUPEX, "attribute": "launch_date", "value": "2028", "reason": "The budget."}
    stale = act(told, ann, **given, basis=seen)
    assert (stale.status_code, problem_of(stale)["type"]) == (409, "/problems/refused")
    assert "has changed since position" in stale.json()["detail"]
    assert act(told, ann, **given).is_success


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer trk_" + "A" * 43},
        {"Authorization": "Basic QW5uOkFubg=="},
        {"Authorization": "Bearer " + "x" * 7000},
        {"Cookie": "session=Ann"},
        {"X-Forwarded-User": "Ann"},
    ],
    ids=["nothing", "no secret", "forged", "basic", "long", "cookie", "header"],
)
def test_who_cannot_show_a_token_is_refused_whatever_is_sent(told, ann, headers):
    for content in (b"{", b'{"act": "adopt", "reason": "Because."}'):
        answer = told.client.post(
            "/api/v1/acts", content=content, headers={**headers, "Content-Type": "application/json"}
        )
        assert problem_of(answer)["type"] == "/problems/unauthorized"
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert ann not in answer.text


def test_two_tokens_at_once_and_a_revoked_one_are_refused(told, ann):
    two = [("Authorization", f"Bearer {ann}"), ("Authorization", "Bearer trk_other")]
    assert told.client.post("/api/v1/acts", json={}, headers=two).status_code == 401
    told.app.curation.tokens.revoke("Ann")
    assert problem_of(act(told, ann, act="adopt", reason="Because."))["detail"] == "the token is revoked"


def test_a_page_elsewhere_cannot_decide_with_a_visitors_browser(told, ann):
    """What a form of another site can send: no header of its own, and a body that is not declared as JSON."""
    form = {"Content-Type": "text/plain", "Origin": "https://evil.example"}
    body = b'{"act": "adopt", "reason": "Because."}'
    assert told.client.post("/api/v1/acts", content=body, headers=form).status_code == 401
    with_token = {**form, "Authorization": f"Bearer {ann}"}
    assert problem_of(told.client.post("/api/v1/acts", content=body, headers=with_token))["status"] == 415
    asked = told.client.options(
        "/api/v1/acts", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert not [name for name in asked.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({}, 422, "act: Object missing required field `act`"),
        ({"act": "forget", "reason": "x"}, 422, "act: Invalid value 'forget'"),
        ({"act": "adopt"}, 422, "missing required field `reason`"),
        ({"act": "adopt", "reason": " "}, 403, "sources"),
        ({"act": "adopt", "reason": "x", "actor": "Somebody else"}, 422, "unknown field `actor`"),
        ({"act": "retract", "claim": "clm_nothing", "reason": "extraction_error"}, 404, "no claim 'clm_nothing'"),
        ({"act": "retract", "claim": "clm_nothing", "reason": "because"}, 422, "reason: Invalid enum value 'because'"),
        ({"act": "restore", "claim": "lupex", "reason": "x"}, 422, "claim: "),
        ({"act": "rename", "subject": "mission/none", "name": "x", "reason": "x"}, 404, "no subject 'mission/none'"),
        ({"act": "rename", "subject": LUPEX, "name": "x", "reason": " "}, 422, "reason: says nothing"),
        ({"act": "pin", "subject": LUPEX, "attribute": "colour", "value": "x", "reason": "x"}, 422, "attribute: "),
        ({"act": "pin", "subject": LUPEX, "attribute": "launch_date", "value": "soon", "reason": "x"}, 422, "value: "),
        ({"act": "unpin", "subject": LUPEX, "attribute": "status", "reason": "x"}, 409, "nothing is pinned"),
        (
            {"act": "pin", "subject": LUPEX, "attribute": "launch_date", "value": "2029", "reason": "x", "basis": 99},
            422,
            "basis: 99 is no",
        ),
        ({"act": "unpin", "subject": LUPEX, "attribute": "status", "reason": "x", "basis": 0}, 422, "basis: "),
    ],
)
def test_what_is_wrong_with_an_act_is_told_and_nothing_is_recorded(told, ann, given, status, words):
    positions = len(list(told.app.records.events()))
    answer = act(told, ann, **given)
    assert (answer.status_code, words in problem_of(answer)["detail"]) == (status, True), answer.text
    assert len(list(told.app.records.events())) == positions


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"null", b'"pin"', b"[" * 60_000], ids=len)
def test_a_body_that_is_no_act_is_told_so(told, ann, body):
    headers = {"Authorization": f"Bearer {ann}", "Content-Type": "application/json; charset=utf-8"}
    assert problem_of(told.client.post("/api/v1/acts", content=body, headers=headers))["status"] in {400, 422}


def test_a_body_without_end_is_not_read_to_its_end(told, ann):
    head = (
        f"POST /api/v1/acts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ann}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", told.server.port), timeout=10) as client:
        client.sendall(head.encode())
        for _ in range(9):
            client.sendall(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")
        answer = client.recv(4096)
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_only_acts_can_be_posted_and_the_answer_says_with_what(told):
    asked = told.get("/api/v1/acts")
    assert (asked.status_code, asked.headers["allow"]) == (405, "POST")


def test_what_was_decided_is_seen_by_who_asks_again(tmp_path):
    """An answer that was kept is made anew after an act."""
    with serving(tmp_path, seeds=False) as site:
        site.tell(tmp_path, "one", "JAXA will launch the LUPEX mission in 2026.", "2025-01-01")
        tag = site.get(f"/api/v1/subjects/{LUPEX}").headers["etag"]
        secret = site.app.curation.tokens.add("Ann", ["claims"]).secret
        act(site, secret, act="retract", claim=claim_of(site, "2026"), reason="extraction_error")
        again = site.get(f"/api/v1/subjects/{LUPEX}", headers={"If-None-Match": tag})
        assert again.status_code != 304
