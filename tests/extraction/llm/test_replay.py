"""The gold map of the seed thread, given as a model's answers, comes out as it went in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from argumap import ArgumentMap, Claim, Mention, Origin, Post, Rebuttal, Span, Support, Thread
from argumap.extraction.llm import LLMExtractor, Provenance
from argumap.extraction.llm.units import NumberedThread
from argumap.threads import mark_up
from extraction.llm.answers import by_stage
from extraction.llm.stub_server import StubServer

if TYPE_CHECKING:
    from pathlib import Path

BY_MODEL = Origin(maker="llm")


@pytest.fixture(scope="module")
def gold(shared_data: Path) -> dict[str, Any]:
    text = (shared_data / "seed" / "map.gold.jsonl").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@pytest.fixture(scope="module")
def thread(gold: dict[str, Any]) -> Thread:
    posts = (
        Post(id=p["id"], author=p["author"], parent_id=p["parent_id"], text=p["text"])
        for p in gold["posts"]
    )
    return mark_up(Thread(id=gold["id"], posts=tuple(posts)))


def _map_of(gold: dict[str, Any], thread: Thread) -> ArgumentMap:
    """The gold map as our own value, ids in the order of the text."""
    ids = {unit["id"]: f"c{number}" for number, unit in enumerate(gold["units"], 1)}
    claims = tuple(
        Claim(
            id=ids[unit["id"]],
            text=unit["text"],
            mentions=(
                Mention(
                    author=thread.post(unit["post_id"]).author,
                    span=Span(post_id=unit["post_id"], start=unit["start"], end=unit["end"]),
                    quote=unit["text"],
                ),
            ),
            component=unit["kind"],
            origin=BY_MODEL,
        )
        for unit in gold["units"]
    )
    relations: list[Support | Rebuttal] = []
    for number, relation in enumerate(gold["relations"], 1):
        source, target = ids[relation["source"]], ids[relation["target"]]
        if relation["type"] == "support":
            relations.append(
                Support(id=f"s{number}", premises=(source,), conclusion=target, origin=BY_MODEL)
            )
        else:
            relations.append(
                Rebuttal(id=f"r{number}", source=source, target=target, origin=BY_MODEL)
            )
    return ArgumentMap(claims=claims, relations=tuple(relations), thread=thread)


def _answers(gold: dict[str, Any], thread: Thread) -> tuple[dict[str, Any], dict[str, Any]]:
    """The gold map as a model would say it: by units and their parts."""
    numbered = NumberedThread(thread)
    ids = {unit["id"]: f"c{number}" for number, unit in enumerate(gold["units"], 1)}
    claims = []
    for unit in gold["units"]:
        post = next(n for n, p in enumerate(thread.posts) if p.id == unit["post_id"])
        units = [u for u in numbered.by_post[post] if u.start < unit["end"] > unit["start"] < u.end]
        whole = (units[0].start, units[-1].end) == (unit["start"], unit["end"])
        claims.append(
            {
                "units": [u.id for u in units],
                "part": None if whole else unit["text"],
                "kind": unit["kind"],
            }
        )
    relations = [
        {
            "id": f"r{number}",
            "kind": "support" if relation["type"] == "support" else "rebuttal",
            "sources": [ids[relation["source"]]],
            "target": ids[relation["target"]],
        }
        for number, relation in enumerate(gold["relations"], 1)
    ]
    return {"claims": claims}, {"relations": relations}


@pytest.mark.shared_data
@pytest.mark.parametrize("max_chars", [12_000, 3_000, 200])
def test_replaying_the_gold_map_gives_the_gold_map(
    gold: dict[str, Any], thread: Thread, max_chars: int
) -> None:
    claims, relations = _answers(gold, thread)

    def answer(request: Any) -> Any:
        """Answer a request about a part of the thread with that part of the gold map."""
        own, shown = set(), set()
        is_own = True
        for line in request.question.splitlines():
            if line.startswith("<forum_post"):
                is_own = "context=" not in line
            elif line.startswith("[p") and is_own:
                own.add(line[1 : line.index("]")])
            elif line.startswith("    c"):
                claim_id = line.split()[0]
                shown.add(claim_id)
                if is_own:
                    own.add(claim_id)
        if request.stage == "claims":
            return {"claims": [c for c in claims["claims"] if set(c["units"]) <= own]}
        return {
            "relations": [
                r
                for r in relations["relations"]
                if set(r["sources"]) <= own and r["target"] in shown
            ]
        }

    with StubServer(answer) as server:
        extractor = LLMExtractor("stub-1", base_url=server.url, max_chars=max_chars)
        argmap = extractor.extract(thread)
    provenance = Provenance.of(argmap)
    assert provenance is not None
    assert provenance.rejected == ()
    expected = _map_of(gold, thread)
    if max_chars == 200:
        # Here a post is read in parts, and not all that it answers fits beside them.
        assert argmap.claims == expected.claims
        return
    assert argmap.replace(extra=None) == expected


@pytest.mark.shared_data
def test_the_quoted_paragraph_is_shown_once(gold: dict[str, Any], thread: Thread) -> None:
    claims, relations = _answers(gold, thread)
    with StubServer(by_stage(claims=claims, relations=relations)) as server:
        LLMExtractor("stub-1", base_url=server.url).extract(thread)
    for request in server.requests:
        assert request.question.count("a PhD is only an OK proxy for them, and would") == 1
        assert "(quotes p1.4)" in request.question
