"""The networkx views of a map, and its parts. The map is the truth; these are derived from it."""

from argumap.graph.build import claim_graph, to_networkx
from argumap.graph.parts import around, as_of, between, submap

__all__ = ["around", "as_of", "between", "claim_graph", "submap", "to_networkx"]
