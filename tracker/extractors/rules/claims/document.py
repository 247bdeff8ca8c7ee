"""The document as a whole: what it says twice is one fact, and what it says of one thing must fit together.

A sentence may call a mission launched, another lost: on the day of publication one of the two holds. A plan for a date that has
passed is an old plan. A mission that is still to fly cannot be at work, however its rocket was praised.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import same_party
from tracker.extractors.rules.claims.scene.scene import Scene

_RANK: Mapping[str, Mapping[str, float]] = {
    "mission": {
        "cancelled": 9, "failed": 8, "completed": 7.5, "operating": 7, "launched": 6, "on_hold": 5, "in_development": 4.5,
        "approved": 4, "under_study": 3, "proposed": 2,
    },
    "agreement": {"terminated": 6, "expired": 5.5, "signed": 5, "in_force": 5, "agreed": 3, "under_discussion": 2},
    "meeting": {"cancelled": 4, "postponed": 3, "held": 2, "planned": 1},
}  # fmt: skip
_FLYING = frozenset(("launched", "operating", "completed", "failed"))
_FOLLOWS: Mapping[str, str] = {
    "loss_date": "failed",
    "end_date": "completed",
    "landing_date": "operating",
    "launch_date": "launched",
}
_HOME = frozenset(("came-home", "home-again", "returned", "return-noun"))
_ENDS = frozenset(("ended", "ended-itself", "completed-state", "came-home", "returned", "done", "did-its-work"))
_AT_WORK = frozenset(("operating", "at-work", "in-service", "in-orbit-since", "takes-up-work"))
_SILENCE = frozenset(("silent", "lost-contact", "loss-noun", "mute"))
_GIVEN_UP = frozenset(("declared-lost", "gave-it-up"))
_MADE, _FLOWN = "made-by", "flew"
_SUREST = 0.99
_ONE = frozenset(("destination", "launch_vehicle", "place", "subject", "type"))


def settle(scene: Scene, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that the document as a whole stands for, in the order of the text."""
    by_subject: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_subject[fact.subject].append(fact)
    settled: list[Fact] = []
    for subject, own in by_subject.items():
        if _is_only_placed(scene, subject, own):
            continue
        settled += _settle_one(scene, subject, _merged(own))
    return tuple(sorted(_parts_first(scene, settled), key=lambda f: (f.start, f.end, f.attribute, f.value)))


_PASSING = "met-at"
"""The cue of "at a meeting", "after the summit": it tells that there was one and no more."""


def _is_only_placed(scene: Scene, subject: int, facts: Sequence[Fact]) -> bool:
    """Whether a meeting is told of in passing and nothing tells which: "told a meeting in Oslo", "the dialogue of experts helps"."""
    one = scene.subjects[subject]
    bare = all(f.attribute == "party" and f.cue == "name" for f in facts)  # whose it is by its name, and no more
    if one.kind != "meeting" or bare or one.catalog_id or one.parties:
        return one.kind == "meeting" and bare
    place_alone = one.name.split()[1:2] in (["in"], ["at"])
    nameless = one.name.islower()
    passing = [f for f in facts if f.attribute == "status" and f.cue == _PASSING]
    return all((f.attribute == "place" and place_alone) or f in passing for f in facts) and (place_alone or nameless)


