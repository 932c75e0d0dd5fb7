"""Labels are passed on without the text that they are about, and joined with it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from argumap.extraction.gold import families, read_gold
from argumap.extraction.standoff import stand_off
from commandline import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a thread and its annotation, the text included."""
    first = "We should move, because the rent went up."
    second = "It did not. The new place is too far from the station."
    posts = [
        {"id": "31", "author": "Ana", "parent_id": None, "text": first},
        {"id": "32", "author": "Ben", "parent_id": "31", "text": second},
    ]
    units = [
        {"id": "u1", "post_id": "31", "start": 0, "end": 14, "kind": "claim"},
        {"id": "u2", "post_id": "31", "start": 24, "end": 41, "kind": "premise"},
        {"id": "u3", "post_id": "32", "start": 12, "end": 54, "kind": "claim"},
    ]
    relations = [
        {"source": "u2", "target": "u1", "type": "support", "undercut": False},
        {"source": "u3", "target": "u1", "type": "attack", "undercut": False},
    ]
    stands = [{"post_id": "32", "author": "Ben", "target": "u2", "stance": "denies"}]
    document = {
        "id": "office-1",
        "source": "threads.jsonl",
        "thread": "office",
        "post_ids": ["31", "32"],
        "posts": posts,
        "units": units,
        "relations": relations,
        "endorsements": stands,
    }
    whole = {**document, "id": "office", "units": [], "relations": [], "endorsements": []}
    (tmp_path / "threads.jsonl").write_text(json.dumps(whole) + "\n", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
    return tmp_path


def test_what_is_parted_can_be_joined(folder: Path) -> None:
    labels, joined = str(folder / "labels.jsonl"), folder / "joined.jsonl"
    parted = run("labels", "part", str(folder / "gold.jsonl"), "-o", labels)
    assert parted.returncode == 0, parted.stderr
    row = json.loads((folder / "labels.jsonl").read_text("utf-8"))
    assert "text" not in json.dumps(row)
    assert "rent" not in json.dumps(row)
    done = run("labels", "join", labels, str(folder), "-o", str(joined))
    assert done.returncode == 0, done.stderr
    (mine,), (theirs,) = read_gold(joined), read_gold(folder / "gold.jsonl")
    assert mine.argmap == theirs.argmap
    assert [claim.text for claim in mine.argmap.claims][1] == "the rent went up."


def test_another_text_than_the_labelled_one_is_refused(folder: Path) -> None:
    labels = str(folder / "labels.jsonl")
    assert run("labels", "part", str(folder / "gold.jsonl"), "-o", labels).returncode == 0
    thread = folder / "threads.jsonl"
    thread.write_text(thread.read_text("utf-8").replace("too far", "too near"), encoding="utf-8")
    done = run("labels", "join", labels, str(folder), "-o", str(folder / "joined.jsonl"))
    assert done.returncode == 3
    assert "post '32' of thread 'office' has another text" in done.stderr
    assert not (folder / "joined.jsonl").exists()


def test_a_post_that_is_gone_is_named(folder: Path) -> None:
    row = stand_off(json.loads((folder / "gold.jsonl").read_text("utf-8")))
    row["posts"][1]["post"] = "99"
    (folder / "labels.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    labels = str(folder / "labels.jsonl")
    done = run("labels", "join", labels, str(folder), "-o", str(folder / "joined.jsonl"))
    assert done.returncode == 3
    assert "post '99' of thread 'office' is not there" in done.stderr


@pytest.mark.shared_data
def test_the_labels_that_come_with_argumap_fit_their_threads(
    shared_data: Path, repository: Path, tmp_path: Path
) -> None:
    labels, joined = repository / "labels" / "threads.jsonl", tmp_path / "joined.jsonl"
    done = run("labels", "join", str(labels), str(shared_data), "-o", str(joined))
    assert done.returncode == 0, done.stderr
    count = len(labels.read_text("utf-8").splitlines())
    assert len(read_gold(joined)) == count


def test_own_threads_teach_components_and_links_alone(repository: Path) -> None:
    for gold in read_gold(repository / "labels" / "own.jsonl"):
        assert gold.tasks == {"kind", "relations", "stance", "reply"}
        assert gold.argmap.claims


def test_pieces_of_one_thread_are_one_family(tmp_path: Path) -> None:
    long = "The rent went up again this year, and the year before, and nobody has told us why. " * 2
    rows = [
        {"id": "a", "source": "forum/rent.json", "texts": ["One."]},
        {"id": "b", "source": "elsewhere/rent.json#7", "texts": ["Two."]},
        {"id": "c", "source": "corpus", "texts": ["Three.", long]},
        {"id": "d", "source": "corpus", "texts": ["Four.", long]},
        {"id": "e", "source": "corpus", "texts": ["Five."]},
    ]
    lines = [
        json.dumps(
            {
                **row,
                "posts": [{"id": str(n), "text": text} for n, text in enumerate(row["texts"])],
                "units": [],
                "relations": [],
            }
        )
        for row in rows
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = families(read_gold(tmp_path / "gold.jsonl"))
    assert sorted([each.id for each in family] for family in found) == [
        ["a", "b"],
        ["c", "d"],
        ["e"],
    ]
