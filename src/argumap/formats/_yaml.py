"""YAML: the core schema of YAML 1.2, so that ``yes`` is a word.

No tags, no anchors, and no deep nesting: data in a file of somebody else's must not be able to
make objects, to grow, or to break the stack.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from argumap.formats._json import load_json

__all__ = ["YamlError", "parse_yaml"]

_DEEPEST = 100
# Indentation and dashes before a line's first word: a level of nesting takes a column at least.
_BEFORE_WORDS = re.compile(r"^[ \t]*(?:[-?:][ \t]+)*", re.MULTILINE)
_TAG = "tag:yaml.org,2002:"


class YamlError(ValueError):
    """A text is not YAML that is read here.

    Attributes:
        line: Line of the fault in it, counted from 0.
        column: Column, counted from 0.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def parse_yaml(text: str, repeated: list[tuple[str, Any]] | None = None) -> Any:
    """Return what a YAML text says: JSON values.

    Args:
        text: The text.
        repeated: Takes each key that stands in its mapping again further down, with the value
            that gives way to the later one.

    Raises:
        YamlError: It is not YAML, or uses what is not read here.

    Examples:
        >>> parse_yaml("{sure: yes, confidence: 0.5}")
        {'sure': 'yes', 'confidence': 0.5}
    """
    if _is_deep(text):
        raise YamlError("data is nested too deeply")
    # Much data is JSON, or would be if its words stood in quotes, and JSON is read much faster.
    for attempt in (text if '"' in text else None, _as_json(text) if repeated is None else None):
        try:
            if attempt is not None:
                return load_json(attempt)
        except ValueError:
            pass
    import yaml  # noqa: PLC0415 # most files hold no YAML

    try:
        loader = _loader()(text)
        node = loader.get_single_node()
        if node is None:
            return None
        _check(node)
        loader.repeated = repeated if repeated is not None else []
        return loader.construct_document(node)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        message = fault.problem or fault.context or "this is not YAML"
        raise YamlError(message, mark.line if mark else 0, mark.column if mark else 0) from None
    except yaml.YAMLError as fault:
        raise YamlError(f"this is not YAML: {str(fault).splitlines()[0]}") from None


# What both languages read alike but for the quotes: plain words, strings, numbers, punctuation.
_WORD = re.compile(r"([A-Za-z_][\w-]*(?: [\w-]+)*)(?=: |[,}\]])")
_STRING = r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt])*"'
_SIMPLE = re.compile(
    rf"\{{(?:{_WORD.pattern}|{_STRING}|-?[0-9][0-9.]*(?=[,}}\]])|[{{}}\[\]]|,[ ]?|:[ ])*"
)
_WORD_OR_STRING = re.compile(rf"{_STRING}|{_WORD.pattern}")
_NO_WORD = re.compile(r"\b(?:true|false|null)\b", re.IGNORECASE)


def _as_json(text: str) -> str | None:
    """Return data in braces as JSON, or None where it is not of the simplest kind."""
    if not _SIMPLE.fullmatch(text) or _NO_WORD.search(text):
        return None
    if '"' not in text:
        return '"'.join(_WORD.split(text))
    return _WORD_OR_STRING.sub(lambda match: f'"{match[1]}"' if match[1] else match[0], text)


def _is_deep(text: str) -> bool:
    if len(text) <= _DEEPEST:
        return False
    depth = 0
    if text.count("[") + text.count("{") > _DEEPEST:
        for character in text:
            if character in "[{":
                depth += 1
                if depth > _DEEPEST:
                    return True
            elif character in "]}":
                depth -= 1
    return any(len(match[0]) > 2 * _DEEPEST for match in _BEFORE_WORDS.finditer(text))


def _check(root: Any) -> None:
    """Refuse aliases, which stand for whole trees, and tags of other than JSON's types."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        mark = node.start_mark
        if id(node) in seen:
            raise YamlError("aliases are not read", mark.line, mark.column)
        seen.add(id(node))
        if node.tag.removeprefix(_TAG) not in _TYPES:
            raise YamlError(f"the tag {node.tag!r} is not read", mark.line, mark.column)
        if isinstance(node.value, list):
            for child in node.value:
                stack += child if isinstance(child, tuple) else [child]


_TYPES = {"map", "seq", "str", "bool", "null", "int", "float"}

# YAML 1.2, 10.3.2: the pattern of each type and the characters that may begin it.
_SCALARS = (
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        list("-+.0123456789"),
    ),
)


@cache
def _loader() -> Any:
    """Return the loader: PyYAML's safe one, with the scalars of YAML 1.2."""
    import yaml  # noqa: PLC0415

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    for name, pattern, first in _SCALARS:
        Loader.add_implicit_resolver(_TAG + name, re.compile(rf"^(?:{pattern})$"), first)
    Loader.add_constructor(_TAG + "int", _integer)
    Loader.add_constructor(_TAG + "float", lambda _loader, node: float(node.value))
    Loader.add_constructor(_TAG + "map", _mapping)
    return Loader


def _integer(_loader: Any, node: Any) -> int:
    digits = node.value
    if len(digits) > 1000:
        raise YamlError("a number is too long", node.start_mark.line, node.start_mark.column)
    return int(digits, 0) if digits[:2] in {"0o", "0x"} else int(digits)


def _mapping(loader: Any, node: Any) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in node.value:
        name = loader.construct_object(key, deep=True)
        name = name if isinstance(name, str) else json.dumps(name)
        if name in result:
            loader.repeated.append((name, result[name]))
        result[name] = loader.construct_object(value, deep=True)
    return result
