"""Argdown beside its official parser: it accepts and refuses the same, and finds the same.

Runs where Node and the parser are: install it anywhere with ``npm install @argdown/core``, and
name that folder in the environment variable ``ARGDOWN``.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from argumap import ArgumentMap, FormatParseError, dumps
from argumap.formats.argdown.parser import parse
from strategies import maps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argumap.formats.argdown.document import Argument, Member, Section, Statement

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Any]]:
    """Return the official parser as a function from text to what it finds."""
    home = Path(os.environ.get("ARGDOWN", "no such folder"))
    if not (home / "node_modules/@argdown/core").is_dir() or shutil.which("node") is None:
        pytest.skip("Node and @argdown/core are not here (ARGDOWN names their folder)")
    folder = tmp_path_factory.mktemp("official")
    (folder / "node_modules").symlink_to(home.resolve() / "node_modules")
    shutil.copy(HERE / "official.mjs", folder)
    with subprocess.Popen(
        ["node", "official.mjs"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def read(text: str) -> Any:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(text + "\0")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield read
        process.stdin.close()


def _ours(text: str) -> Any:
    try:
        document = parse(text)
    except FormatParseError as fault:
        return {"rejected": fault.message, "line": fault.line}

    def member(m: Member) -> dict[str, Any]:
        return {
            "text": None if m.is_reference else m.text.strip(),
            "reference": m.is_reference,
            "role": m.role,
            "tags": m.tags,
            "data": m.data,
        }

    def owner(o: Statement | Argument) -> dict[str, Any]:
        return {
            "members": [member(m) for m in o.members],
            "tags": o.tags,
            "section": o.section,
            "data": o.data,
        }

    def section(s: Section) -> dict[str, Any]:
        fields = {name: getattr(s, name) for name in ("id", "level", "title", "tags", "data")}
        return {**fields, "children": [section(child) for child in s.children]}

    def steps(a: Argument) -> list[dict[str, Any]]:
        return [
            {
                "title": step.member.title,
                "role": step.member.role,
                "rules": step.rules,
                "data": step.data,
            }
            for step in a.steps
        ]

    return {
        "statements": {title: owner(s) for title, s in document.statements.items()},
        "arguments": {
            title: {**owner(a), "steps": steps(a)} for title, a in document.arguments.items()
        },
        "relations": sorted(
            "|".join(map(str, (r.kind, *r.source, *r.target))) for r in document.relations
        ),
        "sections": [section(s) for s in document.sections],
        "tags": sorted(document.tags),
        "frontMatter": document.front_matter,
    }


CASES = (HERE / "argdown-cases.txt").read_text(encoding="utf-8").split("\n~~~~\n")


@pytest.mark.parametrize("text", CASES, ids=range(len(CASES)))
def test_the_same_is_found_or_refused(text: str, official: Callable[[str], Any]) -> None:
    theirs, ours = official(text), _ours(text)
    assert ("rejected" in ours) == ("rejected" in theirs), theirs.get("rejected")
    if "rejected" not in theirs:
        assert ours == theirs
    elif theirs["line"] is not None:
        assert abs(ours["line"] - theirs["line"]) <= 1


@pytest.mark.parametrize("seed", range(4))
def test_the_same_is_found_in_texts_put_together_of_pieces(
    seed: int, official: Callable[[str], Any]
) -> None:
    rng = random.Random(seed)  # noqa: S311 # no secret
    lines = [line + "\n" for text in CASES for line in text.splitlines()]
    for _ in range(100):
        text = "".join(rng.choices(lines, k=rng.randint(1, 8)))
        theirs, ours = official(text), _ours(text)
        assert ("rejected" in ours) == ("rejected" in theirs), text
        if "rejected" not in theirs:
            assert ours == theirs, text


@settings(max_examples=60)
@given(argmap=maps())
def test_what_is_written_is_accepted_and_means_the_same(
    argmap: ArgumentMap, official: Callable[[str], Any]
) -> None:
    text = dumps(argmap, format="argdown")
    assert official(text) == _ours(text)
