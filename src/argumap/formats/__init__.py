"""Argument maps as text, and back. A format is one file and one line of `FORMATS`."""

from argumap.formats._format import Format
from argumap.formats._table import FORMATS
from argumap.formats.files import detect_format, dump, dumps, load, loads, losses

__all__ = ["FORMATS", "Format", "detect_format", "dump", "dumps", "load", "loads", "losses"]
