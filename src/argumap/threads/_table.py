"""The table of readers: detection and `read_thread` go through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.threads import (
    bluesky,
    cmv_xml,
    convokit,
    discord,
    discourse,
    eml,
    forummagnum,
    forummagnum_page,
    github_archive,
    github_graphql,
    github_rest,
    greaterwrong,
    hn,
    html_mail,
    irc,
    maildir,
    markdown,
    mastodon,
    mbox,
    messenger,
    native,
    plain,
    pushshift,
    pushshift_zst,
    reddit,
    slack,
    stackexchange,
    stackexchange_dump,
    telegram,
    transcript,
    whatsapp,
    wikitext,
    youtube,
)

if TYPE_CHECKING:
    from argumap.threads._reader import Reader

__all__ = ["READERS"]

_ALL = (
    native.READER,
    # JSON, the narrower before the wider
    reddit.READER,
    discourse.READER,
    hn.ALGOLIA,
    forummagnum.READER,
    stackexchange.READER,
    discord.READER,
    mastodon.READER,
    bluesky.READER,
    messenger.READER,
    youtube.READER,
    github_archive.READER,
    github_graphql.READER,
    convokit.READER,
    slack.READER,
    telegram.READER,
    github_rest.READER,
    pushshift.READER,
    pushshift_zst.READER,
    hn.FIREBASE,
    # text
    cmv_xml.READER,
    stackexchange_dump.READER,
    greaterwrong.READER,
    forummagnum_page.READER,
    maildir.READER,
    mbox.READER,
    eml.READER,
    html_mail.READER,
    whatsapp.READER,
    irc.READER,
    wikitext.READER,
    transcript.READER,
    markdown.READER,
    plain.READER,
)

READERS: Registry[Reader] = Registry("thread format", {reader.name: reader for reader in _ALL})
"""The readers by name, in the order in which a source is held against them."""
