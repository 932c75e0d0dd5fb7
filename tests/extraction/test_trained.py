"""The trained heads: what they say can be read, checked, repeated, and turned down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import argumap
from argumap import ExtractionError, extract
from argumap.extraction._draft import Draft, Unit
from argumap.extraction.confidence import keep_sure
from argumap.extraction.rules.clauses import split_at, tokens_of
from argumap.extraction.train import Sample, train
from argumap.extraction.trained import TrainedExtractor
from argumap.extraction.trained.decoding import Ranking, drop_faint_supports
from argumap.extraction.trained.extractor import find_units
from argumap.extraction.trained.head import Head, dump_heads, load_heads, shipped_heads
from argumap.extraction.trained.joints import find_joints
from argumap.extraction.trained.parents import Surroundings, candidates
from argumap.extraction.trained.units import unit_evidence
from argumap.threads import mark_up
from extraction.cases import CASES, annotated
from strategies import maps

WEIGHTS = Path(argumap.__file__).parent / "extraction" / "trained" / "weights.json"


def samples() -> list[Sample]:
    return [Sample(annotated(case), mark_up(annotated(case).thread)) for case in CASES]


def test_the_same_threads_give_the_same_weights() -> None:
    first = dump_heads(train(samples()), {})
    assert dump_heads(train(samples()), {}) == first
    heads = load_heads(first, source="here")
    assert dump_heads(heads, {}) == first
    argmap = TrainedExtractor(heads).extract(mark_up(annotated(CASES[0]).thread))
    assert argmap.claims


@settings(max_examples=60)
@given(text=st.text("and but,;:()—- wEit isx.’…", max_size=80))
def test_joints_are_in_order_and_cuts_leave_no_word_out(text: str) -> None:
    unit = Unit(0, 0, len(text), text, 0, 0)
    tokens = tokens_of(unit)
    places = [number for number, _ in find_joints(tokens)]
    assert places == sorted(set(places))
    assert all(0 < place < len(tokens) for place in places)
    parts = list(split_at(unit, tokens, places))
    words = [token for token in tokens if token.is_word]
    assert all(any(p.start <= w.start and w.end <= p.end for p in parts) for w in words)


def test_of_a_long_unit_only_the_beginning_is_heard() -> None:
    text = f"We should move. {'it rained ' * 1000}."
    thread = argumap.Thread(posts=(argumap.Post(id="p", text=text),))
    draft = Draft(mark_up(thread))
    find_units(draft)
    short, long = draft.units()
    assert len(long.words) == 2000
    evidence = [unit_evidence(draft.posts[0], 1)]
    evidence += [each.evidence for each in candidates(draft, Surroundings(draft), short)]
    assert {len(words) for each in evidence for _, words in each.words} == {3, 100}


@pytest.mark.parametrize(
    ("text", "at", "parts"),
    [
        ("You learn a bit (but less, though physics helps).", "though", ["though physics helps"]),
        ("You learn a bit (so it helps).", "(", ["so it helps"]),
        ("You learn (a bit), so it helps (a bit).", "so", ["so it helps (a bit)."]),
        ("You (so they say) learn, but slowly.", "(", ["so they say) learn, but slowly."]),
    ],
)
def test_the_end_of_a_bracket_stays_with_its_beginning(
    text: str, at: str, parts: list[str]
) -> None:
    unit = Unit(0, 0, len(text), text, 0, 0)
    tokens = tokens_of(unit)
    cut = next(number for number, token in enumerate(tokens) if token.text == at)
    assert [part.text for part in list(split_at(unit, tokens, [cut]))[1:]] == parts


def test_shipped_weights_are_small_and_hold_no_words_but_those_of_the_lexicon() -> None:
    assert WEIGHTS.stat().st_size < 1_000_000
    lexicon = (WEIGHTS.parents[1] / "lexicon.toml").read_text("utf-8").replace("\n", " ")
    known = {
        " ".join(word.split()) for word in lexicon.replace('"', ",").replace("]", ",").split(",")
    }
    heads = shipped_heads()
    worded = {"has", "opens"}
    for name, head in heads.items():
        for feature in head.weights:
            for part in feature.split(","):
                what, _, value = part.partition("=")
                # Other words are told by their ending alone ("-ing"); "^" and "$" are the ends.
                if name == "joint" and what in worded | {"next", "before", "opening"}:
                    assert all(w in known or w[0] in "-^$" for w in value.split()), feature
                elif what in worded:
                    assert value in known, feature
    # What words add is told of one vocabulary, whoever used which of its words.
    (vocabulary,) = {frozenset(table) for head in heads.values() for table in head.words.values()}
    assert len([word for word in vocabulary if "'" not in word]) == 8000
    assert all(word in known for word in vocabulary if "'" in word)


@pytest.mark.parametrize("damage", ["weight", "version", "json", "shape"])
def test_damaged_weights_are_refused(damage: str) -> None:
    document = json.loads(WEIGHTS.read_text("utf-8"))
    if damage == "weight":
        document["heads"]["parent"]["bias"] += 1
    elif damage == "version":
        document["version"] = "argumap-heads/9"
    elif damage == "shape":
        document = [1]
    text = "{" if damage == "json" else json.dumps(document)
    with pytest.raises(ExtractionError, match=r"^w\.json: "):
        load_heads(text, source="w.json")


def test_confidences_are_given_and_lie_between_zero_and_one() -> None:
    for case in CASES:
        argmap = extract(annotated(case).thread, extractor="trained")
        for element in (*argmap.claims, *argmap.relations):
            assert element.confidence is not None
            assert 0 <= element.confidence <= 1
            assert element.origin is not None
            assert element.origin.rule


@given(score=st.floats(-1e6, 1e6), slope=st.floats(0.01, 10), offset=st.floats(-5, 5))
def test_a_higher_score_is_never_less_probable(score: float, slope: float, offset: float) -> None:
    head = Head({}, 0.0, slope, offset)
    assert 0 <= head.probability(score) <= head.probability(score + 1) <= 1


@settings(max_examples=60)
@given(argmap=maps(), low=st.floats(0, 1), high=st.floats(0, 1))
def test_asking_for_more_confidence_keeps_less(
    argmap: argumap.ArgumentMap, low: float, high: float
) -> None:
    low, high = sorted((low, high))
    many, few = keep_sure(argmap, low), keep_sure(argmap, high)
    assert {c.id for c in few.claims} <= {c.id for c in many.claims}
    assert {r.id for r in few.relations} <= {r.id for r in many.relations}
    assert keep_sure(many, high) == few
    assert keep_sure(argmap, 0) == argmap


def test_a_confidence_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        extract(annotated(CASES[0]).thread, min_confidence=1.5)


def test_what_is_read_can_be_thinned_out_too(tmp_path: Path) -> None:
    thread = annotated(CASES[0]).thread
    argumap.dump(extract(thread), tmp_path / "map.json")
    few = argumap.open_map(tmp_path / "map.json", min_confidence=0.4)
    assert few == extract(thread, min_confidence=0.4)
    assert len(few.relations) < len(extract(thread).relations)


def test_long_work_tells_how_far_it_is(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="argumap.extraction")
    extract(annotated(CASES[0]).thread)
    assert caplog.messages == []
    posts = tuple(argumap.Post(id=f"p{n}", text="It rained.") for n in range(2000))
    extract(argumap.Thread(posts=posts))
    assert caplog.messages[0] == "2,000 posts: the units are found"


@pytest.mark.parametrize(
    ("text", "kind", "cue"),
    [
        ("We should move because the rent went up.", "support", "because"),
        ("We should move, because nobody ever mended the roof.", "support", "because"),
        ("The roof has leaked since we moved in, because nobody mended it.", "support", "because"),
        ("The rent went up, so we should move.", "support", "so"),
        ("Although the rent went up, we should stay.", "rebuttal", "although"),
    ],
)
@pytest.mark.parametrize("name", ["rules", "trained"])
def test_a_reason_is_no_part_of_its_claim(name: str, text: str, kind: str, cue: str) -> None:
    argmap = extract(argumap.Thread(posts=(argumap.Post(id="p", text=text),)), extractor=name)
    (relation,) = argmap.relations
    assert relation.kind == kind
    assert relation.origin is not None
    assert relation.origin.cues == (cue,)


def test_nothing_is_given_to_a_claim_that_probably_has_no_support() -> None:
    bold, weak, reason = (Unit(0, n, n + 1, "It rains", 0, 0) for n in range(3))
    choices: list[tuple[float, Unit | None]] = [(0.3, weak), (0.29, bold), (0.2, None)]
    ranking = Ranking(reason, 0, choices)
    signs: dict[tuple[Unit, Unit], str] = {(reason, weak): "support", (reason, bold): "rebuttal"}
    drop_faint_supports([ranking], signs)
    assert [target for _, target in ranking.choices] == [bold, None]
    sure = Ranking(reason, 0, [(0.7, weak), (0.3, None)])
    drop_faint_supports([sure], signs)
    assert sure.choices[0][1] is weak
