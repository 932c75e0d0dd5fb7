"""Wikipedia talk pages: wikitext in which every comment ends with a signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile
from typing import TYPE_CHECKING

from argumap.model import Post, Quote, Thread, Where
from argumap.threads._assemble import assemble
from argumap.threads._comments import without_comments
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

# The pages of users, as the larger Wikipedias name them.
_SPACES = (
    "user|user[ _]talk|special:contributions|u|ut|"
    "benutzer(?:in)?|benutzer(?:in)?[ _]diskussion|bd|"
    "utilisat(?:eur|rice)|discussion[ _]utilisat(?:eur|rice)|"
    "usuari[oa]|usuari[oa][ _]discusión|usuári[oa]|usuári[oa][ _]discussão|"
    "utente|discussioni[ _]utente|gebruiker|overleg[ _]gebruiker|"
    "участни(?:к|ца)|обсуждение[ _]участни(?:ка|цы)|"
    "利用者|用户|用戶|사용자|"
    "wikipedyst(?:a|ka)|wikipedista|användare|bruker|bruger|käyttäjä|kullanıcı|kasutaja|utilizator|"
    "szerkesztő"
)
_USER = rf"\[\[\s*:?(?:{_SPACES})[ _]*[:/]\s*(?P<name>[^\|\]#/]{{1,80}})"
_DATE = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d),?\s(?P<day>\d{1,2})\.?\s(?:de\s)?"
    r"(?P<month>[^\W\d_]{3,12})\.?\s(?:de\s)?(?P<year>\d{4})\s\((?P<zone>[A-Z]{2,5})\)"
)
_DATE_OTHER = (
    r"(?:\d{1,2}\.?\s[^\W\d_]{3,12}\.?\s\d{4}\sà\s\d{1,2}[:.]\d\d|"  # French
    r"\d{4}年\d{1,2}月\d{1,2}日[^\n]{0,8}\d{1,2}:\d\d)\s\([A-Z]{2,5}\)"  # Chinese, Japanese
)
_WHEN = re.compile(rf"{_DATE}|{_DATE_OTHER}", re.IGNORECASE)
_LINK = re.compile(_USER, re.IGNORECASE)
# A signature is no longer than this, its decoration included.
_LONGEST = 500
_UNSIGNED = re.compile(
    r"\{\{\s*unsigned[ ]?(?:ip)?2?\s*\|(?P<name>[^|}\n]{1,80})"
    r"[^}\n]{0,200}\}\}",
    re.IGNORECASE,
)
# What stands before the name in a signature: dashes and its decoration, or what a program says.
_DECORATION = r"(?:\s|(?<![\w-])-|-{2,}|—|–|<[^>\n]{1,80}>|'{2,5}|&mdash;|&ndash;|&nbsp;)"
_BEFORE = re.compile(
    rf"{_DECORATION}*preceding[^\n]{{0,120}}comment added by\s*$|{_DECORATION}+$", re.IGNORECASE
)
# Templates and elements whose content is quoted.
_QUOTED = re.compile(
    r"\{\{\s*(?:tq[2bqi]?|talkquote(?:[ _](?:inline|block))?|(?:block)?quote|qq|quotation|green|xt)"
    r"\s*\|[^{}]{1,5000}\}\}|<blockquote\b[^<>]{0,200}>[^<>]{1,20000}</blockquote>",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(={2,6})\s*(?P<title>.+?)\s*\1\s*$")
_INDENT = re.compile(r"[:*#]+")
_OUTDENT = re.compile(r"\{\{\s*(?:od|outdent|undent)\b[^}\n]{0,40}\}\}", re.IGNORECASE)
# Templates, and what else nobody says.
_TEMPLATES = re.compile(
    r"\{\{[^{}]*\}\}|__[A-Z]+__|\[\[(?:category|file|image):[^\]]*\]\]", re.IGNORECASE
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)


def sniff(source: Source) -> bool:
    """Whether a text holds signatures of a wiki."""
    if source.json is not None or source.first or source.page_title is not None:
        return False
    return any(any(_signatures(line)) for line in source.head.split("\n"))


def read(source: Source) -> Iterator[Thread]:
    """Yield the sections that hold comments, each as a thread.

    A comment answers the nearest one above it that is indented less; a comment that is not
    indented answers the first of its section. Marks of indentation and signatures are left out of
    the text.
    """
    text = without_comments(source.text)
    title: str | None = None
    rows: list[tuple[int, str]] = []
    count = 0
    for number, line in enumerate([*text.split("\n"), "== end =="], 1):
        section = _SECTION.match(line[:300])
        if section is None:
            rows.append((number, line))
            continue
        posts = _posts(rows, titled=title is not None)
        if not posts and _said(rows):
            source.note(
                "text-left-out",
                "text above the first section that nobody signed was left out",
                where=Where(line=rows[0][0]),
            )
        if posts:
            count += 1
            yield assemble(source, READER.name, posts, thread_id=str(count), title=title)
        title, rows = section["title"], []


def _said(rows: list[tuple[int, str]]) -> bool:
    """Whether there is more in some lines than templates."""
    text = "\n".join(line for _, line in rows)
    # Templates stand in templates, to some depth.
    for _ in range(5):
        text = _TEMPLATES.sub("", text)
    return bool(text.strip())


def _posts(rows: list[tuple[int, str]], *, titled: bool) -> list[Post]:
    posts: list[Post] = []
    # Indentation and id of the comments that a next one can answer.
    above: list[tuple[int, str]] = []
    waiting: list[tuple[int, str]] = []
    for number, line in rows:
        if not line.strip() and not waiting:
            continue
        parts = list(_parts(line))
        for part, found in parts:
            waiting.append((number, part))
            posts.append(_post(waiting, found, above, len(posts) + 1))
            waiting = []
        if not parts:
            waiting.append((number, line))
    # A section in which nobody signed is one comment.
    if (posts or titled) and _said(waiting):
        posts.append(_post(waiting, None, above, len(posts) + 1))
    return posts


@dataclass(frozen=True)
class _Signature:
    """Who signed a line and when, and where in the line that stands."""

    name: str
    start: int
    end: int
    date: re.Match[str] | None


def _parts(line: str) -> Iterator[tuple[str, _Signature]]:
    """Yield the parts of a line that end with a signature, indented as the line is."""
    found = list(_signatures(line))
    ends = [each.end for each in found[:-1]] + [len(line)] * bool(found)
    for each, start, end in zip(found, [0, *ends], ends, strict=False):
        marks = line[: _indent(line)] if start else ""
        moved = len(marks) - start
        signature = replace(each, start=each.start + moved, end=each.end + moved)
        yield marks + line[start:end], signature


def _signatures(line: str) -> Iterator[_Signature]:
    """Yield the signatures in a line: links to one user, and a date behind them."""
    at = 0
    for date in _WHEN.finditer(line):
        links = list(_LINK.finditer(line, max(at, date.start() - _LONGEST), date.start()))
        if links:
            # Who is only named before the signature has other links.
            name = _user(links[-1])
            own = takewhile(lambda link, name=name: _user(link) == name, reversed(links))  # type: ignore[misc]
            yield _Signature(name, min(link.start() for link in own), date.end(), date)
            at = date.end()
    unsigned = _UNSIGNED.search(line, at) if "{{" in line else None
    if unsigned is not None:
        yield _Signature(unsigned["name"].strip(), unsigned.start(), unsigned.end(), None)


def _user(link: re.Match[str]) -> str:
    name = link["name"].strip().replace("_", " ")
    return name[:1].upper() + name[1:]


def _post(
    rows: list[tuple[int, str]],
    signed: _Signature | None,
    above: list[tuple[int, str]],
    number: int,
) -> Post:
    lines = [line for _, line in rows]
    if signed is not None:
        said = lines[-1][: signed.start]
        kept = max(0, len(said) - _LONGEST)
        end = _BEFORE.sub("", said[kept:])
        lines[-1] = said[:kept] + end + _rest(lines[-1][signed.end :])
    reset = _OUTDENT.match(lines[0].lstrip(":*# "))
    depth = _indent(lines[0])
    if reset:
        # {{outdent}} only moves the text to the left: it still answers the comment above.
        depth = above[-1][0] + 1 if above else 0
    post_id = f"p{number}"
    while above and above[-1][0] >= depth:
        above.pop()
    parent = above[-1][1] if above else None
    if parent is None and number > 1:
        parent = "p1"
    above.append((depth if not reset else 0, post_id))
    text = "\n".join(_OUTDENT.sub("", line[_indent(line) :]).strip() for line in lines)
    text = text.strip()
    return Post(
        id=post_id,
        author=signed.name if signed else None,
        parent_id=parent,
        created_at=_when(signed.date) if signed and signed.date else None,
        text=text,
        quotes=tuple(Quote(start=each.start(), end=each.end()) for each in _QUOTED.finditer(text)),
        where=Where(line=rows[0][0]),
    )


def _indent(line: str) -> int:
    marks = _INDENT.match(line)
    return len(marks[0]) if marks else 0


def _rest(text: str) -> str:
    """Return what stands behind a signature, without the tags that close its decoration."""
    return re.sub(r"^(?:</?[^>\n]{1,40}>|'{2,5}|\s)+", "", text)


def _when(date: re.Match[str]) -> datetime | None:
    if date["zone"] not in {"UTC", "GMT"} or date["month"].lower() not in _MONTHS:
        return None
    try:
        return datetime(
            int(date["year"]),
            _MONTHS.index(date["month"].lower()) + 1,
            int(date["day"]),
            int(date["hour"]),
            int(date["minute"]),
            tzinfo=UTC,
        )
    except ValueError:
        return None


READER = Reader(name="wikitext", title="Wikipedia talk page (wikitext)", sniff=sniff, read=read)
