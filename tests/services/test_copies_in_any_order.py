"""Whose copy a story is follows from what was printed, and not from the order in which it came."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.press import NOW, TEXTS, Press
from tracker.capture.credit import credit_of
from tracker.domain.copies import Issue, Wording, likeness, method_of
from tracker.store.store import Store

DAYS = ("2026-03-03", "2026-03-04", "2026-03-05", "2026-05-01")
# A paper may print its story again, with another text and under another date: that is a version of it.
PRINTED = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(sorted(TEXTS)), st.sampled_from(DAYS)),
    min_size=2,
    max_size=9,
    unique_by=lambda printed: printed[:2],
)


def by_definition(printed):
    """Whose copy each paper is, worked out from all pairs at once."""
    versions = {}
    for paper, text, day in printed:
        versions.setdefault(paper, []).append((TEXTS[text], day))

    def issue(paper, text):
        day = dt.date.fromisoformat(versions[paper][-1][1])
        return Issue(_id_of(paper), day, len(Wording.of(text).runs), credit_of(text))

    newest = {paper: issue(paper, texts[-1][0]) for paper, texts in versions.items()}
    found = {}
    for paper in sorted(newest, key=lambda paper: newest[paper].order):
        mine = Wording.of(versions[paper][-1][0])
        originals = [other for other, copy_of in found.items() if copy_of is None]
        found[paper] = next(
            (
                other
                for other in originals
                for text, _ in versions[other]
                if method_of(likeness(mine, Wording.of(text)), newest[paper], issue(other, text))
            ),
            None,
        )
    return found


def _id_of(paper):
    from tracker.domain import identity

    return identity.document_id(identity.url_key(f"https://{paper}.example/story"))


def shuffled(printed, chance):
    """The same in another order, but for the versions of one paper, which follow upon each other."""
    papers = [paper for paper, *_ in printed]
    chance.shuffle(papers)
    left = {paper: [one for one in printed if one[0] == paper] for paper in papers}
    return [left[paper].pop(0) for paper in papers]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(PRINTED, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_judgements_follow_from_the_documents_in_whatever_order_they_come(
    tmp_path_factory, printed, chance, together
):
    expected = by_definition(printed)
    views = []
    for order in (printed, shuffled(printed, chance)):
        press = Press(Store(f"sqlite:///{tmp_path_factory.mktemp('press') / 'x.db'}", now=lambda: NOW))
        for start in range(0, len(order), together):
            for paper, text, day in order[start : start + together]:
                press.capture_only(paper, day, TEXTS[text])
            press.ingest.catch_up()
        assert press.copy_of == expected, order
        views.append([(s.id, s.name, _values(s)) for s in press.query.board()])
        press.store.close()
    assert views[0] == views[1]


def _values(subject):
    return [(a, v.value, v.claim_id, v.origins, v.contested) for a, vs in subject.attributes.items() for v in vs]
