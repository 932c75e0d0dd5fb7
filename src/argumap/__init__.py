"""argumap: from a discussion thread to an argument map.

Threads in:
    `read_thread`, `read_threads`, `list_threads`, `parse_thread`, `mark_up`, `dump_thread`;
    `Thread`, `Post`, `Span`, `Quote`, `Block`, `Link`, `Note`, `Inference`, `Where`, `Listing`
Maps:
    `extract`, `MapBuilder`; `ArgumentMap`, `Claim`, `Mention`, `Origin`, `Support`, `Rebuttal`,
    `Undercut`, `Relation`
Language models:
    `LLMExtractor`, `Extraction`, `Provenance`
Files:
    `load`, `loads`, `dump`, `dumps`, `open_map`, `merge_maps`
Graphs:
    `to_networkx`, `claim_graph`
Questions:
    `unsupported_claims`, `contested_claims`, `main_claims`, `diff_maps`; as findings with reasons
    `unsupported`, `lacking_support`, `contested`, `unanswered_rebuttals`, `concessions`,
    `self_contradictions`, `common_ground`, `disagreements`, `positions`, `circular_reasoning`,
    `near_duplicates`, `turning_points`, `cruxes`, `load_bearing`, `smallest_sets`, `explain`,
    `chains`, `for_and_against`; `Finding`; all of them by name in
    `argumap.queries.QUERIES`
Parts of a map:
    `submap`, `around`, `between`, `as_of`
What stands:
    `grounded_labelling`, `extensions`, `labellings`, `acceptance`, `strengths`, `ranking`,
    `contributions`; `Labelling`, `Extensions`, `Acceptance`, `Strengths`, `Ranking`,
    `Contributions`
Pictures:
    `draw`, `Diagram`, `to_dot`, `to_graphviz`, `engines`, `EngineState`
Many maps:
    `build_corpus`, `Corpus`, `Store`
Errors:
    `ArgumapError` and those beneath it, drawn as a tree in `argumap.errors`

Names load when they are first used, so that importing argumap costs next to nothing.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.api import (
        extract,
        open_map,
    )
    from argumap.corpus import (
        Corpus,
        build_corpus,
    )
    from argumap.errors import (
        ArgumapError,
        CorpusError,
        EngineNotFoundError,
        ExtractionError,
        ExtractionLimitError,
        FormatParseError,
        LayoutLimitError,
        LossyConversionWarning,
        MissingExtraError,
        ModelError,
        NotConvergedError,
        NotRepresentableError,
        ParseError,
        QuestionError,
        RenderError,
        StoreError,
        ThreadParseError,
        UnknownNameError,
    )
    from argumap.extraction.llm import (
        Extraction,
        LLMExtractor,
        Provenance,
    )
    from argumap.formats import (
        dump,
        dumps,
        load,
        loads,
    )
    from argumap.graph import (
        around,
        as_of,
        between,
        claim_graph,
        submap,
        to_networkx,
    )
    from argumap.model import (
        Acceptance,
        ArgumentMap,
        Block,
        Claim,
        Contributions,
        Extensions,
        Finding,
        Inference,
        Labelling,
        Link,
        MapBuilder,
        Mention,
        Note,
        Origin,
        Post,
        Quote,
        Ranking,
        Rebuttal,
        Relation,
        Span,
        Strengths,
        Support,
        Thread,
        Undercut,
        Where,
        merge_maps,
    )
    from argumap.queries import (
        chains,
        circular_reasoning,
        common_ground,
        concessions,
        contested,
        contested_claims,
        cruxes,
        diff_maps,
        disagreements,
        explain,
        for_and_against,
        lacking_support,
        load_bearing,
        main_claims,
        near_duplicates,
        positions,
        self_contradictions,
        smallest_sets,
        turning_points,
        unanswered_rebuttals,
        unsupported,
        unsupported_claims,
    )
    from argumap.rendering import (
        Diagram,
        EngineState,
        draw,
        engines,
        to_dot,
        to_graphviz,
    )
    from argumap.semantics import (
        acceptance,
        contributions,
        extensions,
        grounded_labelling,
        labellings,
        ranking,
        strengths,
    )
    from argumap.store import (
        Store,
    )
    from argumap.threads import (
        Listing,
        dump_thread,
        list_threads,
        mark_up,
        parse_thread,
        read_thread,
        read_threads,
    )

_HOMES = {
    "argumap.api": ("extract", "open_map"),
    "argumap.corpus": ("Corpus", "build_corpus"),
    "argumap.errors": (
        "ArgumapError",
        "CorpusError",
        "EngineNotFoundError",
        "ExtractionError",
        "ExtractionLimitError",
        "FormatParseError",
        "LayoutLimitError",
        "LossyConversionWarning",
        "MissingExtraError",
        "ModelError",
        "NotConvergedError",
        "NotRepresentableError",
        "ParseError",
        "QuestionError",
        "RenderError",
        "StoreError",
        "ThreadParseError",
        "UnknownNameError",
    ),
    "argumap.extraction.llm": ("Extraction", "LLMExtractor", "Provenance"),
    "argumap.formats": ("dump", "dumps", "load", "loads"),
    "argumap.graph": ("around", "as_of", "between", "claim_graph", "submap", "to_networkx"),
    "argumap.model": (
        "Acceptance",
        "ArgumentMap",
        "Block",
        "Claim",
        "Contributions",
        "Extensions",
        "Finding",
        "Inference",
        "Labelling",
        "Link",
        "MapBuilder",
        "Mention",
        "Note",
        "Origin",
        "Post",
        "Quote",
        "Ranking",
        "Rebuttal",
        "Relation",
        "Span",
        "Strengths",
        "Support",
        "Thread",
        "Undercut",
        "Where",
        "merge_maps",
    ),
    "argumap.queries": (
        "chains",
        "circular_reasoning",
        "common_ground",
        "concessions",
        "contested",
        "contested_claims",
        "cruxes",
        "diff_maps",
        "disagreements",
        "explain",
        "for_and_against",
        "lacking_support",
        "load_bearing",
        "main_claims",
        "near_duplicates",
        "positions",
        "self_contradictions",
        "smallest_sets",
        "turning_points",
        "unanswered_rebuttals",
        "unsupported",
        "unsupported_claims",
    ),
    "argumap.rendering": ("Diagram", "EngineState", "draw", "engines", "to_dot", "to_graphviz"),
    "argumap.semantics": (
        "acceptance",
        "contributions",
        "extensions",
        "grounded_labelling",
        "labellings",
        "ranking",
        "strengths",
    ),
    "argumap.store": ("Store",),
    "argumap.threads": (
        "Listing",
        "dump_thread",
        "list_threads",
        "mark_up",
        "parse_thread",
        "read_thread",
        "read_threads",
    ),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__version__ = "0.1.0"
__all__ = [
    "Acceptance",
    "ArgumapError",
    "ArgumentMap",
    "Block",
    "Claim",
    "Contributions",
    "Corpus",
    "CorpusError",
    "Diagram",
    "EngineNotFoundError",
    "EngineState",
    "Extensions",
    "Extraction",
    "ExtractionError",
    "ExtractionLimitError",
    "Finding",
    "FormatParseError",
    "Inference",
    "LLMExtractor",
    "Labelling",
    "LayoutLimitError",
    "Link",
    "Listing",
    "LossyConversionWarning",
    "MapBuilder",
    "Mention",
    "MissingExtraError",
    "ModelError",
    "NotConvergedError",
    "NotRepresentableError",
    "Note",
    "Origin",
    "ParseError",
    "Post",
    "Provenance",
    "QuestionError",
    "Quote",
    "Ranking",
    "Rebuttal",
    "Relation",
    "RenderError",
    "Span",
    "Store",
    "StoreError",
    "Strengths",
    "Support",
    "Thread",
    "ThreadParseError",
    "Undercut",
    "UnknownNameError",
    "Where",
    "__version__",
    "acceptance",
    "around",
    "as_of",
    "between",
    "build_corpus",
    "chains",
    "circular_reasoning",
    "claim_graph",
    "common_ground",
    "concessions",
    "contested",
    "contested_claims",
    "contributions",
    "cruxes",
    "diff_maps",
    "disagreements",
    "draw",
    "dump",
    "dump_thread",
    "dumps",
    "engines",
    "explain",
    "extensions",
    "extract",
    "for_and_against",
    "grounded_labelling",
    "labellings",
    "lacking_support",
    "list_threads",
    "load",
    "load_bearing",
    "loads",
    "main_claims",
    "mark_up",
    "merge_maps",
    "near_duplicates",
    "open_map",
    "parse_thread",
    "positions",
    "ranking",
    "read_thread",
    "read_threads",
    "self_contradictions",
    "smallest_sets",
    "strengths",
    "submap",
    "to_dot",
    "to_graphviz",
    "to_networkx",
    "turning_points",
    "unanswered_rebuttals",
    "unsupported",
    "unsupported_claims",
]


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'argumap' has no attribute {name!r}", name=name, obj=None)
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})


if "IPython" in sys.modules:
    importlib.import_module("argumap._notebook").register()
