"""SVG to PDF, with the same fonts as for PNG; words stay words, to be searched and copied."""

from __future__ import annotations

from importlib import resources

from argumap.errors import MissingExtraError, RenderError
from argumap.rendering.png import is_covered, size_of

__all__ = ["to_pdf"]

# The page is as large as the picture. Words of strangers come in as data, never as Typst.
_DOCUMENT = b"""\
#set document(title: sys.inputs.title, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#let width = float(sys.inputs.width) * 1pt
#image(bytes(sys.inputs.svg), format: "svg", width: width, alt: sys.inputs.alt)
"""
# No side of a PDF page may be longer.
_LONGEST = 14_400


def to_pdf(svg: str, *, title: str, description: str) -> bytes:
    """Return one of our own pictures as PDF.

    Args:
        svg: The picture.
        title: Title of the document.
        description: What the picture says, for readers who do not see it.

    Raises:
        MissingExtraError: The optional part that makes PDF is not installed.
    """
    try:
        import typst  # noqa: PLC0415 # an optional part
    except ImportError:
        raise MissingExtraError("pdf", "PDF") from None
    width, height = (pixels * 0.75 for pixels in size_of(svg))
    inputs = {
        "svg": svg,
        "title": title,
        "alt": description,
        "width": f"{width * min(1, _LONGEST / max(width, height)):.2f}",
    }
    with resources.as_file(resources.files("argumap.rendering") / "fonts") as folder:
        fonts = typst.Fonts(include_system_fonts=not is_covered(svg), font_paths=[str(folder)])
        try:
            made: bytes = typst.compile(
                _DOCUMENT, format="pdf", font_paths=fonts, sys_inputs=inputs
            )
        except typst.TypstError as fault:
            raise RenderError(f"the PDF cannot be made: {fault}") from fault
    return made
