"""The description is true: of shapes, of examples, and of every answer that a client made from it can get."""

import contextlib
import json
from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from tracker.web.examples import EXAMPLES


@pytest.fixture(scope="module")
def described(site) -> Mapping:
    return site.get("/openapi.json").json()


@pytest.mark.parametrize("shape", EXAMPLES, ids=lambda shape: shape.__name__)
def test_an_example_is_one(shape):
    example = msgspec.convert(EXAMPLES[shape], shape)
    assert msgspec.to_builtins(example).keys() == EXAMPLES[shape].keys(), "an example shows every field"


def test_choices_are_those_of_the_services():
    from typing import get_args

    from tracker.domain.vocabulary import VOCABULARIES
    from tracker.services.curation import ledger
    from tracker.services.ingestion import health
    from tracker.web.api import feeds, subjects

    assert [one.value for one in subjects.KindName] == list(VOCABULARIES)
    assert [one.value for one in subjects.ClaimStatus] == list(ledger.STATUSES)
    assert [one.value for one in feeds.State] == list(get_args(health.State))


def test_the_promised_routes_are_there_and_only_acts_can_be_posted(described):
    subject = "/subjects/{subject}"
    wanted = {
        "/subjects",
        subject,
        f"{subject}/history",
        f"{subject}/claims",
        f"{subject}/explain/{{attribute}}",
        "/changes",
        "/search",
    }
    wanted |= {
        "/documents",
        "/documents/{document}",
        "/claims",
        "/sources",
        "/slips",
        "/conflicts",
        "/diff",
        "/feeds",
        "/health",
    }
    wanted |= {"/audit/checkpoint", "/audit/proof/{position}", "/audit/tile/{path}"}
    assert {f"/api/v1{path}" for path in wanted} <= described["paths"].keys()
    assert {"/healthz", "/readyz", "/metrics"} <= described["paths"].keys()
    assert [path for path, methods in described["paths"].items() if methods.keys() != {"get"}] == ["/api/v1/acts"]
    assert described["paths"]["/api/v1/acts"].keys() == {"post"}
    assert described["paths"]["/api/v1/acts"]["post"]["security"] == [{"bearer": []}]


def test_every_route_says_what_it_gives_and_what_it_is_asked_with(described):
    ids = []
    for path, methods in described["paths"].items():
        (route,) = methods.values()
        ids.append(route["operationId"])
        assert route["summary"]
        assert route["description"], path
        (content,) = [c for c in [route["responses"]["200"]["content"]] if c]
        assert all("$ref" in json.dumps(one) or "type" in one["schema"] for one in content.values()), path
        assert "application/problem+json" in route["responses"]["default"]["content"]
    assert len(set(ids)) == len(ids)


def test_every_reference_leads_somewhere(described):
    text = json.dumps(described)
    for place in {part.partition('"')[0] for part in text.split('"$ref": "#/')[1:]}:
        found = described
        for key in place.split("/"):
            found = found[key]
        assert found


def test_answers_have_the_shapes_that_are_described(site, described):
    from jsonschema import Draft202012Validator

    for path in (
        "/subjects",
        "/changes",
        "/documents",
        "/claims",
        "/sources",
        "/slips",
        "/conflicts",
        "/feeds",
        "/health",
    ):
        content = described["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": described["components"]}
        validator = Draft202012Validator(schema)
        validator.validate(site.get(f"/api/v1{path}").json())
        for one in content.get("examples", {}).values():
            validator.validate(described["components"]["examples"][one["$ref"].rpartition("/")[2]]["value"])


def test_nothing_that_the_description_allows_breaks_the_server_or_gets_an_answer_it_does_not_tell_of(site):
    """Schemathesis makes requests from the description, fitting and unfitting ones, the same each time."""
    assert requests_made(site, headers={}) > 150


def test_nothing_that_a_curator_may_send_breaks_the_server(own, tmp_path):
    own.tell(tmp_path, "one", "JAXA will launch the LUPEX mission in 2026.", "2025-01-01")
    secret = own.app.curation.tokens.add("Ann", ["claims", "subjects", "sources"]).secret
    headers = {"Authorization": f"Bearer {secret}"}
    assert requests_made(own, headers=headers, only="/api/v1/acts", most=60) > 60


def requests_made(site, *, headers, only=None, most=8):
    """How many requests were made, each with an answer that the description tells of."""
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
    ]
    described = site.get("/openapi.json").json()
    # What waits on purpose would only make the test slow.
    changes = described["paths"]["/api/v1/changes"]["get"]
    changes["parameters"] = [each for each in changes["parameters"] if each["name"] != "wait"]
    schema = schemathesis.openapi.from_dict(described)
    schema.config.base_url = str(site.client.base_url)
    asked, plain = 0, schemathesis.GenerationMode.POSITIVE

    for result in schema.get_all_operations():
        operation = result.ok()
        if only not in (None, operation.path):
            continue
        taken = [*operation.iter_parameters(), *operation.body]
        for mode in schemathesis.GenerationMode if taken else [plain]:

            @settings(
                max_examples=most if mode is plain else 5,
                database=None,
                deadline=None,
                derandomize=True,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(operation.as_strategy(mode))
            def ask(case):
                nonlocal asked
                asked += 1
                case.validate_response(case.call(timeout=10, headers=headers), checks=checks)

            # What a single free word takes cannot be asked wrongly.
            with contextlib.suppress(Unsatisfiable):
                ask()
    return asked
