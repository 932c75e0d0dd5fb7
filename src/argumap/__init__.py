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
    `diff_maps`, `unsupported_claims`, `contested_claims`, `main_claims`
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
    from argumap.api import extract, open_map
    from argumap.corpus import Corpus, build_corpus
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
    from argumap.extraction.llm import Extraction, LLMExtractor, Provenance
    from argumap.formats import dump, dumps, load, loads
    from argumap.graph import claim_graph, to_networkx
    from argumap.model import (
        ArgumentMap,
        Block,
        Claim,
        Inference,
        Link,
        MapBuilder,
        Mention,
        Note,
        Origin,
        Post,
        Quote,
        Rebuttal,
        Relation,
        Span,
        Support,
        Thread,
        Undercut,
        Where,
        merge_maps,
    )
    from argumap.queries import contested_claims, diff_maps, main_claims, unsupported_claims
    from argumap.rendering import Diagram, EngineState, draw, engines, to_dot, to_graphviz
    from argumap.store import Store
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
    "argumap.graph": ("claim_graph", "to_networkx"),
    "argumap.model": (
        "ArgumentMap",
        "Block",
        "Claim",
        "Inference",
        "Link",
        "MapBuilder",
        "Mention",
        "Note",
        "Origin",
        "Post",
        "Quote",
        "Rebuttal",
        "Relation",
        "Span",
        "Support",
        "Thread",
        "Undercut",
        "Where",
        "merge_maps",
    ),
    "argumap.queries": ("contested_claims", "diff_maps", "main_claims", "unsupported_claims"),
    "argumap.rendering": (
        "Diagram",
        "EngineState",
        "draw",
        "engines",
        "to_dot",
        "to_graphviz",
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
    "ArgumapError",
    "ArgumentMap",
    "Block",
    "Claim",
    "Corpus",
    "CorpusError",
    "Diagram",
    "EngineNotFoundError",
    "EngineState",
    "Extraction",
    "ExtractionError",
    "ExtractionLimitError",
    "FormatParseError",
    "Inference",
    "LLMExtractor",
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
    "Rebuttal",
    "Relation",
    "RenderError",
    "Span",
    "Store",
    "StoreError",
    "Support",
    "Thread",
    "ThreadParseError",
    "Undercut",
    "UnknownNameError",
    "Where",
    "__version__",
    "build_corpus",
    "claim_graph",
    "contested_claims",
    "diff_maps",
    "draw",
    "dump",
    "dump_thread",
    "dumps",
    "engines",
    "extract",
    "list_threads",
    "load",
    "loads",
    "main_claims",
    "mark_up",
    "merge_maps",
    "open_map",
    "parse_thread",
    "read_thread",
    "read_threads",
    "to_dot",
    "to_graphviz",
    "to_networkx",
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
