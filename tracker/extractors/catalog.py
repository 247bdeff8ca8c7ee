"""The catalog: what a reader of space news knows by name before the first document is opened.

Each family is one data file (`config/catalog/<table>.toml`, one key named as the file, one row a line). Rows carry what
a public list would say and nothing that changes with the news: no dates, no status. References between rows are ids.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, TypeVar

import msgspec

from tracker.errors import ConfigError
from tracker.extractors.folding import fold

Family = Literal["organisation", "country", "place", "vehicle", "destination", "mission", "series", "agreement"]

_ID = re.compile(r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*")
# Words that say a project belongs to several parties, without saying which project it is.
_TOGETHER = re.compile(r"\b(?:joint|jointly|bilateral|collaborative|together|shared|common)\b")


class _Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every row has: `name` is the one to show, `aliases` the others."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    """Those of its names that are ordinary words or surnames too (Hope, Dawn, Kepler); they need a context of space."""
    ambiguous: tuple[str, ...] = ()
    """Those of its names that mean another row unless the text names this one otherwise (ESA's relay Artemis)."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the row, the one to show first."""
        return (self.name, *self.aliases)


class Organisation(_Named, frozen=True):
    """An agency, ministry, company, institute or international body."""

    kind: Literal["agency", "government", "company", "institute", "international"]
    country: str | None = None
    agency_of: str | None = None
    """The country whose space agency it is: "the Indian space agency" is this one."""


class Country(_Named, frozen=True):
    """A state, or the union of states that acts as one."""

    adjective: str
    demonyms: tuple[str, ...] = ()
    """Words for its people, and further adjectives."""
    governments: tuple[str, ...] = ()
    """Phrases for its government that do not follow from the name: "Union Cabinet"."""
    leaders: tuple[str, ...] = ()
    """People who have headed its state, its government or its diplomacy: where they meet somebody, it does."""


class Place(_Named, frozen=True):
    """A city or facility. `stands_for` is the country that its name often means: Tokyo, the Kremlin."""

    kind: Literal["city", "launch_site", "facility", "region"]
    country: str | None = None
    stands_for: str | None = None


class Vehicle(_Named, frozen=True):
    """A launch vehicle."""

    country: str | None = None


class Destination(_Named, frozen=True):
    """Where missions go; `name` is the value that claims use, `body` the larger whole it lies on or near."""

    adjectives: tuple[str, ...] = ()
    body: str | None = None


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a project is spoken of before it has a name: whose it is, where to, and words that point to it."""

    parties: tuple[str, ...]
    destination: str | None = None
    words: tuple[str, ...] = ()
    joint: bool = False


class KnownMission(_Named, frozen=True):
    """A mission, programme, part of a mission, or type of craft."""

    kind: Literal["mission", "programme", "component", "craft_type", "constellation", "station"] = "mission"
    operators: tuple[str, ...] = ()
    destination: str | None = None
    family: str | None = None
    part_of: str | None = None
    described: tuple[Description, ...] = ()


class Series(_Named, frozen=True):
    """A series of meetings; its 24th member has the id `member(24)`."""

    numbered: bool = False
    parties: tuple[str, ...] = ()

    def member(self, number: int | str) -> str:
        """Return the id of one meeting: `series/aprsaf` and 24 give `meeting/aprsaf-24`."""
        return f"meeting/{self.id.partition('/')[2]}-{number}"


class KnownAgreement(_Named, frozen=True):
    """A public instrument between states or agencies."""

    type: str
    parties: tuple[str, ...] = ()


class Lookalike(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A longer name with a known name inside that it does not mean: "Indian Ocean"."""

    name: str


Entry: TypeAlias = Organisation | Country | Place | Vehicle | Destination | KnownMission | Series | KnownAgreement
_AnyEntry = TypeVar("_AnyEntry", bound=_Named)
_Row = TypeVar("_Row", bound=msgspec.Struct)

_TABLES = (
    "organisations", "countries", "places", "vehicles", "destinations", "missions", "series", "agreements", "lookalikes",
)  # fmt: skip


class Catalog(msgspec.Struct, frozen=True, eq=False):
    """All that is known by name. Values are frozen; two catalogs are equal only when they are the same one."""

    organisations: Mapping[str, Organisation]
    countries: Mapping[str, Country]
    places: Mapping[str, Place]
    vehicles: Mapping[str, Vehicle]
    destinations: Mapping[str, Destination]
    missions: Mapping[str, KnownMission]
    series: Mapping[str, Series]
    agreements: Mapping[str, KnownAgreement]
    lookalikes: tuple[str, ...] = ()
    by_name: Mapping[str, tuple[str, ...]] = {}
    """Folded name → ids, those that mean it without further context first."""
    agencies: Mapping[str, str] = {}
    """Country id → id of its space agency."""
    wholes: frozenset[str] = frozenset()  # ids of the missions that have parts
    by_id: Mapping[str, Entry] = {}  # every row

    @classmethod
    def from_tables(cls, tables: Mapping[str, Sequence[Mapping[str, object]]]) -> "Catalog":
        """Build the catalog from rows by table name (the file's stem); a table that is not given is empty.

        Raises ConfigError, naming file and row, for an unknown table or field, an id that is malformed or taken, a
        reference to nothing, and a name that two rows of one table claim without marking it ambiguous.
        """
        for unknown in tables.keys() - set(_TABLES):
            raise ConfigError(_where(unknown), f"no such table; the catalog has {', '.join(_TABLES)}")
        catalog = cls(
            organisations=_rows(tables, "organisations", Organisation, "org"),
            countries=_rows(tables, "countries", Country, "country"),
            places=_rows(tables, "places", Place, "place"),
            vehicles=_rows(tables, "vehicles", Vehicle, "vehicle"),
            destinations=_rows(tables, "destinations", Destination, "destination"),
            missions=_rows(tables, "missions", KnownMission, "mission"),
            series=_rows(tables, "series", Series, "series"),
            agreements=_rows(tables, "agreements", KnownAgreement, "agreement"),
            lookalikes=tuple(row.name for row in _converted(tables, "lookalikes", Lookalike)),
        )
        _check_references(catalog)
        return msgspec.structs.replace(
            catalog,
            wholes=frozenset(mission.part_of for mission in catalog.missions.values() if mission.part_of),
            by_id={entry.id: entry for _, entry in catalog.entries()},
            by_name=_by_name(catalog),
            agencies={o.agency_of: o.id for o in catalog.organisations.values() if o.agency_of},
        )

    def entries(self) -> Iterator[tuple[Family, Entry]]:
        """Every row with its family, in the order of the tables."""
        for family, table in _families(self):
            for entry in table.values():
                yield family, entry

    def get(self, id_: str) -> Entry | None:
        """Return the row with this id, or None."""
        return self.by_id.get(id_)

    def named(self, name: str) -> tuple[Entry, ...]:
        """Return the rows that bear this name in any spelling, the likeliest first."""
        return tuple(self.by_id[id_] for id_ in self.by_name.get(fold(name), ()))

    def country_of(self, id_: str) -> str | None:
        """Return the country id of an organisation, place or vehicle; a country is its own."""
        if id_ in self.countries:
            return id_
        entry = self.organisations.get(id_) or self.places.get(id_) or self.vehicles.get(id_)
        return entry.country if entry else None

    def agency_of(self, country_id: str) -> str | None:
        """Return the id of a country's space agency: `country/india` → `org/isro`."""
        return self.agencies.get(country_id)

    def metonym(self, place_id: str) -> str | None:
        """Return the country (or union) that a place's name often stands for: `place/tokyo` → `country/japan`."""
        place = self.places.get(place_id)
        return place.stands_for if place else None

    def body_of(self, destination: str | None) -> str | None:
        """Return the id of the body on or near which a destination (id or name) lies: the Moon's south pole → the Moon."""
        entry = self._destination(destination)
        while entry and entry.body:
            entry = self.destinations[entry.body]
        return entry.id if entry else None

    def described(self, parties: Iterable[str], destination: str | None, words: str) -> KnownMission | None:
        """Return the mission meant by an unnamed project such as India and Japan's "joint lunar mission".

        `parties` are ids of countries or organisations (an agency counts as its country), `destination` an id or name, or
        None where the text gives none, `words` the describing phrase. The parties must be exactly those of one known
        project, and its destination the same body; the phrase must say that the project is shared ("joint", or the
        names of the parties) or hold one of the project's own words, and must hold one where no destination is given.
        None when nothing or more than one fits.
        """
        whose = {self.country_of(party) or party for party in parties}
        body, phrase = self.body_of(destination), fold(words)
        best: list[KnownMission] = []
        best_hits = -1
        for mission in self.missions.values():
            for known in mission.described:
                if set(known.parties) != whose or (known.joint and len(whose) < 2):
                    continue
                hits = sum(f" {fold(word)} " in f" {phrase} " for word in known.words)
                if body != self.body_of(known.destination) if body else not hits:
                    continue
                if not hits and not (
                    known.joint and (_TOGETHER.search(phrase) or self._names_all(known.parties, phrase))
                ):
                    continue
                if hits >= best_hits:
                    best = [mission] if hits > best_hits else [*best, mission]
                    best_hits = hits
        return best[0] if len({mission.id for mission in best}) == 1 else None

    def _names_all(self, parties: Iterable[str], phrase: str) -> bool:
        for id_ in parties:
            party = self.get(id_)
            words = [*party.names, party.adjective, *party.demonyms] if isinstance(party, Country) else []
            agency = self.get(self.agencies.get(id_, id_))
            words += agency.names if agency else ()
            if not any(f" {fold(word)} " in f" {phrase} " for word in words):
                return False
        return True

    def _destination(self, name: str | None) -> Destination | None:
        if name is None or name in self.destinations:
            return self.destinations.get(name or "")
        return next((e for e in self.named(name) if isinstance(e, Destination)), None)


def _families(catalog: Catalog) -> tuple[tuple[Family, Mapping[str, Entry]], ...]:
    return (
        ("organisation", catalog.organisations),
        ("country", catalog.countries),
        ("place", catalog.places),
        ("vehicle", catalog.vehicles),
        ("destination", catalog.destinations),
        ("mission", catalog.missions),
        ("series", catalog.series),
        ("agreement", catalog.agreements),
    )


def _where(table: str, row: int | None = None, id_: object = None) -> str:
    return f"config/catalog/{table}.toml" + (f", row {row} ({id_})" if row is not None else "")


def _converted(tables: Mapping[str, Sequence[Mapping[str, object]]], table: str, type_: type[_Row]) -> Iterator[_Row]:
    for number, row in enumerate(tables.get(table, ()), 1):
        try:
            yield msgspec.convert(row, type_)
        except msgspec.ValidationError as error:
            raise ConfigError(_where(table, number, row.get("id", row.get("name"))), str(error)) from error


def _rows(
    tables: Mapping[str, Sequence[Mapping[str, object]]], table: str, type_: type[_AnyEntry], prefix: str
) -> dict[str, _AnyEntry]:
    rows: dict[str, _AnyEntry] = {}
    owners: dict[str, str] = {}
    for number, row in enumerate(_converted(tables, table, type_), 1):
        where = _where(table, number, row.id)
        if not _ID.fullmatch(row.id) or not row.id.startswith(f"{prefix}/"):
            raise ConfigError(where, f"an id here reads {prefix}/words-with-hyphens")
        if row.id in rows:
            raise ConfigError(where, "this id is taken")
        rows[row.id] = row
        for odd in {*row.common, *row.ambiguous} - set(row.names):
            raise ConfigError(where, f"{odd!r} is marked common or ambiguous, and is none of its names")
        for name in row.names:
            if not fold(name):
                raise ConfigError(where, f"{name!r} has no letters or digits")
            if name not in row.ambiguous and owners.setdefault(fold(name), row.id) != row.id:
                raise ConfigError(where, f"{name!r} names {owners[fold(name)]} too; mark one of them ambiguous")
    return rows


def _references(entry: Entry) -> Iterator[tuple[str, str | None]]:
    match entry:
        case Organisation():
            yield from (("country", entry.country), ("country", entry.agency_of))
        case Place():
            yield from (("country", entry.country), ("party", entry.stands_for))
        case Vehicle():
            yield "country", entry.country
        case Destination():
            yield "destination", entry.body
        case KnownMission():
            yield from (("destination", entry.destination), ("mission", entry.part_of))
            yield from (("organisation", operator) for operator in entry.operators)
            for known in entry.described:
                yield "destination", known.destination
                yield from (("party", party) for party in known.parties)
        case Series() | KnownAgreement():
            yield from (("party", party) for party in entry.parties)


def _check_references(catalog: Catalog) -> None:
    by_family: dict[str, Mapping[str, Entry]] = dict(_families(catalog))
    by_family["party"] = {**catalog.organisations, **catalog.countries}
    for family, table in _families(catalog):
        for number, entry in enumerate(table.values(), 1):
            for kind, id_ in _references(entry):
                if id_ is not None and id_ not in by_family[kind]:
                    stem = {"country": "countries", "series": "series"}.get(family, f"{family}s")
                    raise ConfigError(_where(stem, number, entry.id), f"no {kind} {id_!r} in the catalog")


def _by_name(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    ids: dict[str, list[tuple[bool, str]]] = {}
    for _, entry in catalog.entries():
        for name in entry.names:
            ids.setdefault(fold(name), []).append((name in entry.ambiguous, entry.id))
    return {
        name: tuple(dict.fromkeys(id_ for _, id_ in sorted(found, key=lambda f: f[0]))) for name, found in ids.items()
    }
