"""One example of each answer, for people who read the description and for clients that are tried out against it."""

from collections.abc import Mapping
from typing import Any

from tracker.services.ingestion.feeds import Listed
from tracker.services.queries.answers import Explanation, HistoryLine, Subject
from tracker.services.queries.claims import ClaimLine
from tracker.services.queries.library import DocumentDetail, DocumentLine

_DOCUMENT = "2025-01-india-japan-space-snapshot"
_CLAIM = "clm_6d0c6f2a53b14e0f9d7c"
_QUOTE = {"quote": "LUPEX is scheduled for launch in 2025", "start": 2310, "end": 2347}

_VALUE: Mapping[str, Any] = {
    "value": "2025",
    "modality": "planned",
    "since": None,
    "published": "2025-01",
    "published_basis": "inferred",
    "document_id": _DOCUMENT,
    "claim_id": _CLAIM,
    "evidence": _QUOTE,
    "origins": 1,
    "contested": False,
    "by": None,
    "act": None,
    "inferred": False,
    "flags": [],
}
_SUBJECT: Mapping[str, Any] = {
    "id": "mission/lupex",
    "kind": "mission",
    "name": "LUPEX",
    "aliases": ["Lunar Polar Exploration mission"],
    "attributes": {"launch_date": [_VALUE]},
    "conflicts": [],
    "slips": 1,
    "updated_position": 9,
    "part_of": None,
    "parts": [],
    "overdue": [],
    "stale": False,
}
_CHANGE: Mapping[str, Any] = {
    "subject": "mission/lupex",
    "attribute": "launch_date",
    "old": "2020/2023",
    "new": "2025",
    "change": "slip",
    "days": 731,
    "published": "2025-01",
    "recorded_at": "2026-11-20T21:51:00.000000Z",
    "position": 9,
    "document_id": _DOCUMENT,
    "claim_id": _CLAIM,
    "evidence": _QUOTE,
    "modality": "planned",
    "by": None,
    "days_range": [366, 1826],
}
_WITNESS: Mapping[str, Any] = {
    "claim_id": _CLAIM,
    "document_id": _DOCUMENT,
    "publisher": "RIS",
    "origin": "ris",
    "url": "https://news.example/snapshot",
    "link": "https://news.example/snapshot#:~:text=LUPEX%20is%20scheduled%20for%20launch%20in%202025",
    "published": "2025-01",
    "published_basis": "inferred",
    "value": "2025",
    "modality": "planned",
    "by": None,
    "evidence": _QUOTE,
    "sentence": {"before": "", "quote": "LUPEX is scheduled for launch in 2025", "after": "."},
    "superseded": False,
    "counted_from": "2025-01-01",
    "effective_on": "2025-01-01",
    "penalties": [],
}
_EXPLANATION: Mapping[str, Any] = {
    "subject": "mission/lupex",
    "name": "LUPEX",
    "attribute": "launch_date",
    "values": [
        {
            "value": "2025",
            "by": None,
            "since": None,
            "contested": False,
            "inferred": False,
            "act": None,
            "origins": 1,
            "winner": _WITNESS,
            "rules": [
                {"code": "R3_EFFECTIVE_DATE", "meaning": "the newest claim wins, counted from its effective date"}
            ],
            "supporting": [],
            "losing": [],
        }
    ],
    "policy": "1",
    "updated_position": 9,
}
_CLAIM_LINE: Mapping[str, Any] = {
    "claim_id": _CLAIM,
    "document_id": _DOCUMENT,
    "kind": "mission",
    "entity": "LUPEX",
    "entity_id": "mission/lupex",
    "aliases": ["Lunar Polar Exploration mission"],
    "attribute": "launch_date",
    "value": "2025",
    "modality": "planned",
    "superseded": False,
    "confidence": 0.93,
    "evidence": _QUOTE,
    "attribution": None,
    "by": None,
    "extractor": "rules",
    "extractor_version": "1",
}
_DOCUMENT_LINE: Mapping[str, Any] = {
    "document_id": _DOCUMENT,
    "id": "doc_8a5f0f7b9f0f4a3b8c11",
    "version": 1,
    "title": "India-Japan space cooperation: a snapshot",
    "publisher": "RIS",
    "published": "2025-01",
    "published_basis": "inferred",
    "url": "https://news.example/snapshot",
    "claims": 1,
    "copy_of": None,
    "redacted": None,
    "recorded_at": "2026-11-20T21:51:00.000000Z",
    "position": 9,
}
_FEED: Mapping[str, Any] = {
    "feed": "https://agency.example/news.xml",
    "id": "feed_20c1a75c2c8a4f0b93d1",
    "title": "News of an agency",
    "publisher": "Agency",
    "grade": "A",
    "grade_reason": None,
    "format": "rss",
    "full_text": False,
    "verified": True,
    "state": "ok",
    "reason": None,
    "outcome": "not_modified",
    "checked_at": "2026-11-20T21:50:00.000000Z",
    "ok_at": "2026-11-20T21:50:00.000000Z",
    "next_check_at": "2026-11-20T22:50:00.000000Z",
    "interval_s": 3600,
    "failures": 0,
}

EXAMPLES: Mapping[type, Mapping[str, Any]] = {
    Subject: _SUBJECT,
    HistoryLine: _CHANGE,
    Explanation: _EXPLANATION,
    ClaimLine: _CLAIM_LINE,
    DocumentLine: _DOCUMENT_LINE,
    DocumentDetail: {
        "document": _DOCUMENT_LINE,
        "versions": [{"version": 1, "position": 9, "published": "2025-01"}],
        "text": "LUPEX is scheduled for launch in 2025.",
        "claims": [_CLAIM_LINE],
    },
    Listed: _FEED,
}
