"""Argument maps as text, and back. A format is one file and one line of `FORMATS`."""

from argumap.formats._format import Format
from argumap.formats._table import FORMATS
from argumap.formats.files import detect_format, dump, dumps, load, loads, losses
from argumap.formats.table import Tables, to_tables

__all__ = [
    "FORMATS",
    "Format",
    "Tables",
    "detect_format",
    "dump",
    "dumps",
    "load",
    "loads",
    "losses",
    "to_tables",
]
