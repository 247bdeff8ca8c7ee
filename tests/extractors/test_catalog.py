"""The catalog's data files, and what may be asked of them."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.vocabulary import AGREEMENT_TYPES
from tracker.errors import ConfigError
from tracker.extractors.catalog import Catalog
from tracker.extractors.folding import fold

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas" / "config"
TABLES = (
    "agreements", "countries", "destinations", "lookalikes", "missions", "organisations", "places", "series", "vehicles",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_each_file_keeps_to_its_schema(table, catalog_tables):
    schema = json.loads((SCHEMAS / f"catalog-{table}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    problems = list(jsonschema.Draft202012Validator(schema).iter_errors({table: catalog_tables[table]}))
    assert [f"{list(p.absolute_path)}: {p.message}" for p in problems] == []


def test_there_is_a_file_for_each_table(catalog_tables):
    assert sorted(catalog_tables) == sorted(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_sorted_and_ids_are_slugs(table, catalog_tables):
    keys = [row.get("id", row["name"]) for row in catalog_tables[table]]
    assert keys == sorted(set(keys))
    if table != "lookalikes":
        assert [key for key in keys if not re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_the_world_is_in_it(catalog):
    assert len(catalog.missions) >= 700
    assert len({mission.operators[0] for mission in catalog.missions.values() if mission.operators}) >= 40
    assert len(catalog.agencies) >= 50
    assert {agreement.type for agreement in catalog.agreements.values()} <= set(AGREEMENT_TYPES)


def test_every_agency_is_of_its_own_country(catalog):
    for country, agency in catalog.agencies.items():
        assert catalog.country_of(agency) == country


def test_a_part_flies_where_its_whole_flies(catalog):
    for mission in catalog.missions.values():
        if mission.part_of:
            whole = catalog.missions[mission.part_of]
            assert whole.part_of is None, mission.id
            assert mission.id != whole.id


def test_every_name_can_be_looked_up(catalog):
    for _, entry in catalog.entries():
        for name in entry.names:
            assert entry in catalog.named(name)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("ISRO", "org/isro"),
        ("isro", "org/isro"),
        ("The Indian Space Research Organization", "org/isro"),
        ("Japan Aerospace Exploration Agency", "org/jaxa"),
        ("Gagarin Cosmonaut Training Centre", "org/gctc"),
        ("chandrayaan 3", "mission/chandrayaan-3"),
        ("Chandrayaan3", "mission/chandrayaan-3"),
        ("Chandrayaan-III", "mission/chandrayaan-3"),
        ("Chandrayaan-5", "mission/lupex"),
        ("Lunar Polar Exploration Mission", "mission/lupex"),
        ("Japan-India joint lunar polar exploration", "mission/lupex"),
        ("ISRO–JAXA joint lunar mission", "mission/lupex"),
        ("GSLV-Mk. III", "vehicle/lvm3"),
        ("GSLV Mark 3", "vehicle/lvm3"),
        ("H2A", "vehicle/h-iia"),
        ("Elysee", "place/elysee"),
        ("U.S.", "country/united-states"),
        ("USA", "country/united-states"),
        ("lunar South Pole", "destination/moon-south-pole"),
        ("Asia Pacific Regional Space Agency Forum", "series/aprsaf"),
        ("Outer Space Treaty of 1967", "agreement/outer-space-treaty"),
        ("Artemis II", "mission/artemis-ii"),
        ("Artemis 2", "mission/artemis-ii"),
    ],
)
def test_one_name_has_many_spellings(catalog, name, id_):
    assert catalog.named(name)[0].id == id_


def test_a_name_of_two_things_means_the_likelier_first(catalog):
    assert [entry.id for entry in catalog.named("Galileo")] == ["mission/galileo-navigation", "mission/galileo-orbiter"]
    assert [entry.id for entry in catalog.named("Singapore")] == ["place/singapore", "country/singapore"]


def test_whose_and_where(catalog):
    assert catalog.country_of("org/isro") == "country/india"
    assert catalog.country_of("country/japan") == "country/japan"
    assert catalog.country_of("vehicle/h3") == "country/japan"
    assert catalog.country_of("org/esa") is None
    assert catalog.agency_of("country/india") == "org/isro"
    assert catalog.metonym("place/tokyo") == "country/japan"
    assert catalog.metonym("place/nagoya") is None
    assert catalog.body_of("Moon south pole") == catalog.body_of("destination/moon-far-side") == "destination/moon"
    assert catalog.body_of("the pantry") is None
    assert catalog.series["series/aprsaf"].member(24) == "meeting/aprsaf-24"


@pytest.mark.parametrize(
    ("parties", "destination", "words", "id_"),
    [
        (("country/india", "country/japan"), "Moon", "joint lunar mission", "mission/lupex"),
        (("org/jaxa", "org/isro"), "destination/moon-south-pole", "a joint mission", "mission/lupex"),
        (("org/isro", "country/japan"), "Moon", "polar exploration project", "mission/lupex"),
        (("country/india", "country/japan"), "Moon", "India-Japan moon mission", "mission/lupex"),
        (("country/india", "country/japan"), "Moon", "Indo-Japanese lunar mission", "mission/lupex"),
        (("org/isro", "org/nasa"), None, "a synthetic aperture radar satellite", "mission/nisar"),
        (("country/russia", "org/cnsa"), "Moon", "joint lunar research station", "mission/ilrs"),
        (("country/india", "country/japan"), "Moon", "lunar mission", None),
        (("country/india", "country/japan"), "Mars", "joint mission", None),
        (("country/india", "country/japan"), None, "joint mission", None),
        (("country/india", "country/japan", "country/france"), "Moon", "joint lunar mission", None),
        (("country/india",), "Moon", "joint lunar mission", None),
        ((), "Moon", "joint lunar mission", None),
    ],
)
def test_an_unnamed_joint_project_is_known_by_whose_it_is_and_where_it_goes(catalog, parties, destination, words, id_):
    found = catalog.described(parties, destination, words)
    assert (found.id if found else None) == id_


MOON = {"id": "destination/moon", "name": "Moon"}


@pytest.mark.parametrize(
    ("tables", "where", "reason"),
    [
        ({"planets": []}, "planets.toml", "no such table"),
        ({"missions": [{"id": "mission/a"}]}, "missions.toml, row 1 (mission/a)", "name"),
        ({"missions": [{"id": "mission/a", "name": "A1", "nmae": "x"}]}, "row 1 (mission/a)", "nmae"),
        ({"missions": [{"id": "mission/A B", "name": "A1"}]}, "row 1", "words-with-hyphens"),
        ({"missions": [{"id": "org/a", "name": "A1"}]}, "row 1", "mission/words-with-hyphens"),
        ({"destinations": [MOON, MOON]}, "row 2 (destination/moon)", "taken"),
        ({"destinations": [MOON, {"id": "destination/luna", "name": "moon"}]}, "row 2", "names destination/moon too"),
        ({"destinations": [{**MOON, "common": ["Mond"]}]}, "row 1", "none of its names"),
        ({"destinations": [{**MOON, "aliases": ["--"]}]}, "row 1", "no letters"),
        ({"missions": [{"id": "mission/a", "name": "A1", "destination": "destination/x"}]}, "row 1", "destination/x"),
        ({"missions": [{"id": "mission/a", "name": "A1", "operators": ["org/x"]}]}, "missions.toml", "org/x"),
        ({"missions": [{"id": "mission/a", "name": "A1", "part_of": "mission/b"}]}, "missions.toml", "mission/b"),
        (
            {"missions": [{"id": "mission/a", "name": "A1", "described": [{"parties": ["country/x"]}]}]},
            "missions.toml, row 1 (mission/a)",
            "country/x",
        ),
        ({"series": [{"id": "series/a", "name": "A1", "parties": ["org/x"]}]}, "series.toml", "org/x"),
        ({"organisations": [{"id": "org/a", "name": "A1", "kind": "club"}]}, "organisations.toml", "club"),
        (
            {"places": [{"id": "place/a", "name": "A1", "kind": "city", "country": "country/x"}]},
            "places.toml",
            "country/x",
        ),
        ({"countries": [{"id": "country/a", "name": "A1"}]}, "countries.toml, row 1 (country/a)", "adjective"),
    ],
)
def test_a_mistake_in_the_data_is_named_with_file_and_row(tables, where, reason):
    with pytest.raises(ConfigError) as caught:
        Catalog.from_tables(tables)
    assert where in caught.value.where
    assert reason in caught.value.reason


def test_two_rows_may_share_a_name_when_one_of_them_says_so():
    second = {"id": "destination/luna", "name": "Luna", "aliases": ["Moon"], "ambiguous": ["Moon"]}
    catalog = Catalog.from_tables({"destinations": [second, MOON]})
    assert [entry.id for entry in catalog.named("moon")] == ["destination/moon", "destination/luna"]


@given(st.text("abcIVXKÉüñ0123 -–'’.&,é"))
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@given(st.sampled_from(["Chandrayaan 3", "Mars Orbiter Mission", "Long March 5B"]), st.sampled_from(list(" -–‑\n")))
def test_hyphens_spaces_and_case_fold_away(name, gap):
    assert fold(name.replace(" ", gap).upper()) == fold(name.lower()) == fold(name)
