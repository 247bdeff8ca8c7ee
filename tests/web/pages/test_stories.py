"""What people come to a page for, and whether they find it."""

import re

import html5lib

from tests.web.pages.conftest import HARM


def words(answer) -> str:
    """What a page says, without its markup."""
    tree = html5lib.parse(answer.content, namespaceHTMLElements=False, transport_encoding="utf-8")
    return " ".join("".join(tree.itertext()).split())


def test_the_board_tells_at_a_glance_what_moved(shown):
    page = words(shown.get("/"))
    assert "LUPEX: Launch slipped from 2025 to 2028" in page
    assert "LUPEX mission will be launched in 2029" in page
    assert "agreements" in page.lower()
    assert "meetings" in page.lower()


def test_the_board_can_be_narrowed(shown):
    only = words(shown.get("/?kind=meeting&status=held"))
    assert "Space Dialogue" in only
    assert "Missions" not in only
    assert "Nothing fits these filters" in words(shown.get("/?kind=mission&status=failed&name=lupex"))
    assert "LUPEX" in words(shown.get("/?name=lunar+polar+exploration"))


def test_what_moved_lately_is_counted_by_publication_or_by_arrival(shown):
    # The clock stands at noon of 2026-01-01: the wire report is two days old, the seeds are years old but came in today.
    published = words(shown.get("/?moved=7&measure=published&kind=agreement"))
    recorded = words(shown.get("/?moved=7&measure=recorded&kind=agreement"))
    assert "Nothing fits these filters" in published
    assert "Nothing fits these filters" not in recorded


def test_a_subject_shows_its_slip_chart_and_the_same_as_a_table(shown):
    answer = shown.get("/subjects/mission/lupex")
    page = words(answer)
    assert "How the launch of LUPEX moved" in page
    assert re.search(r"2019-09-09: 2020 – 2023; .*2025; .*2028", page)
    assert "+731 days" in page
    assert "The same as a table" in page
    assert "Who does what" in page
    assert "JAXA" in page
    assert "Tied to" in page


def test_a_subject_as_of_2020_does_not_know_what_came_later(shown):
    answer = shown.get("/subjects/mission/lupex?published_by=2020-01-15")
    page = words(answer)
    assert "as published by 15 January 2020" in page
    assert "2029" not in page
    # Every link of the page stays at that moment.
    assert "/subjects/mission/lupex/history?published_by=2020-01-15" in answer.text


def test_a_name_leads_to_the_page_of_the_subject(shown):
    answer = shown.get("/subjects/LUPEX?published_by=2020")
    assert (answer.status_code, answer.headers["location"]) == (307, "/subjects/mission/lupex?published_by=2020")


def test_why_marks_the_sentence_and_names_what_lost(shown):
    answer = shown.get("/subjects/mission/lupex/explain/launch_date")
    assert "<mark>LUPEX is scheduled for launch in 2025</mark>" in answer.text
    page = words(answer)
    assert "the newest claim wins, counted from its effective date" in page
    assert "Not believed" in page
    assert "2020 – 2023" in page
    assert "−180 days" in page


def test_from_why_to_the_marked_sentence_in_its_document(shown):
    why = shown.get("/subjects/mission/lupex/explain/launch_date").text
    link = re.search(r'href="(/documents/2025-01[^"]+#said)"', why)[1].replace("&amp;", "&")
    document = shown.get(link.partition("#")[0]).text
    assert '<mark id="said">LUPEX is scheduled for launch in 2025</mark>' in document


def test_history_runs_on_both_clocks(shown):
    published = words(shown.get("/subjects/mission/lupex/history?attribute=launch_date"))
    assert published.index("9 Sep 2019") < published.index(
        "January 2025" if "January 2025" in published else "Jan 2025"
    )
    recorded = words(shown.get("/subjects/mission/lupex/history?axis=recorded"))
    assert "1 January 2026, 12:00 UTC" in recorded
    assert "No change in that window" in words(shown.get("/subjects/mission/lupex/history?until=1990"))


