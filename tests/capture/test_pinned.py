"""Bytes to pinned text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.capture.pinned import decode, is_of_the_web, pin

TELEGRAM = "The crew’s café – by the pad – reopens; “at last”, said its owner."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_saved_by_any_editor_reads_the_same(encoding):
    assert pin(decode(TELEGRAM.encode(encoding), guess=True)) == TELEGRAM


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Космический аппарат «Чайка» полетит в следующем году, сообщили строители порта.", "cp1251"),
        ("着陸機は来年、港から打ち上げられる予定だと関係者が述べた。天候が許せば夜になる。", "shift_jis"),
    ],
)
def test_a_legacy_text_is_read_when_a_charset_explains_it(text, encoding):
    assert decode(text.encode(encoding), guess=True) == text


def test_a_declared_charset_is_taken_at_its_word():
    assert decode("Ł".encode("iso-8859-2"), charset="iso-8859-2") == "Ł"


def test_a_charset_that_takes_the_square_of_its_bytes_is_not_even_tried():
    """A hostile page may declare any codec that Python has; a megabyte of Punycode would take minutes."""
    start = time.process_time()
    with pytest.raises(ValueError, match="no charset of the web"):
        decode(b"\xff" * 300_000 + b"a" * 700_000 + b"-" + b"bcdz9" * 100_000, charset="punycode")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("charset", ["no-such-charset", "ascii", "rot13", "utf-8"])
def test_a_declared_charset_that_does_not_fit_is_named(charset):
    with pytest.raises(ValueError, match="no valid UTF-8"):
        decode(b"\xff\xff\xff", charset=charset)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"a hopper \xff flew", "no other charset explains it"),
        (b"abc \xc3\x28 def", "no other charset explains it"),
        ("hopper’s – ".encode() + b"\xe2\x80 x", "the file is damaged"),
        (b"\xff\xfea", "begins as UTF-16 but is none"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
    ],
)
def test_bytes_that_nothing_explains_are_refused(raw, reason):
    with pytest.raises(ValueError, match=reason):
        decode(raw, guess=True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        (" \n\t ", "white space"),
        ("a\0b", "binary"),
        ("\x01\x02\x03 hop", "binary"),
        ("a \ud800 b", "lone surrogate"),
    ],
)
def test_what_is_no_text_is_refused(text, reason):
    with pytest.raises(ValueError, match=reason):
        pin(text)


def test_accents_stay_as_the_publisher_typed_them():
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    assert pin(composed) == composed
    assert pin(decomposed) == decomposed


@given(st.text())
def test_pinning_changes_line_ends_only_and_is_done_once(text):
    try:
        pinned = pin(text)
    except ValueError:
        return
    assert pinned == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not pinned.startswith("\ufeff"):
        assert pin(pinned) == pinned


@given(st.binary())
def test_any_bytes_are_text_or_a_reason(raw):
    try:
        reason = "" if decode(raw, guess=True) is not None else "nothing"
    except ValueError as error:
        reason = str(error)
    assert reason != "nothing"
    assert "\n" not in reason


@pytest.mark.parametrize(
    "charset",
    [
        "UTF-8",
        "utf8",
        "utf-16le",
        "ISO-8859-15",
        "iso_8859-1",
        "latin1",
        "windows-1252",
        "cp1251",
        "x-sjis",
        "Shift_JIS",
        "EUC-KR",
        "gb2312",
        "GB18030",
        "big5-hkscs",
        "koi8-r",
        "us-ascii",
        "TIS-620",
        "macintosh",
        "iso-2022-jp",
    ],
)
def test_the_charsets_of_the_web_are_known_however_they_are_spelt(charset):
    assert is_of_the_web(charset)


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "utf-7", "unicode_escape", "rot13", "zip", "base64", "", "../utf-8"]
)
def test_codecs_that_are_no_charsets_of_the_web_are_not(charset):
    assert not is_of_the_web(charset)
