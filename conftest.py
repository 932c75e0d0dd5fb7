"""Runs the snippets of README and docs: Python as it stands, console commands with output."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sybil import Example

HERE = Path(__file__).resolve().parent


def run_console(example: Example) -> str | None:
    """Run the commands of a console block; return what differs from the output shown.

    Lines that begin with ``$`` are commands; those after it are all that it prints, standard error
    after standard output. A line that is just ``…`` stands for any number of lines.
    """
    shown = example.parsed
    parts = re.split(r"^\$ ", shown, flags=re.MULTILINE)[1:]
    for part in parts:
        command, _, expected = part.partition("\n")
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", *shlex.split(command)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
        )
        printed = done.stdout + done.stderr
        pattern = "".join(
            r"(?:.*\n)*" if line.strip() == "…" else re.escape(line.rstrip()) + r"[ ]*\n"
            for line in expected.strip().splitlines()
        )
        if not re.fullmatch(pattern, printed.strip() + "\n"):
            lines = zip_longest(expected.strip().splitlines(), printed.strip().splitlines())
            first = next((pair for pair in lines if pair[0] != pair[1]), None)
            return f"$ {command}\nprinted:\n{printed}\nfirst difference: {first}"
    return None


@pytest.fixture(scope="module")
def reader_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run the snippets of one page in a folder of its own, with the examples beside them."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "examples").symlink_to(HERE / "examples")
    before = Path.cwd()
    os.chdir(folder)
    yield
    os.chdir(before)


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        CodeBlockParser("console", run_console),
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    fixtures=["reader_folder"],
).pytest()
