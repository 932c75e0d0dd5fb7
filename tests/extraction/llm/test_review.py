"""Reviewing: another extractor proposes, the model judges what that one is not sure of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from argumap import (
    ArgumentMap,
    Claim,
    ExtractionError,
    ExtractionLimitError,
    Mention,
    Origin,
    Rebuttal,
    Span,
    Support,
    Undercut,
)
from argumap.extraction import RuleExtractor
from argumap.extraction.llm import LLMExtractor, Provenance
from extraction.llm.stub_server import Reply, StubServer

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from argumap import Thread

RULE = Origin(maker="rules", rule="some rule", cues=("because",))
JUDGED = Origin(maker="llm", rule="review", cues=("because",))


@dataclass(frozen=True)
class Proposer:
    """An extractor that has its map ready."""

    argmap: ArgumentMap

    def extract(self, thread: Thread) -> ArgumentMap:
        return self.argmap.replace(thread=thread)


def claim(number: int, words: str, thread: Thread, confidence: float | None) -> Claim:
    post = next(post for post in thread.posts if words in post.text and ">" not in post.text[:1])
    start = post.text.index(words)
    span = Span(post_id=post.id, start=start, end=start + len(words))
    return Claim(
        id=f"c{number}",
        text=words,
        mentions=(Mention(author=post.author, span=span, quote=words),),
        confidence=confidence,
        origin=RULE,
    )


@pytest.fixture
def proposed(library: Thread) -> ArgumentMap:
    return ArgumentMap(
        title=library.title,
        claims=(
            claim(1, "the library should open on Sundays", library, 0.95),
            claim(2, "people who work all week cannot come otherwise", library, 0.9),
            claim(3, "I grant that", library, 0.3),
            claim(4, "One nurse proves nothing.", library, 0.5),
            claim(5, "staff is short", library, None),
        ),
        relations=(
            Support(id="s1", premises=("c2",), conclusion="c1", confidence=0.99, origin=RULE),
            Support(id="s2", premises=("c3", "c2"), conclusion="c1", confidence=0.4, origin=RULE),
            Support(id="s3", premises=("c5",), conclusion="c1", confidence=0.6, origin=RULE),
            Rebuttal(id="r4", source="c3", target="c1", confidence=0.7, origin=RULE),
            Undercut(id="u5", source="c4", target="s3", confidence=0.1, origin=RULE),
            Undercut(id="u6", source="c5", target="u7", origin=RULE),
            Undercut(id="u7", source="c4", target="r4", origin=RULE),
        ),
    )


def review(thread: Thread, proposed: ArgumentMap, answer: Any, **settings: Any) -> ArgumentMap:
    with StubServer(answer) as server:
        extractor = LLMExtractor(
            "stub-1", base_url=server.url, review=Proposer(proposed), **settings
        )
        return extractor.extract(thread)


ALL = {
    "verdicts": [
        {"item": "k1", "verdict": "drop"},  # c3
        {"item": "k2", "verdict": "keep"},  # c4
        {"item": "k3", "verdict": "keep"},  # c5
        {"item": "k4", "verdict": "keep"},  # c2 and c3 support c1
        {"item": "k5", "verdict": "rebuttal"},  # c5 supports c1
        {"item": "k6", "verdict": "keep"},  # c3 rebuts c1
    ]
}


def test_the_model_is_asked_about_what_is_not_sure(
    library: Thread, proposed: ArgumentMap, snapshot: SnapshotAssertion
) -> None:
    with StubServer(lambda _: ALL) as server:
        LLMExtractor("stub-1", base_url=server.url, review=Proposer(proposed)).extract(library)
    (request,) = server.requests
    assert request.stage == "review"
    assert request.question == snapshot


def test_the_map_is_corrected_as_the_model_says(library: Thread, proposed: ArgumentMap) -> None:
    argmap = review(library, proposed, lambda _: ALL)
    judged = [
        proposed.claim(claim_id).replace(confidence=None, origin=JUDGED)
        for claim_id in ("c4", "c5")
    ]
    assert argmap.claims == (proposed.claim("c1"), proposed.claim("c2"), *judged)
    # c3 is gone, and with it r4, u7 that undercuts r4, and u6 that undercuts u7.
    assert argmap.relations == (
        proposed.relation("s1"),
        Support(id="s2", premises=("c2",), conclusion="c1", origin=JUDGED),
        Rebuttal(id="s3", source="c5", target="c1", origin=JUDGED),
        Undercut(id="u5", source="c4", target="s3", confidence=0.1, origin=RULE),
    )
    provenance = Provenance.of(argmap)
    assert provenance is not None
    assert provenance.prompts == ("review/1", "again/1")
    assert provenance.rejected == ()


def test_what_is_sure_enough_is_not_asked_about(library: Thread, proposed: ArgumentMap) -> None:
    certain = proposed.replace(
        claims=tuple(claim.replace(confidence=0.8) for claim in proposed.claims),
        relations=tuple(r.replace(confidence=0.8) for r in proposed.relations),
    )
    with StubServer(lambda _: ALL) as server:
        extractor = LLMExtractor("stub-1", base_url=server.url, review=Proposer(certain))
        argmap = extractor.extract(library)
    assert server.requests == []
    assert argmap.replace(extra=None) == certain.replace(thread=library)


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        ({"item": "k9", "verdict": "keep"}, "there is no proposal 'k9'"),
        ({"item": "k1", "verdict": "keep"}, "a verdict on k1 was given before"),
        ({"item": "k4", "verdict": "support"}, "k4 is a claim, which can only be kept or dropped"),
        ({"item": "k4", "verdict": "maybe"}, "verdict: input should be"),
    ],
)
def test_a_verdict_that_cannot_be_is_asked_for_once_more_then_listed(
    verdict: dict[str, str], reason: str, library: Thread
) -> None:
    proposed = ArgumentMap(
        claims=tuple(
            claim(number, words, library, 0.5)
            for number, words in enumerate(
                ("the library should open on Sundays", "It would cost a bit more"), 1
            )
        )
    )
    proposed = proposed.replace(
        claims=(
            *proposed.claims,
            claim(3, "One nurse proves nothing.", library, 0.5),
            claim(4, "staff is short", library, 0.5),
        )
    )
    keep = [{"item": f"k{number}", "verdict": "keep"} for number in (1, 2, 3)]
    requests: list[str] = []

    def answer(request: Any) -> Any:
        requests.append(request.texts[-1][1])
        return {"verdicts": [*keep, verdict]}

    argmap = review(library, proposed, answer)
    assert len(requests) == 2
    assert f"verdicts[3]: {reason}" in requests[1]
    assert "there is no verdict on k4" in requests[1]
    provenance = Provenance.of(argmap)
    assert provenance is not None
    assert len(provenance.rejected) == 2
    assert provenance.rejected[0].reason.startswith(reason)
    assert argmap.claim("c4") == proposed.claim("c4")  # as it was proposed


def test_a_failure_is_an_error_and_a_limit_keeps_what_was_proposed(
    library: Thread, proposed: ArgumentMap
) -> None:
    with pytest.raises(ExtractionError, match="refuses the key"):
        review(library, proposed, lambda _: Reply("no", status=401))
    with pytest.raises(ExtractionLimitError) as caught:
        review(library, proposed, lambda _: ALL, max_requests=0)
    partial = caught.value.partial
    assert isinstance(partial, ArgumentMap)
    assert partial.replace(extra=None) == proposed.replace(thread=library)


@pytest.mark.parametrize("verdict", ["keep", "drop", "support", "rebuttal"])
@pytest.mark.parametrize("max_chars", [100, 12_000])
def test_the_proposals_of_the_offline_extractor_can_be_reviewed(
    verdict: str, max_chars: int, library: Thread
) -> None:
    def answer(request: Any) -> Any:
        lines = [line for line in request.question.splitlines() if line.startswith("k")]
        return {
            "verdicts": [
                {
                    "item": line.split(":")[0],
                    "verdict": "keep"
                    if line.endswith("is a claim") and verdict != "drop"
                    else verdict,
                }
                for line in lines
            ]
        }

    with StubServer(answer) as server:
        extractor = LLMExtractor(
            "stub-1",
            base_url=server.url,
            review=RuleExtractor(),
            review_below=1.0,
            max_chars=max_chars,
        )
        argmap = extractor.extract(library)
    proposed = RuleExtractor().extract(library)
    provenance = Provenance.of(argmap)
    assert provenance is not None
    assert provenance.rejected == ()
    assert len(argmap.claims) == (0 if verdict == "drop" else len(proposed.claims))
    if verdict in {"support", "rebuttal"}:
        assert not (argmap.rebuttals if verdict == "support" else argmap.supports)
