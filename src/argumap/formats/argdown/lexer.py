"""Argdown text as tokens.

The language has no written grammar for its tokens, only the official parser: what counts as a
relation, a tag or a comment is what that takes for one. So the order in which kinds are tried,
and what each of them swallows, follow it (Argdown 2.0), down to what is white space in JavaScript.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from argumap.errors import FormatParseError
from argumap.formats._excerpt import fault_at

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RELATIONS", "SHORTCODE", "TEXT", "Token", "tokenize"]


class Token(NamedTuple):
    """A piece of the text.

    Attributes:
        kind: What it is, in words that an error message can use.
        image: The piece as it stands.
        offset: Where it begins.
    """

    kind: str
    image: str
    offset: int


# Kinds of tokens that are nothing but words.
TEXT = frozenset({"text", "control character", "escaped character", "shortcode"})

# Kinds of tokens that begin a relation, the token's image to the kind of relation, and whether it
# runs from the child to the parent.
RELATIONS = {
    "+>": ("support", False),
    "->": ("attack", False),
    "+": ("support", True),
    "<+": ("support", True),
    "-": ("attack", True),
    "<-": ("attack", True),
    "><": ("contradictory", False),
    "_>": ("undercut", False),
    "<_": ("undercut", True),
    "_": ("undercut", True),
}

_SPACE = r"\t\n\x0b\x0c\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_LINE_END = re.compile("[\n\r\u2028\u2029]")
_EMPTY_LINES = re.compile(r"(?:[ \t]*\n){2,}")
_NEWLINE = re.compile(r"[ \t]*[\n\r]")
_ONE_NEWLINE = re.compile(r"[ \t]*\n(?![ \t]*\n)")
_BLANK_LINES = re.compile(r"\n(?=[ \t]*\n)")
# Most definitions: those whose title has no bracket in it.
_DEFINITION = re.compile("\\[[^][\n\r\u2028\u2029]+\\]:|<[^<>\n\r\u2028\u2029]+>:")
# What a line may begin with. Directly below an empty line, two hyphens are no inference.
_INFERENCE = r"(?P<inference>--)|"
_BELOW = (
    r"(?P<relation>\+>|->|<?\+|<?-|><|_>|<_|_(?=[" + _SPACE + r"]))"
    r"|(?P<number>\([0-9]+\))|(?P<ordered>[0-9]+\.(?=[" + _SPACE + r"]))"
    r"|(?P<unordered>\*(?=[" + _SPACE + r"]))"
)
_LINE = re.compile(rf"(?P<blank>[' \t]*+)(?:{_INFERENCE}{_BELOW})|(?P<heading>#+ )")
_FIRST_LINE = re.compile(rf"(?P<blank>[' \t]*+)(?:{_BELOW})|(?P<heading>#+ )")
_LINE_KINDS = {
    "inference": "inference",
    "relation": "relation",
    "heading": "heading",
    "number": "statement number",
    "ordered": "ordered item",
    "unordered": "unordered item",
}
SHORTCODE = re.compile(rf"\.[^{_SPACE}]+?\.[ \t]?|:[^{_SPACE}]+?:[ \t]?")
_ESCAPED = re.compile("\\\\[^\n\r\u2028\u2029] *")
_TAG = re.compile(r"#[a-zA-z0-9\-\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF]+[ \t]?")
_SPACES = re.compile(r"[ \t]+")
_FREE = re.compile(r"[^\\@#*_\[\],.:</>(){}\r\n;\-]+")
_CONTROL = re.compile(r"[@#*_\[\],.:</>(){};\-][ \t]?")
_LINE_STARTS = frozenset({"line break", "empty line"})
# Words within a line and the signs among them that begin nothing, with one blank after each sign;
# blanks before them are no part of them.
_RUN = re.compile(
    r"[ \t]*+((?:(?!===)[^\\@#*_\[\],.:</>(){}\r\n;\-]+|[,;()\-][ \t]?(?![ \t])"
    r"|[.:](?:[ \t](?![ \t])|(?=[\n\r]|\Z)))+)"
)
_DASHES = re.compile(r"-{2,}")
_DATA_STOP = re.compile(rf"\}}[{_SPACE}][^,}}]|[\r\u2028\u2029]")
_DATA_GOES_ON = re.compile(rf"[{_SPACE}]*[,}}]")
_OPENING = re.compile(r"\*\*|__|\*|_")
_CLOSED_BY = re.compile(r"[ \t]|(?=[\n\r)}_.,!?;:\-*]|\Z)")


def tokenize(text: str, source: str | None = None) -> list[Token]:
    """Return the tokens of an Argdown text, indents and dedents among them.

    Raises:
        FormatParseError: A backslash stands at the end of a line.
    """
    return _Lexer(text, source).run()


class _Lexer:
    def __init__(self, text: str, source: str | None) -> None:
        self.text = text
        self.source = source
        self.tokens: list[Token] = []
        self.indents = [0]
        self.ranges: list[str] = []
        self.in_inference = False
        self._found: dict[str, tuple[int, int]] = {}
        self._no_data_before = 0

    def run(self) -> list[Token]:
        position, end = 0, len(self.text)
        kinds: dict[str, Callable[[int], Token | None]] = {
            "<": self._angle,
            "=": self._front_matter,
            "{": self._data,
            "\\": self._escaped,
            ".": self._shortcode,
            ":": self._shortcode,
            "[": self._bracket,
            "@": self._mention,
            "#": self._tag,
        }
        text, tokens, run = self.text, self.tokens, _RUN.match
        while position < end:
            # Most of a text by far: words within a line, and the end of a line.
            if tokens and tokens[-1].kind not in _LINE_STARTS and not self.in_inference:
                match = run(text, position)
                if match:
                    tokens.append(Token("text", match[1], match.start(1)))
                    position = match.end()
                    continue
                if text[position] == "\n" and not _BLANK_LINES.match(text, position):
                    tokens.append(Token("line break", "\n", position))
                    position += 1
                    continue
            found = self._next(position, kinds)
            if isinstance(found, Token):
                tokens.append(found)
                position += len(found.image)
            else:
                position = found
        if self.tokens and self.tokens[-1].kind == "empty line":
            self.tokens.pop()
        self._dedent_all(end)
        return self.tokens

    def _next(  # noqa: C901, PLR0911 # the kinds are tried in order, and that is the language
        self, position: int, kinds: dict[str, Callable[[int], Token | None]]
    ) -> Token | int:
        """Return the token at a position, or where to go on when there is none to keep."""
        text = self.text
        character = text[position]
        last = self.tokens[-1].kind if self.tokens else None
        if self.in_inference:
            return self._next_in_inference(position, character)
        if character in "/<" and (after := self._comment(position)) is not None:
            return after
        if character in "={\\.:":
            found = kinds[character](position)
            if found is not None:
                return found
        if last is None or last in _LINE_STARTS:
            found = self._line_start(position, last)
            if found is not None:
                return found
        if character in " \t\n\r":
            found = self._line_break(position, last)
            if found is not None:
                return found
        if character in "*_" and (found := self._emphasis(position)) is not None:
            return found
        if character in "[<@#":
            found = kinds[character](position)
            if found is not None:
                return found
        if match := _SPACES.match(text, position):
            return match.end()
        return self._plain(position)

    def _next_in_inference(self, position: int, character: str) -> Token | int:  # noqa: PLR0911
        text = self.text
        if character in "/<" and (after := self._comment(position)) is not None:
            return after
        if match := _NEWLINE.match(text, position):
            return Token("line break", match[0], position)
        if character == "\\":
            found = self._escaped(position)
            if found is not None:
                return found
        if character in ".:" and (found := self._shortcode(position)) is not None:
            return found
        if match := _DASHES.match(text, position):
            self.in_inference = False
            return Token("end of inference", match[0], position)
        if character == "{" and (found := self._data(position)) is not None:
            return found
        if character == ",":
            return Token("comma", ",", position)
        if match := _SPACES.match(text, position):
            return match.end()
        return self._plain(position)

    def _plain(self, position: int) -> Token:
        if match := _FREE.match(self.text, position):
            return Token("text", match[0], position)
        if match := _CONTROL.match(self.text, position):
            return Token("control character", match[0], position)
        raise self._fault("there is nothing after this backslash", position)

    # --- looking ahead ------------------------------------------------------------------------

    def _find(self, needle: str, position: int) -> int:
        """Return the next place of a needle or -1, in linear time over a whole text."""
        start, found = self._found.get(needle, (0, -2))
        if found != -2 and start <= position and (found == -1 or position <= found):
            return found
        found = self.text.find(needle, position)
        self._found[needle] = (position, found)
        return found

    def _in_line(self, start: int, end: int) -> bool:
        start_known, line_end = self._found.get("line end", (0, -2))
        if line_end == -2 or not start_known <= start <= line_end:
            match = _LINE_END.search(self.text, start)
            line_end = match.start() if match else len(self.text)
            self._found["line end"] = (start, line_end)
        return end <= line_end

    def _data_stop(self, position: int) -> int:
        start, found = self._found.get("data stop", (0, -2))
        if found == -2 or not start <= position <= found:
            match = _DATA_STOP.search(self.text, position)
            found = match.start() if match else len(self.text)
            self._found["data stop"] = (position, found)
        return found

    def _fault(self, message: str, position: int) -> FormatParseError:
        return fault_at(FormatParseError, message, self.text, position, source=self.source)

    # --- lines --------------------------------------------------------------------------------

    def _line_break(self, position: int, last: str | None) -> Token | None:
        match = _NEWLINE.match(self.text, position)
        if match is None:
            return None
        if last != "empty line" and (empty := _EMPTY_LINES.match(self.text, position)):
            if empty.end() < len(self.text):
                self._dedent_all(position)
            return Token("empty line", empty[0], position)
        return Token("line break", match[0], position)
        return None

    def _line_start(self, position: int, last: str | None) -> Token | None:
        if self.text[position] not in " \t'+-<>_#(*0123456789":
            return None
        match = (_FIRST_LINE if last == "empty line" else _LINE).match(self.text, position)
        if match is None:
            return None
        kind = match.lastgroup or ""
        if kind in {"inference", "number"}:
            self._dedent_all(position)
            self.in_inference = kind == "inference"
        elif kind != "heading":
            item = kind != "relation"
            self._indent(len(match["blank"]) + item, position)
        return Token(_LINE_KINDS[kind], match[0], position)

    def _indent(self, depth: int, position: int) -> None:
        if depth > self.indents[-1]:
            self.indents.append(depth)
            self.tokens.append(Token("indent", "", position))
        while len(self.indents) > 1 and depth < self.indents[-1]:
            self.indents.pop()
            self.tokens.append(Token("dedent", "", position))

    def _dedent_all(self, position: int) -> None:
        while len(self.indents) > 1:
            self.indents.pop()
            self.tokens.append(Token("dedent", "", position))

    # --- what stands in a line ----------------------------------------------------------------

    def _comment(self, position: int) -> int | None:
        text = self.text
        if text.startswith("//", position):
            end = self._find("\n", position)
            # At the very end of a text it is no comment, says the official parser.
            if end == -1 or not self._in_line(position, end):
                return None
        elif text.startswith("/*", position):
            end = self._find("*/", position + 2)
            end = end + 2 if end != -1 else -1
        elif text.startswith("<!--", position):
            end = self._find("-->", position + 4)
            end = end + 3 if end != -1 else -1
        else:
            return None
        if end == -1:
            return None
        last = self.tokens[-1].kind if self.tokens else None
        if last == "empty line":
            while text.startswith("\n", end):
                end += 1
        elif last == "line break":
            match = _ONE_NEWLINE.match(text, end)
            end = match.end() if match else end
        return end

    def _angle(self, position: int) -> Token | None:
        if match := _DEFINITION.match(self.text, position):
            return Token("argument definition", match[0], position)
        end = self._find(">:", position + 2)
        if end != -1 and self._in_line(position + 1, end):
            return Token("argument definition", self.text[position : end + 2], position)
        end = self._find(">", position + 2)
        if end != -1 and self.text[position + 1] != "-" and self._in_line(position + 2, end):
            return Token("argument reference", self.text[position : end + 1], position)
        return None

    def _bracket(self, position: int) -> Token | None:
        text = self.text
        if match := _DEFINITION.match(text, position):
            return Token("statement definition", match[0], position)
        end = self._find("]", position + 1)
        if end > position + 1 and text.startswith("(", end + 1):
            close = self._find(")", end + 2)
            if close > end + 2:
                return self._with_blank("link", position, close + 1)
        end = self._find("]:", position + 2)
        if end != -1 and self._in_line(position + 1, end):
            return Token("statement definition", text[position : end + 2], position)
        end = self._find("]", position + 2)
        if end != -1 and text[position + 1] != "-" and self._in_line(position + 2, end):
            return Token("statement reference", text[position : end + 1], position)
        return None

    def _mention(self, position: int) -> Token | None:
        for kind, opening, closing in (("statement", "[", "]"), ("argument", "<", ">")):
            if self.text.startswith(opening, position + 1):
                end = self._find(closing, position + 3)
                if end != -1 and self._in_line(position + 2, end):
                    return self._with_blank(f"{kind} mention", position, end + 1)
        return None

    def _tag(self, position: int) -> Token | None:
        if self.text.startswith("(", position + 1):
            end = self._find(")", position + 2)
            return self._with_blank("tag", position, end + 1) if end > position + 2 else None
        match = _TAG.match(self.text, position)
        return Token("tag", match[0], position) if match else None

    def _with_blank(self, kind: str, start: int, end: int) -> Token:
        if self.text[end : end + 1] in {" ", "\t"}:
            end += 1
        return Token(kind, self.text[start:end], start)

    def _front_matter(self, position: int) -> Token | None:
        text = self.text
        run = 0
        while text.startswith("=", position + run):
            run += 1
        if run < 3:
            return None
        end = self._find("===", position + run)
        if end == -1 and run < 6:
            return None
        end = position + run if end == -1 else end
        while text.startswith("=", end):
            end += 1
        return Token("front matter", text[position:end], position)

    def _data(self, position: int) -> Token | None:
        text = self.text
        if position < self._no_data_before:
            return None
        end = stop = min(self._data_stop(position), len(text) - 1)
        # The last closing brace that is followed neither by a comma nor by another brace.
        while (end := text.rfind("}", position + 1, end + 1)) != -1:
            if not _DATA_GOES_ON.match(text, end + 1):
                return Token("data", text[position : end + 1], position)
            end -= 1
        self._no_data_before = stop
        return None

    def _escaped(self, position: int) -> Token | None:
        match = _ESCAPED.match(self.text, position)
        return Token("escaped character", match[0], position) if match else None

    def _shortcode(self, position: int) -> Token | None:
        match = SHORTCODE.match(self.text, position)
        return Token("shortcode", match[0], position) if match else None

    def _emphasis(self, position: int) -> Token | None:
        text = self.text
        if self.ranges and self.tokens:
            mark = self.ranges[-1]
            if text.startswith(mark, position):
                after = _CLOSED_BY.match(text, position + len(mark))
                if after:
                    self.ranges.pop()
                    return Token("end of emphasis", mark + after[0], position)
        for mark in ("**", "__", "*", "_"):
            if text.startswith(mark, position):
                following = text[position + len(mark) : position + len(mark) + 1]
                if not following or not re.match(f"[{_SPACE}]", following):
                    self.ranges.append(mark)
                    return Token("emphasis", mark, position)
        return None
