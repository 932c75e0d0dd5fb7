"""Threads in, tables out: every record is a row, and work that is done is not done again."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from argumap import Corpus, contested_claims, dump, unsupported_claims
from argumap.corpus import BuildReport, Progress, build_corpus
from argumap.errors import CorpusError, UnknownNameError
from corpus.extractors import Sentences
from corpus.material import thread, write_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from argumap.corpus import Shard, ShardReport

    Rows = Callable[..., list[dict[str, Any]]]
    Content = Callable[[Path], dict[str, bytes]]

EXTRACTOR = "corpus.extractors:Sentences"


def build(source: Path, out: Path, **options: Any) -> BuildReport:
    defaults = {"extractor": EXTRACTOR, "workers": 1, "shard_size": 5}
    return build_corpus(source, out, **{**defaults, **options})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "town.jsonl", map(thread, range(12)))


def test_the_tables_say_of_each_thread_what_its_map_says(
    source: Path, tmp_path: Path, rows: Rows
) -> None:
    report = build(source, tmp_path / "out")
    maps = [Sentences().extract(thread(number)) for number in range(12)]
    threads = rows(tmp_path / "out")
    assert [row["thread"] for row in threads] == [f"town.jsonl#{n}" for n in range(1, 13)]
    for row, argmap in zip(threads, maps, strict=True):
        assert argmap.thread is not None
        assert row["status"] == "ok"
        assert row["title"] == argmap.title
        assert (row["posts"], row["authors"]) == (len(argmap.thread.posts), len(argmap.authors))
        assert row["claims"] == len(argmap.claims)
        assert row["unsupported"] == len(unsupported_claims(argmap))
        assert row["contested"] == len(contested_claims(argmap))
    claims = rows(tmp_path / "out", "claims")
    assert [claim["text"] for claim in claims] == [c.text for m in maps for c in m.claims]
    for number, argmap in enumerate(maps, 1):
        mine = [claim for claim in claims if claim["thread"] == f"town.jsonl#{number}"]
        assert [c["id"] for c in mine if not c["supports"]] == [
            claim.id for claim in unsupported_claims(argmap)
        ]
        assert [c["id"] for c in mine if c["rebuttals"]] == [
            claim.id for claim in contested_claims(argmap)
        ]
        assert sum(c["reason_for"] for c in mine) == len(argmap.supports)
        assert sum(c["reason_against"] for c in mine) == len(argmap.rebuttals)
    mentions = rows(tmp_path / "out", "mentions")
    posts = {f"town.jsonl#{n + 1}": {p.id: p for p in thread(n).posts} for n in range(12)}
    for mention in mentions:
        post = posts[mention["thread"]][mention["post_id"]]
        assert post.text[mention["span_start"] : mention["span_end"]] == mention["quote"]
    assert report.rows == {
        "threads": 12,
        "claims": len(claims),
        "mentions": len(mentions),
        "relations": sum(len(argmap.relations) for argmap in maps),
    }


def test_a_second_build_finds_everything_done(
    source: Path, tmp_path: Path, content: Content
) -> None:
    first = build(source, tmp_path / "out")
    files = content(tmp_path / "out")
    second = build(source, tmp_path / "out")
    assert (first.shards, first.resumed) == (3, 0)
    assert (second.shards, second.resumed) == (3, 3)
    assert second.rows == first.rows
    assert content(tmp_path / "out") == files


@pytest.mark.parametrize(
    ("changed", "redone"),
    [(3, 1), (12, 1), (None, 3)],
    ids=["a thread of the first shard", "a thread more", "the settings"],
)
def test_only_what_changed_is_done_again(
    source: Path, tmp_path: Path, rows: Rows, changed: int | None, redone: int
) -> None:
    build(source, tmp_path / "out")
    threads = [thread(number) for number in range(12)]
    if changed is not None:
        threads[changed : changed + 1] = [thread(changed, title="Changed, and longer")]
    write_jsonl(source, threads)
    report = build(source, tmp_path / "out", maps=changed is None)
    assert report.shards - report.resumed == redone
    titles = [row["title"] for row in rows(tmp_path / "out")]
    assert titles == [each.title for each in threads]


def test_a_folder_of_files_each_with_its_threads(tmp_path: Path, rows: Rows) -> None:
    folder = tmp_path / "lists"
    (folder / "2019").mkdir(parents=True)
    (folder / "2019" / "a.txt").write_text("Ana: Cats sleep a lot.\nBen: Not mine.\nAna: Lucky.\n")
    (folder / "b.txt").write_bytes(b"")
    dump(Sentences().extract(thread(1)), folder / "c.json")
    write_jsonl(folder / "d.jsonl", [thread(2), thread(3)])
    (folder / ".hidden").write_text("not read")
    report = build(folder, folder / "out")
    assert [(row["thread"], row["status"]) for row in rows(folder / "out")] == [
        ("2019/a.txt#1", "ok"),
        ("b.txt#1", "error"),
        ("c.json#1", "ok"),
        ("d.jsonl#1", "ok"),
        ("d.jsonl#2", "ok"),
    ]
    assert report.errors == {"ThreadParseError": 1}
    assert rows(folder / "out")[1]["message"].startswith("b.txt: ")


def test_a_folder_that_is_one_source_stands_as_one(tmp_path: Path, rows: Rows) -> None:
    corpus = tmp_path / "all" / "kit"
    corpus.mkdir(parents=True)
    utterances = [
        {"id": f"u{n}", "conversation_id": f"u{n % 2}", "speaker": "Ana", "text": f"Cat {n}.",
         "reply_to": f"u{n % 2}" if n > 1 else None, "timestamp": n}
        for n in range(6)
    ]  # fmt: skip
    lines = "".join(f"{json.dumps(each)}\n" for each in utterances)
    (corpus / "utterances.jsonl").write_text(lines)
    (corpus / "corpus.json").write_text("{}")
    (tmp_path / "all" / "a.txt").write_text("Ana: Cats sleep a lot.\nBen: Not mine.\nAna: Lucky.\n")
    for source, keys in (
        (tmp_path / "all", ["a.txt#1", "kit#1", "kit#2"]),
        (corpus, ["kit#1", "kit#2"]),
    ):
        report = build(source, tmp_path / "out")
        assert ([row["thread"] for row in rows(tmp_path / "out")], report.errors) == (keys, {})


def test_a_file_more_in_a_folder_redoes_its_own_shard_only(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(f"Ana: Note {number}.\nBen: Why?\nAna: So.\n")
    first = build(folder, tmp_path / "out")
    (folder / "030b.txt").write_text("Ana: One more.\nBen: Why?\nAna: So.\n")
    second = build(folder, tmp_path / "out")
    assert first.shards > 5
    assert second.threads == 61
    assert second.shards - second.resumed <= 2


def test_a_file_of_several_threads_is_staged_and_cut(tmp_path: Path, rows: Rows) -> None:
    posts = [
        {"id": f"c{n}", "link_id": f"t3_{n % 7}", "parent_id": f"t3_{n % 7}", "author": "ana",
         "body": f"Cat {n} sleeps. It is tired.", "created_utc": 1546300800 + n}
        for n in range(21)
    ]  # fmt: skip
    dump_file = tmp_path / "RC.ndjson"
    lines = [json.dumps(post) for post in posts]
    dump_file.write_text("\n".join([*lines[:9], '{"broken', *lines[9:]]) + "\n")
    report = build(dump_file, tmp_path / "out", shard_size=3)
    assert (report.shards, report.threads, report.errors) == (3, 7, {})
    threads = rows(tmp_path / "out")
    assert [row["thread"] for row in threads] == [f"RC.ndjson#{n}" for n in range(1, 8)]
    assert [row["posts"] for row in threads] == [3] * 7
    assert sum(row["skipped"] for row in threads) == 1
    assert Corpus(tmp_path / "out").thread("RC.ndjson#2").source == "RC.ndjson"
    again = build(dump_file, tmp_path / "out", shard_size=3)
    assert again.resumed == 3


def test_maps_are_kept_on_request(source: Path, tmp_path: Path, rows: Rows) -> None:
    build(source, tmp_path / "out", maps=True)
    kept = rows(tmp_path / "out", "maps")
    assert len(kept) == 12
    assert json.loads(kept[0]["map"])["version"] == "argumap-map/1"
    build(source, tmp_path / "out")
    assert rows(tmp_path / "out", "maps") == []


def test_tables_without_rows_are_there_all_the_same(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", ["{broken"])
    report = build(source, tmp_path / "out")
    assert report.rows == {"threads": 1, "claims": 0, "mentions": 0, "relations": 0}
    assert Corpus(tmp_path / "out").query("unsupported").fetchall() == []


def test_any_engine_does_the_same_work(source: Path, tmp_path: Path, content: Content) -> None:
    def backwards(
        run: Callable[[Shard], ShardReport], shards: Iterator[Shard]
    ) -> Iterator[ShardReport]:
        for shard in reversed(list(shards)):
            yield pickle.loads(pickle.dumps(run))(shard)  # noqa: S301  # as another process has it

    report = build(source, tmp_path / "there", engine=backwards)
    assert report == build(source, tmp_path / "here")
    assert content(tmp_path / "there") == content(tmp_path / "here")


def test_progress_ends_with_everything(source: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    build(source, tmp_path / "out", progress=told.append)
    assert [each.threads for each in told] == sorted(each.threads for each in told)
    assert (told[-1].threads, told[-1].share, told[-1].left) == (12, 1.0, 0.0)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"extractor": "ruels"}, UnknownNameError, "did you mean 'rules'"),
        ({"extractor": "no.such:Thing"}, CorpusError, "'no.such:Thing' cannot be imported"),
        ({"extractor": "corpus.material:thread"}, CorpusError, "thread"),
        ({"extractor": "corpus.extractors:os"}, CorpusError, "is no extractor"),
    ],
)
def test_a_wrong_extractor_is_told_at_once(
    source: Path, tmp_path: Path, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        build(source, tmp_path / "out", **options)
    assert not (tmp_path / "out" / "corpus.json").exists()


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file or folder"):
        build(tmp_path / "nothing", tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="holds no files"):
        build(tmp_path / "empty", tmp_path / "out")


def test_without_pyarrow_the_extra_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import argumap\n"
        "try: argumap.build_corpus('x', 'y')\n"
        "except argumap.MissingExtraError as fault: print(fault)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert "pip install 'argumap[corpus]'" in done.stdout
