"""The commands as a user meets them: what is printed where, what is written, how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import argumap
from commandline import run

THREAD = """\
Ana: We should move the office, because the rent went up again.
Ben: I disagree. The new place is too far from the station.
Ana: It is only five minutes by bus.
"""


@pytest.fixture
def thread_file(tmp_path: Path) -> Path:
    path = tmp_path / "thread.txt"
    path.write_text(THREAD, encoding="utf-8")
    return path


def test_map_tells_what_was_found_and_writes_each_output(thread_file: Path) -> None:
    done = run("map", thread_file.name, "-o", "m.json", "-o", "m.svg", cwd=thread_file.parent)
    assert done.returncode == 0, done.stderr
    argmap = argumap.load(thread_file.parent / "m.json")
    assert f"{len(argmap.claims)} claims" in done.stdout
    unsupported = argumap.unsupported_claims(argmap)
    assert f"{len(unsupported)} of {len(argmap.claims)} claims lack support" in done.stdout
    for claim in unsupported:
        assert claim.quote is not None
        assert claim.quote in " ".join(done.stdout.split())
    assert done.stderr.splitlines() == ["wrote m.json", "wrote m.svg"]
    assert (thread_file.parent / "m.svg").read_text(encoding="utf-8").startswith("<svg")


def test_standard_input_and_output() -> None:
    done = run("map", "-", "-o", "-", stdin=THREAD)
    assert done.returncode == 0, done.stderr
    argmap = argumap.loads(done.stdout)
    assert "lack support" in done.stderr
    piped = run("query", "-", "unsupported", "--format", "json", stdin=done.stdout)
    asked = {row["id"] for row in json.loads(piped.stdout)}
    assert asked == {claim.id for claim in argumap.unsupported_claims(argmap)}


def test_a_map_and_its_thread_give_the_same_answer(thread_file: Path) -> None:
    folder = thread_file.parent
    assert run("map", "thread.txt", "-o", "m.json", cwd=folder).returncode == 0
    of_thread = run("query", "thread.txt", "contested", cwd=folder)
    of_map = run("query", "m.json", "contested", cwd=folder)
    assert of_thread.stdout == of_map.stdout
    assert of_map.returncode == 0


def test_draw_writes_a_picture_and_says_so(thread_file: Path) -> None:
    folder = thread_file.parent
    done = run("draw", "thread.txt", "-o", "m.png", "-o", "m.dot", cwd=folder)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert (folder / "m.png").read_bytes().startswith(b"\x89PNG\r\n")
    assert (folder / "m.dot").read_text(encoding="utf-8").startswith("digraph")


def test_thread_shows_posts_authors_and_answers(thread_file: Path) -> None:
    done = run("thread", str(thread_file))
    assert done.returncode == 0, done.stderr
    assert "3 posts by 2 authors" in done.stdout
    assert "The new place is too far from the station." in done.stdout


_DANGLING = b"""{"version": "argumap-map/1", "relations": [
  {"kind": "rebuttal", "id": "r1", "source": "c1", "target": "c2"}]}"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"PNG\x00\x01\x02", "byte 3 is NUL"),
        ("Ana: Größe ist nicht alles.".encode("latin-1"), "is not UTF-8"),
        (b'{"version": "argumap-map/1", "claims": [', "cut off"),
        (b'{"version": "argumap-map/9"}', "argumap-map/9"),
        (_DANGLING, "'c1', which is not in the map"),
        (b'{"version": "argumap-map/1", "claims": [{"id": 7, "text": "t"}]}', "/claims/0/id"),
    ],
)
def test_a_broken_input_is_one_clear_error_and_nothing_is_written(
    tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "input").write_bytes(content)
    done = run("map", "input", "-o", "m.json", "-o", "m.svg", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["input"]


def test_a_file_larger_than_a_thread_can_be_is_refused_at_once(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50 * 2**20)
    done = run("map", "big.txt", "-o", "m.svg", cwd=tmp_path)
    assert done.returncode == 3
    assert "50 MiB" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["big.txt"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    done = run("map", "nothing.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr == "error: nothing.txt: there is no such file\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("map", "thread.txt", "-o", "m.pgn"), "did you mean '.png'?"),
        (("query", "thread.txt", "unsuported"), "did you mean 'unsupported'?"),
        (("map", "thread.txt", "--from", "redit"), "no format is called 'redit'"),
        (("mpa", "thread.txt"), "No such command"),
        (("draw", "thread.txt"), "Missing option"),
        (("draw", "thread.txt", "-o", "m.svg", "--engine", "dot"), "known: auto, embedded, system"),
        (("map", "thread.txt", "-o", "map"), "'map' has no ending that says what to write"),
        (("convert", "m.json", "map"), "'map' has no ending that says what to write; --to names"),
        (("convert", "m.json", "m.svg"), ".svg is a picture: argumap draw IN -o m.svg"),
        (("query", "thread.txt", "main", "--as-of", "now"), "no post, and no time such as 2026"),
        (("train", "gold.jsonl"), "nothing is asked for: give --output, --folds or both"),
        (("query", "thread.txt", "explain"), "0 given, where explain asks about 1: argumap query"),
        (("evaluate", "thread.txt", "--base", "0.3"), "changes nothing with --semantics grounded"),
        (("evaluate", "thread.txt", "--how", "removal"), "changes nothing with --semantics"),
        (("evaluate", "thread.txt", "--semantics", "euler", "--base", "3"), "from 0 to 1"),
    ],
)
def test_wrong_usage_ends_with_2_before_anything_is_written(
    thread_file: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(*arguments, cwd=thread_file.parent)
    assert done.returncode == 2, done.stderr
    assert message in done.stderr
    assert [path.name for path in thread_file.parent.iterdir()] == ["thread.txt"]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("no/such/folder/m.json", "no/such/folder: there is no such folder"),
        ("folder", "folder: this is a folder; name a file in it"),
        ("folder.svg", "folder.svg: this is a folder"),
    ],
)
def test_an_output_that_cannot_be_written_ends_with_1_before_anything_is_read(
    tmp_path: Path, output: str, message: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.svg").mkdir()
    for command in (
        *(("map", "no such thread", "-o", output), ("draw", "no such thread", "-o", output)),
        *(
            ("train", "no such file", "-o", output),
            ("labels", "part", "no such file", "-o", output),
        ),
        ("convert", "no such map", output, "--to", "json"),
    ):
        done = run(*command, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, ""), done.stderr
        assert done.stderr.startswith(f"error: {message}")


def test_standard_output_that_is_full_is_named(thread_file: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs a device that is full")
    with full.open("w") as out:
        command = [sys.executable, "-m", "argumap", "map", str(thread_file)]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: standard output: ")


def test_a_scale_of_nothing_is_refused(thread_file: Path) -> None:
    folder = thread_file.parent
    done = run("draw", "thread.txt", "-o", "m.png", "--scale", "0", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "error: scale is 0, and has to be more than 0\n")
    assert [path.name for path in folder.iterdir()] == ["thread.txt"]


def test_a_thread_without_claims_is_told_as_such() -> None:
    done = run("map", "-", stdin="Ana: What time is it?\nBen: Five.\nAna: Thanks.\n")
    assert done.returncode == 0
    assert "No claim was found" in done.stdout


_GERMAN = """Ana: Wir sollten umziehen, weil die Miete gestiegen ist. Aber die Wohnung ist zu weit,
so dass ich jeden Tag eine Stunde im Bus sitze.
Ben: Das stimmt nicht. Der Bus ist schnell, weil die Stadt neue Spuren hat.
"""


def test_a_map_of_a_thread_in_another_language_is_told_not_to_be_trusted() -> None:
    assert "do not trust this map" in " ".join(run("map", "-", stdin=_GERMAN).stdout.split())
    english = "Ana: We should move, because the rent went up. " + "It did, and it will again. " * 5
    assert "do not trust" not in run("map", "-", stdin=english).stdout


@pytest.mark.parametrize("group", [(), ("corpus",), ("store",), ("labels",)])
def test_what_each_command_does_is_told_whole(group: tuple[str, ...]) -> None:
    done = run(*group, "--help", columns=80)
    assert done.returncode == 0
    told = done.stdout.split("Commands:")[1].splitlines()
    assert told
    assert [line for line in told if line.endswith("...")] == []


def test_text_of_strangers_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("Ana: It is \x1b[31mred\x07 because of \u202eheat.\n" * 2)
    for command in (("map", "t.txt"), ("thread", "t.txt"), ("query", "t.txt", "unsupported")):
        done = run(*command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert not set("\x1b\x07\u202e") & set(done.stdout + done.stderr)


def test_a_reader_that_goes_away_is_no_error(thread_file: Path) -> None:
    command = [sys.executable, "-m", "argumap", "map", str(thread_file), "-o", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_the_version() -> None:
    assert run("--version").stdout == f"argumap {argumap.__version__}\n"