def _parts_first(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """Drop the status of a mission whose named parts have each their own: its orbiter is at work, its lander lost."""
    said = {f.subject for f in facts if f.attribute == "status" and f.modality == "actual"}
    parents = [scene.subjects[number].parent for number in said]
    whole = {n for n, s in enumerate(scene.subjects) if parents.count(s.id) > 1}
    return [f for f in facts if not (f.attribute == "status" and f.modality == "actual" and f.subject in whole)]


def _merged(facts: Sequence[Fact]) -> list[Fact]:
    """One fact for all that say the same: the surest evidence, the first where two are as sure; said twice is a little surer."""
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.attribute, fact.value.casefold(), fact.modality].append(fact)
    merged = []
    for group in groups.values():
        if len(group) == 1 and group[0].cue not in _AT_WORK and group[0].confidence <= _SUREST:
            merged += group
            continue
        best = max(group, key=lambda f: (f.confidence, -f.line))
        lines = len({f.line for f in group})
        whose = best if best.by else next((f for f in group if f.by), best)
        merged.append(
            msgspec.structs.replace(
                best,
                confidence=min(_SUREST, best.confidence + 0.03 * (lines - 1)),
                old=all(f.old for f in group) or any(f.old and f.cue == _MOVED for f in group),
                former=all(f.former for f in group),
                change=any(f.change for f in group),
                present=any(f.present or f.cue in _AT_WORK for f in group),
                since=best.since or next((f.since for f in group if f.since), None),
                by=whose.by,
                also=whose.also,
            )
        )
    return merged


def _settle_one(scene: Scene, subject: int, facts: list[Fact]) -> list[Fact]:
    kind = scene.subjects[subject].kind
    floor = scene.lexicon.weights["floor"]
    weights = scene.lexicon.weights
    facts = [
        f
        for f in facts
        if f.confidence >= (weights["status_floor"] if f.attribute == "status" and kind == "mission" else floor)
    ]
    dates = _dates(scene, [f for f in facts if f.attribute.endswith("_date")])
    status = _status(scene, kind, [f for f in facts if f.attribute == "status"], dates)
    rest = [
        f for f in facts if f.attribute != "status" and not f.attribute.endswith("_date") and f.attribute not in _ONE
    ]
    told = [f for f in rest if f.attribute == "party"]
    if kind == "agreement" and sum(f.cue != "name" for f in told) >= 2:
        told = [f for f in told if f.cue != "name"]
    others = [f for f in told if f.cue not in ("operators", "partners") and f.modality != "denied"]
    told = [
        f for f in told if f.cue != "operators" or not any(same_party(scene, f.value_id, o.value_id) for o in others)
    ]
    parties = _once(told) if kind == "meeting" else _parties(scene, told)
    single: list[Fact] = []
    for attribute in _ONE:
        single += _one(scene, [f for f in facts if f.attribute == attribute])
    settled = [*parties, *single]
    if kind != "agreement" and any(f.value == "cancelled" and f.modality == "actual" for f in status):
        dates = [msgspec.structs.replace(f, old=True) if f.modality == "planned" else f for f in dates]
    if _is_ahead(scene, kind, status, dates):
        settled = [msgspec.structs.replace(f, modality="planned") if f.modality == "actual" else f for f in settled]
    return [*dates, *status, *_merged(settled)]


def _is_ahead(scene: Scene, kind: str, status: Sequence[Fact], dates: Sequence[Fact]) -> bool:
    """Whether all of it is still to come, so that where, with whom and on what are plans too."""
    said = {f.value for f in status if f.modality == "actual"}
    if kind == "meeting":
        return "planned" in said
    if kind == "agreement":
        coming = any(f.attribute == "signed_date" and f.modality == "planned" and not f.old for f in dates)
        return "under_discussion" in said or (said == {"agreed"} and coming)
    ahead = any(
        f.modality == "planned" and DateSpan.parse(f.value).last >= scene.document.published.first for f in dates
    )
    return (
        ahead
        and not said & _FLYING
        and not any(f.modality == "actual" for f in dates if f.attribute != "approval_date")
    )


