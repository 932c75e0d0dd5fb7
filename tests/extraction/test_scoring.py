"""The measures agree with the reference scorer, and with what one expects of them."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from argumap import ArgumentMap, extract
from argumap.errors import ParseError
from argumap.extraction.annotated import parse_annotated
from argumap.extraction.gold import GoldThread, read_gold
from argumap.extraction.scoring import MEASURES, score_map, score_table
from extraction.cases import CASES, annotated
from strategies import maps

if TYPE_CHECKING:
    from pathlib import Path

THREAD = """
```thread
p1 Ana
[[1c: We should move]], because [[2p +1: the rent went up]].

p2 Ben, to p1
((endorses 2: It did.)) But [[3c -1: it is (too) far out]].
[[4c !2: the rent is beside the point]].
```
"""


def test_annotated_text_is_read() -> None:
    (document,) = parse_annotated(THREAD, source="x.md")
    texts = {post["id"]: post["text"] for post in document["posts"]}
    assert texts["p1"] == "We should move, because the rent went up."
    assert [texts[u["post_id"]][u["start"] : u["end"]] for u in document["units"]] == [
        "We should move",
        "the rent went up",
        "it is (too) far out",
        "the rent is beside the point",
    ]
    assert document["endorsements"][0]["target"] == "2"


@pytest.mark.parametrize("bad", ["[[1c: We move", "[[1c: We ((endorses 2: it", "nothing"])
def test_bad_annotations_are_refused(bad: str) -> None:
    text = bad if bad == "nothing" else f"```thread\np1 Ana\n{bad}\n```\n"
    with pytest.raises(ParseError, match=r"x\.md"):
        list(parse_annotated(text, source="x.md"))


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "posts": [], "units": [], "relations": []}\n{"id": 3}\n')
    with pytest.raises(ParseError, match=r"gold\.jsonl:2: not an annotated thread: lacks 'posts'"):
        read_gold(path)
    path.write_text("[" * 100_000 + "]" * 100_000)
    with pytest.raises(ParseError, match=r"gold\.jsonl:1: not an annotated thread: .*\n.*Markdown"):
        read_gold(path)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_annotation_itself_is_perfect(case: Path) -> None:
    gold = annotated(case)
    for name, value in score_map(gold.argmap, gold.argmap).measures().items():
        assert value in (None, 1.0), name


@settings(max_examples=40)
@given(argmap=maps())
def test_every_map_can_be_scored(argmap: ArgumentMap) -> None:
    measures = score_map(argmap, argmap).measures()
    assert list(measures) == list(MEASURES)
    assert all(value is None or value == 1.0 for value in measures.values())
    empty = score_map(argmap, ArgumentMap(thread=argmap.thread)).measures()
    assert all(value in (None, 0.0) for value in empty.values())


def test_intervals_hold_the_value() -> None:
    scores = [
        (annotated(case).group, score_map(annotated(case).argmap, extract(annotated(case).thread)))
        for case in CASES
    ]
    for value in score_table(scores, resamples=200).values():
        assert value is not None
        assert value[1] <= value[0] <= value[2]
    assert score_table(scores, resamples=50) == score_table(scores, resamples=50)


@pytest.mark.shared_data
@pytest.mark.parametrize("file", ["seed/map.gold.jsonl", "gold/hnreddit.dev.jsonl"])
def test_the_measures_are_those_of_the_reference_scorer(shared_data: Path, file: str) -> None:
    spec = importlib.util.spec_from_file_location("score", shared_data / "extraction" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    gold = read_gold(shared_data / file)
    maps_made = [extract(each.thread) for each in gold]
    documents = [_document(each, argmap) for each, argmap in zip(gold, maps_made, strict=True)]
    lines = (shared_data / file).read_text("utf-8").splitlines()
    theirs = reference.score([json.loads(line) for line in lines], documents)["ALL"]
    ours = score_table(
        (each.id, score_map(each.argmap, argmap))
        for each, argmap in zip(gold, maps_made, strict=True)
    )
    for mine, name in NAMES.items():
        value = ours[mine]
        assert (value and value[0]) == pytest.approx(theirs[name]), mine


NAMES = {
    "unit": "unitF",
    "kind": "kindF",
    "rel": "relF",
    "rel*": "rel*F",
    "type": "typeF",
    "stance": "stanceAcc",
    "reply": "replyF",
    "unsup": "unsupM",
    "unsupC": "uclaimM",
}


def _document(gold: GoldThread, argmap: ArgumentMap) -> dict[str, Any]:
    """Return a map in the format of the reference scorer."""
    units = []
    for claim in argmap.claims:
        for number, mention in enumerate(claim.mentions):
            if mention.stance in {"asserts", "concedes"} and mention.span is not None:
                units.append(
                    {
                        "id": claim.id if not number else f"{claim.id}-{number}",
                        "post_id": mention.span.post_id,
                        "start": mention.span.start,
                        "end": mention.span.end,
                        "kind": claim.component,
                    }
                )
    relations = []
    for relation in argmap.relations:
        targets: tuple[str, ...] = (relation.target,)
        if relation.kind == "undercut":
            targets = argmap.relation(relation.target).sources
        sign = "support" if relation.kind == "support" else "attack"
        relations += [
            {"source": source, "target": target, "type": sign}
            for source in relation.sources
            for target in targets
        ]
    return {"id": gold.id, "units": units, "relations": relations}
