"""Folders of mails, one a file (maildir, ``.eml`` files), and of mailboxes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from argumap.threads import mbox
from argumap.threads._mail import Letter, indexed, looks_like_mail, may_be_mail, threads_of
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

    A file may be a mailbox of its own, as archives of lists have one for each month. Files that are
    no mails are left out with a note.
    """
    letters: list[Letter] = []
    mails: list[Callable[[], bytes]] = []
    for name, file in source.files.items():
        if not _may_be_mail(name):
            continue
        own: list[tuple[Letter, Callable[[], bytes]]]
        if mbox.sniff(file):
            own = [(letter, partial(mbox.message, file, letter)) for letter in mbox.letters(file)]
        elif may_be_mail(file.head):
            head = file.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
            own = [(indexed(1, head, (0, None)), file.read_bytes)]
        else:
            source.note("file-left-out", f"{name} is no mail")
            continue
        for letter, raw in own:
            # What has no id of its own is named by its number.
            number = len(letters) + 1
            unnamed = letter.message_id == f"message-{letter.number}"
            message_id = f"message-{number}" if unnamed else letter.message_id
            place = (len(mails), None)
            letters.append(replace(letter, number=number, message_id=message_id, place=place))
            mails.append(raw)
    yield from threads_of(source, READER.name, letters, lambda letter: mails[letter.place[0]]())


def _may_be_mail(name: str) -> bool:
    own = name.rpartition("/")[2]
    return not own.startswith((".", "dovecot")) and not own.endswith((".json", ".md", ".index"))


READER = Reader(
    name="maildir", title="folder of mails (maildir, .eml, mbox)", sniff=sniff, read=read
)
