"""The questions and evaluations as a user of the command line meets them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from argumap import ArgumentMap, Claim, Mention, Post, Rebuttal, Span, Support, Thread, dump, loads
from argumap.cli import app
from argumap.errors import UnknownNameError
from argumap.queries import QUERIES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    texts = ("=We should move.", "The rent went up.", "It is too far.")
    posts = tuple(
        Post(id=f"p{n}", author=author, text=text, url=f"https://example.org/{n}")
        for n, (author, text) in enumerate(zip(("Ana", "Ana", "Ben"), texts, strict=True))
    )
    claims = tuple(
        Claim(
            id=f"c{n}",
            text=post.text,
            mentions=(
                Mention(
                    author=post.author,
                    span=Span(post_id=post.id, start=0, end=len(post.text)),
                    quote=post.text,
                ),
            ),
        )
        for n, post in enumerate(posts)
    )
    relations = (
        Support(id="s", premises=("c1",), conclusion="c0"),
        Rebuttal(id="r", source="c2", target="c0"),
    )
    argmap = ArgumentMap(claims=claims, relations=relations, thread=Thread(posts=posts))
    path = tmp_path / "map.json"
    dump(argmap, path)
    return path


def _run(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_each_claim_comes_with_its_words_author_link_and_reason(map_file: Path) -> None:
    told = " ".join(_run("query", map_file, "unsupported").split())
    assert "c2 Ben https://example.org/2 “It is too far.” Ben gives no reason for c2." in told


def test_the_other_claims_of_an_answer_come_with_their_words(map_file: Path) -> None:
    told = _run("query", map_file, "contested").splitlines()
    assert told[-2:] == [
        "      c0 (Ana) is rebutted by c2 (Ben).",
        "        c2: It is too far.",
    ]


def test_every_question_is_listed_and_can_be_asked(map_file: Path) -> None:
    listed = _run("query", map_file, "list")
    for name, query in QUERIES.items():
        assert name in listed
        assert query.title in listed
        about = {"CLAIM": ["c0", "c1"], "[CLAIM]": ["c0"], "PERSON": ["Ana", "Ben"]}
        named = [about[each].pop(0) for each in query.about]
        for written_as in ("text", "json", "csv", "markdown"):
            assert _run("query", map_file, name, *named, "--format", written_as).strip()


def test_rows_are_the_same_in_json_and_csv(map_file: Path) -> None:
    rows = json.loads(_run("query", map_file, "contested", "--format", "json"))
    assert rows[0]["reason"] == "c0 (Ana) is rebutted by c2 (Ben)."
    (row,) = csv.DictReader(io.StringIO(_run("query", map_file, "contested", "--format", "csv")))
    assert row["claims"] == "c0, c2"
    assert row["text"] == "'=We should move."  # no formula for a spreadsheet
    assert row["url"] == "https://example.org/0"


def test_a_part_of_a_map_is_a_map(map_file: Path) -> None:
    part = loads(_run("query", map_file, "around", "c1", "--format", "json"))
    assert [claim.id for claim in part.claims] == ["c0", "c1", "c2"]


def test_a_map_can_be_asked_as_it_was(map_file: Path) -> None:
    assert "None found" in _run("query", map_file, "contested", "--as-of", "p1")
    with pytest.raises(UnknownNameError, match="no post, and no time such as 2026"):
        _run("query", map_file, "contested", "--as-of", "p9")


def test_too_few_names_are_wrong_usage(map_file: Path) -> None:
    done = CliRunner().invoke(app, ["query", str(map_file), "chains", "c0"])
    assert done.exit_code == 2
    assert "argumap query FILE chains CLAIM CLAIM" in done.output


@pytest.mark.parametrize(
    ("semantics", "words"),
    [
        ("grounded", "2 accepted, 1 rejected, 0 undecided"),
        ("preferred", "1 preferred extension"),
        ("df-quad", "0.500"),
        ("discussion-based", "tier 2"),
    ],
)
def test_evaluate(map_file: Path, semantics: str, words: str) -> None:
    assert words in _run("evaluate", map_file, "--semantics", semantics)
    rows = json.loads(_run("evaluate", map_file, "--semantics", semantics, "--format", "json"))
    assert {row["id"] for row in rows} == {"c0", "c1", "c2"}
    assert all(row["standing"] for row in rows)


def test_contributions_and_base_scores(map_file: Path) -> None:
    told = _run("evaluate", map_file, "--contributions-to", "c0", "--how", "removal")
    assert "Contributions to c0 by removal and df-quad" in told
    arguments = ["--contributions-to", "c0", "--base", "0.2", "--format", "json"]
    rows = json.loads(_run("evaluate", map_file, *arguments))
    assert rows
    assert all(float(row["contribution"]) for row in rows)
    done = CliRunner().invoke(
        app, ["evaluate", str(map_file), "--semantics", "euler", "--base", "high"]
    )
    assert done.exit_code == 2
    assert "neither a number from 0 to 1 nor confidence" in done.output


def test_a_picture_is_coloured_by_what_stands(map_file: Path, tmp_path: Path) -> None:
    picture = tmp_path / "map.svg"
    for semantics in ("grounded", "preferred"):
        _run("draw", map_file, "-o", picture, "--labelling", semantics)
        assert 'class="claim by-1 unsupported accepted"' in picture.read_text(encoding="utf-8")
    with pytest.raises(UnknownNameError, match="did you mean 'stable'"):
        _run("draw", map_file, "-o", picture, "--labelling", "stabel")


def test_weighed_points_count_if_asked(map_file: Path) -> None:
    told = _run("evaluate", map_file, "--weighed", "count")
    assert "2 accepted, 1 rejected" in told


def test_an_unknown_semantics_is_named(map_file: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'preferred'"):
        _run("evaluate", map_file, "--semantics", "prefered")
