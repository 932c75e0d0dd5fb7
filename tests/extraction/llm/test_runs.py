"""Runs over long threads and many of them: limits, cache, fallback, progress, order."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import pytest

from argumap import (
    ArgumentMap,
    ExtractionError,
    ExtractionLimitError,
    Post,
    Thread,
    dumps,
    extract,
)
from argumap.extraction import RuleExtractor
from argumap.extraction.llm import LLMExtractor, Provenance, Usage
from extraction.llm.answers import CLAIMS, RELATIONS, by_stage, in_turn
from extraction.llm.stub_server import Reply, Request, StubServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def answer_anything(request: Request) -> Any:
    """Make every unit a claim, and let every claim support the first of its post's parent."""
    shown: dict[str, list[str]] = {}
    own = []
    answers: dict[str, str | None] = {}
    post, is_own = "", True
    for line in request.question.splitlines():
        if line.startswith("<forum_post"):
            attributes = dict(word.split("=") for word in line[12:-1].split() if "=" in word)
            post, is_own = attributes["n"].strip('"'), "context" not in attributes
            answers[post] = attributes.get("answers", "").strip('"') or None
        elif line.startswith("[p") and is_own and request.stage == "claims":
            own.append(line[1 : line.index("]")])
        elif line.startswith("    c"):
            claim_id = line.split()[0]
            shown.setdefault(post, []).append(claim_id)
            if is_own:
                own.append(claim_id)
    if request.stage == "claims":
        return {"claims": [{"units": [unit]} for unit in own]}
    relations = []
    for post, claims in shown.items():
        parent = answers[post]
        target = next(iter(shown.get(parent or "", ())), None)
        relations += [
            {"id": f"r-{claim}", "kind": "support", "sources": [claim], "target": target}
            for claim in claims
            if target and claim in own
        ]
    return {"relations": relations}


def chain(length: int, name: str = "chain") -> Thread:
    """A thread in which each post answers the one before."""
    return Thread(
        id=name,
        posts=tuple(
            Post(
                id=f"post {number}",
                author=f"author {number % 3}",
                parent_id=f"post {number - 1}" if number else None,
                text=f"Sentence number {number} says a thing. And another one.",
            )
            for number in range(length)
        ),
    )


def provenance(argmap: ArgumentMap | None) -> Provenance:
    assert argmap is not None
    found = Provenance.of(argmap)
    assert found is not None
    return found


def test_a_long_thread_gives_the_same_map_in_parts_as_at_once() -> None:
    with StubServer(answer_anything) as server:
        whole = LLMExtractor("stub-1", base_url=server.url).extract(chain(30))
        parts = LLMExtractor("stub-1", base_url=server.url, max_chars=300).extract(chain(30))
    assert len(whole.claims) == 60
    assert len(whole.supports) == 58
    assert parts.claims == whole.claims
    assert parts.relations == whole.relations
    assert provenance(whole).chunks == 1
    assert provenance(parts).chunks > 4
    assert provenance(parts).usage.requests == 2 * provenance(parts).chunks
    assert len(server.requests) == 2 + 2 * provenance(parts).chunks


def test_an_answer_that_was_cut_off_is_asked_for_in_halves() -> None:
    def answer(request: Request) -> Any:
        good = answer_anything(request)
        is_long = len(good.get("claims", good.get("relations"))) > 8
        return Reply(good, finish="length") if is_long else good

    with StubServer(answer) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(chain(10))
    with StubServer(answer_anything) as other:
        expected = LLMExtractor("stub-1", base_url=other.url).extract(chain(10))
    assert argmap.claims == expected.claims
    assert argmap.relations == expected.relations
    assert provenance(argmap).rejected == ()
    # 20 claims: all, 2 halves, 4 quarters. 18 relations: all, 8 and 10, and the ten in halves.
    assert provenance(argmap).usage.requests == len(server.requests) == 12


def test_a_single_sentence_that_has_no_room_is_an_error(library: Thread) -> None:
    with (
        StubServer(lambda _: Reply('{"claims": [', finish="length")),
        StubServer(lambda _: Reply('{"claims": [', finish="length")) as server,
        pytest.raises(ExtractionError, match="a single sentence was cut off"),
    ):
        LLMExtractor("stub-1", base_url=server.url).extract(library)


def test_a_limit_of_requests_stops_with_what_is_done() -> None:
    with StubServer(answer_anything) as server:
        extractor = LLMExtractor(
            "stub-1", base_url=server.url, max_chars=300, max_requests=3, concurrency=1
        )
        with pytest.raises(ExtractionLimitError, match="max_requests=3 is used up") as caught:
            extractor.extract(chain(30))
    assert len(server.requests) == 3
    partial = caught.value.partial
    assert isinstance(partial, ArgumentMap)
    assert 0 < len(partial.claims) < 60
    assert provenance(partial).stopped == "max_requests=3 is used up"
    assert provenance(partial).usage.requests == 3


