"""Pictures of argument maps. A picture format is one function and one line of `RENDERERS`."""

from argumap.rendering.diagram import RENDERERS, Diagram
from argumap.rendering.drawing import draw, to_dot, to_graphviz
from argumap.rendering.engines import ENGINES, EngineState, engines
from argumap.rendering.style import THEMES

__all__ = [
    "ENGINES",
    "RENDERERS",
    "THEMES",
    "Diagram",
    "EngineState",
    "draw",
    "engines",
    "to_dot",
    "to_graphviz",
]
