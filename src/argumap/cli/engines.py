"""``argumap engines``: what draws pictures on this machine."""

from __future__ import annotations

from argumap.cli.terminal import dim, show

__all__ = ["engines"]


def engines() -> None:
    """Tell which Graphviz engines and picture formats work here."""
    from argumap.rendering import RENDERERS, engines

    for engine in engines():
        state = f"Graphviz {engine.version}" if engine.works else f"does not work: {engine.why}"
        show(f"{engine.name:<10} {state}")
    show(dim(f"formats    {' '.join(RENDERERS)}"))
