"""What moved, what is disputed, what can be found and followed, as a user asks for it."""

import json

SLIP = {"subject", "name", "attribute", "slips", "pulled_in", "days", "days_range", "first", "now", "moves"}
FOUND = {"document_id", "version", "title", "published", "snippet", "hits", "start"}


def test_slips_of_all_and_of_one(tracker):
    every = tracker("slips", "--json").json
    assert all(line.keys() >= SLIP for line in every)
    assert [line["slips"] for line in every] == sorted((line["slips"] for line in every), reverse=True)
    (lupex,) = [line for line in tracker("slips", "LUPEX", "--json").json if line["attribute"] == "launch_date"]
    assert (lupex["first"], lupex["now"], lupex["days"], lupex["days_range"]) == ("2020/2023", "2025", 731, [367, 2191])
    shown = tracker("slips", "LUPEX").out
    assert "move by move" in shown
    assert "+367 … +2191" in shown
    assert "No plan has moved." in tracker("slips", "hiten").out
    assert tracker("slips", "Nowhere").code == 3


def test_a_diff_between_two_days_as_a_table_and_as_json(tracker):
    lines = tracker("diff", "LUPEX", "--from", "2019-12", "--to", "2025-02", "--json").json
    (launch,) = [line for line in lines if line["attribute"] == "launch_date"]
    assert (launch["old"], launch["new"], launch["change"], launch["days"]) == ("2020/2023", "2025", "slip", 731)
    assert launch["evidence"]["quote"] in tracker("diff", "--from", "2019-12", "--to", "2025-02", "--json").out
    assert "slip" in tracker("diff", "LUPEX", "--from", "2019-12", "--to", "2025-02").out
    assert "Nothing differs." in tracker("diff", "--from", "2010", "--to", "2011").out
    recorded = tracker("diff", "--axis", "recorded", "--from", "6", "--to", "10", "--json").json
    assert {line["position"] for line in recorded} <= set(range(7, 11))
    assert recorded
    for wrong in (
        ("--from", "soon", "--to", "2025"),
        ("--from", "2020"),
        ("--from", "x", "--to", "9", "--axis", "recorded"),
    ):
        answer = tracker("diff", *wrong)
        assert answer.code == 2
        assert "Traceback" not in answer.err


def test_conflicts_give_both_sides_their_say(fresh):
    said = {
        "one": ("2025-03-01", "In Tokyo the agency told reporters that LUPEX could be launched in 2026."),
        "other": ("2025-02-01", "LUPEX is scheduled for launch in 2028, a budget paper of the ministry shows."),
    }
    for name, (published, text) in said.items():
        document = {"id": name, "published": published, "publisher": name, "text": text}
        (fresh.folder / f"{name}.json").write_text(json.dumps(document))
    assert fresh("ingest", "one.json", "other.json").code == 0
    (line,) = fresh("conflicts", "--json").json
    assert (line["attribute"], line["values"], line["acknowledged"]) == ("launch_date", ["2028", "2026"], None)
    assert [side["document_id"] for side in line["sides"]] == ["other", "one"]
    shown = fresh("conflicts", "LUPEX").out
    assert "2028 or 2026" in shown
    assert "launched in 2026" in shown
    assert "No conflict is open." in fresh("conflicts", "--published-by", "2025-02-15").out


def test_search_finds_words_phrases_and_beginnings(tracker):
    found = tracker("search", "lunar", "polar", "--json").json
    assert all(one.keys() >= FOUND for one in found)
    for one in found:
        for start, end in one["hits"]:
            assert one["snippet"][start:end].casefold() in ("lunar", "polar")
    phrase = tracker("search", '"south pole"', "--json").json
    assert {one["document_id"] for one in phrase} <= {
        one["document_id"] for one in tracker("search", "south", "pole", "--json").json
    }
    assert "2019-09-09-embassy-confirms-lunar-polar-probe" in tracker("search", "emba*").out
    assert "No document has all of these words." in tracker("search", "xylophone").out
    assert tracker("search", "—").code == 2
    text = tracker("documents", "show", found[0]["document_id"], "--json").json["text"]
    assert text[found[0]["start"] :].startswith(found[0]["snippet"])


def test_changes_are_followed_line_by_line(tracker):
    lines = tracker("watch", "--after", "0", "--change", "slip", "--subject", "LUPEX", "--count", "1", "--json").lines
    assert [(line["new"], line["change"]) for line in lines] == [("2025", "slip")]
    (told,) = tracker(
        "watch", "--after", "0", "--change", "slip", "--subject", "LUPEX", "--count", "1"
    ).out.splitlines()
    assert "mission/lupex launch_date slip: 2020/2023 → 2025 planned (+731 days)" in told
    assert "known: set, advance, slip" in tracker("watch", "--change", "slipped").err


def test_subscriptions_are_kept_until_removed(fresh):
    assert "No subscriptions." in fresh("subscriptions", "list").out
    assert fresh("subscriptions", "add", "dates", "--attribute", "launch_date", "--change", "slip").code == 0
    (kept,) = fresh("subscriptions", "list", "--json").json
    assert (kept["name"], kept["subject"], kept["attribute"], kept["changes"]) == (
        "dates",
        None,
        "launch_date",
        ["slip"],
    )
    assert fresh("subscriptions", "add", "dates").code == 2
    assert fresh("subscriptions", "remove", "dates").code == 0
    assert fresh("subscriptions", "remove", "dates").code == 3
    assert fresh("watch", "--subscription", "dates").code == 3


def test_every_clock_is_taken_by_every_question(tracker):
    clocks = ("--known-at", "10", "--published-by", "2025-06", "--valid-at", "2019-09-10")
    assert tracker("status", "LUPEX", *clocks, "--json").json["attributes"]["status"][0]["value"] == "approved"
    (why,) = tracker("explain", "LUPEX", "status", *clocks, "--json").json["values"]
    assert why["value"] == "approved"
    assert "VALID_AT" in {rule["code"] for rule in why["rules"]}
    assert [line["new"] for line in tracker("history", "LUPEX", "--attribute", "status", *clocks, "--json").json] == [
        "proposed", "approved",
    ]  # fmt: skip
    for question in (("status",), ("slips",), ("conflicts",), ("history", "LUPEX", "--axis", "recorded")):
        assert tracker(*question, *clocks, "--json").code == 0
    assert "no such" not in tracker("status", "--valid-at", "nonsense").err
    assert tracker("status", "--valid-at", "nonsense").code == 2


def test_the_documents_that_speak_of_a_subject(tracker):
    every = [document["document_id"] for document in tracker("documents", "list", "--json").json]
    speaking = [
        id_ for id_ in every
        if any(c["entity_id"] == "mission/hiten" for c in tracker("documents", "show", id_, "--json").json["claims"])
    ]  # fmt: skip
    assert 0 < len(speaking) < len(every)
    assert [d["document_id"] for d in tracker("documents", "list", "--about", "Hiten", "--json").json] == speaking
    assert tracker("documents", "list", "--about", "Nowhere").code == 3
