"""Small maps for tests, and the plain definitions that answers are checked against."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from argumap import ArgumentMap, Claim, Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["arguments", "frameworks", "powerset", "small_maps"]

Pair = tuple[str, str]


def arguments(
    names: Iterable[str], attacks: Iterable[Sequence[str]], supports: Iterable[Sequence[str]] = ()
) -> ArgumentMap:
    """Return the map of an abstract framework: names, attacks and supports as pairs."""
    rebuttals = [
        Rebuttal(id=f"attack {i}", source=source, target=target)
        for i, (source, target) in enumerate(attacks)
    ]
    reasons = [
        Support(id=f"support {i}", premises=(source,), conclusion=target)
        for i, (source, target) in enumerate(supports)
    ]
    claims = tuple(Claim(id=name, text=name) for name in names)
    return ArgumentMap(claims=claims, relations=(*rebuttals, *reasons))


def powerset(names: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield every subset."""
    subsets = chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
    return map(frozenset, subsets)


@st.composite
def frameworks(draw: st.DrawFn, *, most: int = 6) -> tuple[list[str], list[Pair]]:
    """Any framework of attacks, self-attacks included."""
    names = [f"a{n}" for n in range(draw(st.integers(0, most)))]
    pairs = [(one, other) for one in names for other in names]
    attacks = draw(st.lists(st.sampled_from(pairs), max_size=12, unique=True)) if pairs else []
    return names, attacks


@st.composite
def small_maps(
    draw: st.DrawFn, *, most: int = 6, relations: int = 8, linked: int = 2
) -> ArgumentMap:
    """Any small map: linked premises, circles, undercuts of undercuts, self-attacks."""
    names = [f"c{n}" for n in range(draw(st.integers(1, most)))]
    some = st.sampled_from(names)
    found: list[Support | Rebuttal | Undercut] = []
    for n in range(draw(st.integers(0, relations))):
        kind = draw(st.sampled_from(["support", "support", "rebuttal", "rebuttal", "undercut"]))
        if kind == "rebuttal":
            found.append(Rebuttal(id=f"r{n}", source=draw(some), target=draw(some)))
        elif kind == "undercut" and found:
            target = draw(st.sampled_from([relation.id for relation in found]))
            found.append(Undercut(id=f"r{n}", source=draw(some), target=target))
        elif len(names) > 1:
            conclusion, *others = draw(st.permutations(names))
            count = draw(st.integers(1, min(linked, len(others))))
            found.append(Support(id=f"r{n}", premises=tuple(others[:count]), conclusion=conclusion))
    claims = tuple(Claim(id=name, text=name) for name in names)
    return ArgumentMap(claims=claims, relations=tuple(found))
