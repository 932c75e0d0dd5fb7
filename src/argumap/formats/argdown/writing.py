"""From a map to Argdown: an outline for a person to read and to correct.

Claims stand under what they support or rebut, each with its words once. A support with several
premises, with a scheme, or that is undercut, is an argument with premises and conclusion.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from argumap.formats.argdown.lexer import SHORTCODE
from argumap.formats.argdown.reading import EXTRA
from argumap.formats.argdown.shortcodes import SHORTCODES
from argumap.model import Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argumap.model import ArgumentMap, Claim, Mention

__all__ = ["escape", "titles", "write"]

# Deeper than this an outline cannot be read; what is below begins anew at the margin.
_DEEPEST = 12

_NICE_TITLE = re.compile(r"[^\W_](?:[\w .,'’?!()&%+/-]*[\w.'’?!)%+])?")
_UNTITLED = re.compile(r"Untitled \d+")


def titles(argmap: ArgumentMap) -> dict[str, str]:
    """Return the Argdown title of each claim: its id where that can stand in brackets."""
    found = {
        claim.id: claim.id
        for claim in argmap.claims
        if len(claim.id) <= 100
        and _NICE_TITLE.fullmatch(claim.id)
        and not _UNTITLED.fullmatch(claim.id)
    }
    taken = {element.id for element in (*argmap.claims, *argmap.relations)}
    number = 0
    for claim in argmap.claims:
        if claim.id not in found:
            number += 1
            while f"c{number}" in taken:
                number += 1
            found[claim.id] = f"c{number}"
    return found


def write(argmap: ArgumentMap) -> str:
    """Return the outline of a map."""
    return _Writing(argmap).run()


class _Writing:
    def __init__(self, argmap: ArgumentMap) -> None:
        self.argmap = argmap
        self.titles = titles(argmap)
        self.claims = {claim.id: claim for claim in argmap.claims}
        self.texts = {post.id: post.text for post in argmap.thread.posts} if argmap.thread else {}
        self.written: set[str] = set()
        taken = {element.id for element in (*argmap.claims, *argmap.relations)}
        self.free_names = (f"a{n}" for n in itertools.count(1) if f"a{n}" not in taken)
        undercut: dict[str, list[Undercut]] = defaultdict(list)
        for striking in argmap.undercuts:
            undercut[striking.target].append(striking)
        self.undercuts = undercut
        self.below: dict[str, list[Support | Rebuttal]] = defaultdict(list)
        self.arguments: list[Support] = []
        for relation in argmap.relations:
            if isinstance(relation, Undercut):
                continue
            if isinstance(relation, Support) and (
                len(relation.premises) > 1 or relation.scheme is not None or undercut[relation.id]
            ):
                self.arguments.append(relation)
            else:
                self.below[relation.target].append(relation)
        for claim_id, relations in self.below.items():
            # What rebuts itself comes first: further down the official parser takes it for a
            # repetition of any other relation of the kind.
            own = [relation for relation in relations if claim_id in relation.sources]
            self.below[claim_id] = own + [each for each in relations if each not in own]

    def run(self) -> str:
        blocks = [*self._front_matter()]
        sections = self._sections()
        by_section: dict[str | None, list[Claim]] = defaultdict(list)
        known = {section["id"] for section in sections}
        for claim in self._in_order():
            section = _own(claim).get("section")
            by_section[section if section in known else None].append(claim)
        for section in ({"id": None}, *sections):
            if section["id"] is not None:
                blocks.append(_heading(section))
            # A claim may be written on the way, under one before it.
            blocks.extend(
                "\n".join(self._outline(claim))
                for claim in by_section[section["id"]]
                if claim.id not in self.written
            )
        blocks += ["\n\n".join(self._argument(support)) for support in self.arguments]
        if not self.argmap.claims:
            blocks.append("# No claims yet")
        return "\n\n".join(blocks) + "\n"

    def _in_order(self) -> Iterator[Claim]:
        """Yield the claims: first those that stand under nothing, then the rest."""
        under = {
            source
            for relations in self.below.values()
            for relation in relations
            for source in relation.sources
        }
        yield from (claim for claim in self.argmap.claims if claim.id not in under)
        yield from (claim for claim in self.argmap.claims if claim.id in under)

    # --- blocks -------------------------------------------------------------------------------

    def _front_matter(self) -> Iterator[str]:
        front = _own(self.argmap).get("front_matter")
        fields: dict[str, Any] = {}
        if self.argmap.title is not None:
            fields["title"] = self.argmap.title
        if isinstance(front, dict):
            fields |= {key: value for key, value in front.items() if key != "title"}
        if fields:
            lines = [f"{key_of(key)}: {data_text(value)}" for key, value in fields.items()]
            yield "\n".join(["===", *lines, "==="])

    def _sections(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        sections = _own(self.argmap).get("sections")
        stack = list(reversed(sections)) if isinstance(sections, list) else []
        while stack:
            section = stack.pop()
            if isinstance(section, dict) and isinstance(section.get("title"), str):
                found.append(section)
                children = section.get("children")
                stack += reversed(children) if isinstance(children, list) else []
        return found

    def _outline(self, top: Claim) -> Iterator[str]:
        """Yield the lines of a claim and of all that stands under it."""
        stack: list[tuple[str, str, int]] = [("", top.id, 0)]
        while stack:
            mark, claim_id, depth = stack.pop()
            claim = self.claims[claim_id]
            here = _own(claim).get("section") == _own(top).get("section")
            define = claim_id not in self.written and depth < _DEEPEST and here
            if not define:
                yield f"{'  ' * depth}{mark}[{self.titles[claim_id]}]"
                continue
            self.written.add(claim_id)
            yield f"{'  ' * depth}{mark}{self._definition(claim)}"
            stack += [
                ("+ " if isinstance(relation, Support) else "- ", source, depth + 1)
                for relation in reversed(self.below[claim_id])
                for source in relation.sources
            ]

    def _argument(self, support: Support) -> Iterator[str]:
        """Yield the blocks of an argument: its name with what undercuts it, and its steps."""
        is_nice = _NICE_TITLE.fullmatch(support.id) and not _UNTITLED.fullmatch(support.id)
        name = support.id if is_nice else next(self.free_names)
        lines = [f"<{name}>"]
        lines += [f"  _ [{self.titles[u.source]}]" for u in self.undercuts[support.id]]
        yield "\n".join(lines)
        premises = [
            f"({number}) [{self.titles[premise]}]"
            for number, premise in enumerate(support.premises, start=1)
        ]
        rule = "----"
        if support.scheme is not None and (words := shown(support.scheme)):
            rule = f"-- {escape(words, inference=True)} --"
        conclusion = f"({len(premises) + 1}) [{self.titles[support.conclusion]}]"
        yield "\n".join([*premises, rule, conclusion])

    def _definition(self, claim: Claim) -> str:
        words = shown(claim.text)
        own = _own(claim)
        line = f"[{self.titles[claim.id]}]: {escape(words) if words else '(no text)'}"
        tags = own.get("tags")
        if isinstance(tags, list):
            line = _with_tags(line, [tag for tag in tags if isinstance(tag, str)])
        data = self._data(claim)
        return f"{line} {data_text(data)}" if data else line

    def _data(self, claim: Claim) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.titles[claim.id] != claim.id:
            data["id"] = claim.id
        if claim.confidence is not None:
            data["confidence"] = claim.confidence
        if claim.mentions:
            data["mentions"] = [self._mention(mention) for mention in claim.mentions]
        foreign = _own(claim).get("data")
        if isinstance(foreign, dict):
            data |= {key: value for key, value in foreign.items() if key not in data}
        return data

    def _mention(self, mention: Mention) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        if mention.author is not None:
            fields["author"] = mention.author
        if mention.stance != "asserts":
            fields["stance"] = mention.stance
        span, quote = mention.span, mention.quote
        if span is not None:
            fields["at"] = [span.post_id, span.start, span.end]
        if span is None or span.post_id not in self.texts:
            if quote is not None:
                fields["quote"] = quote
        elif quote is None:
            fields["quote"] = None  # with a place in the thread, a quote goes without saying
        return fields


def _own(element: ArgumentMap | Claim) -> Mapping[str, Any]:
    """Return what Argdown kept on an element."""
    own = (element.extra or {}).get(EXTRA)
    return own if isinstance(own, dict) else {}


def _heading(section: dict[str, Any]) -> str:
    level = section.get("level")
    level = level if isinstance(level, int) and 0 < level < 100 else 1
    line = f"{'#' * level} {escape(shown(section['title'])) or 'Section'}"
    tags = section.get("tags")
    if isinstance(tags, list):
        line = _with_tags(line, [tag for tag in tags if isinstance(tag, str)])
    data = section.get("data")
    return f"{line} {data_text(data)}" if isinstance(data, dict) else line


def _with_tags(line: str, tags: list[str]) -> str:
    """Make tags of the words that look like one, and add those that are not among the words."""
    for tag in tags:
        for form in (f"#{tag}", f"#({tag})"):
            escaped = escape(form)
            if escaped in line:
                line = line.replace(escaped, form)
                break
        else:
            if re.fullmatch(r"[A-Za-z0-9-]+", tag):
                line += f" #{tag}"
            elif re.fullmatch(r"[^)\n]+", tag):
                line += f" #({tag})"
    return line


# --- words -------------------------------------------------------------------------------------


def shown(text: str) -> str:
    """Return a text as it can stand in one line: without what does not print, blanks as one."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in _NO_SIGN else c for c in text)
    return re.sub("[ \ufeff]+", " ", text).strip(" ")


