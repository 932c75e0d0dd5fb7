"""The formats of the ICCMA competitions: abstract frameworks of arguments and attacks.

``apx`` (Aspartix), ``tgf`` (trivial graph format) and ``af`` (``p af``, since 2023). A claim is an
argument and a rebuttal an attack; there are no words for anything else. See the competition's own
description of its formats, https://argumentationcompetition.org/2023/rules.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.errors import FormatParseError
from argumap.formats._constructs import free_ids
from argumap.formats._excerpt import fault_at
from argumap.formats._format import Format
from argumap.formats._json import as_format_errors
from argumap.model import ArgumentMap, Claim, Rebuttal, pause_gc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["AF", "APX", "TGF"]

_HEAD = 20_000


def _build(
    names: dict[str, str], attacks: list[tuple[str, str, int]], text: str, source: str | None
) -> ArgumentMap:
    """Return the map of arguments (id to words) and attacks."""
    ids = iter(free_ids("r", len(attacks), names))
    rebuttals = []
    for from_, to, offset in attacks:
        for name in (from_, to):
            if name not in names:
                raise fault_at(
                    FormatParseError, f"there is no argument {name!r}", text, offset, source=source
                )
        rebuttals.append(Rebuttal(id=next(ids), source=from_, target=to))
    with as_format_errors(source), pause_gc():
        claims = tuple(Claim(id=name, text=words) for name, words in names.items())
        return ArgumentMap(claims=claims, relations=tuple(rebuttals))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, each with its offset and without its line end."""
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            yield offset + len(line) - len(line.lstrip()), line.strip()
        offset += len(line) + 1


# --- apx ---------------------------------------------------------------------------------------

_FACT = re.compile(
    r"\s*(?:(?P<comment>%[^\n]*)|(?P<kind>arg|att)\s*\(\s*(?P<first>[^\s(),]+)\s*"
    r"(?:,\s*(?P<second>[^\s(),]+)\s*)?\)\s*\.)"
)


def loads_apx(text: str, source: str | None = None) -> ArgumentMap:
    """Read a framework: ``arg(a). att(a,b).``, with ``%`` before a comment."""
    names: dict[str, str] = {}
    attacks: list[tuple[str, str, int]] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _FACT.match(text, place)
        if match is None:
            offset = place + len(text[place:]) - len(text[place:].lstrip())
            raise fault_at(
                FormatParseError,
                "expected: arg(a). or att(a,b).",
                text,
                offset,
                source=source,
            )
        place = match.end()
        if match["comment"] is not None:
            continue
        first, second = match["first"], match["second"]
        offset = match.start("kind")
        if (second is None) != (match["kind"] == "arg"):
            wanted = "arg names one argument, att two"
            raise fault_at(FormatParseError, wanted, text, offset, source=source)
        if second is None:
            # Said twice is said once: the facts of a logic program are a set.
            names.setdefault(first, first)
        else:
            attacks.append((first, second, offset))
    return _build(names, attacks, text, source)


def dumps_apx(argmap: ArgumentMap) -> str:
    """Write the arguments and attacks of a map."""
    lines = [f"arg({claim.id})." for claim in argmap.claims]
    lines += [f"att({rebuttal.source},{rebuttal.target})." for rebuttal in argmap.rebuttals]
    return "".join(f"{line}\n" for line in lines)


def sniff_apx(text: str) -> bool:
    """Whether a text looks like apx: facts about arguments and attacks."""
    match = re.match(r"(?:\s*%[^\n]*\n)*\s*(?:arg|att)\s*\(", text[:_HEAD])
    return match is not None


# --- tgf ---------------------------------------------------------------------------------------


def loads_tgf(text: str, source: str | None = None) -> ArgumentMap:
    """Read a graph: a line for each argument, perhaps with words, ``#``, a line for each attack."""
    names: dict[str, str] = {}
    attacks: list[tuple[str, str, int]] = []
    in_attacks = False
    for offset, line in _lines(text):
        if line == "#" and not in_attacks:
            in_attacks = True
        elif not in_attacks:
            name, *rest = line.split(maxsplit=1)
            words = rest[0] if rest else name
            if names.setdefault(name, words) != words:
                message = f"argument {name!r} is there twice, with other words"
                raise fault_at(FormatParseError, message, text, offset, source=source)
        else:
            parts = line.split(maxsplit=2)
            if len(parts) < 2:
                message = "expected: two arguments, the first attacks the second"
                raise fault_at(FormatParseError, message, text, offset, source=source)
            attacks.append((parts[0], parts[1], offset))
    if not in_attacks and names:
        message = "there is no line with # alone, after which the attacks stand"
        raise fault_at(FormatParseError, message, text, len(text.rstrip()), source=source)
    return _build(names, attacks, text, source)


