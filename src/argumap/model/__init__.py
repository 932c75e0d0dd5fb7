"""What argumap knows: threads, claims, relations, maps. Pydantic values, and nothing else."""

from argumap.model._base import Confidence, Id, Value, pause_gc
from argumap.model.argument_map import ArgumentMap
from argumap.model.builder import MapBuilder
from argumap.model.claim import Claim, Mention, Origin
from argumap.model.expecting import expect_map, expect_thread
from argumap.model.finding import Finding
from argumap.model.index import MapIndex
from argumap.model.labelling import (
    Acceptance,
    Contributions,
    Extensions,
    Labelling,
    Ranking,
    Standing,
    Strengths,
)
from argumap.model.merge import merge_maps
from argumap.model.relation import Rebuttal, Relation, Support, Undercut
from argumap.model.thread import (
    Block,
    Inference,
    Link,
    Note,
    Post,
    Quote,
    Span,
    Thread,
    Where,
)

__all__ = [
    "Acceptance",
    "ArgumentMap",
    "Block",
    "Claim",
    "Confidence",
    "Contributions",
    "Extensions",
    "Finding",
    "Id",
    "Inference",
    "Labelling",
    "Link",
    "MapBuilder",
    "MapIndex",
    "Mention",
    "Note",
    "Origin",
    "Post",
    "Quote",
    "Ranking",
    "Rebuttal",
    "Relation",
    "Span",
    "Standing",
    "Strengths",
    "Support",
    "Thread",
    "Undercut",
    "Value",
    "Where",
    "expect_map",
    "expect_thread",
    "merge_maps",
    "pause_gc",
]
