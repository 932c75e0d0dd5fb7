"""Folders of mails, one a file: maildir, or ``.eml`` files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.threads._mail import Letter, indexed, looks_like_mail, may_be_mail, threads_of
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a folder or archive holds mails: nearly all of its files begin as mails do."""
    if not source.is_folder:
        return False
    files = [file for name, file in source.files.items() if _may_be_mail(name)]
    seen = files[:10]
    return bool(seen) and sum(looks_like_mail(each.head) for each in seen) >= 0.7 * len(seen)


def read(source: Source) -> Iterator[Thread]:
    """Yield the threads, in the order of their first messages; files in the order of their names.

    Files that are no mails are left out with a note.
    """
    letters: list[Letter] = []
    mails: list[Source] = []
    for name, file in source.files.items():
        if not _may_be_mail(name):
            continue
        if not may_be_mail(file.head):
            source.note("file-left-out", f"{name} is no mail")
            continue
        head = file.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        letters.append(indexed(len(letters) + 1, head, (len(mails), None)))
        mails.append(file)
    yield from threads_of(
        source, READER.name, letters, lambda letter: mails[letter.place[0]].read_bytes()
    )


def _may_be_mail(name: str) -> bool:
    own = name.rpartition("/")[2]
    return not own.startswith((".", "dovecot")) and not own.endswith((".json", ".md", ".index"))


READER = Reader(name="maildir", title="folder of mails (maildir, .eml)", sniff=sniff, read=read)
