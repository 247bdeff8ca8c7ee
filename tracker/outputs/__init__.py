"""What people take away and subscribe to: answers in, bytes out. Pure.

One file for each format; `FORMATS` lists them, and says which views each can hold and from which answers it is made. `feed.py` and
`entry.py` are what Atom and JSON Feed share, `rows.py` what csv and Parquet share, `place.py` knows addresses and lasting names.
"""

from collections.abc import Mapping
from typing import get_args

from tracker.errors import ConfigError
from tracker.outputs import atom, csv, ics, jsonl, jsonld, parquet
from tracker.outputs.format import Format, Output, View

VIEWS: tuple[View, ...] = get_args(View)

FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format(
            "csv",
            ".csv",
            "text/csv",
            {
                "status": Output("subjects", csv.writer("status")),
                "history": Output("changes", csv.writer("history")),
                "claims": Output("claims", csv.writer("claims")),
            },
        ),
        Format(
            "jsonl",
            ".jsonl",
            "application/x-ndjson",
            {
                "status": Output("subjects", jsonl.write),
                "history": Output("changes", jsonl.write),
                "claims": Output("claims", jsonl.write),
            },
        ),
        Format(
            "jsonld",
            ".jsonld",
            "application/ld+json",
            {
                "status": Output("subjects", jsonld.writer(jsonld.subject)),
                "history": Output("changes", jsonld.writer(jsonld.change)),
                "claims": Output("claims", jsonld.writer(jsonld.claim)),
            },
        ),
        Format("ics", ics.SUFFIX, ics.MEDIA_TYPE, {"status": Output("dates", ics.write)}),
        Format("atom", atom.SUFFIX, atom.MEDIA_TYPE, {"history": Output("newest", atom.write)}),
        Format(
            "parquet",
            ".parquet",
            "application/vnd.apache.parquet",
            {
                "status": Output("subjects", parquet.writer("status")),
                "history": Output("changes", parquet.writer("history")),
                "claims": Output("claims", parquet.writer("claims")),
            },
            text=False,
        ),
    )
}


def output(name: str, view: View) -> Output:
    """Return how a view is written in a format. Raises ConfigError for a format that there is not, or that cannot hold the view."""
    made = FORMATS.get(name)
    if made is None:
        raise ConfigError("--format", f"there is no {name!r}; known: {', '.join(FORMATS)}")
    if view not in made.outputs:
        fits = ", ".join(one.name for one in FORMATS.values() if view in one.outputs)
        holds = " or ".join(made.outputs)
        raise ConfigError("--format", f"{name} holds the {holds}, not the {view}; for the {view} take one of {fits}")
    return made.outputs[view]
