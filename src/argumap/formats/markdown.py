"""A report in Markdown, for people: who claims what, what bears on it, what stands unsupported."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.model import Support

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argumap.model import ArgumentMap, Claim, Rebuttal, Undercut

__all__ = ["FORMAT", "dumps"]


def dumps(argmap: ArgumentMap) -> str:
    """Return the report: claims by author, each with its reasons, and those without support."""
    return "\n".join(_Report(argmap).lines()).rstrip("\n") + "\n"


class _Report:
    def __init__(self, argmap: ArgumentMap) -> None:
        self.argmap = argmap
        self.about: dict[str, list[Support | Rebuttal | Undercut]] = defaultdict(list)
        for relation in argmap.relations:
            self.about[relation.target].append(relation)

    def lines(self) -> Iterator[str]:
        argmap = self.argmap
        yield f"# {_words(argmap.title or 'Argument map')}"
        yield ""
        yield _counted(argmap)
        yield ""
        for author, claims in self._by_author():
            yield f"## {_words(author) if author is not None else 'By nobody in particular'}"
            yield ""
            for claim in claims:
                yield from self._claim(claim)
            yield ""
        yield from self._unsupported()

    def _by_author(self) -> Iterable[tuple[str | None, list[Claim]]]:
        """Return the claims of each author, by who says them first."""
        groups: dict[str | None, list[Claim]] = {author: [] for author in self.argmap.authors}
        for claim in self.argmap.claims:
            groups.setdefault(next(iter(claim.authors), None), []).append(claim)
        return [(author, claims) for author, claims in groups.items() if claims]

    def _claim(self, claim: Claim) -> Iterator[str]:
        sure = f" ({claim.confidence:.2f})" if claim.confidence is not None else ""
        yield f"- **{_words(claim.id)}** {_words(claim.text)}{sure}"
        for mention in claim.mentions[1 if claim.authors else 0 :]:
            who = _words(mention.author) if mention.author is not None else "somebody"
            yield f"  - {who} {mention.stance} it"
        stack = [(relation, 1) for relation in reversed(self.about[claim.id])]
        seen: set[str] = set()
        while stack:
            relation, depth = stack.pop()
            if relation.id in seen:
                continue
            seen.add(relation.id)
            reasons = " and ".join(self._named(source) for source in relation.sources)
            scheme = ""
            if isinstance(relation, Support) and relation.scheme is not None:
                scheme = f" ({_words(relation.scheme)})"
            yield f"{'  ' * depth}- {_VERBS[relation.kind]} {reasons}{scheme}"
            stack += [(above, depth + 1) for above in reversed(self.about[relation.id])]

    def _named(self, claim_id: str) -> str:
        return f"**{_words(claim_id)}** {_words(self.argmap.claim(claim_id).text)}"

    def _unsupported(self) -> Iterator[str]:
        supported = {support.conclusion for support in self.argmap.supports}
        claims = [claim for claim in self.argmap.claims if claim.id not in supported]
        yield "## Without support"
        yield ""
        if not claims:
            yield "Every claim has support."
        for claim in claims:
            authors = ", ".join(_words(author) for author in claim.authors)
            quote = f": “{_words(claim.quote)}”" if claim.quote else ""
            who = f" — {authors or 'nobody'}{quote}" if authors or quote else ""
            yield f"- **{_words(claim.id)}** {_words(claim.text)}{who}"


_VERBS = {
    "support": "supported by",
    "rebuttal": "rebutted by",
    "undercut": "which is undercut by",
}


def _counted(argmap: ArgumentMap) -> str:
    counts = (
        (len(argmap.claims), "claim"),
        (len(argmap.supports), "support"),
        (len(argmap.rebuttals), "rebuttal"),
        (len(argmap.undercuts), "undercut"),
    )
    return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts) + "."


def _words(text: str) -> str:
    r"""Return a text that stays text in Markdown: no markup, no HTML, no link, in one line.

    Examples:
        >>> print(_words("<b>*Yes*</b> [here](x)"))
        &lt;b>\*Yes\*&lt;/b> \[here\](x)
    """
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = re.sub(r"([\\`*_\[\]|~])", r"\\\1", text)
    # Bare addresses become links in many a renderer: break those that could run something.
    text = re.sub(r"(?i)\b(https?|ftp|www)(?=:|\.)", lambda m: f"{m[1]}\u200b", text)
    return re.sub(r"^(#|>|[-+](?=\s)|\d+(?=[.)]\s)|=+$|-+$)", r"\\\1", text)


_SHOWN = frozenset(
    {
        "supports",
        "linked premises",
        "undercuts",
        "undercuts of rebuttals",
        "undercuts of undercuts",
        "schemes",
        "claim text",
        "ids",
        "stances",
        "authors",
        "quotes",
        "confidence",
        "title",
    }
)

FORMAT = Format(
    name="markdown",
    title="Markdown report",
    suffixes=(".md",),
    sniff=lambda _text: False,
    dumps=dumps,
    carries=_SHOWN & ALL,
    for_people=True,
)
