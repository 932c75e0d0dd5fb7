"""Large maps: what is drawn, what is folded, and that nothing is lost on the way."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argumap import (
    ArgumentMap,
    Finding,
    LayoutLimitError,
    MapBuilder,
    RenderError,
    UnknownNameError,
    draw,
)
from argumap.rendering.facts import gather
from argumap.rendering.scene import make_scene
from argumap.rendering.selection import overview, vicinity
from rendering.pictured import grammar, random_map, scene_of, texts_of
from strategies import maps

sizes = st.integers(5, 30)


@given(maps(max_claims=12, max_relations=14), sizes)
@settings(max_examples=60)
def test_each_claim_is_drawn_or_folded_once(argmap: ArgumentMap, most: int) -> None:
    chosen = overview(argmap, gather(argmap), most)
    held = [claim_id for fold in chosen.folds for claim_id in fold.claims]
    assert sorted([*chosen.claims, *held]) == sorted(claim.id for claim in argmap.claims)


@given(maps(max_claims=12, max_relations=14), sizes)
@settings(max_examples=60)
def test_the_picture_has_no_more_cards_than_allowed(argmap: ArgumentMap, most: int) -> None:
    chosen = overview(argmap, gather(argmap), most)
    assert len(chosen.claims) + len(chosen.folds) <= most


@given(maps(max_claims=12, max_relations=14), sizes)
@settings(max_examples=60)
def test_a_drawn_claim_hangs_on_drawn_claims(argmap: ArgumentMap, most: int) -> None:
    facts = gather(argmap)
    chosen = overview(argmap, facts, most)
    scene = make_scene(argmap, facts, chosen)
    tied = {name for tie in scene.ties for name in (tie.tail, tie.head)}
    for card in scene.cards:
        if not card.folded and facts.places[card.claim_id].parent is not None:
            assert facts.places[card.claim_id].parent in chosen.claims
            assert card.name in tied


@given(maps(max_claims=12, max_relations=14))
@settings(max_examples=60)
def test_places_are_a_forest_of_all_claims(argmap: ArgumentMap) -> None:
    facts = gather(argmap)
    assert list(facts.places) == [claim.id for claim in argmap.claims]
    assert sum(facts.places[root].size for root in facts.roots) == len(argmap.claims)
    for claim_id, place in facts.places.items():
        below = [facts.places[child] for child in facts.children[claim_id]]
        assert place.size == 1 + sum(child.size for child in below)
        assert all(child.parent == claim_id and child.depth == place.depth + 1 for child in below)


def test_an_overview_says_what_share_is_shown_and_what_each_fold_holds() -> None:
    argmap = random_map(1000, roots=3)
    svg = draw(argmap, max_claims=40).svg
    cards = [lines for lines in texts_of(svg) if lines[0].startswith("+")]
    folded = sum(int(lines[0].split()[0].replace(",", "")) for lines in cards)
    shown = len(list(texts_of(svg))) - len(cards)
    assert len(cards) + shown <= 40
    assert folded + shown == 1000
    assert f">{shown} of 1,000 claims shown · " in svg
    assert "claims not drawn" in svg


def test_what_matters_most_is_kept() -> None:
    argmap = random_map(400, roots=2)
    facts = gather(argmap)
    chosen = overview(argmap, facts, 100)
    assert facts.main in chosen.claims
    alarming = facts.contested - facts.supported
    ordinary = set(facts.places) - alarming
    kept = len(alarming & chosen.claims) / len(alarming)
    assert kept > 2 * len(ordinary & chosen.claims) / len(ordinary)


def test_claims_in_many_parts_are_folded_into_one_card_beside() -> None:
    builder = MapBuilder("Many parts")
    for _ in range(500):
        builder.support(builder.claim("A reason."), builder.claim("A point."))
    svg = draw(builder.build(), max_claims=50).svg
    assert sum("in other parts of the map" in lines[-1] for lines in texts_of(svg)) == 1
    assert "in no relation" not in svg


def test_a_chain_of_ten_thousand_claims_has_an_overview() -> None:
    builder = MapBuilder()
    claims = [builder.claim("And so on.") for _ in range(10_000)]
    for reason, claim in itertools.pairwise(claims):
        builder.support(reason, claim)
    assert ">299 of 10,000 claims shown" in draw(builder.build()).svg


def test_a_map_of_the_size_allowed_is_drawn_whole() -> None:
    assert "shown" not in draw(random_map(50), max_claims=50).svg
    assert "shown" in draw(random_map(51), max_claims=50).svg
    assert "shown" not in draw(random_map(51), max_claims=None).svg


def test_a_map_larger_than_a_page_can_hold_is_an_overview_unless_told_otherwise() -> None:
    assert "of 301 claims shown" in draw(random_map(301)).svg


@pytest.mark.parametrize(
    ("depth", "near"),
    [
        (0, {"c4"}),
        (1, {"c4", "c1"}),
        # The linked premises are one step from their conclusion, and so is who undercuts it.
        (2, {"c4", "c1", "c2", "c3", "c5", "c6"}),
        (3, {"c4", "c1", "c2", "c3", "c5", "c6", "c7"}),
    ],
)
def test_what_is_near_a_claim(depth: int, near: set[str]) -> None:
    chosen = vicinity(grammar(), "c4", depth).claims
    assert chosen - {"c6", "c7"} == near - {"c6", "c7"}
    assert chosen <= near | {"c6", "c7"}


def test_a_part_keeps_the_statuses_of_the_whole() -> None:
    whole = {card.claim_id: card.status for card in scene_of(random_map(60)).cards}
    svg = draw(random_map(60), around="c2", depth=1).svg
    for lines in texts_of(svg):
        claim_id, _, *status = lines[0].split(" · ")
        assert whole[claim_id] == "".join(status)
    assert "of 60 claims shown" in svg


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"rankdir": "TB"}, UnknownNameError, "no direction is called 'TB'"),
        ({"group_by": "date"}, UnknownNameError, "no grouping is called 'date'"),
        ({"around": "c77"}, UnknownNameError, "did you mean 'c7'"),
        ({"highlight": ["x"]}, UnknownNameError, "no claim is called 'x'"),
        ({"max_claims": 2}, RenderError, "5 is the least"),
        ({"depth": -1}, RenderError, "less than 0"),
    ],
)
def test_a_wrong_option_is_told_at_once(
    options: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        draw(grammar(), **options)  # type: ignore[arg-type]


def test_a_part_that_is_too_large_says_how_to_ask_for_less() -> None:
    with pytest.raises(LayoutLimitError, match="ask for a smaller depth"):
        _ = draw(random_map(200), around="c1", depth=50, max_claims=20).svg


def test_the_direction_can_be_chosen() -> None:
    heights = {}
    for rankdir in ("BT", "RL"):
        svg = draw(random_map(30), rankdir=rankdir).svg
        heights[rankdir] = float(svg.split('height="')[1].split('"')[0])
    assert heights["RL"] > heights["BT"]


def test_highlighted_claims_have_a_ring_and_the_legend_says_so() -> None:
    argmap = grammar()
    svg = draw(argmap, highlight=[argmap.claim("c2"), "c3"]).svg
    assert svg.count('class="ring"') == 3
    assert ">highlighted<" in svg


def test_a_finding_highlights_the_claims_that_it_names() -> None:
    argmap = grammar()
    finding = Finding(query="asked", kind="found", claims=("c2", "c3"), reason="Because.")
    found = draw(argmap, highlight=[finding]).svg
    assert found == draw(argmap, highlight=["c2", "c3"]).svg


def test_frames_hold_what_their_author_says() -> None:
    svg = draw(grammar(), group_by="author").svg
    assert svg.count('class="frame') == 4
