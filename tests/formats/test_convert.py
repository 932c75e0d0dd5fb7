"""``argumap convert`` as a user meets it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from argumap import MapBuilder, dump, dumps, load

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "argumap", "convert", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    builder = MapBuilder("Weather")
    wet, rain = builder.claim("It is wet."), builder.claim("It rained.", author="Ana")
    builder.rebuttal(builder.claim("It is dry."), wet)
    builder.support(rain, wet)
    dump(builder.build(), tmp_path / "map.json")
    return tmp_path


def test_a_map_is_written_in_the_format_of_the_ending(folder: Path) -> None:
    done = run("map.json", "map.argdown", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wrote map.argdown\n")
    assert load(folder / "map.argdown") == load(folder / "map.json")


def test_what_would_be_lost_is_refused_and_named(folder: Path) -> None:
    done = run("map.json", "map.apx", cwd=folder)
    assert done.returncode == 1
    assert "apx cannot carry all of this map:" in done.stderr
    assert "  - support 'r2' of 'c1' by 'c2'" in done.stderr
    assert "--lossy" in done.stderr
    assert not (folder / "map.apx").exists()


def test_told_to_lose_it_writes_and_tells_the_same(folder: Path) -> None:
    done = run("map.json", "map.apx", "--lossy", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "  - support 'r2' of 'c1' by 'c2'" in done.stderr
    assert (folder / "map.apx").read_text() == "arg(c1).\narg(c2).\narg(c3).\natt(c3,c1).\n"


def test_a_report_lists_it_and_writes_nothing(folder: Path) -> None:
    done = run("map.json", "map.apx", "--report", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "support 'r2' of 'c1' by 'c2'" in done.stdout.splitlines()
    assert not (folder / "map.apx").exists()
    assert run("map.json", "map.graphml", "--report", cwd=folder).stdout == ""


def test_standard_input_and_output(folder: Path) -> None:
    argmap = load(folder / "map.json")
    done = run("-", "-", "--to", "aif", cwd=folder, stdin=dumps(argmap, format="argdown"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == dumps(argmap, format="aif")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("map.json", "map.xyz"), 2, "no format with the file ending is called '.xyz'"),
        (("map.json", "out", "--to", "kialo"), 2, "no format to write is called 'kialo'"),
        (("map.json", "out.apx", "--from", "graphm"), 2, "did you mean 'graphml'"),
        (("none.json", "out.aif"), 3, "none.json: there is no such file"),
        (("map.json", "out.aif", "--from", "argdown"), 3, "map.json:"),
    ],
)
def test_mistakes_are_told_in_words(
    arguments: tuple[str, ...], code: int, words: str, folder: Path
) -> None:
    done = run(*arguments, cwd=folder)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_supports_are_read_as_attacks_by_a_translation_with_a_name(folder: Path) -> None:
    done = run("map.json", "map.apx", "--lossy", "--supports", "general", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "support 'r2'" not in done.stderr
    assert (folder / "map.apx").read_text().count("att(") == 1
    slip = run("map.json", "other.apx", "--supports", "generel", cwd=folder)
    assert slip.returncode == 2
    assert "did you mean 'general'" in slip.stderr
    assert not (folder / "other.apx").exists()
