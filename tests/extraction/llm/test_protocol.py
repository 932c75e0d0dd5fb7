"""What the extractor makes of what a server sends, on a real wire with the real client.

The server is our own: these tests are about protocol, and say nothing about how well a model reads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from argumap import ExtractionError, dumps, loads
from argumap.extraction.llm import LLMExtractor, Provenance, Usage
from extraction.llm.answers import CLAIMS, RELATIONS, by_stage, in_turn
from extraction.llm.stub_server import Reply, Request, StubServer

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from argumap import ArgumentMap, Thread


def outline(argmap: ArgumentMap) -> str:
    """A map in lines, for people to read."""
    lines = []
    for claim in argmap.claims:
        said = "; ".join(f"{m.author} {m.stance} {m.quote!r}" for m in claim.mentions)
        lines.append(f"{claim.id} {claim.component}: {said}")
    for relation in argmap.relations:
        cues = ", ".join(relation.origin.cues) if relation.origin else ""
        lines.append(f"{relation.id} {relation.sources} -> {relation.target} [{cues}]")
    return "\n".join(lines)


def provenance(argmap: ArgumentMap) -> Provenance:
    found = Provenance.of(argmap)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def good_map(library: Thread) -> ArgumentMap:
    with StubServer(by_stage()) as server:
        return LLMExtractor("openai-chat:stub-1", base_url=server.url).extract(library)


def test_good_answers_give_the_map_they_describe(
    good_map: ArgumentMap, library: Thread, snapshot: SnapshotAssertion
) -> None:
    assert outline(good_map) == snapshot
    assert good_map.thread == library
    assert loads(dumps(good_map)) == good_map
    assert provenance(good_map) == Provenance(
        model="openai-chat:stub-1",
        prompts=("claims/1", "relations/1", "again/1"),
        chunks=1,
        usage=Usage(requests=2, input_tokens=1000, output_tokens=160, cost=None),
    )


def test_what_the_model_is_shown(library: Thread, snapshot: SnapshotAssertion) -> None:
    with StubServer(by_stage()) as server:
        LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert [request.path for request in server.requests] == ["/v1/chat/completions"] * 2
    assert [request.question for request in server.requests] == snapshot
    body = server.requests[0].body
    assert set(body) == {"model", "messages", "stream", "response_format"}
    assert body["model"] == "stub-1"
    assert not body["stream"]
    assert body["response_format"]["json_schema"]["schema"]["required"] == ["claims"]


@pytest.mark.parametrize(
    ("name", "sent", "path"),
    [
        ("qwen3:8b", "qwen3:8b", "/v1/chat/completions"),
        ("ollama:qwen3:8b", "qwen3:8b", "/v1/chat/completions"),
        ("openai:local", "local", "/v1/chat/completions"),
        ("meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-8B", "/v1/chat/completions"),
        ("openai-responses:local", "local", "/v1/responses"),
    ],
)
def test_a_server_of_ones_own_is_asked_in_the_protocol_that_it_speaks(
    name: str, sent: str, path: str, library: Thread, good_map: ArgumentMap
) -> None:
    with StubServer(by_stage()) as server:
        argmap = LLMExtractor(name, base_url=server.url).extract(library)
    assert {request.path for request in server.requests} == {path}
    assert {request.body["model"] for request in server.requests} == {sent}
    assert not any("tools" in request.body for request in server.requests)
    assert argmap.claims == good_map.claims
    assert argmap.relations == good_map.relations


def test_a_model_that_cannot_be_held_to_a_schema_answers_by_a_call(
    library: Thread, good_map: ArgumentMap
) -> None:
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    good = by_stage()

    def answer(request: Request) -> Reply:
        (tool,) = request.body["tools"]
        assert tool["function"]["name"] == "answer"
        function = {"name": "answer", "arguments": json.dumps(good(request))}
        calls = [{"id": "call", "type": "function", "function": function}]
        message = {"role": "assistant", "content": None, "tool_calls": calls}
        choice = {"index": 0, "finish_reason": "tool_calls", "message": message}
        completion = {
            "id": "stub",
            "object": "chat.completion",
            "created": 1,
            "model": "moonshotai/kimi",
            "choices": [choice],
        }
        return Reply(raw=json.dumps(completion).encode())

    with StubServer(answer) as server:
        provider = OpenAICompatibleProvider("some-service", base_url=server.url)
        model = OpenAIChatModel("moonshotai/kimi", provider=provider)
        argmap = LLMExtractor(model).extract(library)
    assert argmap.claims == good_map.claims
    assert argmap.relations == good_map.relations
    assert "response_format" not in server.requests[0].body
    assert provenance(argmap).model == "some-service:moonshotai/kimi"


def test_a_key_for_one_server_is_not_sent_to_another(
    library: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "for-openai")
    with StubServer(by_stage()) as server:
        extractor = LLMExtractor("stub-1", base_url=server.url)
        extractor.extract(library)
        monkeypatch.setenv("ARGUMAP_LLM_KEY", "for-this-one")
        extractor.extract(library)
    sent = [request.headers["authorization"] for request in server.requests]
    assert "for-openai" not in "".join(sent)
    assert sent[2:] == ["Bearer for-this-one"] * 2
    for request in server.requests:
        assert "for-this-one" not in json.dumps(request.body)


def test_a_hosted_model_has_its_price(library: Thread, monkeypatch: pytest.MonkeyPatch) -> None:
    with StubServer(by_stage()) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "some-key")
        for name, path in (
            ("openai-chat:gpt-4o-mini", "/v1/chat/completions"),
            ("openai:gpt-4o-mini", "/v1/responses"),
        ):
            argmap = LLMExtractor(name).extract(library)
            assert server.requests[-1].path == path
            # 2 x (500 x 0.15 + 80 x 0.60) dollars per million tokens
            assert provenance(argmap).usage == Usage(
                requests=2, input_tokens=1000, output_tokens=160, cost=0.000246
            )


def test_the_price_of_a_hosted_model_is_not_that_of_a_namesake(library: Thread) -> None:
    with StubServer(by_stage()) as server:
        argmap = LLMExtractor("gpt-4o-mini", base_url=server.url).extract(library)
    assert provenance(argmap).usage.cost is None


PROSE = "I found three claims in this thread. They are about a library."
NOT_VERBATIM = {
    "claims": [
        *CLAIMS["claims"][:1],
        {"units": ["p1.1"], "part": "workers have no other day", "kind": "premise"},
        *CLAIMS["claims"][2:],
    ]
}
WRONG_SHAPE = {
    "claims": [{"text": "no units"}, {"units": "p1.1"}, {"units": []}, 7, *CLAIMS["claims"]]
}
BAD = {
    "prose": PROSE,
    "no list": {"answer": []},
    "a list that is none": {"claims": {"units": ["p1.1"]}},
    "cut JSON": '{"claims": [{"units": ["p1.1"',
    "nothing": "",
    "deep": '{"claims": ' + "[" * 20_000 + "]" * 20_000 + "}",
    "not verbatim": NOT_VERBATIM,
    "wrong shape": WRONG_SHAPE,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_asked_for_once_more(
    name: str, library: Thread, good_map: ArgumentMap
) -> None:
    with StubServer(in_turn(BAD[name])) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert argmap.claims == good_map.claims
    assert argmap.relations == good_map.relations
    assert provenance(argmap).usage.requests == len(server.requests) == 3
    assert provenance(argmap).usage.input_tokens == 1500
    assert provenance(argmap).rejected == ()
    roles = [role for role, _ in server.requests[1].texts]
    assert roles == ["system", "user", "assistant", "user"]


def test_the_model_is_told_what_was_wrong(library: Thread, snapshot: SnapshotAssertion) -> None:
    with StubServer(in_turn(WRONG_SHAPE, NOT_VERBATIM, {"relations": "none"})) as server:
        LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert [request.texts[-1][1] for request in (server.requests[1], server.requests[3])] == (
        snapshot
    )


def test_what_stays_bad_is_rejected_and_listed(library: Thread, good_map: ArgumentMap) -> None:
    with StubServer(in_turn(NOT_VERBATIM, NOT_VERBATIM, {"relations": []})) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert len(server.requests) == 3
    assert [claim.text for claim in argmap.claims] == [
        claim.text for claim in good_map.claims if claim.id != "c2"
    ]
    (rejected,) = provenance(argmap).rejected
    assert rejected.stage == "claims"
    assert "workers have no other day" in rejected.item
    assert rejected.reason == "the words 'workers have no other day' do not stand in p1.1"


def test_the_better_of_two_answers_counts(library: Thread, good_map: ArgumentMap) -> None:
    worse = {"claims": CLAIMS["claims"][:1]}
    with StubServer(in_turn(NOT_VERBATIM, worse, {"relations": []})) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert len(argmap.claims) == len(good_map.claims) - 1
    assert len(provenance(argmap).rejected) == 1


@pytest.mark.parametrize(
    "name", [name for name in BAD if name not in {"not verbatim", "wrong shape"}]
)
def test_two_answers_that_cannot_be_read_are_an_error(name: str, library: Thread) -> None:
    with (
        StubServer(lambda _: BAD[name]) as server,
        pytest.raises(ExtractionError, match="stub-1: two answers that cannot be read"),
    ):
        LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert len(server.requests) == 2


RELATION_FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown source": ({"sources": ["c99"], "target": "c1"}, "there is no claim 'c99'"),
    "unknown target": ({"sources": ["c4"], "target": "r99"}, "there is no claim 'r99'"),
    "itself": ({"sources": ["c4"], "target": "c4"}, "c4 is related to itself"),
    "twice": ({"sources": ["c4", "c4"], "target": "c1"}, "it names a source twice"),
    "later post": ({"sources": ["c2"], "target": "c4"}, "the posts of c2, c4 do not fit"),
    "linked rebuttal": (
        {"kind": "rebuttal", "sources": ["c4", "c6"], "target": "c1"},
        "a rebuttal has one source",
    ),
    "undercut of itself": (
        {"kind": "undercut", "sources": ["c5"], "target": "bad"},
        "the relation that it undercuts cannot be used",
    ),
    "undercut of nothing": (
        {"kind": "undercut", "sources": ["c5"], "target": "r99"},
        "there is no relation or claim 'r99'",
    ),
    "both ways": (
        {"kind": "rebuttal", "sources": ["c2"], "target": "c1"},
        "the same sources are a support of c1 already",
    ),
    "unknown kind": ({"kind": "irony", "sources": ["c2"], "target": "c1"}, "kind: input should"),
    "id given before": ({"id": "r1", "sources": ["c5"], "target": "c1"}, "the id 'r1' was given"),
}


@pytest.mark.parametrize("name", RELATION_FAULTS)
def test_a_relation_that_cannot_be_is_asked_for_once_more_then_rejected(
    name: str, library: Thread, good_map: ArgumentMap
) -> None:
    fault, reason = RELATION_FAULTS[name]
    bad = {"id": "bad", "kind": "support", **fault}
    answer = {**RELATIONS, "relations": [*RELATIONS["relations"], bad]}
    with StubServer(by_stage(relations=answer)) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert argmap.relations == good_map.relations
    assert [request.stage for request in server.requests] == ["claims", "relations", "relations"]
    assert f"relations[6]: {reason}" in server.requests[2].texts[-1][1]
    (rejected,) = provenance(argmap).rejected
    assert rejected.reason.startswith(reason)


def test_a_cue_that_is_not_there_is_left_out_and_listed(library: Thread) -> None:
    relations = [{**RELATIONS["relations"][0], "cue": "seeing that"}]
    with StubServer(by_stage(relations={"relations": relations})) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert len(server.requests) == 2
    (support,) = argmap.supports
    assert support.origin is not None
    assert support.origin.cues == ()
    assert [each.reason for each in provenance(argmap).rejected] == [
        "the cue 'seeing that' does not stand in the posts of its sources"
    ]


def test_linked_premises_and_the_undercut_of_a_reason(library: Thread) -> None:
    relations = [
        {"id": "a", "kind": "undercut", "sources": ["c5"], "target": "b"},
        {"id": "b", "kind": "support", "sources": ["c6", "c4"], "target": "c7"},
        {"id": "c", "kind": "support", "sources": ["c2"], "target": "c1"},
        {"id": "d", "kind": "undercut", "sources": ["c6"], "target": "c2"},
    ]
    with StubServer(by_stage(relations={"relations": relations})) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert [(relation.id, relation.sources, relation.target) for relation in argmap.relations] == [
        ("s1", ("c2",), "c1"),
        ("u2", ("c5",), "s4"),
        ("u3", ("c6",), "s1"),
        ("s4", ("c6", "c4"), "c7"),
    ]
    assert provenance(argmap).rejected == ()


def test_a_relation_that_is_given_twice_is_one_relation(library: Thread) -> None:
    relations = [
        {"id": "a", "kind": "support", "sources": ["c4"], "target": "c2"},
        {"id": "b", "kind": "support", "sources": ["c4"], "target": "c2"},
        {"id": "c", "kind": "undercut", "sources": ["c5"], "target": "b"},
    ]
    with StubServer(by_stage(relations={"relations": relations})) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert [(relation.id, relation.target) for relation in argmap.relations] == [
        ("s1", "c2"),
        ("u2", "s1"),
    ]
    assert [each.reason for each in provenance(argmap).rejected] == [
        "the same relation was given before"
    ]


def test_a_restated_claim_is_one_claim_with_two_mentions(library: Thread) -> None:
    restated = {**RELATIONS, "restatements": [{"claim": "c4", "same_as": "c2"}]}
    with StubServer(by_stage(relations=restated)) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert len(server.requests) == 2
    assert [claim.id for claim in argmap.claims] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    merged = argmap.claim("c2")
    assert [mention.author for mention in merged.mentions] == ["Rosa", "Tom"]
    assert merged.text == "people who work all week cannot come otherwise"
    # What was said between the two, and what undercut that, has nothing left to be about.
    assert [(relation.id, relation.sources) for relation in argmap.relations] == [
        ("s1", ("c2",)),
        ("r2", ("c3",)),
        ("s3", ("c5",)),
        ("r4", ("c6",)),
    ]
    assert [each.reason for each in provenance(argmap).rejected] == [
        "its source and its target say the same",
        "what it undercuts is no relation of the map",
    ]


STATUS: dict[str, tuple[Reply, str, int]] = {
    "401": (Reply("bad key sk-123", status=401), "the server refuses the key", 1),
    "403": (Reply("no", status=403), "the server refuses the key", 1),
    "404": (Reply("no such model", status=404), "HTTP 404: no such model", 1),
    "400": (Reply("what is this", status=400), "HTTP 400: what is this", 1),
    "429": (Reply("slow down", status=429, headers={"retry-after-ms": "5"}), "HTTP 429", 3),
    "500": (Reply("oh no", status=500, headers={"retry-after-ms": "5"}), "HTTP 500: oh no", 3),
    "HTML": (
        Reply(raw=b"<html>Welcome</html>", headers={"content-type": "text/html"}),
        "expected JSON data",
        1,
    ),
    "not JSON": (Reply(raw=b"OK"), "stub-1: ", 1),
    "other JSON": (Reply(raw=b'{"ok": true}'), "stub-1: ", 1),
    "no choices": (Reply(raw=b'{"id":"1","object":"x","choices":[]}'), "stub-1: ", 1),
    "a list": (Reply(raw=b"[1]"), "stub-1: ", 1),
    "empty": (Reply(raw=b""), "stub-1: ", 1),
}


@pytest.mark.parametrize("name", STATUS)
def test_what_is_no_answer_is_an_error_that_says_why(name: str, library: Thread) -> None:
    reply, message, requests = STATUS[name]
    with StubServer(lambda _: reply) as server:
        with pytest.raises(ExtractionError) as caught:
            LLMExtractor("stub-1", base_url=server.url).extract(library)
        assert message in str(caught.value)
        assert "sk-123" not in str(caught.value)
        assert len(server.requests) == requests
        failed = list(LLMExtractor("stub-1", base_url=server.url).extract_many([library]))
    assert [extraction.map for extraction in failed] == [None]
    assert [str(extraction.error) for extraction in failed] == [str(caught.value)]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(
    status: int, library: Thread, good_map: ArgumentMap
) -> None:
    busy = Reply("later", status=status, headers={"retry-after-ms": "5"})
    with StubServer(in_turn(busy, busy)) as server:
        argmap = LLMExtractor("openai-chat:stub-1", base_url=server.url).extract(library)
    assert argmap == good_map  # in its usage too: what was refused was not used
    assert len(server.requests) == 4


def test_a_server_that_is_busy_for_too_long_is_an_error(library: Thread) -> None:
    busy = Reply("later", status=503, headers={"retry-after-ms": "5"})
    with StubServer(lambda _: busy) as server, pytest.raises(ExtractionError, match="HTTP 503"):
        LLMExtractor("stub-1", base_url=server.url, retries=4).extract(library)
    assert len(server.requests) == 5


def test_no_server_at_all_is_an_error(library: Thread) -> None:
    with StubServer(by_stage()) as server:
        url = server.url
    with pytest.raises(ExtractionError, match="cannot be reached"):
        LLMExtractor("stub-1", base_url=url, retries=0).extract(library)


@pytest.mark.parametrize("slow", [Reply(CLAIMS, wait=1.0), Reply(CLAIMS, drip=0.02)])
def test_a_server_that_takes_too_long_is_an_error(slow: Reply, library: Thread) -> None:
    with (
        StubServer(lambda _: slow) as server,
        pytest.raises(ExtractionError, match=r"no answer within 0\.3 seconds"),
    ):
        LLMExtractor("stub-1", base_url=server.url, timeout=0.3, retries=0).extract(library)
    assert len(server.requests) == 1


def test_an_answer_that_comes_byte_by_byte_is_an_answer(
    library: Thread, good_map: ArgumentMap
) -> None:
    with StubServer(in_turn(Reply(CLAIMS, drip=0.0001))) as server:
        argmap = LLMExtractor("openai-chat:stub-1", base_url=server.url).extract(library)
    assert argmap == good_map


def test_a_server_that_does_not_tell_what_was_used(library: Thread) -> None:
    with StubServer(in_turn(Reply(CLAIMS, usage=None))) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    assert provenance(argmap).usage == Usage(
        requests=2, input_tokens=None, output_tokens=None, cost=None
    )
