"""Builds web archives, and damages them."""

import gzip
import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2024-05-06T07:08:09Z"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
TEXT = (("Content-Type", "text/plain"),)


def response(body, *, url="https://example.org/a", headers=HTML, status="200 OK", kind="response", **fields):
    """One record as warcio writes it, not packed."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    head = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind in ("response", "revisit") else None
    names = {"WARC-Date": DATE} | {name.replace("_", "-"): value for name, value in fields.items()}
    writer.write_record(
        writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=names
        )
    )
    return out.getvalue()


def page(number):
    """A page whose words tell its number, and where it lies."""
    html = (
        f"<html><body><article><p>The hopper numbered {number} crossed the bay on Monday.</p></article></body></html>"
    )
    return response(html.encode(), url=f"https://example.org/{number}")


def packed(*records):
    """Each record a gzip member of its own, as the standard has it."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