def test_a_limit_of_cost_holds_for_all_threads_together(monkeypatch: pytest.MonkeyPatch) -> None:
    with StubServer(answer_anything) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        # A request costs 0.000123 dollars: the fifth is the first that may not begin.
        extractor = LLMExtractor("openai-chat:gpt-4o-mini", max_cost=0.0004, concurrency=1)
        done = list(extractor.extract_many(chain(2, f"thread {n}") for n in range(4)))
    assert len(server.requests) == 4
    assert [extraction.map is None for extraction in done] == [False, False, True, True]
    assert [type(extraction.error) for extraction in done[2:]] == [ExtractionLimitError] * 2
    assert "max_cost=0.0004 is used up: 0.000492 spent" in str(done[2].error)
    assert done[0].usage == Usage(requests=2, input_tokens=1000, output_tokens=160, cost=0.000246)
    assert sum((e.usage for e in done), Usage()).cost == 0.000492


def test_a_cost_that_cannot_be_known_cannot_be_limited(library: Thread) -> None:
    with (
        StubServer(by_stage()) as server,
        pytest.raises(ExtractionError, match="the price of 'stub-1' is not known"),
    ):
        LLMExtractor("stub-1", base_url=server.url, max_cost=1.0).extract(library)
    assert server.requests == []