def dumps_tgf(argmap: ArgumentMap) -> str:
    """Write the arguments and attacks of a map, by ids alone, as solvers read them."""
    lines = [claim.id for claim in argmap.claims]
    lines.append("#")
    lines += [f"{rebuttal.source} {rebuttal.target}" for rebuttal in argmap.rebuttals]
    return "".join(f"{line}\n" for line in lines)


def sniff_tgf(text: str) -> bool:
    """Whether a text looks like tgf: names, a line with ``#`` alone, pairs."""
    match = re.match(r"(?:[ \t]*[\w.:-]+(?:[ \t][^\n]*)?\n)*[ \t]*#[ \t]*(?:\n|\Z)", text[:_HEAD])
    if match is None:
        return False
    after = text[match.end() : _HEAD].split("\n")[:-1]
    return all(re.fullmatch(r"\s*|\s*\S+\s+\S+\s*", line) for line in after[:50])


# --- p af --------------------------------------------------------------------------------------

_AF_HEADER = re.compile(r"p\s+af\s+([0-9]{1,9})")
_AF_NAME = re.compile(r"#\s*([0-9]{1,9})\s+(\S+)")


def loads_af(text: str, source: str | None = None) -> ArgumentMap:
    """Read a framework: ``p af n``, then a line ``i j`` for each attack, ``#`` before a comment.

    Comments of the form ``# 1 name``, as the competition's files have them, name the arguments.
    """
    lines = list(_lines(text))
    header = next(((offset, line) for offset, line in lines if line[0] != "#"), None)
    match = _AF_HEADER.fullmatch(header[1]) if header else None
    if match is None:
        offset = header[0] if header else 0
        message = "expected: p af and the number of arguments"
        raise fault_at(FormatParseError, message, text, offset, source=source)
    count = int(match[1])
    if count > 10_000_000:
        raise fault_at(
            FormatParseError,
            f"{count} arguments are more than are read at once",
            text,
            header[0] if header else 0,
            source=source,
        )
    ids = {str(number): str(number) for number in range(1, count + 1)}
    named = [_AF_NAME.fullmatch(line) for _, line in lines]
    by_comment = {found[1]: found[2] for found in named if found and found[1] in ids}
    # Names are taken where they name all of them, and apart.
    if len(by_comment) == count == len(set(by_comment.values())):
        ids = {number: by_comment[number] for number in ids}
    attacks: list[tuple[str, str, int]] = []
    for offset, line in lines:
        if line[0] == "#" or header is None or offset == header[0]:
            continue
        parts = line.split()
        if len(parts) != 2 or parts[0] not in ids or parts[1] not in ids:
            message = f"expected: two numbers from 1 to {count}"
            raise fault_at(FormatParseError, message, text, offset, source=source)
        attacks.append((ids[parts[0]], ids[parts[1]], offset))
    return _build({name: name for name in ids.values()}, attacks, text, source)


def dumps_af(argmap: ArgumentMap) -> str:
    """Write the arguments and attacks of a map; comments say which number is which claim."""
    numbers = {claim.id: number for number, claim in enumerate(argmap.claims, start=1)}
    lines = [f"p af {len(numbers)}"]
    lines += [f"# {number} {claim_id}" for claim_id, number in numbers.items()]
    lines += [
        f"{numbers[rebuttal.source]} {numbers[rebuttal.target]}" for rebuttal in argmap.rebuttals
    ]
    return "".join(f"{line}\n" for line in lines)


def sniff_af(text: str) -> bool:
    """Whether a text looks like it: ``p af`` after comments at most."""
    return re.match(r"(?:\s*#[^\n]*\n)*\s*p\s+af\s+[0-9]", text[:_HEAD]) is not None


def _format(
    name: str,
    title: str,
    sniff: Callable[[str], bool],
    loads: Callable[[str, str | None], ArgumentMap],
    dumps: Callable[[ArgumentMap], str],
) -> Format:
    return Format(
        name=name,
        title=title,
        suffixes=(f".{name}",),
        sniff=sniff,
        loads=loads,
        dumps=dumps,
    )


APX = _format("apx", "ICCMA apx", sniff_apx, loads_apx, dumps_apx)
TGF = _format("tgf", "ICCMA tgf", sniff_tgf, loads_tgf, dumps_tgf)
AF = _format("af", "ICCMA p af (2023)", sniff_af, loads_af, dumps_af)
