"""The documented schema, the schema in the files, and what the rows hold are one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
from hypothesis import given, settings

from argumap import contested_claims, unsupported_claims
from argumap.corpus import TABLES, VERSION, build_corpus
from argumap.corpus.tables import map_rows, thread_row
from corpus.material import thread, write_jsonl
from strategies import maps

if TYPE_CHECKING:
    from pathlib import Path

    from argumap import ArgumentMap


def test_the_documentation_lists_the_columns_as_they_are(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "corpus-tables.md").read_text(encoding="utf-8")
    for name, columns in TABLES.items():
        section = page.split(f"## `{name}`", 1)[1].split("\n## ", 1)[0]
        assert re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", section, re.MULTILINE) == [
            (column.name, column.type, column.meaning) for column in columns
        ]
    assert VERSION in page


def test_every_file_says_what_it_is(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", [thread(0)])
    build_corpus(
        source, tmp_path / "out", extractor="corpus.extractors:Sentences", maps=True, workers=1
    )
    for name, columns in TABLES.items():
        [path] = (tmp_path / "out" / name).iterdir()
        schema = pq.read_schema(path)
        assert schema.metadata[b"argumap.corpus"].decode() == VERSION
        assert schema.names == [column.name for column in columns]
        for column in columns:
            assert schema.field(column.name).metadata[b"meaning"].decode() == column.meaning


def _by_name(table: str, rows: list[list[Any]]) -> list[dict[str, Any]]:
    names = [column.name for column in TABLES[table]]
    return [dict(zip(names, row, strict=True)) for row in rows]


@given(maps())
@settings(max_examples=25)
def test_the_counts_of_a_row_are_those_of_the_map(argmap: ArgumentMap) -> None:
    [row] = _by_name("threads", [thread_row("s", 1, "", argmap=argmap)])
    tables = map_rows("s#1", argmap)
    claims = _by_name("claims", tables["claims"])
    relations = _by_name("relations", tables["relations"])
    assert row["unsupported"] == len(unsupported_claims(argmap))
    assert row["contested"] == len(contested_claims(argmap))
    assert [c["id"] for c in claims if not c["supports"]] == [
        claim.id for claim in unsupported_claims(argmap)
    ]
    assert sum(c["supports"] for c in claims) == row["supports"]
    assert sum(c["rebuttals"] for c in claims) == row["rebuttals"]
    assert sum(r["undercuts"] for r in relations) == row["undercuts"]
    assert sum(c["reason_for"] for c in claims) == sum(len(s.premises) for s in argmap.supports)
    assert sum(c["reason_against"] for c in claims) == row["rebuttals"] + row["undercuts"]
    assert all(c["supports_undercut"] <= c["supports"] for c in claims)
    assert sum(c["supports_undercut"] for c in claims) == sum(
        bool(r["undercuts"]) for r in relations if r["kind"] == "support"
    )
    assert len(tables["mentions"]) == sum(c["mentions"] for c in claims)