def test_an_answer_of_unknown_cost_ends_a_run_with_a_limit(
    library: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StubServer(lambda _: Reply(CLAIMS, usage=None)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with pytest.raises(ExtractionLimitError, match="did not say what an answer used"):
            LLMExtractor("openai-chat:gpt-4o-mini", max_cost=1.0).extract(library)
    assert len(server.requests) == 1


def test_a_complete_run_is_repeated_from_the_cache_without_the_model(
    library: Thread, tmp_path: Path
) -> None:
    cache = tmp_path / "answers.sqlite"
    with StubServer(in_turn("prose", CLAIMS, {"relations": [None]})) as server:
        url = server.url
        first = LLMExtractor("stub-1", base_url=url, cache=cache).extract(library)
    assert len(server.requests) == 4
    # The server is gone.
    again = LLMExtractor("stub-1", base_url=url, cache=cache, max_requests=0).extract(library)
    assert dumps(again) == dumps(first)
    with pytest.raises(ExtractionError, match="cannot be reached"):
        LLMExtractor("stub-2", base_url=url, cache=cache, retries=0).extract(library)


def test_a_run_that_stopped_goes_on_from_the_cache(tmp_path: Path) -> None:
    cache = tmp_path / "answers.sqlite"
    asked = []
    with StubServer(answer_anything) as server:
        for _ in range(10):
            extractor = LLMExtractor(
                "stub-1", base_url=server.url, max_chars=300, max_requests=3, cache=cache
            )
            (done,) = extractor.extract_many([chain(30)])
            asked.append(len(server.requests))
            if done.error is None:
                break
        whole = LLMExtractor("stub-1", base_url=server.url, max_chars=300).extract(chain(30))
    assert asked[:2] == [3, 6]
    assert asked[-1] == provenance(whole).usage.requests
    assert done.map == whole


def test_answers_that_led_to_nothing_are_not_kept(library: Thread, tmp_path: Path) -> None:
    cache = tmp_path / "answers.sqlite"
    with StubServer(in_turn("prose", "more prose")) as server:
        extractor = LLMExtractor("stub-1", base_url=server.url, cache=cache)
        with pytest.raises(ExtractionError, match="cannot be read"):
            extractor.extract(library)
        extractor.extract(library)
    assert len(server.requests) == 4
    with sqlite3.connect(cache) as database:
        rows = database.execute("SELECT model, prompt FROM answer ORDER BY prompt").fetchall()
    database.close()
    assert rows == [("stub-1", "claims/1"), ("stub-1", "relations/1")]


@pytest.mark.parametrize(
    "content", [b"This is a text and no database, and it is long enough.", None]
)
def test_a_cache_that_is_none_is_an_error(
    content: bytes | None, library: Thread, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir() if content is None else cache.write_bytes(content)
    with pytest.raises(ExtractionError, match=r"the cache .* cannot be used"):
        LLMExtractor("stub-1", base_url="http://127.0.0.1:9/v1", cache=cache).extract(library)
    assert content is None or cache.read_bytes() == content


def test_a_thread_that_fails_is_told_and_ends_nothing(library: Thread) -> None:
    def answer(request: Request) -> Any:
        return "prose" if "Sentence number" in request.question else by_stage()(request)

    threads = [library, chain(2), library]
    with StubServer(answer) as server:
        done = list(LLMExtractor("stub-1", base_url=server.url).extract_many(threads))
    assert [extraction.thread for extraction in done] == threads
    assert [extraction.map is None for extraction in done] == [False, True, False]
    assert "cannot be read" in str(done[1].error)
    assert done[1].usage.requests == 2
    assert done[0].error is None


def test_the_fallback_takes_over_and_says_so(library: Thread) -> None:
    with StubServer(lambda _: Reply("no", status=401)) as server:
        extractor = LLMExtractor("stub-1", base_url=server.url, fallback=RuleExtractor())
        argmap = extractor.extract(library)
        (done,) = extractor.extract_many([library])
    assert argmap.replace(extra=None) == RuleExtractor().extract(library).replace(extra=None)
    assert "refuses the key" in (provenance(argmap).failed or "")
    assert done.map == argmap
    assert "refuses the key" in str(done.error)


def test_a_hundred_threads_at_once() -> None:
    threads = [chain(2, f"thread {number}") for number in range(100)]
    with StubServer(lambda request: Reply(answer_anything(request), wait=0.2)) as server:
        extractor = LLMExtractor("stub-1", base_url=server.url, concurrency=32)
        done = list(extractor.extract_many(iter(threads)))
    assert [extraction.thread.id for extraction in done] == [thread.id for thread in threads]
    assert all(extraction.error is None for extraction in done)
    assert len({dumps(e.map.replace(thread=None)) for e in done if e.map}) == 1
    assert len(server.requests) == 200
    assert 1 < server.most_at_once <= 32
    assert sum((e.usage for e in done), Usage()).input_tokens == 100_000


def test_threads_are_taken_as_they_are_needed() -> None:
    taken = []

    def threads() -> Iterator[Thread]:
        for number in range(1000):
            taken.append(number)
            yield chain(1, f"thread {number}")

    with StubServer(answer_anything) as server:
        extractions = LLMExtractor("stub-1", base_url=server.url, concurrency=2).extract_many(
            threads()
        )
        assert next(extractions).thread.id == "thread 0"
        extractions.close()  # type: ignore[attr-defined]
    assert len(taken) < 20
    assert not [t for t in threading.enumerate() if t.name == "argumap-llm"]


def test_progress_tells_answers_had_and_needed(library: Thread) -> None:
    told: list[tuple[int, int]] = []
    with StubServer(in_turn("prose")) as server:
        LLMExtractor(
            "stub-1", base_url=server.url, progress=lambda *counts: told.append(counts)
        ).extract(library)
    assert told == [(0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3)]


def test_it_works_where_a_loop_is_running_already(library: Thread) -> None:
    """As in a notebook, where the blocking method is called all the same."""

    async def notebook(extractor: LLMExtractor) -> list[ArgumentMap]:
        blocking = extractor.extract(library)
        (many,) = extractor.extract_many([library])
        assert many.map is not None
        return [blocking, many.map, await extractor.aextract(library)]

    with StubServer(by_stage()) as server:
        maps = asyncio.run(notebook(LLMExtractor("stub-1", base_url=server.url)))
    assert maps[0] == maps[1] == maps[2]


def test_a_model_object_can_be_given(library: Thread) -> None:
    from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    answers = [json.dumps(CLAIMS), json.dumps(RELATIONS)]

    def say(_messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
        return ModelResponse(parts=[TextPart(answers.pop(0))])

    argmap = extract(library, extractor=LLMExtractor(FunctionModel(say)))
    assert len(argmap.claims) == 7
    assert provenance(argmap).usage.cost is None


def test_an_empty_thread_is_not_asked_about() -> None:
    extractor = LLMExtractor("stub-1", base_url="http://127.0.0.1:9/v1")
    for thread in (Thread(), Thread(posts=(Post(id="p", text=" … "),))):
        argmap = extractor.extract(thread)
        assert argmap.claims == ()
        assert provenance(argmap).usage == Usage()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, ExtractionError, "no model is named"),
        ({"model": "m", "timeout": 0}, ValueError, "timeout is 0"),
        ({"model": "m", "concurrency": 0}, ValueError, "concurrency is 0"),
        ({"model": "m", "max_cost": -1.0}, ValueError, "max_cost is -1"),
        ({"model": "m", "max_cost": float("nan")}, ValueError, "max_cost is nan"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        LLMExtractor(**arguments)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("openai:gpt-4o-mini", "OPENAI_API_KEY"),
        ("nonesuch:model", "Unknown model"),
        ("gpt-4o-mini", "Unknown model"),
    ],
)
def test_a_model_that_cannot_be_had_is_an_error(name: str, message: str, library: Thread) -> None:
    with pytest.raises(ExtractionError, match=message):
        LLMExtractor(name).extract(library)


def test_the_model_can_be_named_in_the_environment(
    library: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGUMAP_LLM_MODEL", "stub-1")
    with StubServer(by_stage()) as server:
        monkeypatch.setenv("ARGUMAP_LLM_BASE_URL", server.url)
        assert len(extract(library, extractor="llm").claims) == 7
    # A model that is named is not sent to where another one lives.
    with pytest.raises(ExtractionError, match="OPENAI_API_KEY"):
        LLMExtractor("openai:gpt-4o-mini").extract(library)
