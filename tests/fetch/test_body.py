"""Bodies are inflated as they come, whole or not at all, and never beyond their limit."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.fetch.body import Body
from tracker.fetch.refusal import Refusal

FEED = b"<rss><channel><title>Lunar news</title></channel></rss>" * 20


def raw_deflate(content: bytes) -> bytes:
    made = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return made.compress(content) + made.flush()


def read(encoding: str | None, *chunks: bytes, max_bytes: int = 10_000, whole: bool = True) -> bytes:
    body = Body(encoding, max_bytes, whole=whole)
    for chunk in chunks:
        body.take(chunk)
    return body.content()


PACKED = {
    None: bytes,
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": gzip.compress,
    "identity, gzip": gzip.compress,
}


@pytest.mark.parametrize("encoding", PACKED)
@settings(deadline=None)
@given(content=st.binary(max_size=3000), sizes=st.lists(st.integers(1, 400), min_size=1))
def test_where_the_chunks_are_cut_makes_no_difference(encoding, content, sizes):
    packed = PACKED[encoding](content)
    chunks, at = [], 0
    while at < len(packed):
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(packed[at : at + size])
        at += size
    assert read(encoding, *chunks) == content


@pytest.mark.parametrize("pack", [zlib.compress, raw_deflate])
@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_deflate_is_read_with_its_wrapping_and_without(pack, size):
    packed = pack(FEED)
    assert read("deflate", *[packed[at : at + size] for at in range(0, len(packed), size)]) == FEED


@settings(deadline=None)
@given(cut=st.integers(0, 200))
def test_files_one_after_another_are_one_body_wherever_the_wire_cut_them(cut):
    packed = gzip.compress(b"first ") + gzip.compress(b"") + gzip.compress(b"second")
    assert read("gzip", packed[:cut], packed[cut:]) == b"first second"


def test_padding_after_the_end_is_no_part_of_the_body():
    assert read("gzip", gzip.compress(FEED) + b"\0" * 512, b"\0" * 512) == FEED


@settings(deadline=None)
@given(st.integers(1, 200))
def test_a_compressed_body_without_its_end_is_no_document(missing):
    packed = gzip.compress(FEED, mtime=0)
    with pytest.raises(Refusal, match="cut short") as refused:
        read("gzip", packed[: max(1, len(packed) - missing)])
    assert refused.value.kind == "http_error"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_empty_answer_is_empty(encoding):
    assert read(encoding) == b""


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_body_that_is_not_what_it_is_said_to_be(encoding):
    with pytest.raises(Refusal, match=f"is said to be {encoding}, and is not"):
        read(encoding, b"<rss>not compressed at all, whatever the header says</rss>")


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd", "compress", "gzip\x1b[31m"])
def test_what_was_not_asked_for_is_refused(encoding):
    with pytest.raises(Refusal) as refused:
        read(encoding, b"x")
    assert refused.value.kind == "http_error"
    assert refused.value.reason.isprintable()


@settings(deadline=None)
@given(st.integers(1, 5000))
def test_the_limit_is_exact(size):
    content = b"a" * size
    assert read("gzip", gzip.compress(content), max_bytes=max(size, 100)) == content
    assert read(None, content, max_bytes=size) == content
    with pytest.raises(Refusal) as refused:
        read(None, content, max_bytes=size - 1)
    assert refused.value.kind == "too_large"


def test_only_the_beginning_is_kept_where_that_is_enough():
    for packed, encoding in ((FEED, None), (gzip.compress(FEED), "gzip")):
        body = Body(encoding, 500, whole=False)
        body.take(packed)
        assert body.content() == FEED[:500]
        assert body.full


def test_a_bomb_is_put_down_while_it_is_small():
    bomb = gzip.compress(b"\0" * (64 * 1024 * 1024), 9)
    body = Body("gzip", 1024 * 1024)
    tracemalloc.start()
    with pytest.raises(Refusal, match="more than 1048576 bytes"):
        body.take(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


def test_a_file_of_nothing_but_beginnings_ends():
    with pytest.raises(Refusal, match="pieces"):
        read("gzip", gzip.compress(b"") * 5000, max_bytes=10**6)