def _dates(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """Drop what a more exact date says better, and call the plans old that the calendar or a newer plan has overtaken."""
    published = scene.document.published
    kept: list[Fact] = []
    for attribute in dict.fromkeys(f.attribute for f in facts):
        own = [f for f in facts if f.attribute == attribute]
        actual = _exact([f for f in own if f.modality == "actual"])
        if len(actual) > 1 and attribute != "signed_date":
            actual = [max(actual, key=lambda f: f.confidence)]
        planned = _exact([f for f in own if f.modality in ("planned", "possible")])
        planned = [
            f
            for f in planned
            if not any(DateSpan.parse(f.value).relation(DateSpan.parse(a.value)) != "disjoint" for a in actual)
        ]
        news = [f for f in planned if f.change and not f.old and f.modality == "planned"]
        planned = [msgspec.structs.replace(f, old=f.old or _is_outdated(f, news)) for f in planned]
        live = [f for f in planned if not f.old and DateSpan.parse(f.value).last >= published.first]
        for fact in planned:
            passed = DateSpan.parse(fact.value).last < published.first
            superseded = fact.former or (fact.old and (bool(live) or bool(actual) or passed)) or passed
            kept.append(msgspec.structs.replace(fact, old=superseded))
        kept += actual
        kept += [f for f in own if f.modality == "denied"]
    return kept


_MOVED = "shift"
"""The cue of "from May to July": where it stands, May is the old day, whoever told it before."""


def _is_outdated(fact: Fact, news: Sequence[Fact]) -> bool:
    """Whether a plan is followed by one that is told as the present one: "set for Tuesday … will now be on 9 November"."""
    span = DateSpan.parse(fact.value)
    return (
        fact.modality == "planned"
        and not fact.change
        and any(n.line > fact.line and DateSpan.parse(n.value).relation(span) == "disjoint" for n in news)
    )


def _exact(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out the spans that contain another one: 2008 beside 22 October 2008."""
    spans = [DateSpan.parse(f.value) for f in facts]
    return [
        fact
        for fact, span in zip(facts, spans, strict=True)
        if not any(other is not span and span.relation(other) == "contains" for other in spans)
    ]


def _status(scene: Scene, kind: str, facts: Sequence[Fact], dates: Sequence[Fact]) -> list[Fact]:
    published = scene.document.published
    kept = [f for f in facts if f.modality in ("denied", "possible") and f.confidence > 0.5]
    actual = [f for f in facts if f.modality == "actual"]
    done = {f.attribute for f in dates if f.modality == "actual"}
    ahead = [
        f for f in dates if f.modality != "actual" and not f.old and DateSpan.parse(f.value).last >= published.first
    ]
    if kind == "mission" and any(f.attribute == "launch_date" for f in ahead) and "launch_date" not in done:
        actual = [f for f in actual if f.value not in _FLYING]
    elif kind == "mission":
        actual += [
            _following(f, "completed" if f.cue in _HOME else _FOLLOWS[f.attribute])
            for f in dates
            if f.modality == "actual" and f.attribute in _FOLLOWS
        ]
        actual = [_after_work(scene, f, dates) for f in actual if not _is_long_ago(scene, f)]
        if done & {"launch_date", "landing_date", "loss_date", "end_date"}:
            actual = [f for f in actual if f.value in _FLYING]
    elif kind == "meeting":
        actual += [_following(f, "held") for f in dates if f.modality == "actual"]
        actual = [f for f in actual if f.value != "postponed" or not done]  # it was held in the end
        if any(f.attribute == "held_date" for f in ahead) and not done:
            actual = [f for f in actual if f.value not in ("held", "postponed")] + [_following(ahead[0], "planned")]
    else:
        actual += [
            _following(f, "signed")
            for f in dates
            if f.modality == "actual" and f.attribute == "signed_date" and f.cue not in ("dates-from", "goes-back")
        ]
    if not ahead or any(f.value in _FLYING for f in actual):
        actual = [f for f in actual if f.cue != _MADE]  # who built a craft is no news of its state once it flies
    if any(f.cue == "taken-up-again" for f in actual):
        actual = [f for f in actual if f.value not in ("cancelled", "on_hold")]  # "scrapped in 2015 but revived"
    if any(f.value == "completed" and f.cue in _ENDS for f in actual):
        actual = [f for f in actual if f.cue not in _SILENCE | {"came-down"}]
    if kind == "agreement":  # that one state has not signed says nothing of those that have
        told = {(f.value, f.line) for f in actual}
        kept = [f for f in kept if f.modality != "denied" or not any(v == f.value and n != f.line for v, n in told)]
    denied = {f.value for f in kept if f.modality == "denied"}
    actual = [f for f in actual if f.value not in denied]
    if actual:
        rank = _RANK[kind]
        kept.append(max(actual, key=lambda f: (rank[f.value] + 2 * f.confidence, f.confidence, -f.line)))
    return kept


_LONG_AGO, _WORKED = 200, 730  # days


def _is_long_ago(scene: Scene, fact: Fact) -> bool:
    """Whether a craft is called at work only because it landed or arrived somewhere more than a year ago."""
    if fact.value != "operating" or fact.since is None or fact.present or fact.cue in _AT_WORK:
        return False
    return (scene.document.published.first - DateSpan.parse(fact.since).last).days > _LONG_AGO


def _after_work(scene: Scene, fact: Fact, dates: Sequence[Fact]) -> Fact:
    """Take for completed what fell silent years after it had set out, and a flight of earlier years: it had done its work."""
    if fact.cue == _FLOWN and fact.value == "launched" and fact.since:
        ago = (scene.document.published.first - DateSpan.parse(fact.since).last).days
        return msgspec.structs.replace(fact, value="completed") if ago > _LONG_AGO else fact  # "which flew in 1976"
    if fact.value != "failed" or fact.cue not in _SILENCE | _GIVEN_UP:
        return fact
    began = [
        DateSpan.parse(f.value)
        for f in dates
        if f.modality == "actual" and f.attribute in ("launch_date", "landing_date")
    ]
    lost = DateSpan.parse(fact.since) if fact.since else scene.document.published
    worked = any((lost.first - span.last).days > _WORKED for span in began) or _after_years(scene, fact)
    return msgspec.structs.replace(fact, value="completed") if worked else fact


_UNITS = frozenset(("years", "decades"))
_SHORT = frozenset(("one", "two", "1", "2", "fewer", "less", "silent"))


def _after_years(scene: Scene, fact: Fact) -> bool:
    """Whether its sentence tells that it fell silent after years of work: "contact broke off after eight years in orbit"."""
    words = next((line.words for line in scene.lines if line.number == fact.line), ())
    for at, word in enumerate(words):
        if word in _UNITS and "after" in words[max(0, at - 4) : at]:
            return not _SHORT & set(words[max(0, at - 4) : at])
    return False


def _following(fact: Fact, status: str) -> Fact:
    """The status that follows from a dated event."""
    return msgspec.structs.replace(
        fact,
        attribute="status",
        value=status,
        confidence=fact.confidence - 0.06,
        since=fact.value,
        modality="actual",
        old=False,
        change=False,
    )


def _parties(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """One fact a party and role: an agency and its country are one, and the agency's name stays."""
    kept: list[Fact] = []
    for fact in sorted(
        facts, key=lambda f: (_is_country(scene, f), f.value.endswith(": partner"), -f.confidence, f.line)
    ):
        if not any(
            _role(k) == _role(fact) and same_party(scene, k.value_id, fact.value_id) and k.modality == fact.modality
            for k in kept
        ):
            kept.append(fact)
    return kept


def _once(facts: Sequence[Fact]) -> list[Fact]:
    """One fact for each that took part, however it is written: an agency and its country may both have been there."""
    best: dict[tuple[str, str], Fact] = {}
    for fact in sorted(facts, key=lambda f: (-f.confidence, f.line)):
        best.setdefault((fact.value_id or fact.value.casefold(), fact.modality), fact)
    return list(best.values())


def _role(fact: Fact) -> str:
    return fact.value.partition(": ")[2].replace("partner", "lead")


def _is_country(scene: Scene, fact: Fact) -> bool:
    return (fact.value_id or "") in scene.catalog.countries


def _one(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """The one value of an attribute that has one: the surest; of a body and a place on it, the place."""
    if not facts:
        return []
    best = max(facts, key=lambda f: (f.confidence, -f.line))
    for fact in facts:
        inside = scene.catalog.body_of(fact.value_id) == best.value_id and fact.value_id != best.value_id
        if fact.attribute == "destination" and inside and fact.confidence > 0.6:
            best = fact
    return [best]
