"""Documents by their words: of each the newest version whose text is held."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, select

from tracker.domain.ids import DocumentId
from tracker.language.words import Term
from tracker.store.dialects.dialect import Dialect
from tracker.store.tables import searchable


class Search:
    """The index of words inside one transaction."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self._connection, self._words = connection, dialect.words
        self._driver = connection.connection.driver_connection

    def put(
        self, position: int, document_id: DocumentId, text_digest: str, *, title: Sequence[str], body: Sequence[str]
    ) -> None:
        """Make a version of a document searchable in the place of any earlier one; `position` is of its capture."""
        self._drop(searchable.c.document_id == document_id)
        row = {"position": position, "document_id": document_id, "text_digest": text_digest}
        self._connection.execute(searchable.insert(), row)
        self._words.put(self._driver, position, title, body)

    def find(self, wanted: Sequence[Term], *, limit: int) -> list[tuple[DocumentId, str]]:
        """Return document and digest of its text, the best first."""
        positions = self._words.find(self._driver, wanted, limit)
        query = select(searchable).where(searchable.c.position.in_(positions))
        found = {
            row.position: (DocumentId(row.document_id), row.text_digest) for row in self._connection.execute(query)
        }
        return [found[position] for position in positions]

    def forget(self, text_digests: Collection[str]) -> None:
        """Take texts out of the index, with every trace of their words."""
        if self._drop(searchable.c.text_digest.in_(sorted(text_digests))):
            self._words.forget(self._driver)

    def _drop(self, which: ColumnElement[bool]) -> bool:
        gone = list(self._connection.execute(select(searchable.c.position).where(which)).scalars())
        if gone:
            self._connection.execute(searchable.delete().where(searchable.c.position.in_(gone)))
            self._words.remove(self._driver, gone)
        return bool(gone)
