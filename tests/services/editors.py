"""A small newsroom whose reader is simple enough to foresee, and editors who decide about what it found."""

import re

from tracker.app import App
from tracker.capture.item import Given
from tracker.domain.claim import make_claim
from tracker.domain.document import Evidence
from tracker.domain.ids import SubjectId, slug
from tracker.extractors.catalog import Catalog
from tracker.extractors.extractor import Extractor
from tracker.extractors.knowledge import Knowledge
from tracker.services.curation.desk import Signed
from tracker.settings import load

ANN = Signed("Ann", "read it twice")
BEN = Signed("Ben", "asked the agency")
CATALOG = {"missions": [{"id": "mission/lupex", "name": "LUPEX"}]}

_SAID = re.compile(
    r"(?P<name>[A-Z][\w-]+)(?:, also called (?P<alias>[\w-]+),)? "
    r"(?:launches in (?P<year>\d{4}(?:-\d\d)?)|is (?P<status>[a-z_]+)|carries (?P<party>\w+: \w+))"
    r"(?P<doubt> perhaps)?"
)


def find(document, _knowledge):
    """`LUPEX launches in 2025`, `LUPEX is approved`, `LUPEX, also called Hare, is approved perhaps`."""
    for match in _SAID.finditer(document.text):
        attribute = "launch_date" if match["year"] else "status" if match["status"] else "party"
        yield make_claim(
            document,
            kind="mission",
            entity=match["name"],
            entity_id=SubjectId(f"mission/{slug(match['name'])}"),
            attribute=attribute,
            value=match["year"] or match["status"] or match["party"],
            modality="planned" if match["year"] else "actual",
            evidence=Evidence(*match.span()),
            aliases=(match["alias"],) if match["alias"] else (),
            confidence_ppm=300_000 if match["doubt"] else 900_000,
        )


def opened(database, clock):
    """An application on a database, with that reader."""
    knowledge = Knowledge(catalog=Catalog.from_tables(CATALOG), lexicon=None)
    app = App(load({"database": database, "log_level": "error"}, {}), clock=clock, knowledge=knowledge)
    app.__dict__["extractors"] = {"rules": Extractor("rules", "1", lambda d, k: tuple(find(d, k)))}
    return app


class Newsroom:
    """Prints, and looks at what came of it."""

    def __init__(self, app, folder):
        self.app, self._folder, self._documents = app, folder, {}
        self.values, self.subjects = app.curation.values, app.curation.subjects
        self.sources = app.curation.sources

    def print(self, name, published, text, publisher=None):
        path = self._folder / f"{name}.txt"
        path.write_text(text)
        given = Given(published=published, publisher=publisher)
        (line,) = self.app.ingest.sources([str(path)], given=given, today=self.app.today())
        self._documents[name] = line.document_id

    def says(self, attribute="launch_date", subject="LUPEX", **moment):
        as_of = self.app.query.moment(**moment)
        return [v.value for v in self.app.query.subject(subject, as_of=as_of).attributes.get(attribute, ())]

    def shown(self, subject="LUPEX", attribute="launch_date"):
        (value,) = self.app.query.subject(subject).attributes[attribute]
        return value

    def claim(self, name, attribute="launch_date"):
        """The id of the one claim of a document."""
        (one,) = self.ledger(document=self._documents[name], attribute=attribute)
        return one.claim_id

    def ledger(self, **chosen):
        return self.app.curation.claims.claims(**chosen)

    def bytes(self, subject="mission/lupex"):
        """The view as it is kept, byte for byte."""
        with self.app.store.reading() as reading:
            build, _ = reading.views.live("missions")
            return reading.views.get(build, subject)

    @property
    def end(self):
        with self.app.store.reading() as reading:
            return reading.log.last_position()


def moved(did):
    return [(c.attribute, c.old, c.new, c.change) for c in did.changes]