_NO_SIGN = {"Cc", "Zl", "Zp", "Cn", "Co"}


def escape(text: str, *, inference: bool = False) -> str:
    r"""Return a text of one line with a backslash before all that Argdown would read as its own.

    Args:
        text: The text.
        inference: Whether it is to stand in the line of an inference.

    Examples:
        >>> print(escape("see [1] and snake_case"))
        see \[1] and snake\_case
    """
    special = _IN_INFERENCE if inference else _SPECIAL
    parts: list[str] = []
    place = 0
    while place < len(text):
        if plain := _HARMLESS.match(text, place):
            parts.append(plain[0])
            place = plain.end()
            continue
        character = text[place]
        if character in ".:" and (match := SHORTCODE.match(text, place)):
            run = match[0]
            if run.strip() not in SHORTCODES and not special.search(run):
                parts.append(run)
                place += len(run)
                continue
            parts.append("\\")
        elif special.match(text, place):
            parts.append("\\")
        parts.append(character)
        place += 1
    return "".join(parts)


_HARMLESS = re.compile(r"[^\\\[<{*_#@/=.:,\-]+")
_SPECIAL = re.compile(r"[\\\[<{*_#@]|/(?=[/*])|=(?==|$)|(?<==)=")
_IN_INFERENCE = re.compile(r"[\\<{/,\-]")


def key_of(key: str) -> str:
    """Return a key as YAML reads it."""
    return key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", key) else data_text(key)


def data_text(value: Any) -> str:
    """Return JSON values as YAML in one line, in which no brace closes but at an end."""
    if isinstance(value, dict):
        inner = (f"{key_of(str(key))}: {data_text(each)}" for key, each in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(data_text(each) for each in value)}]"
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN:
            return value
        return "".join(_in_quotes(json.dumps(value, ensure_ascii=False)))
    return json.dumps(value)


# Words that are a string without quotes, for whoever reads YAML by whichever version.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+)*")
_NOT_PLAIN = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def _in_quotes(text: str) -> Iterable[str]:
    for character in text:
        plain = character.isprintable() and character not in "{}=" and ord(character) < 0xFFFE
        yield character if plain or ord(character) > 0xFFFF else f"\\u{ord(character):04x}"
