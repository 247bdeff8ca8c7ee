"""A client that a generator makes from the description asks and decides: nobody wrote a line of it."""

import importlib
import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def client(site, tmp_path_factory):
    """The package of the client, made by openapi-python-client from what the server says of itself."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(site.get("/openapi.json").json()))
    # The generator puts its code in order with what stands beside Python.
    environment = {"PATH": sysconfig.get_path("scripts"), "HOME": str(folder)}
    program = str(Path(sys.executable).parent / "openapi-python-client")
    done = subprocess.run(
        [program, "generate", "--path", "openapi.json", "--meta", "none", "--output-path", "tracker_client"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout, "a route or a shape is told in words that generators do not know"
    sys.path.insert(0, str(folder))
    yield importlib.import_module("tracker_client")
    sys.path.remove(str(folder))


def route(tag, name):
    return importlib.import_module(f"tracker_client.api.{tag}.{name}")


@pytest.fixture
def asking(site, client):
    with client.Client(base_url=str(site.client.base_url)) as made:
        yield made


def test_a_generated_client_asks_what_the_command_line_asks(site, asking):
    every = route("subjects", "list_subjects").sync(client=asking)
    assert [subject.id for subject in every] == [subject["id"] for subject in site.list("/subjects")]
    lupex = route("subjects", "show_subject").sync("mission/lupex", client=asking)
    assert lupex.attributes.additional_properties["launch_date"][0].value == "2025"
    earlier = route("subjects", "show_subject").sync("LUPEX", client=asking, published_by="2020")
    assert earlier.attributes.additional_properties["launch_date"][0].value == "2020/2023"
    moves = route("subjects", "history").sync("mission/lupex", client=asking)
    assert {"set", "slip"} <= {move.change for move in moves}
    (slip,) = [move for move in moves if move.change == "slip"]
    assert slip.days_range == [367, 2191]
    assert route("audit", "proof").sync_detailed(9999, client=asking).status_code == 404


def test_a_generated_client_gets_problems_as_problems(asking):
    problem = route("subjects", "show_subject").sync("mission/none", client=asking)
    assert (problem.status, problem.type_) == (404, "/problems/not_found")


def test_a_generated_client_decides_with_a_token(own, client, tmp_path):
    own.tell(tmp_path, "one", "JAXA will launch the LUPEX mission in 2026.", "2025-01-01")
    secret = own.app.curation.tokens.add("Ann", ["claims"]).secret
    models = importlib.import_module("tracker_client.models")
    wanted = models.Pin.from_dict(
        {
            "act": "pin",
            "subject": "LUPEX",
            "attribute": "launch_date",
            "value": "2028",
            "reason": "The notice of today.",
        }
    )
    with client.AuthenticatedClient(base_url=str(own.client.base_url), token=secret) as deciding:
        did = route("acts", "act").sync(client=deciding, body=wanted)
    assert (did.type_, did.actor, did.subjects) == ("claim.pinned", "Ann", ["mission/lupex"])
