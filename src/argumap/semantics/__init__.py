"""What stands: labellings, sets of claims that stand together, and how strong each claim is."""

from argumap.semantics.acceptance import acceptance
from argumap.semantics.derived import derived_attacks
from argumap.semantics.dung import EXTENSIONS, extensions, labellings
from argumap.semantics.gradual import contributions, strengths
from argumap.semantics.grounded import grounded_labelling
from argumap.semantics.modular import STRENGTHS
from argumap.semantics.ranking import RANKINGS, ranking
from argumap.semantics.weighed import weighed_points

__all__ = [
    "EXTENSIONS",
    "RANKINGS",
    "STRENGTHS",
    "acceptance",
    "contributions",
    "derived_attacks",
    "extensions",
    "grounded_labelling",
    "labellings",
    "ranking",
    "strengths",
    "weighed_points",
]
