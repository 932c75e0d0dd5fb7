"""The table of formats: detection, `load` and `dump` all go through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.formats import (
    agxml,
    aif,
    argdown,
    arguebuf,
    carneades,
    gexf,
    graphml,
    iccma,
    jsonld,
    kialo,
    markdown,
    native,
    sadface,
    table,
)
from argumap.formats.argdown import export

if TYPE_CHECKING:
    from argumap.formats._format import Format

__all__ = ["FORMATS"]

# In the order in which a text is held against them: those with a mark of their own come first.
FORMATS: Registry[Format] = Registry(
    "format",
    {
        format_.name: format_
        for format_ in (
            native.FORMAT,
            aif.XAIF,
            aif.AIF,
            sadface.FORMAT,
            export.FORMAT,
            arguebuf.FORMAT,
            graphml.FORMAT,
            gexf.FORMAT,
            agxml.FORMAT,
            kialo.FORMAT,
            table.FORMAT,
            iccma.APX,
            iccma.AF,
            iccma.TGF,
            carneades.FORMAT,
            argdown.FORMAT,
            jsonld.FORMAT,
            markdown.FORMAT,
        )
    },
)
