"""Carneades 4's YAML, read only (https://carneades.github.io): statements, arguments, issues.

A statement is a claim, an argument a support with linked premises, and its undercutter an undercut.
The positions of an issue rule each other out: they are rebuttals of each other, both ways. What a
map has no fields for (assumptions, schemes, weights, expected labels) is kept under
``extra["carneades"]``.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from argumap.errors import FormatParseError
from argumap.formats._constructs import free_ids
from argumap.formats._excerpt import fault_at
from argumap.formats._format import Format, UnplacedError
from argumap.formats._json import as_format_errors
from argumap.formats._yaml import YamlError, parse_yaml
from argumap.model import ArgumentMap, Claim, Rebuttal, Support, Undercut, pause_gc

__all__ = ["FORMAT", "loads", "sniff"]

AnyRelation = Support | Rebuttal | Undercut

_OWN = "carneades"
_SECTION = re.compile(
    r"^(?:statements|arguments|issues|(?:argument|issue)_schemes|assumptions):[ \t\r]*(?:$|[\[{#])",
    re.MULTILINE,
)
# The rebuttals of an issue grow with the square of its positions.
_MOST_POSITIONS = 50


def sniff(text: str) -> bool:
    """Whether a text looks like it: a section of that name at the margin, with nothing after it."""
    head = text[:200_000]
    return head.lstrip()[:1] not in {"{", "[", "<"} and _SECTION.search(head) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is not YAML, or not of Carneades.
        ModelError: The parts of the map do not fit together.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    repeated: list[tuple[str, Any]] = []
    try:
        data = parse_yaml(text, repeated)
    except YamlError as fault:
        lines = text.split("\n")
        offset = sum(len(line) + 1 for line in lines[: fault.line]) + fault.column
        message = f"not YAML: {fault}"
        raise fault_at(FormatParseError, message, text, offset, source=source) from None
    if not isinstance(data, dict):
        hint = "a file of Carneades has sections such as statements: and arguments:"
        raise FormatParseError("this is not Carneades YAML", source=source, hint=hint)
    with as_format_errors(source), pause_gc():
        return _Reading(data, repeated, source).run()


class _Reading:
    def __init__(
        self, data: dict[str, Any], repeated: list[tuple[str, Any]], source: str | None
    ) -> None:
        self.data = data
        self.repeated = repeated
        self.source = source
        self.claims: dict[str, Claim] = {}
        self.spelled: dict[str, str] = {}
        self.relations: list[AnyRelation] = []
        self.unplaced: list[str] = []

    def run(self) -> ArgumentMap:
        for name, value in self._section("statements").items():
            self._statement(name, value)
        arguments = self._section("arguments")
        issues = self._section("issues")
        # Those that are named without having been stated.
        for fields in map(_fields, arguments.values()):
            named = [*_premises(fields).values(), fields.get("conclusion")]
            for name in (*named, fields.get("undercutter")):
                self._claim(name)
        for fields in map(_fields, issues.values()):
            for position in _listed(fields.get("positions")):
                self._claim(position)
        taken = {*self.claims, *arguments}
        ids = {name: name for name in arguments if name not in self.claims}
        odd = [name for name in arguments if name in self.claims]
        ids |= dict(zip(odd, free_ids("r", len(odd), taken), strict=True))
        taken |= set(ids.values())
        self.free = (f"r{n}" for n in itertools.count(1) if f"r{n}" not in taken)
        for name, value in arguments.items():
            self._argument(name, ids[name], _fields(value))
        for name, value in issues.items():
            self._issue(name, _fields(value))
        argmap = ArgumentMap(
            title=self._title(),
            claims=tuple(self.claims.values()),
            relations=tuple(self.relations),
            extra=self._extra(),
        )
        if self.unplaced:
            raise UnplacedError(argmap, self.unplaced)
        return argmap

    def _section(self, name: str) -> dict[str, Any]:
        """Return a section by id: a mapping, or a list of mappings that have ids."""
        value = self.data.get(name)
        if isinstance(value, list) and all(isinstance(e, dict) and "id" in e for e in value):
            return {
                _text(each["id"]): {k: v for k, v in each.items() if k != "id"} for each in value
            }
        if value is None or isinstance(value, dict):
            return value or {}
        raise FormatParseError(
            f"the section {name!r} is no mapping", source=self.source, pointer=f"/{name}"
        )

    def _title(self) -> str | None:
        meta = self.data.get("meta")
        title = meta.get("title") if isinstance(meta, dict) else None
        return _text(title).strip() or None

    def _extra(self) -> dict[str, Any] | None:
        own = {
            name: value
            for name, value in self.data.items()
            if name not in {"statements", "arguments", "issues", "meta"} and value not in (None, [])
        }
        meta = self.data.get("meta")
        if isinstance(meta, dict):
            more = {key: value for key, value in meta.items() if key != "title" and value}
            own |= {"meta": more} if more else {}
        issues = {name: _fields(issue) for name, issue in self._section("issues").items()}
        own |= {"issues": issues} if issues else {}
        # An argument without premises joins nothing.
        alone = {
            name: _fields(value)
            for name, value in self._section("arguments").items()
            if not _premises(_fields(value))
        }
        own |= {"arguments": alone} if alone else {}
        if self.repeated:
            # What a later entry of the same name displaces, as it does for Carneades.
            own["repeated"] = [{"name": name, "value": value} for name, value in self.repeated]
        return {_OWN: own} if own else None

    def _statement(self, name: str, value: Any) -> None:
        fields = _fields(value)
        words = _text(fields.get("text") if isinstance(value, dict) else value).strip()
        own = {key: each for key, each in fields.items() if key != "text" and each is not None}
        self.claims[name] = Claim(id=name, text=words or name, extra={_OWN: own} if own else None)
        self.spelled.setdefault(_squeezed(name), name)

    def _claim(self, name: Any) -> str | None:
        """Return the id of the claim that is named so; blanks in a term make no difference."""
        wanted = _text(name).strip()
        if not wanted:
            return None
        if wanted not in self.claims:
            spelled = self.spelled.get(_squeezed(wanted))
            if spelled is not None:
                return spelled
            self._statement(wanted, None)
        return wanted

    def _argument(self, name: str, id_: str, fields: dict[str, Any]) -> None:
        conclusion = self._claim(fields.get("conclusion"))
        if conclusion is None:
            self.unplaced.append(f"argument {name!r} has no conclusion")
            return
        roles = _premises(fields)
        named = (self._claim(premise) for premise in roles.values())
        premises = list(dict.fromkeys(premise for premise in named if premise is not None))
        if conclusion in premises:
            self.unplaced.append(f"argument {name!r} concludes its premise {conclusion!r}")
            premises.remove(conclusion)
        undercutter = self._claim(fields.get("undercutter"))
        scheme = _text(fields.get("scheme")).strip() or None
        known = {"conclusion", "premises", "scheme", "undercutter"}
        own = {k: v for k, v in fields.items() if k not in known and v is not None and v != {}}
        if isinstance(fields.get("premises"), dict):
            own["roles"] = roles
        if id_ != name:
            own["id"] = name
        if premises:
            self.relations.append(
                Support(
                    id=id_,
                    premises=tuple(premises),
                    conclusion=conclusion,
                    scheme=scheme,
                    extra={_OWN: own} if own else None,
                )
            )
        if undercutter is None:
            return
        if premises:
            self.relations.append(Undercut(id=next(self.free), source=undercutter, target=id_))
        else:
            # What stands without premises can only be denied.
            mark = {_OWN: {"undercutter_of": name}}
            self.relations.append(
                Rebuttal(id=next(self.free), source=undercutter, target=conclusion, extra=mark)
            )

    def _issue(self, name: str, fields: dict[str, Any]) -> None:
        named = (self._claim(position) for position in _listed(fields.get("positions")))
        positions = list(dict.fromkeys(position for position in named if position is not None))
        if len(positions) > _MOST_POSITIONS:
            raise FormatParseError(
                f"issue {name!r} has {len(positions)} positions, more than are read",
                source=self.source,
                pointer=f"/issues/{name}",
            )
        mark = {_OWN: {"issue": name}}
        self.relations += [
            Rebuttal(id=next(self.free), source=one, target=other, extra=mark)
            for one, other in itertools.permutations(positions, 2)
        ]


def _fields(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _premises(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the premises of an argument by role; without roles, by number."""
    premises = fields.get("premises")
    if isinstance(premises, dict):
        return premises
    return {str(number): each for number, each in enumerate(_listed(premises), start=1)}


def _text(value: Any) -> str:
    """Return a word or number as text, and nothing for what is none."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else ""


def _squeezed(name: str) -> str:
    return re.sub(r"\s+", "", name)


FORMAT = Format(
    name="carneades",
    title="Carneades YAML",
    suffixes=(".yml", ".yaml"),
    sniff=sniff,
    loads=loads,
)
