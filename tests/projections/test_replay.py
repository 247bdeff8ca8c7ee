"""What an auditor works out in memory is what the store holds, byte for byte."""

import datetime as dt

from tests.services.conftest import Pipeline
from tests.services.test_pipeline import ingest, write
from tracker.domain.policy import Policy
from tracker.projections import PROJECTIONS
from tracker.projections.replay import replay


def test_replaying_the_log_gives_the_digests_of_the_store(store, tmp_path, clock):
    pipeline = Pipeline(store)
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(6):
        clock.tick(hours=1)
        text = (
            f"LUPEX launches in {2025 + n}. Hiten launches in {1990 + n % 2}."
            if n % 3
            else f"Hiten launches in {1990 + n}."
        )
        published = (dt.date(2020, 1, 1) + dt.timedelta(days=400 * ((n * 5) % 6))).isoformat()
        ingest(pipeline, write(folder, f"article-{n % 4}", text, id=f"article-{n % 4}", published=published))
    with store.reading() as reading:
        made = replay(PROJECTIONS.values(), reading.log.read(), Policy())
        for name in PROJECTIONS:
            build, _ = reading.views.live(name)
            assert made[name].digest == reading.views.digest(build)
    assert made["missions"].changes
