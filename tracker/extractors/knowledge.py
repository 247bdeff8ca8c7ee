"""What reading knows beforehand: the catalog of names and the lexicon of cues, both from data files."""

from collections.abc import Mapping, Sequence

import msgspec

from tracker.extractors.catalog import Catalog
from tracker.extractors.lexicon import Lexicon

Table = Sequence[Mapping[str, object]]


class Knowledge(msgspec.Struct, frozen=True):
    """Loaded once, handed to every reading."""

    catalog: Catalog
    lexicon: Lexicon
