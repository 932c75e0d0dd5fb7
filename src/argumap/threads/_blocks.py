"""What each stretch of a post is: text, quote, list, code, heading, table, signature, machine's."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from argumap.model import Block
from argumap.threads._attribution import (
    ATTRIBUTION,
    ATTRIBUTION_ENDS,
    LONGEST_ATTRIBUTION,
    is_attribution,
    is_full_attribution,
)
from argumap.threads._bbcode import quote_tags
from argumap.threads._lines import Draft, Line, quote_depth, split_lines
from argumap.threads._lists import find_lists
from argumap.threads._mail_marks import (
    answered_head,
    block_end,
    is_mobile_signature,
    is_notice,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    _Test = Callable[[int], bool]

__all__ = ["find_blocks"]

_ITEM = re.compile(r"([ \t]*)(?:[-*+•◦‣–]|\d{1,3}[.)]|\([a-z\d]\)|[a-z]\))[ \t]+(?=\S)")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+\S")
_UNDERLINE = re.compile(r"(?:=+|-{3,})$")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_CODE_SIGN = re.compile(r"[;{}<>=|\\$]|\w\(|^\s*[@#/]")
# What r/changemyview's software puts under every opening post, in the dress of a quote.
_FOOTNOTE = re.compile(r"this is a footnote from your moderators", re.IGNORECASE)
_FOOTER = re.compile(r"_{20,}")
# Marks of quotes with who is quoted: "Ana> ", and in FidoNet " AL> ".
_INITIALS = re.compile(
    r"(?P<who>[ \t]{0,8}[A-Z][A-Za-z]{1,14}|[ \t]{1,2}[A-Za-z]{1,3})(?P<marks>>{1,5})(?![>\w])"
)
_BAR = re.compile(r"[ \t]{0,3}\|(?![ \t]*$).*[^|]$")
_SIGNATURE_LINES = 12
# So many lines of an indented block say whether it is code.
_CODE_LINES = 20


def find_blocks(text: str, quoted: Collection[int] = ()) -> tuple[Block, ...]:
    """Return the blocks of a text, in order; together they hold all of it but white space.

    Args:
        text: The text of one post.
        quoted: Starts of lines that are quotes without a mark.
    """
    lines = split_lines(text)
    drafts = list(_Scanner(lines, quoted).drafts())
    find_lists(drafts, lines)
    return tuple(_block(draft, lines) for draft in drafts)


def _block(draft: Draft, lines: list[Line]) -> Block:
    first = lines[draft.first]
    indent = 0 if draft.kind == "code" else len(first.text) - len(first.text.lstrip())
    return Block(
        kind=draft.kind,
        start=first.start + indent,
        end=lines[draft.last].end,
        depth=draft.depth,
        group=draft.group,
    )


class _Scanner:
    """Goes down the lines once; each rule takes the lines that are its own."""

    def __init__(self, lines: list[Line], quoted: Collection[int]) -> None:
        self._lines = lines
        self._texts = [line.text for line in lines]
        self._quoted = {*quoted, *_otherwise_marked(lines)}
        self._tagged = quote_tags(self._texts)
        self._width = _wrapped_at(lines)
        # Column and depth of the list items that a next one can stand under.
        self._indents: list[int] = []
        self._last = max((n for n, line in enumerate(lines) if line.text), default=0)
        marked = (n for n, line in enumerate(lines) if line.start in self._quoted or self._depth(n))
        self._last_marked = max((*marked, *self._tagged), default=-1)

    def drafts(self) -> Iterator[Draft]:
        at = 0
        while at < len(self._lines):
            if not self._lines[at].text:
                at += 1
                continue
            draft = self._next(at)
            if draft.kind not in {"item", "code", "text"} or (
                draft.kind == "text" and not self._lines[draft.first].text[:1].isspace()
            ):
                self._indents = []
            yield draft
            at = draft.last + 1
            if draft.kind == "boilerplate" and self._opens_answered(draft):
                yield from self._rest_quoted(at)
                return

    def _next(self, at: int) -> Draft:
        line = self._lines[at].text
        if at in self._tagged:
            return self._between_tags(at)
        if self._lines[at].start in self._quoted:
            return Draft("quote", at, self._while(at, self._is_bare_quote), 1)
        if depth := quote_depth(line):
            if _FOOTNOTE.search(line, 0, 200):
                return Draft("boilerplate", at, self._while(at, lambda n: self._depth(n) > 0))
            return Draft("quote", at, self._while(at, lambda n: self._depth(n) == depth), depth)
        if fence := _FENCE.match(line):
            return Draft("code", at, self._fence_end(at, fence[1]))
        return self._machine(at) or self._layout(at) or Draft("text", at, self._paragraph_end(at))

    def _between_tags(self, at: int) -> Draft:
        """Take a line that holds nothing but tags of quotes, or the lines between them."""
        depth = self._tagged[at]
        if depth == 0:
            return Draft("boilerplate", at, at)
        last = self._while(at, lambda n: self._tagged.get(n) == depth)
        while not self._lines[last].text:
            last -= 1
        return Draft("quote", at, last, depth)

    def _machine(self, at: int) -> Draft | None:
        """Take signatures, attribution lines, heads of answered mails and list footers."""
        line = self._lines[at].text
        if line == "--" and (end := self._tail(at) or self._above_quote(at)):
            return Draft("signature", at, end)
        if len(line) > 300:
            return None
        if is_mobile_signature(line) and self._is_alone(at):
            return Draft("signature", at, at)
        if head := answered_head(self._texts, at):
            end = at + head - 1
        elif is_notice(line):
            end = at
        else:
            ruled = _FOOTER.fullmatch(line) is not None and not self._head_follows(at + 1)
            footer = self._tail(at) if ruled else 0
            end = footer or block_end(self._texts, at) or -1
        return Draft("boilerplate", at, end) if end >= at else self._attribution(at)

    def _above_quote(self, at: int) -> int:
        """Return the last line of a signature that stands above the answered mail, else 0.

        Only where the dashes are followed by a blank, as programs write them.
        """
        lines = self._lines
        if at + 1 >= len(lines) or lines[at + 1].start - lines[at].end < 2:
            return 0
        for number in range(at + 1, min(at + _SIGNATURE_LINES, len(lines))):
            if lines[number].text and (
                answered_head(self._texts, number) or self._attribution(number)
            ):
                return max((n for n in range(at + 1, number) if lines[n].text), default=0)
        return 0

    def _head_follows(self, at: int) -> bool:
        """Whether the head of an answered mail begins here, or behind one blank line."""
        first = next((n for n in (at, at + 1) if n <= self._last and self._texts[n]), None)
        return first is not None and answered_head(self._texts, first) > 0

    def _is_alone(self, at: int) -> bool:
        """Whether a line stands between blank ones."""
        around = (at - 1, at + 1)
        return not any(0 <= n < len(self._lines) and self._lines[n].text for n in around)

    def _attribution(self, at: int) -> Draft | None:
        """Take the one to three lines that say who wrote the quote below them."""
        lines = self._lines
        for last in range(at, min(at + 3, len(lines))):
            if not lines[last].text or self._depth(last):
                break
            line = lines[last].text
            if not line.endswith(ATTRIBUTION_ENDS) or not any(map(str.isalnum, line[-60:])):
                continue
            joined = " ".join(each.text for each in lines[at : last + 1])
            found = ATTRIBUTION.match(joined) if len(joined) <= LONGEST_ATTRIBUTION else None
            if found and last > at:
                # "Ana wrote:" stands on a line of its own; only the long form is wrapped.
                first = lines[at].text
                wrapped = found["open"] or any(map(str.isdigit, first))
                if found["short"] or not wrapped or first.endswith((".", "!", "?")):
                    continue
            if found and (self._quote_follows(last + 1) or self._is_unmarked(last, joined)):
                return Draft("boilerplate", at, last)
        return None

    def _is_unmarked(self, last: int, attribution: str) -> bool:
        """Whether an attribution is a program's, and the words below it have lost their marks."""
        return self._last_marked < last < self._last and is_full_attribution(attribution)

    def _layout(self, at: int) -> Draft | None:
        """Take headings, rules, tables, list items and indented code."""
        lines, line = self._lines, self._lines[at].text
        under = lines[at + 1].text if at + 1 < len(lines) else ""
        underlined = (
            _UNDERLINE.match(under) and len(line) <= 200 and abs(len(line) - len(under)) <= 3
        )
        if _HEADING.match(line) or underlined:
            return Draft("heading", at, at + 1 if underlined else at)
        if len(line) <= 200 and _RULE.match(line):
            return Draft("boilerplate", at, at)
        if _is_row(line) and _is_row(under):
            return Draft("table", at, self._while(at, lambda n: _is_row(lines[n].text)))
        if (item := _ITEM.match(line)) and not self._is_code(at):
            return Draft("item", at, self._paragraph_end(at), self._item_depth(item[1]))
        if self._is_code(at):
            return Draft("code", at, self._code_end(at))
        return None

    def _while(self, at: int, holds: _Test) -> int:
        """Return the last of the lines from `at` on for which the test holds."""
        while at + 1 < len(self._lines) and holds(at + 1):
            at += 1
        return at

    def _depth(self, at: int) -> int:
        return quote_depth(self._lines[at].text)

    def _is_bare_quote(self, at: int) -> bool:
        return self._lines[at].start in self._quoted

    def _fence_end(self, at: int, fence: str) -> int:
        for last in range(at + 1, len(self._lines)):
            line = self._lines[last].text.strip()
            if line.startswith(fence) and not line.strip(fence[0]):
                return last
        return len(self._lines) - 1

    def _tail(self, at: int) -> int:
        """Return the last line of the text if few lines follow and none is a quote, else 0."""
        last = self._last
        if last == at or last - at > _SIGNATURE_LINES:
            return 0
        return 0 if any(map(self._depth, range(at + 1, last + 1))) else last

    def _opens_answered(self, draft: Draft) -> bool:
        """Whether the head of an answered mail is one that nothing marks the words of."""
        if self._quote_follows(draft.last + 1):
            return False
        joined = " ".join(self._texts[draft.first : draft.last + 1])
        return bool(answered_head(self._texts, draft.first)) or is_full_attribution(joined)

    def _rest_quoted(self, at: int) -> Iterator[Draft]:
        """Yield what follows the head of a forwarded mail: all of it is quoted."""
        while at < len(self._lines):
            if self._lines[at].text:
                depth = self._depth(at)
                last = at
                while (
                    last + 1 < len(self._lines)
                    and self._lines[last + 1].text
                    and self._depth(last + 1) == depth
                ):
                    last += 1
                yield Draft("quote", at, last, depth + 1)
                at = last
            at += 1

    def _quote_follows(self, at: int) -> bool:
        for number in range(at, min(at + 2, len(self._lines))):
            if self._lines[number].text:
                return bool(self._depth(number)) or self._is_bare_quote(number)
        return False

    def _item_depth(self, indent: str) -> int:
        column = len(indent.expandtabs(4))
        while self._indents and self._indents[-1] >= column:
            self._indents.pop()
        self._indents.append(column)
        return len(self._indents)

    def _is_code(self, at: int) -> bool:
        """Whether a line is indented like code, after a blank line, and looks like code."""
        line = self._lines[at].text
        if not line.startswith(("    ", "\t")) or self._indents:
            return False
        if at and self._lines[at - 1].text:
            return False
        block = self._lines[at : self._code_end(at, at + _CODE_LINES) + 1]
        signs = sum(_CODE_SIGN.search(each.text[:500]) is not None for each in block)
        return 2 * signs >= sum(bool(each.text) for each in block)

    def _code_end(self, at: int, stop: int | None = None) -> int:
        last = at
        for number in range(at + 1, min(stop or len(self._lines), len(self._lines))):
            line = self._lines[number].text
            if line and not line.startswith(("    ", "\t")):
                break
            if line:
                last = number
        return last

    def _paragraph_end(self, at: int) -> int:
        """Return the last line of a paragraph that a mail program or editor has wrapped."""
        while at + 1 < len(self._lines) and self._goes_on(at):
            at += 1
        return at

    def _goes_on(self, at: int) -> bool:
        line, after = self._lines[at].text, self._lines[at + 1].text
        if not after or len(line) > self._width or self._is_bare_quote(at + 1):
            return False
        word = after.split(None, 1)[0]
        if line.endswith((".", "!", "?", ":")) and word[:1].isupper():
            return False
        if len(line) + 1 + len(word) < 0.85 * self._width:
            return False
        return not (
            quote_depth(after)
            or _ITEM.match(after)
            or _FENCE.match(after)
            or _HEADING.match(after)
            or after == "--"
        )


