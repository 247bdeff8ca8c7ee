"""A tracker worth looking at: the seed documents, a report that makes a plan slip, its correction, a page made to do harm."""

import json
from collections.abc import Iterator

import pytest

from tests.web.conftest import Site, serving

SLIP = (
    "ISRO and JAXA said on Wednesday that the LUPEX mission will be launched in 2028 on an H3 rocket.\n\n"
    "JAXA builds the rover, ISRO the lander.\n\nThe agencies meet again."
)
HARM = '<script>alert(1)</script> "><img src=x onerror=alert(2)> {{ 7 * 7 }} \u202eexe.gnp'


def ingest(site: Site, folder, **document) -> None:
    """Have a document taken in, read and projected."""
    from tracker.capture.item import Given

    path = folder / "document.json"
    path.write_text(json.dumps(document))
    (line,) = site.app.ingest.sources([str(path)], given=Given(), today=site.app.today())
    assert line.outcome in ("captured", "revised"), line


@pytest.fixture(scope="package")
def shown(tmp_path_factory) -> Iterator[Site]:
    """Tests only look."""
    folder = tmp_path_factory.mktemp("pages")
    with serving(folder) as site:
        wire = {
            "id": "wire/1?a=b",
            "url": "https://wire.example/1",
            "publisher": "Space Wire",
            "published": "2025-12-30",
        }
        ingest(site, folder, title="LUPEX has a date", text=SLIP, **wire)
        ingest(site, folder, title="LUPEX has a date", text=SLIP.replace("2028", "2029"), **wire)
        harm = (
            f"The LUPEX mission to the Moon is planned for launch in 2031, said {HARM}.\n\nJAXA said <b>so</b> & more."
        )
        url = "https://harm.example/?q='><script>alert(3)</script>"
        ingest(site, folder, id="harm", title=HARM, publisher=HARM, published="2025-12-31", text=harm, url=url)
        site.app.key.make("tracker.example/log")
        site.app.seal.checkpoint()
        from tracker.services.ingestion.feeds import Wanted

        site.app.feeds.add(Wanted("https://feeds.example/space.xml", title=HARM))
        yield site
