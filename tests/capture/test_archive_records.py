"""The records of an archive: those that warcio finds, and those behind damage, which it does not."""

import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tests.capture.archives import TEXT, packed, page, response
from tracker.capture.warc import Damage, Records
from tracker.domain.bookmark import Bookmark

SHAPES = ["plain", "packed", "one member"]


def shaped(shape, *records):
    if shape == "plain":
        return b"".join(records)
    return packed(*records) if shape == "packed" else gzip.compress(b"".join(records))


def read(raw, begin=Bookmark(), *, seekable=True):  # noqa: B008 -- frozen
    """Number, address and block of each record, or the damage."""
    stream = io.BytesIO(raw)
    stream.seekable = lambda: seekable
    found = []
    for one in Records(stream, begin, packed=raw.startswith(b"\x1f\x8b")):
        if isinstance(one, Damage):
            found.append(one)
            continue
        block = b""
        while part := one.read(1000):
            block += part
        if one.finish() is None:
            found.append((one.number, one.fields.get("warc-target-uri"), block, one.begin))
    return found


BODIES = st.lists(
    st.binary(max_size=300) | st.sampled_from([b"\r\n\r\n", b"\nWARC/1.0\r\n", b"WARC/1.1\r\n\r\n"]), max_size=6
)


@given(bodies=BODIES, shape=st.sampled_from(SHAPES))
@settings(max_examples=60, deadline=None)
def test_whatever_is_in_the_blocks_the_records_are_those_that_were_written(bodies, shape):
    raws = [response(body, url=f"https://example.org/{n}", headers=TEXT) for n, body in enumerate(bodies)]
    found = read(shaped(shape, *raws))
    assert [(number, url) for number, url, _, _ in found] == [
        (n + 1, f"https://example.org/{n}") for n in range(len(bodies))
    ]
    assert [block.partition(b"\r\n\r\n")[2] for _, _, block, _ in found] == bodies
    # Another reader agrees.
    theirs = ArchiveIterator(io.BytesIO(shaped("packed" if shape == "one member" else shape, *raws)))
    assert [record.content_stream().read() for record in theirs] == bodies


@pytest.mark.parametrize("shape", SHAPES)
def test_from_every_bookmark_the_rest_is_found_again(shape):
    raw = shaped(shape, *map(page, range(1, 8)))
    whole = read(raw)
    for place, (number, _, _, begin) in enumerate(whole):
        assert begin.records == number - 1
        assert read(raw, begin) == whole[place:]
    assert all(begin.within == 0 for _, _, _, begin in whole) == (shape != "one member")


def with_length(record, length):
    head, _, rest = record.partition(b"Content-Length: ")
    return head + b"Content-Length: %d" % length + rest[rest.index(b"\r\n") :]


