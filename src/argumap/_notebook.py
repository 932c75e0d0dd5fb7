"""How a map shows itself in a notebook.

The model knows nothing of pictures, so it is IPython that is told, by the name of the type: that
needs neither the model nor a picture to be loaded.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argumap.model import ArgumentMap

__all__ = ["register"]


def register() -> None:
    """Tell a running IPython how to show maps; do nothing elsewhere."""
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython is not None else None
    if shell is None or not hasattr(shell, "display_formatter"):
        return
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type_by_name("argumap.model.argument_map", "ArgumentMap", _bundle)


def _bundle(argmap: ArgumentMap, include: Any = None, exclude: Any = None) -> dict[str, str]:
    from argumap.rendering import draw  # noqa: PLC0415 # loaded when a map is first shown

    return draw(argmap)._repr_mimebundle_(include, exclude)  # IPython's protocol
