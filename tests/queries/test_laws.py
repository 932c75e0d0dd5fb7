"""What holds of the answers whatever the map."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from argumap import (
    ArgumentMap,
    Claim,
    Finding,
    Rebuttal,
    Support,
    contested_claims,
    main_claims,
    unsupported_claims,
)
from argumap.graph import around, submap
from argumap.queries import (
    QUERIES,
    chains,
    circular_reasoning,
    cruxes,
    for_and_against,
    lacking_support,
    load_bearing,
    near_duplicates,
    smallest_sets,
)
from argumap.queries.hinges import what_holds
from argumap.semantics.program import Program
from argumap.semantics.well_founded import IN, OUT, well_founded
from argumap.semantics.what_if import WhatIf
from semantics.worked import small_maps
from strategies import maps

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable


@given(maps())
def test_every_question_has_an_answer_that_holds_together(argmap: ArgumentMap) -> None:
    for name, query in QUERIES.items():
        if not all(each.startswith("[") for each in query.about):
            continue
        answer = query.ask(argmap)
        assert answer == query.ask(argmap), name
        for found in answer:
            if isinstance(found, Finding):
                assert found.reason.endswith(".")
                assert all(argmap.claim(claim_id) for claim_id in found.claims)
                assert all(argmap.relation(relation_id) for relation_id in found.relations)


@given(maps())
def test_unsupported_and_contested_are_their_definitions(argmap: ArgumentMap) -> None:
    concluded = {support.conclusion for support in argmap.supports}
    rebutted = {rebuttal.target for rebuttal in argmap.rebuttals}
    assert [c.id for c in unsupported_claims(argmap)] == [
        c.id for c in argmap.claims if c.id not in concluded
    ]
    assert [c.id for c in contested_claims(argmap)] == [
        c.id for c in argmap.claims if c.id in rebutted
    ]
    bare = {f.claims[0] for f in lacking_support(argmap) if f.kind == "no-reason"}
    assert bare == {claim.id for claim in unsupported_claims(argmap)}


@given(small_maps(), st.data())
def test_a_support_more_makes_no_other_claim_unsupported(
    argmap: ArgumentMap, data: st.DataObject
) -> None:
    if len(argmap.claims) < 2:
        return
    one, other = data.draw(st.permutations([claim.id for claim in argmap.claims]))[:2]
    more = Support(id="more", premises=(one,), conclusion=other)
    after = argmap.replace(relations=(*argmap.relations, more))
    before = {claim.id for claim in unsupported_claims(argmap)}
    assert {claim.id for claim in unsupported_claims(after)} <= before


@given(small_maps(), st.permutations(range(6)))
def test_new_names_change_the_names_alone(argmap: ArgumentMap, order: list[int]) -> None:
    new = {claim.id: f"n{order[n]}" for n, claim in enumerate(argmap.claims)}
    renamed = ArgumentMap(
        claims=tuple(claim.replace(id=new[claim.id]) for claim in argmap.claims),
        relations=tuple(
            relation.replace(
                premises=tuple(new[p] for p in relation.premises),
                conclusion=new[relation.conclusion],
            )
            if isinstance(relation, Support)
            else relation.replace(
                source=new[relation.source],
                target=new.get(relation.target, relation.target),
            )
            for relation in argmap.relations
        ),
    )

    def shape(of: ArgumentMap, names: dict[str, str]) -> list[object]:
        return [
            (f.query, f.kind, tuple(names[c] for c in f.claims), f.relations)
            for name in ("lacking-support", "contested", "unanswered", "circles", "cruxes")
            for f in QUERIES[name].ask(of)
            if isinstance(f, Finding)
        ]

    assert shape(renamed, {n: n for n in new.values()}) == shape(argmap, new)


def _below(argmap: ArgumentMap, top: str) -> set[str]:
    """Return the claims that bear on a claim at any depth, by following every relation."""
    found: set[str] = set()
    while True:
        reached = {top, *found}
        on = {r.id for r in argmap.relations if r.target in reached}
        while more := {u.id for u in argmap.undercuts if u.target in on} - on:
            on |= more
        wider = {s for r in argmap.relations if r.id in on for s in r.sources}
        if wider <= found:
            return found - {top}
        found |= wider


@given(small_maps())
def test_main_claims_are_ranked_by_what_bears_on_them(argmap: ArgumentMap) -> None:
    sizes = [len(_below(argmap, claim.id)) for claim in main_claims(argmap)]
    assert sizes == sorted(sizes, reverse=True)
    bearing = {source for relation in argmap.relations for source in relation.sources}
    struck = {r.target for r in argmap.relations if r.kind != "undercut"}
    wanted = {c.id for c in argmap.claims if c.id in struck and c.id not in bearing}
    assert {claim.id for claim in main_claims(argmap)} == wanted


def _standing_after(argmap: ArgumentMap, fallen: Iterable[int]) -> bytearray:
    """Return all labels where some claims cannot be had: evaluated as a whole."""
    program = WhatIf(argmap).program
    need, supporters = program.need.copy(), program.supporters.copy()
    for node in fallen:
        need[node], supporters[node] = 1, ()
    return well_founded(Program(program.claims, need, supporters, program.attackers, program.live))


@given(small_maps(relations=12))
def test_what_changes_is_what_a_whole_new_evaluation_finds(argmap: ArgumentMap) -> None:
    what_if = WhatIf(argmap)
    for node in range(len(argmap.claims)):
        whole = _standing_after(argmap, [node])
        changed = what_if.changes({node: OUT})
        labels = [changed.get(n, label) for n, label in enumerate(what_if.labels)]
        assert labels == list(whole)
        lost = sum(
            what_if.labels[n] == IN != whole[n] for n in range(len(argmap.claims)) if n != node
        )
        for goal in range(len(argmap.claims)):
            outcome = what_if.outcome(node, OUT, goal)
            assert outcome.goal == whole[goal]
            assert outcome.lost == lost


@given(small_maps(linked=1))
def test_a_claim_falls_when_all_reasons_that_are_told_of_fall(argmap: ArgumentMap) -> None:
    goal = argmap.claims[0]
    told = re.search(r"for (\d+) reasons that hold", what_holds(argmap, goal.id))
    if told is None:
        return
    labels = WhatIf(argmap).labels
    number = argmap.index.claim_number
    reasons = [s for s in argmap.supports if s.conclusion == goal.id]
    accepted = {number[s.premises[0]] for s in reasons if labels[number[s.premises[0]]] == IN}
    assert len(accepted) <= len(reasons)
    assert int(told[1]) <= len(reasons)
    assert _standing_after(argmap, sorted(accepted))[0] != IN


@given(small_maps())
def test_cruxes_and_load_are_those_of_every_fall(argmap: ArgumentMap) -> None:
    labels = WhatIf(argmap).labels
    goal = argmap.claims[0].id
    turning = {
        claim.id
        for n, claim in enumerate(argmap.claims)
        if n and labels[n] != OUT and _standing_after(argmap, [n])[0] != labels[0]
    }
    assert {finding.claims[0] for finding in cruxes(argmap, goal)} == turning
    for finding in load_bearing(argmap):
        fallen = argmap.index.claim_number[finding.claims[0]]
        after = _standing_after(argmap, [fallen])
        lost = [c.id for n, c in enumerate(argmap.claims) if labels[n] == IN != after[n]]
        assert sorted(finding.claims) == sorted(lost)


@settings(max_examples=50)
@given(small_maps(most=5))
def test_the_smallest_sets_are_all_there_are(argmap: ArgumentMap) -> None:
    labels = WhatIf(argmap).labels
    goal = argmap.claims[0].id
    aim: Literal["defeat", "defend"] = "defeat" if labels[0] == IN else "defend"
    wanted: set[frozenset[str]] = set()
    for size in range(1, 4):
        for chosen in combinations(range(1, len(argmap.claims)), size):
            if any(labels[n] == OUT for n in chosen) and size == 1:
                continue
            if (_standing_after(argmap, chosen)[0] == IN) == (aim == "defend"):
                wanted.add(frozenset(argmap.claims[n].id for n in chosen))
        if wanted:
            break
    found = smallest_sets(argmap, goal, aim)
    assert {frozenset(finding.claims[:-1]) for finding in found} == wanted


@given(small_maps())
def test_chains_and_sides_are_walks_on_the_map(argmap: ArgumentMap) -> None:
    goal = argmap.claims[0].id
    sides = {finding.kind: set(finding.claims[1:]) for finding in for_and_against(argmap, goal)}
    assert (sides["for"] | sides["against"]) - {goal} == _below(argmap, goal)
    for claim in argmap.claims[1:]:
        found = chains(argmap, claim.id, goal)
        assert bool(found) == (claim.id in _below(argmap, goal))
        for finding in found:
            path = [argmap.relation(relation_id) for relation_id in finding.relations]
            assert claim.id in path[0].sources
            for before, after in pairwise(path):
                assert before.target == after.id or before.target in after.sources
            assert path[-1].target == goal
            attacks = sum(relation.kind != "support" for relation in path)
            assert finding.kind == ("against" if attacks % 2 else "for")
            assert claim.id in sides[finding.kind]


@given(small_maps())
def test_a_circle_is_a_closed_walk_of_supports(argmap: ArgumentMap) -> None:
    for finding in circular_reasoning(argmap):
        following = [*finding.claims[1:], finding.claims[0]]
        for premise, conclusion, support_id in zip(
            finding.claims, following, finding.relations, strict=True
        ):
            support = argmap.relation(support_id)
            assert support.kind == "support"
            assert premise in support.sources
            assert support.target == conclusion


@given(small_maps())
def test_a_part_of_a_map_has_all_relations_among_its_claims(argmap: ArgumentMap) -> None:
    names = [claim.id for claim in argmap.claims]
    assert submap(argmap, names) == argmap
    part = around(argmap, names[0], depth=len(names))
    kept = {claim.id for claim in part.claims}
    assert names[0] in kept
    for relation in argmap.relations:
        if relation.kind != "undercut" and relation.target in kept:
            assert relation in part.relations


@given(st.lists(st.text("abc ", max_size=12), max_size=8), st.sampled_from([0.3, 0.5, 0.7, 1.0]))
def test_near_duplicates_are_all_pairs_that_are_alike(texts: list[str], likeness: float) -> None:
    _check_near_duplicates(texts, likeness)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False), st.sampled_from([0.2, 0.5, 0.7, 1.0]))
def test_near_duplicates_where_most_words_are_common(rng: random.Random, likeness: float) -> None:
    texts = [" ".join(rng.choices("abcdefghij", k=rng.randint(1, 12))) for _ in range(150)]
    _check_near_duplicates(texts, likeness)


def _check_near_duplicates(texts: list[str], likeness: float) -> None:
    claims = tuple(Claim(id=f"c{n}", text=text) for n, text in enumerate(texts))
    words = [set(re.findall(r"\w+", text)) for text in texts]
    wanted = {
        (f"c{m}", f"c{n}")
        for m, n in combinations(range(len(texts)), 2)
        if min(len(words[m]), len(words[n])) >= 3
        and len(words[m] & words[n]) >= likeness * len(words[m] | words[n])
    }
    found = near_duplicates(ArgumentMap(claims=claims), likeness)
    assert {finding.claims for finding in found} == wanted


def test_chains_of_a_hundred_thousand_claims_are_answered() -> None:
    size = 100_000
    claims = tuple(Claim(id=f"c{n}", text=f"Claim number {n}.") for n in range(size))
    relations = tuple(
        Support(id=f"r{n}", premises=(f"c{n + 1}",), conclusion=f"c{n}") for n in range(size - 1)
    )
    argmap = ArgumentMap(
        claims=claims, relations=(*relations, Rebuttal(id="r", source="c0", target="c7"))
    )
    kinds = [finding.kind for finding in lacking_support(argmap)]
    assert kinds == ["no-reason", *["fallen"] * 7]  # c0 strikes what it rests on
    assert circular_reasoning(argmap) == ()
    deep = argmap.replace(relations=relations)
    assert len(cruxes(deep, "c0")) == size - 1
    assert len(for_and_against(deep, "c0")[0].claims) == size
    assert len(chains(deep, f"c{size - 1}", "c0")) == 1