def _otherwise_marked(lines: list[Line]) -> Iterator[int]:
    """Yield the starts of lines that are quoted by other marks than ``>``.

    ``Ana> `` where at least two lines have it, and ``| `` below a line that says who wrote it.
    """
    initials = [(line, found["who"]) for line in lines if (found := _INITIALS.match(line.text))]
    counts = Counter(who for _, who in initials)
    several = len(initials) > 1
    for line, who in initials:
        if counts[who] > 1 or (several and who[:1].isspace()):
            yield line.start
    above = ""
    for line in lines:
        barred = _BAR.match(line.text) is not None
        if barred and (above == "|" or is_attribution(above)):
            yield line.start
        if line.text:
            above = "|" if barred and (above == "|" or is_attribution(above)) else line.text


def _wrapped_at(lines: list[Line]) -> int:
    """Return the width at which a text is wrapped, or 0 when its lines are whole paragraphs."""
    lengths = [len(line.text) for line in lines if line.text and not quote_depth(line.text)]
    short = [length for length in lengths if length <= 100]
    if len(short) < 2 or len(short) < 0.9 * len(lengths):
        return 0
    width = max(short)
    return width if width >= 50 else 0


def _is_row(line: str) -> bool:
    return line.lstrip()[:1] == "|" and line[-1:] == "|" and line.count("|") >= 3
