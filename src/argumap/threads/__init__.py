"""Discussions as they are in the wild, read as threads. A reader is one file and one line."""

from argumap.threads._markup import mark_up
from argumap.threads._reader import Reader
from argumap.threads._table import READERS
from argumap.threads.files import LARGEST, dump_thread, parse_thread, read_thread

__all__ = [
    "LARGEST",
    "READERS",
    "Reader",
    "dump_thread",
    "mark_up",
    "parse_thread",
    "read_thread",
]
