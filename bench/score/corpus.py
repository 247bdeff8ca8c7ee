"""A corpus on disk: documents, gold facts, and who judges them: the scorer that comes with it, or ours."""

import importlib.util
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from bench.score import agree

Fact = dict[str, Any]
"""One gold fact or one claim, with the keys of the contract."""


class Corpus(msgspec.Struct, frozen=True):
    """Where documents lie and what is true of each; gold facts stand by document id."""

    name: str
    documents: Path
    gold: Mapping[str, Sequence[Fact]]
    scorer: ModuleType


def load(folder: Path) -> Corpus:
    """Return the corpus of a folder: `gold/*.gold.json`, and documents under `docs/` or beside `gold/`.

    A `score.py` in it, or beside it, judges; where there is none, `bench.score.agree` does, which counts alike. Raises
    FileNotFoundError where there is no gold.
    """
    gold = folder / "gold"
    if not gold.is_dir():
        raise FileNotFoundError(f"{folder} has no folder gold/")
    facts = {}
    for path in sorted(gold.glob("*.gold.json")):
        told = json.loads(path.read_text("utf-8"))
        facts[told["id"]] = told["facts"]
    documents = folder / "docs"
    return Corpus(folder.name, documents if documents.is_dir() else folder, facts, _scorer(folder))


def number_of(document: str) -> int:
    """The number in the id of a document, by which corpora are parted; 0 where it has none."""
    number = re.search(r"\d+", document)
    return int(number[0]) if number else 0


def _scorer(folder: Path) -> ModuleType:
    above = folder.resolve().parent
    for place in (folder, above, *sorted(each for each in above.iterdir() if each.is_dir())):
        if (file := place / "score.py").is_file():
            spec = importlib.util.spec_from_file_location("corpus_scorer", file)
            assert spec is not None  # noqa: S101  (a file ending in .py always has one)
            assert spec.loader is not None  # noqa: S101  (the same)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    return agree
