"""Each example runs as it stands and leaves the files that it says."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import argumap

if TYPE_CHECKING:
    from pathlib import Path


def run_example(repository: Path, name: str, folder: Path) -> str:
    """Return what an example prints."""
    done = subprocess.run(
        [sys.executable, repository / "examples" / name, folder],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=folder,
    )
    assert done.stderr == ""
    return done.stdout


def test_the_seed_thread(repository: Path, tmp_path: Path) -> None:
    printed = run_example(repository, "seed_thread.py", tmp_path)
    argmap = argumap.load(tmp_path / "seed.json")
    assert argmap.thread is not None
    assert [(post.id, post.parent_id) for post in argmap.thread.posts] == [
        ("p1", None),
        ("p2", "p1"),
        ("p3", "p2"),
    ]
    for claim in argumap.unsupported_claims(argmap):
        assert claim.text in printed
    picture = (tmp_path / "seed.svg").read_text(encoding="utf-8")
    assert all(f">{claim.id} " in picture or f"{claim.id}," in picture for claim in argmap.claims)
    assert (tmp_path / "seed.png").stat().st_size > 10_000
