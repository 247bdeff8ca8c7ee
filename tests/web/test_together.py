"""Many who ask at once, while documents come in: everybody is answered, and nobody sees time run backwards."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Event

import httpx

from tests.web.conftest import serving

PATHS = [
    "/subjects/mission/lupex",
    "/subjects",
    "/subjects/mission/lupex/history",
    "/changes?limit=1000",
    "/search?q=lupex",
]


def test_readers_follow_a_writer_without_being_held_up_or_led_astray(own, tmp_path):
    years = range(2026, 2032)
    own.tell(tmp_path, "first", "JAXA will launch the LUPEX mission in 2025.", "2019-01-01")
    done = Event()

    def read(path):
        seen, requests, tag = [], 0, ""
        with httpx.Client(base_url=own.client.base_url, timeout=30) as client:
            while not done.is_set() or requests < 3:
                answer = client.get(f"/api/v1{path}", headers={"If-None-Match": tag})
                assert answer.status_code in {200, 304}, answer.text
                requests += 1
                if answer.status_code == 200:
                    tag = answer.headers.get("etag", "")
                    seen.append(answer.json())
        return seen

    with ThreadPoolExecutor(2 * len(PATHS)) as pool:
        readers = {path: [pool.submit(read, path) for _ in range(2)] for path in PATHS}
        try:
            for year in years:
                text = f"JAXA will launch the LUPEX mission in {year}."
                own.tell(tmp_path, f"slip-{year}", text, f"{year - 6}-06-01")
        finally:
            done.set()
        answers = {path: [reader.result(timeout=60) for reader in each] for path, each in readers.items()}

    for seen in answers["/subjects/mission/lupex"]:
        positions = [subject["updated_position"] for subject in seen]
        assert positions == sorted(positions)
        launches = [subject["attributes"]["launch_date"][0]["value"] for subject in seen]
        assert launches == sorted(launches)
        assert launches[-1] == str(years[-1])
    for path in ("/subjects/mission/lupex/history", "/changes?limit=1000"):
        for seen in answers[path]:
            assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(seen))
            assert [line["new"] for line in seen[-1] if line["change"] == "slip"] == [str(year) for year in years]
    assert all(seen[-1] == own.list("/subjects") for seen in answers["/subjects"])


def test_a_server_database_is_served_as_a_file_is(postgres, tmp_path):
    url = postgres.migrated()
    try:
        with serving(tmp_path, database=url, seeds=False) as site:
            before = site.get("/api/v1/subjects").headers["etag"]
            site.tell(tmp_path, "a", "JAXA will launch the LUPEX mission in 2026.", "2024-05-01")
            board = site.get("/api/v1/subjects", headers={"If-None-Match": before})
            assert [subject["id"] for subject in board.json()] == ["mission/lupex"]
            assert site.get("/api/v1/subjects", headers={"If-None-Match": board.headers["etag"]}).status_code == 304
            assert {line["subject"] for line in site.list("/changes")} == {"mission/lupex"}
            assert len(site.list("/search", q="lupex")) == len(site.list("/documents", about="LUPEX")) == 1
            assert site.get("/api/v1/health").json()["database"].startswith("postgresql")
    finally:
        postgres.drop(url)