def test_two_dates_stand_side_by_side(shown):
    answer = shown.get("/subjects/mission/lupex/compare?from=2020&to=2026")
    page = words(answer)
    assert "Launch (differs) 2020 – 2023 planned" in page
    assert "What made the difference" in page
    nothing = words(shown.get("/subjects/mission/lupex/compare?from=1990&to=2020"))
    assert "nothing was said" in nothing


def test_versions_of_a_document_are_compared_word_by_word(shown):
    answer = shown.get("/documents/wire%2F1%3Fa%3Db?version=2&against=1")
    assert answer.status_code == 200
    assert "<del>2028</del>" in answer.text
    assert "<ins>2029</ins>" in answer.text
    old = words(shown.get("/documents/wire%2F1%3Fa%3Db?version=1"))
    assert "launched in 2028" in old
    assert shown.get("/documents/wire%2F1%3Fa%3Db?version=9").status_code == 404


def test_slips_tell_who_slipped_how_far(shown):
    page = words(shown.get("/slips"))
    assert "LUPEX" in page
    assert "2020 – 2023" in page
    assert "First plans and present ones" in page


def test_conflicts_show_both_sides(shown):
    page = words(shown.get("/conflicts"))
    assert "hold together" in page


def test_the_audit_page_hands_out_what_can_be_verified_elsewhere(shown):
    from tracker.events.envelope import entry
    from tracker.transparency import proof
    from tracker.transparency.note import parse_signer

    note = shown.get("/audit/checkpoint")
    assert note.headers["content-disposition"] == 'attachment; filename="checkpoint.txt"'
    signer = parse_signer(shown.app.key.path.read_text().strip())
    given = shown.get("/audit/proof?position=1")
    assert given.headers["content-disposition"] == 'attachment; filename="event-1.tlog-proof"'
    (event,) = shown.app.records.events(limit=1)
    verified = proof.verify(given.content, entry(event), origin=signer.name, verifiers=[signer.verifier])
    assert verified.index == 0
    assert shown.get("/audit/proof?position=99999").status_code == 404
    assert "tracker.example/log" in words(shown.get("/audit"))


def test_search_finds_subjects_and_marks_words_in_documents(shown):
    answer = shown.get("/search?q=lunar+polar")
    assert "<mark>" in answer.text
    assert "/subjects/mission/lupex" in answer.text
    assert "no word to look for" in words(shown.get("/search?q=%3F%3F"))
    assert "No document has all of these words" in words(shown.get("/search?q=zygomorphic"))


def test_sources_show_publishers_and_how_feeds_do(shown):
    page = words(shown.get("/sources"))
    assert "was never polled" in page
    assert "Space Wire" in page
    assert "ungraded" in page


def test_an_empty_tracker_says_so(own):
    for path in ("/", "/slips", "/conflicts", "/documents", "/sources", "/audit", "/search"):
        answer = own.get(path)
        assert answer.status_code == 200, path
    assert "Nothing is known yet" in words(own.get("/"))
    assert "Nothing has been signed yet" in words(own.get("/audit"))


def test_hostile_words_are_shown_and_do_nothing(shown):
    for path in (
        "/documents",
        "/documents/harm",
        "/sources",
        "/search?q=alert",
        "/subjects/mission/lupex/explain/launch_date",
    ):
        answer = shown.get(path)
        for markup in ("<script", "<img src=x", "<b>so"):
            assert markup not in answer.text, (path, markup)
        assert "\u202e" not in answer.text, path
    shown_title = words(shown.get("/documents/harm"))
    assert HARM.partition(" \u202e")[0] in shown_title


