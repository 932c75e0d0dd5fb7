"""Input that is no thread: one error each, which says what it is and what to do."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argumap import (
    MapBuilder,
    ModelError,
    Thread,
    ThreadParseError,
    UnknownNameError,
    draw,
    dump_thread,
    parse_thread,
    read_thread,
)
from argumap.threads import LARGEST, READERS

CASES = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\n", "blank"),
    "other blanks": ("\x1c\u2003\n".encode(), "blank"),
    "binary": (b"GIF89a\x00\x01", "byte 6 is NUL: this is not text"),
    "latin-1": ("Hühner\nja".encode("latin-1"), r"1: byte 1 \(0xfc\) is not UTF-8\n  convert"),
    "cut off": (b'{"posts": [{"text": "Hens are', r"1:21: not JSON.*\n  the file looks cut off"),
    "unknown": (b'{"hens": 3, "eggs": 2}', r"an object with 'hens', 'eggs'.*\n.*format="),
    "page": (b"<!DOCTYPE html><title>502 Bad &amp; Broken</title>", "HTML page.*502 Bad & Broken"),
    "map": (b'{"version": "argumap-map/1"}', r"an argument map, not a thread\n.*argumap.load"),
    "pdf": (b"%PDF-1.4\n%\xe2\xe3", "this is a PDF, not a thread\n  copy its text"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "XML .svg. of no kind"),
    "7-zip": (b"7z\xbc\xaf\x27\x1c\x00", "packed with 7-Zip\n  unpack it with: 7z x"),
    "empty archive": (b"PK\x05\x06" + bytes(18), "no known kind of folder.*holds nothing"),
    "pointer": (b"version https://git-lfs.github.com/spec/v1\noid x", "LFS pointer.*\n.*lfs pull"),
    "UTF-32": ("Hens?".encode("utf-32"), "text in UTF-32\n  convert it"),
    "XML": (b"<?xml version='1.0'?>\n<!-- x -->\n<Error>no</Error>", "XML .Error. of no kind"),
    "pages of a wiki": (b"<mediawiki><page></page></mediawiki>", "XML .mediawiki. of no kind"),
    "unknown lines": (b'{"a": 1}\n{"a": 2}\n', "lines are JSON objects .the first with 'a'"),
    "Latin-1 JSON": (b'{"a": "h\xe9"}\n', r"txt:1: byte 8 \(0xe9\) is not UTF-8"),
    "one line of two": (b'{"a": 1}\nx', r"txt:2:1: not JSON"),
    "deep": (b'{"a":' + b"[" * 200_000, "nested deeper|not JSON"),
    "newer": (b'{"version": "argumap-thread/9"}', "argumap-thread/9.*\n.*upgrade"),
    "wrong type": (b'{"version": "argumap-thread/1", "posts": 3}', "/posts: "),
}


@pytest.mark.parametrize(("data", "message"), CASES.values(), ids=list(CASES))
def test_bad_files(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "thread.txt"
    path.write_bytes(data)
    with pytest.raises(ThreadParseError, match=f"(?s){message}") as caught:
        read_thread(path)
    assert caught.value.source == str(path)


@pytest.mark.parametrize("ending", ["svg", "dot", "mmd"])
def test_our_own_drawings_are_no_threads(tmp_path: Path, ending: str) -> None:
    builder = MapBuilder()
    wet, rain = builder.claim("It is wet."), builder.claim("It rained.")
    builder.support(rain, wet)
    path = tmp_path / f"map.{ending}"
    for rankdir in ("BT", "RL"):
        draw(builder.build(), rankdir=rankdir).save(path)
        with pytest.raises(ThreadParseError, match=r"DOT, not a|Mermaid, not a|XML .svg. of no"):
            read_thread(path)


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "thread.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ThreadParseError, match="32 MiB"):
        read_thread(path)


def test_missing_file_folder_and_format(tmp_path: Path) -> None:
    with pytest.raises(ThreadParseError, match="no such file"):
        read_thread(tmp_path / "nothing.txt")
    with pytest.raises(UnknownNameError, match="did you mean 'plain'"):
        read_thread(tmp_path / "nothing.txt", format="plian")


@given(st.binary(max_size=300), st.sampled_from([None, *READERS]), st.booleans())
def test_any_bytes_are_a_thread_or_an_error(data: bytes, name: str | None, strict: bool) -> None:  # noqa: FBT001
    with suppress(ThreadParseError, ModelError):
        assert isinstance(parse_thread(data, format=name, strict=strict), Thread)


@given(st.text())
def test_any_text_is_a_thread_or_an_error(text: str) -> None:
    with suppress(ThreadParseError, ModelError):
        assert isinstance(parse_thread(text), Thread)


def test_halves_of_characters_and_endless_ids() -> None:
    items = '{"type": "story", "id": 1, "by": "ana", "time": 1, "title": "Hens \\ud83d!"}'
    assert parse_thread(items).title == "Hens \ufffd!"
    own = r'{"version": "argumap-thread/1", "posts": [{"id": "p1", "text": "Hens \ud83d!"}]}'
    assert parse_thread(own).posts[0].text == "Hens \ufffd!"
    with pytest.raises(ThreadParseError, match=r"^line 2:3: '.ud83d' is half of a"):
        parse_thread("Ana: Hi\nBe\ud83d: No\nAna: Well")
    with pytest.raises(ThreadParseError, match="does not fit its place, /id of a Post"):
        parse_thread(items.replace('"id": 1', f'"id": "{"x" * 2000}"'))


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are any bytes on Linux alone")
def test_a_file_whose_name_is_not_text_can_be_read_and_kept(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/h\xfchner.txt"))
    path.write_text("Ana: Hens are easy.\nBen: No.\nAna: They are.", encoding="utf-8")
    thread = read_thread(path)
    assert thread.source == str(tmp_path / "h\ufffdhner.txt")
    dump_thread(thread, tmp_path / "kept.json")
    assert read_thread(tmp_path / "kept.json") == thread


def test_values_of_the_wrong_kind_do_not_mislead_detection() -> None:
    with pytest.raises(ThreadParseError, match="no kind that is known"):
        parse_thread('{"type": [], "id": 1, "by": 2}')


@pytest.mark.parametrize(
    "text",
    [
        "<!---->" * 9000 + "x",
        "<!-- a -->\n" * 5000 + "x",
        "<?xml version='1.0'?>" + "<!---->" * 9000 + "x",
        "<html>" + "<title" * 10000,
        "<html><title>x</title><p class='comments-node'>" + "<link canonical " * 20000,
        "<html><title>x</title><p class='comments-node'>" + "<script>" * 20000,
        "x\n" + "[[User:a]] 12:34, " * 5000,
        "[quote]\n" * 20000 + "[/quote]\n" * 10000,
    ],
    ids=lambda text: text[:30],
)
def test_what_is_repeated_takes_no_long_time(text: str) -> None:
    started = time.process_time()
    with suppress(ThreadParseError):
        parse_thread(text)
    assert time.process_time() - started < 20
