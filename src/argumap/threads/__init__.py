"""Discussions as they are in the wild, read as threads. A reader is one file and one line."""

from argumap.threads._markup import mark_up
from argumap.threads._reader import Reader
from argumap.threads._source import LARGEST, Source
from argumap.threads._table import READERS
from argumap.threads.files import (
    Listing,
    dump_thread,
    list_threads,
    parse_thread,
    read_thread,
    read_threads,
)

__all__ = [
    "LARGEST",
    "READERS",
    "Listing",
    "Reader",
    "Source",
    "dump_thread",
    "list_threads",
    "mark_up",
    "parse_thread",
    "read_thread",
    "read_threads",
]
