"""Pieces that several tables share."""

import re
from collections.abc import Sequence
from typing import Literal

from rich.table import Table
from rich.text import Text

from tracker.cli.text import clean, one_line
from tracker.services.queries.quotes import Sentence

MODALITIES = {"actual": "", "planned": "planned", "possible": "possible", "denied": "denied"}
_STYLES = {"actual": "", "planned": "cyan", "possible": "yellow", "denied": "red"}
_CODE = re.compile(r"[a-z_]+")
GONE = "(the text is no longer held)"
_CURATED = "(a curator's word)"


def table(*columns: str, title: str | None = None, right: Sequence[str] = ()) -> Table:
    """Return an empty table in the house style."""
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    for name in columns:
        justify: Literal["left", "right"] = "right" if name in right else "left"
        made.add_column(name, justify=justify, overflow="fold")
    return made


def valued(value: str, modality: str, *, contested: bool = False) -> Text:
    """Return a value coloured by how certain it is meant."""
    shown = value.replace("_", " ") if _CODE.fullmatch(value) else value
    text = Text(one_line(shown), style=_STYLES.get(modality, ""))
    if modality == "possible":
        text.append("?")
    if contested:
        text.append(" contested", style="red")
    return text


def words(quote: str | None, claim_id: str, width: int) -> str:
    """Return a quote in quotation marks on one line, or why there is none."""
    if quote is not None:
        return f"“{one_line(quote, width)}”"
    return _CURATED if claim_id.startswith("pin_") else GONE


def quoted(sentence: Sentence | None, quote: str | None) -> Text:
    """Return a sentence with its quote marked, or the quote alone."""
    if sentence is None:
        return Text(f"“{one_line(quote)}”" if quote else GONE)
    text = Text("“")
    text.append(clean(sentence.before).lstrip())
    text.append(clean(sentence.quote), style="bold reverse")
    text.append(clean(sentence.after).rstrip() + "”")
    return text


def dated(published: str, basis: str) -> str:
    """Return a publication date with how it is known, unless it was given."""
    return published if basis in ("given", "text") else f"{published} ({basis})"
