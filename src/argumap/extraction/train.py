"""Train the heads of the trained extractor on annotated threads.

The same threads give the same bytes. Needs the extra ``train`` (NumPy and SciPy); the heads that
come out do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._draft import Draft
from argumap.extraction.fitting import Aim, Example, calibrate, fit
from argumap.extraction.samples import Sample
from argumap.extraction.trained.decoding import attach_units
from argumap.extraction.trained.extractor import (
    find_units,
    judge_units,
    propose_links,
    set_component,
)
from argumap.extraction.trained.head import Head
from argumap.extraction.trained.parents import Surroundings, candidates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argumap.extraction._draft import Unit
    from argumap.extraction.vectors import WordVectors

__all__ = ["Sample", "train"]


def train(
    samples: Sequence[Sample],
    also: Sequence[Sample] = (),
    *,
    vectors: WordVectors | None = None,
) -> dict[str, Head]:
    """Return heads trained on some threads, all annotated in one way.

    Args:
        samples: The threads that the heads are to be good at.
        also: More threads to learn from.
        vectors: What words are like; without them heads go by named features alone.
    """
    every = [*samples, *also]
    aim = Aim(every, {id(sample) for sample in samples}, vectors)
    joint, blind_joint = fit("joint", _joint_examples(every), aim)
    for sample in every:
        sample.find(blind_joint[id(sample)])
    argument, blind_argument = fit("argument", _argument_examples(every), aim)
    component, blind_component = fit("component", _component_examples(every), aim)
    drafts = {
        id(sample): _proposed(sample, blind_joint[id(sample)], blind_component[id(sample)])
        for sample in every
    }
    parent, blind_parent = fit("parent", _parent_examples(every, drafts), aim)
    blind = (blind_joint, blind_argument, blind_component, blind_parent)
    links = [
        outcome
        for sample in every
        if "relations" in sample.gold.tasks
        for outcome in _links(sample, *(heads[id(sample)] for heads in blind))
    ]
    link = Head({}, 0.0, *calibrate(links))
    return {
        "joint": joint,
        "argument": argument,
        "component": component,
        "parent": parent,
        "link": link,
    }


def _links(
    sample: Sample, joint: Head, argument: Head, component: Head, parent: Head
) -> Iterator[tuple[float, bool]]:
    """Yield the score of each link made in a thread unseen, and whether annotators have it."""
    draft = Draft(sample.thread)
    find_units(draft, joint)
    twin = dict(zip(draft.units(), sample.units, strict=True))
    judge_units(draft, argument, component)
    propose_links(draft)
    truth = _truth(sample)
    for unit, score in attach_units(draft, parent).items():
        source = sample.matched.get(twin[unit], "")
        target = sample.matched.get(twin[unit.links[0].target])
        yield score, target in truth.get(source, {})


def _joint_examples(samples: Iterable[Sample]) -> list[Example]:
    return [
        Example([evidence], [0] if parts else [], sample)
        for sample in samples
        if "units" in sample.gold.tasks
        for evidence, parts in sample.joints
    ]


def _argument_examples(samples: Iterable[Sample]) -> list[Example]:
    return [
        Example([evidence], [0] if unit in sample.matched else [], sample)
        for sample in samples
        if "units" in sample.gold.tasks
        for unit, evidence in zip(sample.units, sample.evidence, strict=True)
        if unit in sample.matched or unit not in sample.partly
    ]


def _component_examples(samples: Iterable[Sample]) -> list[Example]:
    return [
        Example(
            [evidence],
            [0] if sample.gold.argmap.claim(sample.matched[unit]).component == "claim" else [],
            sample,
        )
        for sample in samples
        if "kind" in sample.gold.tasks
        for unit, evidence in zip(sample.units, sample.evidence, strict=True)
        if unit in sample.matched
    ]


def _proposed(sample: Sample, joint: Head, judge: Head) -> tuple[Draft, dict[Unit, str]]:
    """Return a draft of the argumentative units of a thread with the links of the rules."""
    draft = Draft(sample.thread)
    find_units(draft, joint)
    twin = dict(zip(draft.units(), sample.units, strict=True))
    for unit, evidence in zip(list(draft.units()), sample.evidence, strict=True):
        set_component(unit, judge.probability(judge.score(evidence)))
    for post in draft.posts:
        kept = [
            unit
            for unit in post.units
            if twin[unit] in sample.matched or twin[unit] in sample.partly
        ]
        gone = [n for n, unit in enumerate(post.units) if unit not in set(kept)]
        for stand in post.stands:
            stand.before -= sum(number < stand.before for number in gone)
        post.units = kept
    propose_links(draft)
    claims = {
        unit: sample.matched[twin[unit]] for unit in draft.units() if twin[unit] in sample.matched
    }
    return draft, claims


def _truth(sample: Sample) -> dict[str, dict[str, str]]:
    """Return for each annotated claim what it bears on, and with which sign."""
    found: dict[str, dict[str, str]] = {}
    argmap = sample.gold.argmap
    for relation in argmap.relations:
        targets: tuple[str, ...] = (relation.target,)
        if relation.kind == "undercut":
            targets = argmap.relation(relation.target).sources
        for source in relation.sources:
            for target in targets:
                found.setdefault(source, {})[target] = relation.kind
    return found


_Drafts = dict[int, tuple[Draft, dict["Unit", str]]]


def _parent_examples(samples: Iterable[Sample], drafts: _Drafts) -> list[Example]:
    examples: list[Example] = []
    for sample in samples:
        if "relations" not in sample.gold.tasks:
            continue
        draft, claims = drafts[id(sample)]
        truth = _truth(sample)
        around = Surroundings(draft)
        for unit, claim in claims.items():
            found = candidates(draft, around, unit)
            wanted = truth.get(claim, {})
            right = [
                number
                for number, each in enumerate(found)
                if each.target is not None and claims.get(each.target) in wanted
            ]
            if not wanted:
                right = [0]
            if right:
                examples.append(Example([each.evidence for each in found], right, sample))
    return examples
