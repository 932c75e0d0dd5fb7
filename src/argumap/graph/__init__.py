"""The networkx views of a map. The map is the truth; these are derived from it on demand."""

from argumap.graph.build import claim_graph, to_networkx

__all__ = ["claim_graph", "to_networkx"]
