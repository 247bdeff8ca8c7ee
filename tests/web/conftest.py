"""A real server on loopback, in a thread, over a database of its own; asked with httpx, as clients do."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import structlog

from tests.builders import NOON, Clock
from tracker import resources
from tracker.app import App
from tracker.settings import load
from tracker.web.serve import Serve


class Site:
    """What is behind the server, and a client that asks it."""

    def __init__(self, app: App, server: Serve, client: httpx.Client, clock: Clock) -> None:
        self.app, self.server, self.client, self.clock = app, server, client, clock

    def get(self, path: str, **given) -> httpx.Response:
        return self.client.get(path, **given)

    def list(self, path: str, **parameters) -> list:
        answer = self.client.get(f"/api/v1{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def tell(self, folder, name: str, text: str, published: str) -> None:
        """Have a document taken in, read and projected, as an operator would."""
        path = folder / f"{name}.md"
        path.write_text(text)
        from tracker.capture.item import Given

        for line in self.app.ingest.sources([str(path)], given=Given(published=published), today=self.app.today()):
            assert line.outcome == "captured", line


@contextmanager
def serving(folder, *, seeds: bool = True, **settings) -> Iterator[Site]:
    """Serve a database in the folder until the block ends."""
    clock = Clock(NOON)
    given = {"database": f"sqlite:///{folder / 'tracker.db'}", "audit_key": str(folder / "audit.key"), **settings}
    app = App(load(given, {}), clock=clock)
    if seeds:
        from tracker.capture.item import Given

        assert list(app.ingest.sources([str(resources.folder("seeds"))], given=Given(), today=app.today()))
    server = Serve(app, host="127.0.0.1", port=0)
    stop = threading.Event()
    thread = server.beside(stop)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as client:
            yield Site(app, server, client, clock)
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()
        assert not server.failed
        app.close()


@pytest.fixture(scope="package", autouse=True)
def quiet() -> Iterator[None]:
    """Servers write their lines in threads of their own, where pytest does not take them for a test's."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="package")
def site(quiet, tmp_path_factory) -> Iterator[Site]:
    """The seed documents, served; tests only ask."""
    with serving(tmp_path_factory.mktemp("web")) as made:
        yield made


@pytest.fixture
def own(tmp_path) -> Iterator[Site]:
    """An empty tracker, served, for a test that tells it something."""
    with serving(tmp_path, seeds=False) as made:
        yield made
