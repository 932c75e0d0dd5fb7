"""The grounded labelling: what must be granted by whoever follows the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argumap.graph.components import order_of
from argumap.model import Labelling, pause_gc
from argumap.semantics.program import program_of
from argumap.semantics.weighed import considered
from argumap.semantics.well_founded import IN, OUT, well_founded, well_founded_in_order

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, MapIndex, Standing
    from argumap.semantics.program import Evidence, Program, SupportReading
    from argumap.semantics.weighed import Weighed

__all__ = ["grounded_labelling", "labelling_of"]

_STANDINGS: Final[tuple[Standing, Standing, Standing]] = ("undecided", "accepted", "rejected")


def grounded_labelling(
    argmap: ArgumentMap,
    *,
    support: SupportReading = "evidential",
    evidence: Evidence = "leaves",
    weighed: Weighed = "outweighed",
) -> Labelling:
    """Return the grounded labelling: the one that decides nothing it need not decide.

    A claim is *accepted* when every rebuttal of it comes from a rejected claim (or is undercut by
    an accepted one) and it has live support; *rejected* when an accepted claim rebuts it or it can
    have no live support; *undecided* otherwise, as are two claims that rebut each other and
    nothing else. It exists always, there is one, and it lies within each complete extension
    (Dung, *Artificial Intelligence* 77, 1995, pp. 321-357, theorem 25).

    Args:
        argmap: The map.
        support: How support counts. ``"evidential"`` (Oren and Norman, COMMA 2008): a claim needs
            a chain of accepted reasons that starts in evidence. ``"deductive"`` (Boella et al.,
            COMMA 2010): who accepts the premises accepts the conclusion. ``"necessary"`` (Nouioua
            and Risch, SUM 2011): who accepts the conclusion accepts the premises. ``"general"``
            (Cayrol and Lagasquie-Schiex, ECSQARU 2005): supports only hand attacks on; there may
            then be as many attacks as pairs of claims. ``"ignore"``: only attacks count.
        evidence: Which claims need no reason, where support is evidential. ``"leaves"``: those
            for which no reason is given. ``"sourced"``: of these the ones that were put forward
            with a link. Or the ids of the claims.
        weighed: What becomes of the points that people weigh against their own claims
            (`weighed_points`). ``"outweighed"``: they defeat nothing, since whoever raises them
            holds on to his claim. ``"count"``: they are rebuttals and undercuts like all others,
            which is the pure semantics of the papers.

    Returns:
        A standing for each claim. Linear, save for circles of support that lose their outside
        support one after the other.

    Raises:
        UnknownNameError: There is no such reading, evidence, treatment or claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, far, bus = (builder.claim(text) for text in ("Move.", "It is far.", "By bus."))
        >>> rebuttals = builder.rebuttal(far, move), builder.rebuttal(bus, far)
        >>> grounded_labelling(builder.build()).standings
        {'c1': 'accepted', 'c2': 'rejected', 'c3': 'accepted'}
    """
    with pause_gc():
        index = considered(argmap, weighed)
        program = program_of(argmap, index, support, evidence)
        if support == "evidential":
            labels = well_founded_in_order(program, order_of(index.wiring))
        else:
            labels = well_founded(program)
        return labelling_of(index, program, labels, semantics="grounded", support=support)


def labelling_of(
    index: MapIndex, program: Program, labels: bytearray, *, semantics: str, support: str
) -> Labelling:
    """Return the labelling of a map that some labels of its program's nodes stand for."""
    ids, relation_ids, rebuttals_of = index.claim_ids, index.relation_ids, index.rebuttals_of
    node_of = index.wiring.node_of
    rejected_by: dict[str, str | None] = {}
    for claim in [n for n, label in enumerate(labels[: program.claims]) if label == OUT]:
        for r in rebuttals_of[claim]:
            if labels[node_of[r]] == IN:
                rejected_by[ids[claim]] = relation_ids[r]
                break
        else:
            rejected_by[ids[claim]] = None
    # Made without validation: that would look at each entry, and they are right as they are.
    return Labelling.model_construct(
        semantics=semantics,
        support=support,
        standings=dict(zip(ids, map(_STANDINGS.__getitem__, labels), strict=False)),
        rejected_by=rejected_by,
    )
