"""Questions to a corpus, and the way back from a row to its map, its thread and its picture."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from argumap import Corpus, build_corpus, contested_claims, draw, unsupported_claims
from argumap.corpus import QUESTIONS
from argumap.errors import CorpusError, QuestionError, UnknownNameError
from corpus.extractors import Sentences
from corpus.material import thread, write_jsonl

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES: dict[str, Any] = {
    "extractor": "corpus.extractors:Sentences",
    "workers": 1,
    "shard_size": 4,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    source = write_jsonl(folder / "town.jsonl", [*map(thread, range(10)), "{broken"])
    build_corpus(source, folder / "out", **SENTENCES)
    return folder


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    return Corpus(folder / "out")


MAPS = {f"town.jsonl#{n + 1}": Sentences().extract(thread(n)) for n in range(10)}


def test_claims_that_lack_support_or_are_contested_are_those_of_the_maps(corpus: Corpus) -> None:
    for name, query in (("unsupported", unsupported_claims), ("contested", contested_claims)):
        found = corpus.query(name).select("thread, id, text").fetchall()
        assert found == [
            (key, claim.id, claim.text) for key, argmap in MAPS.items() for claim in query(argmap)
        ]


def test_unanswered_rebuttals_are_in_the_order_of_the_input(corpus: Corpus) -> None:
    contested = {
        (key, claim.id) for key, argmap in MAPS.items() for claim in contested_claims(argmap)
    }
    assert corpus.query("unanswered").select("thread, id, against").fetchall() == [
        (key, rebuttal.id, rebuttal.target)
        for key, argmap in MAPS.items()
        for rebuttal in argmap.rebuttals
        if (key, rebuttal.source) not in contested
    ]


def test_authors_are_counted_over_all_threads(corpus: Corpus) -> None:
    columns = "author, threads, asserts, unsupported, contested"
    found = {row[0]: row[1:] for row in corpus.query("authors").select(columns).fetchall()}
    claims = [(key, m, claim) for key, m in MAPS.items() for claim in m.claims]
    for author in {name for argmap in MAPS.values() for name in argmap.authors}:
        mine = [(key, argmap, claim) for key, argmap, claim in claims if author in claim.authors]
        assert found.pop(author) == (
            len({key for key, _, _ in mine}),
            len(mine),
            sum(claim in unsupported_claims(argmap) for _, argmap, claim in mine),
            sum(claim in contested_claims(argmap) for _, argmap, claim in mine),
        )
    assert not found


def test_every_record_is_a_thread_or_an_error(corpus: Corpus) -> None:
    threads = corpus.query("threads").select("thread").fetchall()
    errors = corpus.query("errors").select("thread, error").fetchall()
    assert [key for (key,) in threads] == list(MAPS)
    assert errors == [("town.jsonl#11", "ThreadParseError")]
    assert (corpus.threads, corpus.errors) == (11, {"ThreadParseError": 1})


def test_a_condition_may_ask_the_tables(corpus: Corpus) -> None:
    some = corpus.query(
        "unsupported", where="thread IN (SELECT thread FROM threads WHERE posts = 1)"
    )
    assert {row[0] for row in some.select("thread").fetchall()} == {
        f"town.jsonl#{n + 1}" for n in range(0, 10, 3)
    }
    assert corpus.query("authors", where="author = 'Ana'").fetchall()[0][0] == "Ana"


@pytest.mark.parametrize("where", ["nonesuch > 3", "posts >", "1; DROP TABLE claims", "", "'"])
def test_a_wrong_condition_is_told_in_words(corpus: Corpus, where: str) -> None:
    with pytest.raises(QuestionError, match="DuckDB does not take the condition"):
        corpus.query("threads", where=where).fetchall()


@pytest.mark.parametrize("question", ["SELECT nonesuch FROM claims", "SELEKT", "SELECT FROM"])
def test_wrong_sql_is_told_in_words(corpus: Corpus, question: str) -> None:
    with pytest.raises(QuestionError):
        corpus.sql(question)


def test_an_unknown_name_suggests_one(corpus: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'unsupported'"):
        corpus.query("unsuported")
    with pytest.raises(UnknownNameError, match="did you mean 'claims'"):
        corpus.table("claim")
    with pytest.raises(UnknownNameError, match=r"did you mean 'town\.jsonl#11'"):
        corpus.map("town.jsonl#111")


def test_a_row_leads_back_to_its_map_its_thread_and_its_picture(corpus: Corpus) -> None:
    for key, argmap in MAPS.items():
        assert corpus.thread(key).title == argmap.title
        again = corpus.map(key)
        assert (again.claims, again.relations) == (argmap.claims, argmap.relations)
    assert "needs a bridge" in draw(corpus.map("town.jsonl#3")).svg


def test_the_way_back_is_closed_when_the_input_has_changed(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", map(thread, range(3)))
    build_corpus(source, tmp_path / "out", **SENTENCES)
    write_jsonl(source, [thread(0), thread(1, title="Other"), thread(2)])
    corpus = Corpus(tmp_path / "out")
    with pytest.raises(CorpusError, match="no more what it was"):
        corpus.thread("t.jsonl#2")
    source.unlink()
    with pytest.raises(CorpusError, match="the input is gone"):
        corpus.map("t.jsonl#1")


def test_kept_maps_need_no_input(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", map(thread, range(3)))
    build_corpus(source, tmp_path / "out", maps=True, **SENTENCES)
    before = Corpus(tmp_path / "out").map("t.jsonl#2")
    source.unlink()
    (tmp_path / "out").rename(tmp_path / "moved")
    assert Corpus(tmp_path / "moved").map("t.jsonl#2") == before


def test_the_way_back_to_a_record_that_failed_tells_why(corpus: Corpus) -> None:
    with pytest.raises(CorpusError, match="ended in an error: ThreadParseError"):
        corpus.map("town.jsonl#11")


def test_search_finds_claims_by_words_phrases_and_beginnings(corpus: Corpus) -> None:
    towns = [hit.text for hit in corpus.search("TOWN bridge", limit=100)]
    assert sorted(towns) == sorted(f"Town {n} needs a bridge." for n in range(10))
    assert {hit.text for hit in corpus.search('"a ferry" enou*')} == {"A ferry is enough!"}
    assert corpus.search('"ferry a"') == []
    assert [hit.thread for hit in corpus.search("town 7")] == ["town.jsonl#8"]
    for text in ("", "*", '"', "AND", "NEAR(", "a:b", "-x", "(", "^", "\0", "'"):
        corpus.search(text)


def test_search_follows_a_new_build(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", map(thread, range(10)))
    build_corpus(source, tmp_path / "out", **SENTENCES)
    assert len(Corpus(tmp_path / "out").search("bridge", limit=99)) == 10
    write_jsonl(source, [*map(thread, range(8)), thread(80), thread(9), thread(81)])
    build_corpus(source, tmp_path / "out", **SENTENCES)
    found = Corpus(tmp_path / "out").search("bridge", limit=99)
    assert sorted(hit.text for hit in found) == sorted(
        f"Town {n} needs a bridge." for n in (*range(8), 80, 9, 81)
    )


def test_what_is_no_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="argumap corpus build"):
        Corpus(tmp_path)
    (tmp_path / "corpus.json").write_text('{"version": "argumap-corpus/9"}')
    with pytest.raises(CorpusError, match="argumap-corpus/9"):
        Corpus(tmp_path)
    (tmp_path / "corpus.json").write_text("[")
    with pytest.raises(CorpusError, match=r"corpus\.json"):
        Corpus(tmp_path)


def test_without_duckdb_the_extra_is_named(folder: Path) -> None:
    code = (
        "import sys; sys.modules['duckdb'] = None\n"
        "import argumap\n"
        "try: argumap.Corpus(sys.argv[1])\n"
        "except argumap.MissingExtraError as fault: print(fault)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pip install 'argumap[corpus]'" in done.stdout


def test_every_question_is_described_and_can_be_asked(corpus: Corpus) -> None:
    for name, question in QUESTIONS.items():
        assert question.meaning
        assert corpus.query(name).columns
