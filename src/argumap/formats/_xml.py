"""XML: parsing without what can grow or reach out, and attribute values."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from argumap.errors import FormatParseError

__all__ = ["parse_xml", "quoted"]


def parse_xml(text: str, source: str | None) -> ET.Element:
    """Return the root of an XML text.

    Raises:
        FormatParseError: It is not XML, or declares entities, which can grow without bounds or name
            files. The mere name of a document type is passed over; nothing is fetched.
    """
    if match := re.search(r"<!ENTITY|<!DOCTYPE[^>\[]*\[", text):
        raise FormatParseError(
            "XML that declares entities or a document type of its own is not read here",
            source=source,
            line=text.count("\n", 0, match.start()) + 1,
        )
    try:
        return ET.fromstring(text)  # noqa: S314 # entities are refused
    except ET.ParseError as fault:
        line, column = fault.position
        message = f"not XML: {fault.msg.partition(':')[0]}"
        raise FormatParseError(message, source=source, line=line, column=column + 1) from None


def quoted(text: str) -> str:
    """Return a text as the value of an XML attribute, in quotes.

    Examples:
        >>> print(quoted('a "b" & c'))
        "a &quot;b&quot; &amp; c"
    """
    signs = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
    return f'"{escape(text, signs)}"'
