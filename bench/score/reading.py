"""Reads the documents of a corpus as the tracker does, without writing anything."""

import sys
from collections.abc import Mapping, Sequence

import msgspec

from bench.score.corpus import Corpus, Fact
from tracker.app import App
from tracker.capture.item import Given, Refused

Claims = Mapping[str, Sequence[Fact]]
"""Claims by the id of their document, with the keys of the contract."""


def claims_in(corpus: Corpus, app: App) -> Claims:
    """Return what is claimed in each document; one that is refused is named on standard error and claims nothing."""
    named = sorted(str(path) for path in corpus.documents.iterdir() if path.stem in corpus.gold and path.is_file())
    say(f"{corpus.name}: reading {len(named)} documents")
    claims: dict[str, list[Fact]] = {}
    for line in app.preview.sources(named, given=Given(), today=app.today()):
        if isinstance(line, Refused):
            say(f"{line.source}: {line.reason}")
        else:
            claims.setdefault(line.document_id, []).append(msgspec.to_builtins(line))
    return claims


def say(text: str) -> None:
    """Tell whoever waits how far it is."""
    sys.stderr.write(text + "\n")
