"""What stands: labellings, sets of claims that stand together, and how strong each claim is."""

from argumap.semantics.dung import EXTENSIONS, extensions
from argumap.semantics.grounded import grounded_labelling

__all__ = ["EXTENSIONS", "extensions", "grounded_labelling"]