DAMAGES = {
    "too long": lambda record: with_length(record, len(record) + 90),
    "far too long": lambda record: with_length(record, 10**14),
    "too short": lambda record: with_length(record, 50),
    "no length": lambda record: record.replace(b"Content-Length", b"Contents-Length"),
    "a word for a length": lambda record: record.replace(b"Content-Length: ", b"Content-Length: about ", 1),
    "another magic": lambda record: b"X" + record[1:],
    "an endless header": lambda record: record.replace(
        b"WARC-Date", b"WARC-Note: " + b"x" * 100_000 + b"\r\nWARC-Date", 1
    ),
    "cut off in the block": lambda record: record[:-40],
    "cut off in the header": lambda record: record[:60],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("harm", DAMAGES)
def test_a_damaged_record_is_told_with_its_place_and_the_next_is_found(shape, harm):
    records = [page(1), DAMAGES[harm](page(2)), page(3), page(4)]
    found = read(shaped(shape, *records))
    good = [one for one in found if not isinstance(one, Damage)]
    assert [url[-1] for _, url, _, _ in good] == ["1", "3", "4"]
    first = next(one for one in found if isinstance(one, Damage))
    assert (first.number, first.last) == (2, False)
    at = {"plain": len(records[0]), "packed": len(packed(records[0])), "one member": 0}[shape]
    assert first.begin == Bookmark(at, len(records[0]) if shape == "one member" else 0, 1)
    assert first.reason


@pytest.mark.parametrize("place", [0, 1, 3, 12, 40, -20, -5, -1])
def test_a_bit_that_flipped_in_a_packed_record_costs_that_record(place):
    members = [packed(page(n)) for n in range(1, 6)]
    harmed = bytearray(members[2])
    harmed[place] ^= 0x10
    found = read(b"".join([*members[:2], bytes(harmed), *members[3:]]))
    assert [one[1][-1] for one in found if not isinstance(one, Damage)][:2] == ["1", "2"]
    assert [one[1][-1] for one in found if not isinstance(one, Damage)][-2:] == ["4", "5"]
    damage = [one for one in found if isinstance(one, Damage)]
    # Some bits of a gzip header mean nothing.
    assert [one.begin.at_byte for one in damage] == [len(members[0] + members[1])] or (place == 3 and not damage)


def test_bytes_between_records_are_passed_over_and_told():
    found = read(page(1) + b"left over from a crash\r\n" * 3 + page(2))
    assert [one.number for one in found if isinstance(one, Damage)] == [2]
    assert [one[1][-1] for one in found if not isinstance(one, Damage)] == ["1", "2"]


def test_a_pipe_cannot_go_back_and_says_that_the_rest_is_lost():
    found = read(page(1) + DAMAGES["no length"](page(2)) + page(3), seekable=False)
    assert [one[1][-1] for one in found[:1]] == ["1"]
    assert found[1].last


def test_an_archive_of_nothing_but_wrong_lengths_is_not_read_again_for_ever():
    """Each claims the whole rest: read again for every record, that would be the square of the archive."""
    record = with_length(page(1), 3_000_000)
    raw = record * 4000
    stream = io.BytesIO(raw)
    taken = 0
    read_ = stream.read

    def counted(size=-1):
        nonlocal taken
        found = read_(size)
        taken += len(found)
        return found

    stream.read = counted
    found = list(Records(stream, packed=False))
    assert found[-1].last
    assert taken < (1 << 28) + 8 * len(raw)


def test_magic_numbers_without_members_behind_them_take_linear_time():
    raw = packed(page(1)) + b"\x1f\x8b\x08\x00" * 300_000
    found = read(raw)
    assert [one.last for one in found if isinstance(one, Damage)] == [True]


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([b"WARC/1.0\r\n", b"Content-Length: 3\r\n", b"\r\n", b"abc", b"\x1f\x8b\x08\0"])).map(
        b"".join
    )
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_records_or_damage(raw):
    for begin in (raw, gzip.compress(raw)):
        for one in read(begin):
            assert isinstance(one, tuple | Damage)


def test_a_small_archive_may_have_many_damaged_records():
    found = read(b"".join(DAMAGES["too long"](page(n)) if n % 2 else page(n) for n in range(61)))
    assert [one[1].rpartition("/")[2] for one in found if not isinstance(one, Damage)] == [
        str(n) for n in range(0, 61, 2)
    ]
    assert not any(one.last for one in found if isinstance(one, Damage))


def test_reading_the_same_again_and_again_comes_to_an_end():
    """Each record claims half the archive, and none ends where it says."""
    record = with_length(response(b"x" * 20_000, headers=TEXT), 8_000_000)
    found = list(Records(io.BytesIO(record * 800), packed=False))
    assert found[-1].last
    assert len(found) < 800


@pytest.mark.parametrize("within", [0, 1, 10_000])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_bookmark_into_nowhere_finds_the_next_record_or_none(shape, within):
    raw = shaped(shape, *map(page, range(1, 8)))
    for at_byte in (1, len(raw) // 2, len(raw) - 3, len(raw) + 5):
        found = read(raw, Bookmark(at_byte, within, 3))
        urls = [one[1] for one in found if not isinstance(one, Damage)]
        assert urls == [f"https://example.org/{n}" for n in range(8 - len(urls), 8)]