def test_what_is_wrong_is_told_to_people_in_a_page(shown):
    for path, status, told in (
        ("/subjects/mission/nowhere", 404, "There is no subject “mission/nowhere”"),
        ("/subjects/mission/lupex/explain/colour", 400, "has no 'colour'"),
        ("/subjects/mission/lupex/explain/loss_date", 404, "no document says anything of it"),
        ("/subjects/mission/lupex?published_by=yesterday", 400, "published_by: 'yesterday'"),
        ("/?kind=comet", 400, "kind: 'comet' is not known"),
        ("/?kind=mission&offset=-1", 400, "offset"),
        ("/subjects/mission/lupex?known_at=" + "9" * 60, 400, "known_at"),
        ("/subjects/mission/lupex/history?since=" + "x" * 500, 400, "500 characters"),
        ("/documents/nothing", 404, "There is no document “nothing”"),
        ("/audit/proof?position=1e9", 400, "position"),
    ):
        answer = shown.get(path)
        assert (answer.status_code, "text/html" in answer.headers["content-type"]) == (status, True), path
        assert told in words(answer), (path, words(answer))
        assert "`tracker" not in answer.text


def test_pages_stand_where_a_proxy_puts_them(shown):
    from starlette.requests import Request

    from tracker.web.desk import Desk
    from tracker.web.pages.visit import Visit

    class Asked:
        state = type("State", (), {"desk": Desk(shown.app)})

    scope = {"type": "http", "method": "GET", "path": "/slips", "root_path": "/news", "query_string": b"kind=a%26b"}
    visit = Visit(Request({**scope, "headers": [], "app": Asked}))
    assert visit.link("/subjects/mission/lupex", axis="recorded") == "/news/subjects/mission/lupex?axis=recorded"
    assert visit.document("a/b?c#d", "clm_1") == "/news/documents/a%2Fb%3Fc%23d?claim=clm_1#said"
    assert visit.here(offset=10) == "/news/slips?kind=a%26b&offset=10"


def test_a_claim_of_an_earlier_version_is_marked_in_that_version(shown):
    slip = next(line for line in shown.app.query.changes() if line.new == "2028" and line.attribute == "launch_date")
    answer = shown.get(f"/documents/wire%2F1%3Fa%3Db?claim={slip.claim_id}")
    assert '<mark id="said">LUPEX mission will be launched in 2028</mark>' in answer.text
    assert "as version 1 had it" in words(answer)
    elsewhere = shown.get(f"/documents/harm?claim={slip.claim_id}")
    assert "not in this version" in words(elsewhere)


def test_long_lists_come_in_parts(shown, monkeypatch):
    monkeypatch.setattr("tracker.web.pages.history.ROWS", 4)
    first = shown.get("/subjects/mission/lupex/history")
    assert "1 – 4 of" in words(first)
    after = re.search(r'rel="next" href="([^"]+)"', first.text)[1].replace("&amp;", "&")
    second = words(shown.get(after))
    assert "5 – 8 of" in second
    assert "← Before" in second


def test_of_a_date_that_is_told_of_for_years_the_newest_steps_are_drawn(shown, monkeypatch):
    monkeypatch.setattr("tracker.web.pages.subject._MOST_STEPS", 2)
    # With a cookie a page is made anew.
    page = words(shown.get("/subjects/mission/lupex", headers={"Cookie": "a=b"}))
    assert "older step" in page
    assert "2019-09-09: 2020 – 2023" not in page


def test_no_moment_is_too_far_away(shown):
    for path in ("/", "/subjects/mission/lupex", "/subjects/mission/lupex/history", "/slips", "/conflicts"):
        for moment in (
            "published_by=0001",
            "published_by=9999",
            "valid_at=0001-01-01",
            "known_at=0",
            "known_at=999999999999999",
        ):
            answer = shown.get(f"{path}?{moment}&moved=365" if path == "/" else f"{path}?{moment}")
            assert answer.status_code in (200, 404), (path, moment, answer.text)
    assert shown.get("/subjects/mission/lupex/compare?from=0001&to=9999").status_code == 200
