"""HTML of a mail, as programs save it or a page shows it: the answer and what it quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.model import Post
from argumap.threads._assemble import assemble
from argumap.threads._html import render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_TAG = re.compile(
    r"\s*(?:<!--(?:(?!-->).){0,2000}-->\s*)*<[a-z!][a-z0-9:]*[\s>/]", re.IGNORECASE | re.DOTALL
)
# What only mail programs write.
_MAIL = re.compile(
    r"gmail_(?:quote|extra|signature|attr|default)|hmmessage|stopSpelling|data-signatureblock|"
    r"OLK_SRC_BODY_SECTION|protonmail_quote|tutanota_quote|zmail_extra|js-readmsg-msg|"
    r"moz-cite-prefix|yahoo_quoted|divRplyFwdMsg|"
    r"appendonsend|OutlookMessageHeader|MsoNormal|WordSection1|AppleMailSignature|"
    r"<blockquote[^>]{0,200}type=[\"']?cite",
    re.IGNORECASE,
)


def sniff(source: Source) -> bool:
    """Whether a source is HTML with the marks of a mail program, or without a title and quotes."""
    if not _TAG.match(source.head):
        return False
    if _MAIL.search(source.head):
        return True
    return not source.page_title and "<blockquote" in source.head.lower()


def read(source: Source) -> Iterator[Thread]:
    """Read a mail as a thread of one post; what it quotes is marked as quoted."""
    rendered = render_html(source.text)
    post = Post(
        id="p1",
        text=rendered.text,
        blocks=rendered.blocks,
        quotes=rendered.quotes,
        links=rendered.links,
    )
    source.note("no-author", "a mail's HTML does not say who wrote it")
    yield assemble(source, READER.name, [post], title=source.page_title or None)


READER = Reader(name="html-mail", title="HTML of a mail", sniff=sniff, read=read)
