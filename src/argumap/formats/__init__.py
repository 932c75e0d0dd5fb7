"""Argument maps as text, and back. A format is one file and one line of `FORMATS`."""

from argumap.formats._format import Format
from argumap.formats._table import FORMATS
from argumap.formats.files import detect_format, dump, dumps, load, loads, losses
from argumap.formats.frames import (
    Frames,
    Tables,
    from_frame,
    read_parquet,
    to_frames,
    to_tables,
    write_parquet,
)
from argumap.formats.reduction import TRANSLATIONS, supports_as_attacks

__all__ = [
    "FORMATS",
    "TRANSLATIONS",
    "Format",
    "Frames",
    "Tables",
    "detect_format",
    "dump",
    "dumps",
    "from_frame",
    "load",
    "loads",
    "losses",
    "read_parquet",
    "supports_as_attacks",
    "to_frames",
    "to_tables",
    "write_parquet",
]
