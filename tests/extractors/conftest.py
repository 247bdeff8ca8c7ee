"""The catalog and the lexicon as they ship, loaded once."""

import tomllib
from pathlib import Path

import pytest

from tracker.domain.document import Document, DocumentRef
from tracker.domain.ids import DocumentId
from tracker.extractors.catalog import Catalog
from tracker.extractors.knowledge import Knowledge
from tracker.extractors.rules.subjects.subjects import find_subjects
from tracker.knowledge import load

CATALOG = Path(__file__).resolve().parents[2] / "config" / "catalog"


@pytest.fixture(scope="session")
def catalog_tables() -> dict[str, list[dict[str, object]]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8"))[path.stem] for path in sorted(CATALOG.glob("*.toml"))}


@pytest.fixture(scope="session")
def catalog(catalog_tables) -> Catalog:
    return Catalog.from_tables(catalog_tables)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(CATALOG.parent)


@pytest.fixture(scope="session")
def document():
    """Make a document of a text: `document(text, published, title)`."""

    def make(text: str, published: str = "2024-05-01", title: str | None = None) -> Document:
        ref = DocumentRef(
            id=DocumentId("doc_test"), version=1, published=published, published_basis="given", title=title
        )
        return Document(ref, text)

    return make


@pytest.fixture(scope="session")
def read(catalog):
    def find(text, published="2024-05-10", name="doc-1"):
        ref = DocumentRef(id="doc_1", version=1, published=published, published_basis="given", external_id=name)
        return {s.id: s for s in find_subjects(Document(ref, text), catalog)}

    return find
