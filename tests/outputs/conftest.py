"""A tracker that knows the seed documents, a plan with a day that slips, and a page made to do harm to whoever exports it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import NOON, Clock
from tracker import resources
from tracker.app import App
from tracker.capture.item import Given
from tracker.settings import load

HARM = '=HYPERLINK("http://evil.example") ]]> <script>alert(1)</script> \r\nBEGIN:VEVENT \u202e\u0007'


def opened(folder: Path, **settings: str) -> App:
    """A tracker of its own, whose clock stands at noon."""
    given = {"database": f"sqlite:///{folder / 'tracker.db'}", "log_level": "error", **settings}
    return App(load(given, {}), clock=Clock(NOON))


def tell(app: App, folder: Path, **document: str) -> None:
    """Have a document taken in, read and projected."""
    path = folder / "document.json"
    path.write_text(json.dumps(document))
    (line,) = app.ingest.sources([str(path)], given=Given(), today=app.today())
    assert line.outcome in ("captured", "revised"), line


@pytest.fixture(scope="package")
def known(tmp_path_factory) -> Iterator[App]:
    """Tests only ask it."""
    folder = tmp_path_factory.mktemp("outputs")
    app = opened(folder)
    assert list(app.ingest.sources([str(resources.folder("seeds"))], given=Given(), today=app.today()))
    tell(
        app,
        folder,
        id="day",
        published="2025-11-01",
        text="The LUPEX mission will be launched on 12 March 2028, JAXA said.",
    )
    tell(
        app,
        folder,
        id="later",
        published="2025-12-01",
        text="The LUPEX mission will be launched on 20 May 2028, JAXA said.",
    )
    harm = f"The LUPEX mission to the Moon may be launched in 2031, said {HARM}."
    tell(app, folder, id="=harm/?a=b", title=HARM, publisher=HARM, published="2025-12-30", text=harm)
    yield app
    app.close()


@pytest.fixture
def own(tmp_path) -> Iterator[App]:
    """An empty tracker, for a test that tells it something."""
    made = opened(tmp_path)
    yield made
    made.close()
