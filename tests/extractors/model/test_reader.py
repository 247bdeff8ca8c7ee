"""The second reader on a real server that answers well, badly, slowly, and with invented quotes."""

import datetime as dt
import time

import pytest
import structlog.testing

from tests.extractors.model.endpoint import drip, model
from tests.extractors.model.test_answer import GOOD, TEXT
from tracker.app import App
from tracker.capture.item import Given
from tracker.errors import ConfigError, ReaderUnavailableError
from tracker.fetch import completion as completion_room
from tracker.fetch.completion import Completion, Endpoint
from tracker.settings import load

MESSAGES = ({"role": "user", "content": "Well?"},)
DAY = dt.date(2026, 1, 1)


@pytest.fixture
def endpoint():
    with model() as told:
        yield told


class Naps:
    """Sleeps that take no time and are remembered."""

    def __init__(self):
        self.taken = []

    async def __call__(self, seconds):
        self.taken.append(seconds)


def completion(endpoint, *, naps=None, day=DAY, **more):
    return Completion(Endpoint(endpoint.url, "small", **more), today=lambda: day, sleep=naps or Naps())


def test_an_answer_is_what_the_model_says(endpoint):
    endpoint.script = ["Fine."]
    asked = completion(endpoint, key="secret")
    assert asked.ask(MESSAGES, {"type": "object"}) == "Fine."
    (body,) = endpoint.asked
    assert (body["model"], body["temperature"]) == ("small", 0)
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert endpoint.headers[0]["Authorization"] == "Bearer secret"
    assert asked.spent == 100


def test_a_busy_server_is_asked_again_when_it_says(endpoint):
    endpoint.script, naps = [503, 429, "Fine."], Naps()
    assert completion(endpoint, naps=naps).ask(MESSAGES, {}) == "Fine."
    assert naps.taken == [1.0, 3.0]


def test_a_server_without_structured_outputs_is_asked_in_words(endpoint):
    endpoint.script = [400, "Fine.", "Well."]
    asked = completion(endpoint)
    assert [asked.ask(MESSAGES, {}), asked.ask(MESSAGES, {})] == ["Fine.", "Well."]
    assert ["response_format" in body for body in endpoint.asked] == [True, False, False]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ([500] * 4, "status 500"),
        ([401], "status 401"),
        ([b"not JSON"], "does not answer as"),
        ([b"x" * (2 * 1024 * 1024 + 1)], "more than"),
        ([drip] * 4, "no answer"),
    ],
)
def test_a_server_that_cannot_be_used_says_why_and_never_the_key(endpoint, script, reason):
    endpoint.script = script
    with pytest.raises(ReaderUnavailableError, match=reason) as told:
        completion(endpoint, key="secret", seconds=0.2).ask(MESSAGES, {})
    assert "secret" not in str(told.value)


def test_the_budget_is_for_a_day(endpoint):
    days = iter([DAY, DAY, DAY, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1)])
    asked = Completion(Endpoint(endpoint.url, "small", budget=150), today=lambda: next(days), sleep=Naps())
    asked.ask(MESSAGES, {})
    asked.ask(MESSAGES, {})
    with pytest.raises(ReaderUnavailableError, match="budget of 150 tokens"):
        asked.ask(MESSAGES, {})
    asked.ask(MESSAGES, {})
    assert asked.spent == 100


def test_an_address_that_is_none_is_refused_at_once():
    with pytest.raises(ConfigError, match="model_url"):
        Completion(Endpoint("localhost:11434", "small"), today=lambda: DAY)


@pytest.fixture
def app(tmp_path, clock, endpoint):
    settings = {
        "database": f"sqlite:///{tmp_path / 'tracker.db'}",
        "model_url": endpoint.url,
        "model_name": "small",
        "model_key": "secret",
        "log_level": "warning",
    }
    made = App(load(settings, {}), clock=clock)
    yield made
    made.close()


def ingest(app, tmp_path, name="heron", text=TEXT):
    path = tmp_path / f"{name}.txt"
    path.write_text(text)
    return list(app.ingest.sources([str(path)], given=Given(published="2024-06-01"), today=app.today()))


def readings(app):
    with app.store.reading() as reading:
        return [e for e in reading.log.read(type_="claims.extracted") if b'"extractor":"model"' in e.payload]


def test_what_it_finds_is_recorded_and_never_asked_again(app, endpoint, tmp_path):
    endpoint.says(GOOD, {**GOOD, "quote": "an invented sentence"})
    with structlog.testing.capture_logs() as logs:
        ingest(app, tmp_path)
    assert [each["reasons"] for each in logs if each["event"] == "claims.refused"] == [
        {"its quote is not in the document letter for letter": 1}
    ]
    assert app.query.subject("Heron orbiter").attributes["launch_date"][0].value == "2031"
    list(app.project.rebuild(on_progress=lambda _: None))
    ingest(app, tmp_path)
    assert len(readings(app)) == len(endpoint.asked) == 1
    assert app.verify.log(on_progress=lambda _done, _of: None).ok


def test_an_answer_out_of_form_is_asked_once_more(app, endpoint, tmp_path):
    endpoint.script = ["I would rather not."]
    endpoint.says(GOOD)
    ingest(app, tmp_path)
    assert len(readings(app)) == 1
    assert "not in the form" in endpoint.asked[1]["messages"][-1]["content"]


def test_a_document_it_cannot_answer_for_is_parked(app, endpoint, tmp_path):
    endpoint.script = ["No.", "No!"]
    ingest(app, tmp_path)
    (parked,) = [p for p in app.waiting.list() if p.consumer == "read.model"]
    assert "no answer in the form" in parked.reason


def test_a_server_that_could_not_be_asked_is_left_alone_for_a_while(endpoint):
    now = [0.0]
    asked = Completion(Endpoint(endpoint.url, "small"), today=lambda: DAY, sleep=Naps(), monotonic=lambda: now[0])
    endpoint.script = [401]
    for _ in range(3):
        with pytest.raises(ReaderUnavailableError, match="status 401"):
            asked.ask(MESSAGES, {})
    assert len(endpoint.asked) == 1
    now[0] = completion_room.REST_S
    assert asked.ask(MESSAGES, {}) == '{"claims": []}'


def test_a_server_that_is_down_holds_nobody_up_and_is_caught_up_with(app, endpoint, tmp_path, monkeypatch):
    monkeypatch.setattr(completion_room, "REST_S", 0.2)
    endpoint.script = [401]
    with structlog.testing.capture_logs() as logs:
        ingest(app, tmp_path)
    assert any(each["event"] == "reader.unavailable" for each in logs)
    assert not readings(app)
    assert not app.waiting.list()
    endpoint.says(GOOD)
    time.sleep(0.2)
    ingest(app, tmp_path, "other", "Nothing of note happened at the harbour today.")
    assert len(readings(app)) == 2


def test_it_is_off_unless_an_address_is_set(database, clock):
    made = App(load({"database": database}, {}), clock=clock)
    assert list(made.extractors) == ["rules"]
    made.close()
