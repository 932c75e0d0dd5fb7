"""load and dump: detection by content, every fault named, a file replaced whole or not at all."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from argumap import (
    ArgumentMap,
    Claim,
    FormatParseError,
    MapBuilder,
    UnknownNameError,
    dump,
    dumps,
    load,
    loads,
)
from argumap.formats import detect_format

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def weather() -> ArgumentMap:
    builder = MapBuilder("Weather")
    wet, rain = builder.claim("It is wet.", author="Ana"), builder.claim("It rained.")
    builder.support(rain, wet)
    return builder.build()


def test_a_file_holds_what_dumps_returns(weather: ArgumentMap, tmp_path: Path) -> None:
    path = tmp_path / "weather.json"
    dump(weather, path)
    assert path.read_text(encoding="utf-8") == dumps(weather)
    assert load(path) == load(str(path)) == load(path, format="json") == weather
    assert [file.name for file in tmp_path.iterdir()] == ["weather.json"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_line_ends_do_not_matter(
    weather: ArgumentMap, tmp_path: Path, encoding: str, line_end: str
) -> None:
    path = tmp_path / "weather.json"
    path.write_bytes(dumps(weather).replace("\n", line_end).encode(encoding))
    assert load(path) == weather


def test_the_content_decides_not_the_suffix(weather: ArgumentMap, tmp_path: Path) -> None:
    path = tmp_path / "weather.txt"
    dump(weather, path, format="json")
    assert load(path) == weather


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is blank"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is NUL: this is not text"),
        (b'{"version": "argumap-map/1",\n "title": "caf\xe9"}', ":2: byte 43 (0xe9) is not UTF-8"),
        (b"{}", "no argument map in a format that argumap knows"),
        (b"Once upon a time.", "no argument map in a format that argumap knows"),
    ],
    ids=["empty", "blank", "binary", "latin-1", "other JSON", "prose"],
)
def test_a_file_that_is_no_map_is_refused_by_name(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(data)
    with pytest.raises(FormatParseError) as caught:
        load(path)
    assert caught.value.source == str(path)
    assert str(caught.value).startswith(str(path))
    assert words in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(FormatParseError, match=r"none\.json: there is no such file"):
        load(tmp_path / "none.json")
    with pytest.raises(FormatParseError, match="this is a folder, not a file"):
        load(tmp_path)


def test_a_wrong_name_suggests_the_right_one(weather: ArgumentMap, tmp_path: Path) -> None:
    for act in (
        lambda: loads("{}", format="jsno"),
        lambda: load(tmp_path / "not-even-there", format="jsno"),
        lambda: dumps(weather, format="jsno"),
        lambda: dump(weather, tmp_path / "weather.json", format="jsno"),
    ):
        with pytest.raises(UnknownNameError, match="did you mean 'json'"):
            act()
    with pytest.raises(UnknownNameError, match=r"no format with the file ending is called '.jsno'"):
        dump(weather, tmp_path / "weather.jsno")
    assert list(tmp_path.iterdir()) == []


def test_a_file_keeps_its_mode(weather: ArgumentMap, tmp_path: Path) -> None:
    path = tmp_path / "weather.json"
    path.write_text("old")
    path.chmod(0o640)
    dump(weather, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(weather: ArgumentMap, tmp_path: Path) -> None:
    path, link = tmp_path / "weather.json", tmp_path / "link.json"
    path.write_text("old")
    link.symlink_to(path)
    dump(weather, link)
    assert link.is_symlink()
    assert load(path) == weather


def test_what_cannot_be_written_leaves_the_old_file(weather: ArgumentMap, tmp_path: Path) -> None:
    path = tmp_path / "weather.json"
    dump(weather, path)
    lone_surrogate = weather.replace(title="half a pair").model_copy(update={"title": "\ud800"})
    with pytest.raises(ValueError, match="surrogates"):
        dump(lone_surrogate, path)
    assert load(path) == weather
    assert [file.name for file in tmp_path.iterdir()] == ["weather.json"]


# Writes two maps of some megabytes over one file in turn, and says when it has begun.
_WRITER = """
import sys
from argumap import ArgumentMap, Claim, dump
maps = [ArgumentMap(title=t, claims=tuple(Claim(id=f"c{n}", text=t) for n in range(20_000)))
        for t in ("old", "new")]
while True:
    for argmap in maps:
        dump(argmap, sys.argv[1])
        print("written", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
@pytest.mark.parametrize("writes", [1, 2, 4])
def test_a_process_killed_while_writing_leaves_a_whole_file(writes: int, tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(writes):
            assert writer.stdout.readline() == "written\n"
        # The next write is under way, somewhere.
        writer.send_signal(signal.SIGKILL)
    argmap = load(path)
    assert argmap.title in {"old", "new"}
    assert len(argmap.claims) == 20_000
    assert {claim.text for claim in argmap.claims} == {argmap.title}


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("sadface", {"edges": [], "nodes": [{"id": "a", "type": "atom", "text": "x"}]}),
        ("arguebuf", {"edges": {}, "nodes": {"a": {"atom": {"text": "x"}}}}),
        ("aif", {"locutions": [], "nodes": [{"nodeID": "1", "type": "I", "text": "x"}]}),
        ("xaif", {"text": "", "AIF": {"nodes": [], "edges": []}}),
        ("argdown-json", {"arguments": {}, "statements": {}}),
    ],
)
def test_what_tells_a_format_may_stand_far_down(name: str, document: dict[str, object]) -> None:
    far: dict[str, object] = {"arguments": {}} if name == "argdown-json" else {}
    found = detect_format(json.dumps({**far, "notes": "x" * 2_000_000, **document}))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", ["json", "aif", "csv", "argdown", "graphml", "tgf"])
def test_a_text_may_begin_with_a_mark_and_have_any_line_ends(name: str) -> None:
    argmap = ArgumentMap(claims=(Claim(id="a", text="a"), Claim(id="b", text="b")))
    text = dumps(argmap, format=name)
    for line_end in ("\r\n", "\r"):
        assert loads("\ufeff" + text.replace("\n", line_end)) == argmap
