"""A second opinion: each winner worked out anew from its explanation's JSON alone, by the rules of docs/judgement.md."""

import datetime as dt
import hashlib
import json
import re

from tracker.domain.dates import DateSpan

WORD = re.compile(r"[^\W_]+")
RUNGS = {
    "mission": "proposed under_study approved=on_hold in_development launched operating completed=failed cancelled",
    "agreement": "under_discussion agreed signed in_force expired terminated",
    "meeting": "planned=postponed cancelled held",
}


def check(explanation):
    """Raise AssertionError where an explanation does not bear out the value it explains."""
    for one in explanation["values"]:
        claims = [one["winner"], *one["supporting"], *one["losing"]]
        for c in claims:
            taken = dt.timedelta(days=sum(p["days"] for p in c["penalties"]))
            assert dt.date.fromisoformat(c["counted_from"]) - taken == dt.date.fromisoformat(c["effective_on"])
        if one["act"] and one["act"]["kind"] == "pinned":
            continue
        standing = [c for c in claims if not c["superseded"] and not (c["code"] or "").startswith("R0_")]
        attribute, kind = explanation["attribute"], explanation["subject"].partition("/")[0]
        winner = _state(standing, kind) if attribute == "status" else _value(standing, attribute.endswith("_date"))
        assert (one["value"], one["winner"]["value"]) == (winner, winner), one


def _value(standing, dates):
    eligible = [c for c in standing if c["modality"] != "denied"]
    denials = [c for c in standing if c["modality"] == "denied"]

    def happened(c):
        return dates and c["modality"] == "actual" and _span(c["value"])[0] <= _span(c["published"])[1]

    def denied(c):
        return any(d["effective_on"] > c["effective_on"] and _covers(d["value"], c["value"], dates) for d in denials)

    def rank(c):
        grade = sum(p["days"] for p in c["penalties"] if p["reason"].startswith("source is"))
        return (not denied(c), happened(c), c["effective_on"], -grade)

    def tie(c, equals):
        support = len({other["origin"] for other in equals if other["value"] == c["value"]})
        text = json.dumps([c["value"]], separators=(",", ":"), ensure_ascii=False)
        width = _span(c["value"])[1] - _span(c["value"])[0] if dates else -len(set(WORD.findall(c["value"].casefold())))
        return (width, -support, hashlib.sha256(text.encode()).hexdigest(), c["claim_id"])

    best = max(map(rank, eligible))
    leaders = [c for c in eligible if rank(c) == best]
    first = min(leaders, key=lambda c: tie(c, leaders))
    finer = [c for c in eligible if best[0] and not denied(c) and happened(c) == happened(first)]
    finer = [
        c for c in finer if _covers(first["value"], c["value"], dates) > _covers(c["value"], first["value"], dates)
    ]
    finer = [c for c in finer if c["modality"] != "possible" or first["modality"] == "possible"]
    fresh = [c for c in finer if not dates or happened(first) or c["counted_from"] >= first["counted_from"]]
    return min(fresh, key=lambda c: tie(c, fresh), default=first)["value"]


def _state(standing, kind):
    rungs = {code: n for n, rung in enumerate(RUNGS[kind].split()) for code in rung.split("=")}
    walked = [c for c in standing if c["modality"] == "actual" and c["code"] not in ("STALE", "IMPOSSIBLE")]
    return max(walked, key=lambda c: (c["effective_on"], rungs[c["value"]], c["published"], c["claim_id"]))["value"]


def _span(value):
    return DateSpan.parse(value).first.toordinal(), DateSpan.parse(value).last.toordinal()


def _covers(coarse, fine, dates):
    (a, b), (c, d) = (_span(coarse), _span(fine)) if dates else ((0, 0), (0, 0))
    return a <= c and d <= b if dates else set(WORD.findall(coarse.casefold())) <= set(WORD.findall(fine.casefold()))
