"""Reading tokens one by one, and the words that they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from argumap.errors import FormatParseError
from argumap.formats._excerpt import fault_at
from argumap.formats._yaml import YamlError, parse_yaml
from argumap.formats.argdown.document import Document
from argumap.formats.argdown.lexer import TEXT, Token, tokenize
from argumap.formats.argdown.shortcodes import SHORTCODES

if TYPE_CHECKING:
    from argumap.formats.argdown.document import Member

__all__ = ["CONTENT", "END", "Words"]

END = "end of the text"
CONTENT = TEXT | {
    "link",
    "emphasis",
    "tag",
    "argument mention",
    "statement mention",
    "line break",
}
_LINK = re.compile(r"\[(.+)\]\((.+)\)")
_BLOCK_FORM = re.compile(r"\{[ \t]*\n")


class Words:
    """The tokens of a text, a place among them, and what can be read there but for structure."""

    def __init__(self, text: str, source: str | None) -> None:
        self.text = text
        self.source = source
        self.tokens = tokenize(text, source)
        # With what may be looked at beyond the end.
        self.tokens += [Token(END, "", len(text))] * 3
        self.place = 0
        self.document = Document()
        self.shortcodes = SHORTCODES
        self.tags_are_removed = False

    def _take_settings(self) -> None:
        """Take what the front matter says about the words: short names, and tags among them."""
        front = self.document.front_matter
        model = front.get("model") if isinstance(front, dict) else None
        if not isinstance(model, dict):
            return
        self.tags_are_removed = bool(model.get("removeTagsFromText"))
        shortcodes = model.get("shortcodes")
        if isinstance(shortcodes, dict):
            more = {
                name: code["unicode"]
                for name, code in shortcodes.items()
                if isinstance(code, dict) and isinstance(code.get("unicode"), str)
            }
            self.shortcodes = SHORTCODES | more

    # --- tokens -------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The kind of the token that comes next."""
        return self.tokens[self.place].kind

    def _at(self, *kinds: str) -> bool:
        return self.tokens[self.place].kind in kinds

    def _take(self) -> Token:
        token = self.tokens[self.place]
        self.place += 1
        return token

    def _skip(self, kind: str) -> bool:
        if self.tokens[self.place].kind == kind:
            self.place += 1
            return True
        return False

    def _need(self, kind: str) -> Token:
        if self.tokens[self.place].kind != kind:
            raise self._unexpected(f"expected: {kind}")
        return self._take()

    def _unexpected(self, hint: str) -> FormatParseError:
        token = self.tokens[self.place]
        found = token.kind
        if token.image.strip():
            found += f" {token.image.strip()[:40]!r}"
        offset = token.offset + len(token.image) - len(token.image.lstrip())
        if token.kind == END:
            offset = len(self.text.rstrip())
        if token.kind == "relation":
            hint = "a relation is indented, and stands right under what it is about"
        elif self.place and self.tokens[self.place - 1].kind in _REFERENCES:
            reference = self.tokens[self.place - 1].image
            before, swallowed, _ = reference.partition(": ")
            hint = f"words for it need a colon: {reference}: …"
            if swallowed:
                hint = f"no bracket closes {before}: write {before}{reference[-1]}: …"
        elif token.kind in _ESCAPES:
            hint = f"write {_ESCAPES[token.kind]} for the bare character"
        return self._fault(f"unexpected {found}", offset, hint)

    def _fault(self, message: str, offset: int, hint: str | None = None) -> FormatParseError:
        return fault_at(FormatParseError, message, self.text, offset, source=self.source, hint=hint)

    def _yaml(self, text: str, offset: int) -> Any:
        try:
            return parse_yaml(text)
        except YamlError as fault:
            for _ in range(fault.line):
                offset = self.text.find("\n", offset) + 1
            raise self._fault(f"in data: {fault}", offset + fault.column) from None

    # --- words ---------------------------------------------------------------------------------

    def _content(self, member: Member) -> None:  # noqa: C901, PLR0912 # a case for each kind of token
        """Read the words of a statement; emphasis may be nested, to any depth."""
        first, second, third = self.tokens[self.place : self.place + 3]
        if first.kind == "text" and second.kind == "line break" and third.kind not in CONTENT:
            # Most statements are one line of mere words.
            member.text = first.image
            self.place += 2
            return
        parts: list[str] = []
        open_ranges: list[Token] = []
        taken = 0
        while True:
            token = self.tokens[self.place]
            kind = token.kind
            if kind in TEXT:
                parts.append(self._words(token))
            elif kind == "line break":
                following = self.tokens[self.place + 1].kind
                if following in CONTENT and not (parts and parts[-1].endswith(" ")):
                    parts.append(" ")
            elif kind == "link":
                parts.append(self._words_of_link(token, member))
            elif kind == "tag":
                parts.append(self._add_tag(token, member))
            elif kind in {"argument mention", "statement mention"}:
                parts.append(token.image)
            elif kind == "emphasis":
                open_ranges.append(token)
            elif kind == "end of emphasis" and open_ranges:
                open_ranges.pop()
                if token.image[-1] == " ":
                    parts.append(" ")
            else:
                break
            self.place += 1
            taken += 1
        if open_ranges:
            raise self._fault(
                f"{open_ranges[-1].image!r} begins an emphasis that does not end",
                open_ranges[-1].offset,
                f"write \\{open_ranges[-1].image[0]} for the bare character",
            )
        if not taken:
            raise self._unexpected("expected: words")
        member.text = "".join(parts)
        if member.tags:
            member.tags = list(dict.fromkeys(member.tags))

    def _words_of_link(self, token: Token, member: Member) -> str:
        # As the official parser has it, down to links that hold a bracket or break the line.
        match = _LINK.search(token.image)
        if match is None:
            raise self._fault("this link does not stand in one line", token.offset, r"write \[")
        member.links.append(match[2])
        return match[1] + (" " if token.image[-1] == " " else "")

    def _words(self, token: Token) -> str:
        """Return the words that a token of text stands for."""
        if token.kind == "escaped character":
            return token.image[1:]
        if token.kind == "shortcode":
            word = self.shortcodes.get(token.image.strip())
            if word is not None:
                return word + (" " if token.image[-1] == " " else "")
        return token.image

    def _add_tag(self, token: Token, member: Member) -> str:
        """Take a tag, and return it as it stands among the words."""
        name = token.image[1:].rstrip(" \t")
        tag = name[1:-1] if name.startswith("(") else name
        member.tags.append(tag)
        self.document.tags.append(tag)
        return "" if self.tags_are_removed else token.image

    def _take_data(self) -> Any:
        before = self.place
        self._skip("line break")
        if not self._at("data"):
            self.place = before
            return None
        token = self._take()
        self._skip("line break")
        block = _BLOCK_FORM.match(token.image)
        if block:
            return self._yaml(token.image[block.end() : -1], token.offset + block.end())
        return self._yaml(token.image, token.offset)

    def _rule(self) -> str:
        words = ""
        while self.kind in TEXT:
            words += self._words(self._take())
        return words.strip()


_REFERENCES = {"statement reference", "argument reference"}
_ESCAPES = {
    "statement reference": r"\[",
    "statement definition": r"\[",
    "argument reference": r"\<",
    "argument definition": r"\<",
    "data": r"\{",
    "front matter": r"\=",
    "end of emphasis": r"\* or \_",
    "statement number": r"\(",
    "ordered item": r"1\.",
    "unordered item": r"\*",
}
