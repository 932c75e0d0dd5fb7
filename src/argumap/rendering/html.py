"""A map as one interactive HTML file: picture, thread and outline, with no network.

All of it is plain HTML first; the script in ``page/page.js`` only adds to it. What strangers wrote
is escaped text or JSON, nothing else, and a policy in the page allows no other script than ours.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from argumap.rendering.labels import clean, undrawn
from argumap.rendering.outline import outline_entries
from argumap.rendering.scene import speakers
from argumap.rendering.ties import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argumap.model import ArgumentMap, Claim, Post
    from argumap.rendering.facts import Facts
    from argumap.rendering.scene import Scene
    from argumap.rendering.selection import Selection

__all__ = ["scene_page"]

# Browsers give up on lists that are nested deeper than some hundreds.
_DEEPEST = 40


def scene_page(
    argmap: ArgumentMap, facts: Facts, selection: Selection, scene: Scene, *, svg: str, theme: str
) -> str:
    """Return the page of a drawn scene.

    Args:
        argmap: The whole map.
        facts: Its facts.
        selection: Which of its claims are drawn.
        scene: How they are drawn.
        svg: The picture of the scene.
        theme: Name of its colours.
    """
    script, sheet = _file("page.js"), _file("page.css")
    styles = [sheet, *re.findall("<style>(.*?)</style>", svg)]
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src {_hash(script)}; style-src {' '.join(map(_hash, styles))}"
    )
    title = escape(scene.title or "Argument map")
    thread = "".join(_thread(argmap))
    data = _json(_data(argmap, facts, selection, scene))
    return f"""\
<!doctype html>
<html lang="en" class="{theme}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{sheet}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<div class="tools needs-script" role="toolbar" aria-label="Map">
<input id="search" type="search" placeholder="Search claims ( / )" aria-label="Search claims">
<button type="button" data-filter="unsupported" aria-pressed="false">Unsupported</button>
<button type="button" data-filter="contested" aria-pressed="false">Contested</button>
<select id="author" aria-label="Author">{"".join(_authors(scene))}</select>
<span id="count" class="muted" role="status"></span>
<button type="button" id="closer" aria-label="Zoom in">+</button>
<button type="button" id="farther" aria-label="Zoom out">−</button>
<button type="button" id="fit">Fit</button>
</div>
</header>
<main>
<section id="map" aria-label="Map"><div id="stage">{svg.strip()}</div></section>
<aside id="side" aria-label="Claim, thread and outline">
<div id="detail" class="needs-script" aria-live="polite" tabindex="0" role="region" \
aria-label="Claim"><p class="muted">{escape(scene.counts)}</p>
<p class="muted">Choose a claim on the map to see its words in place.</p></div>
<div class="tabs needs-script" role="tablist" aria-label="Beside the map">
{_tab("thread", "Thread") if thread else ""}{_tab("outline", "Outline")}
</div>
<section id="thread" class="pane" tabindex="0" role="{"tabpanel" if thread else "none"}" \
aria-label="Thread"{"" if thread else " hidden"}>{thread}</section>
<section id="outline" class="pane" tabindex="0" role="tabpanel" aria-label="Outline">
{"".join(_outline(argmap, facts))}</section>
</aside>
</main>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def _file(name: str) -> str:
    return (resources.files("argumap.rendering") / "page" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _json(value: object) -> str:
    """Return JSON that cannot end the element that it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _tab(name: str, title: str) -> str:
    return (
        f'<button type="button" role="tab" id="{name}-tab" aria-controls="{name}"'
        f' aria-selected="false">{title}</button>'
    )


def _authors(scene: Scene) -> Iterator[str]:
    yield '<option value="">All authors</option>'
    for number, author in enumerate(scene.authors):
        yield f'<option value="{number}">{escape(author)}</option>'


def _outline(argmap: ArgumentMap, facts: Facts) -> Iterator[str]:
    """Yield the outline as nested lists."""
    numbers = {claim.id: number for number, claim in enumerate(argmap.claims)}
    level = -1
    for entry in outline_entries(argmap, facts):
        depth = min(entry.depth, _DEEPEST)
        if depth > level:
            yield "<ul>" * (depth - level)
        else:
            yield "</li>" + "</ul></li>" * (level - depth)
        level = depth
        lead = f"{escape(entry.lead)} " if entry.lead else ""
        also = f' <span class="muted">({escape(entry.also)})</span>' if entry.also else ""
        yield (
            f'<li data-claim="{numbers[entry.claim_id]}">{lead}'
            f'<a href="#{quote(entry.claim_id, safe="")}">{escape(entry.heading)}</a>:'
            f" {escape(entry.text)}{also}"
        )
    yield "</li></ul>" * (level + 1)


def _thread(argmap: ArgumentMap) -> Iterator[str]:
    """Yield the posts, with the words of each claim marked."""
    if argmap.thread is None:
        return
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for number, claim in enumerate(argmap.claims):
        for mention in claim.mentions:
            if mention.span is not None:
                span = mention.span
                spans.setdefault(span.post_id, []).append((span.start, span.end, number))
    for post in argmap.thread.posts:
        yield '<article class="post"><h2>'
        yield escape(clean(post.author, 200)) if post.author else "unknown author"
        yield f' <span class="muted">{_date(post)}{_source(post)}</span></h2>'
        yield f'<p class="words" dir="auto">{"".join(_marked(post.text, spans.get(post.id, ())))}'
        yield "</p></article>"


def _date(post: Post) -> str:
    return post.created_at.strftime("%Y-%m-%d %H:%M") if post.created_at else ""


def _source(post: Post) -> str:
    url = undrawn("", post.url or "").strip()
    # Anything else that looks like an address could run a script when it is followed.
    if not re.match(r"https?://[^\s]+$", url, re.IGNORECASE):
        return ""
    return f' <a href="{escape(url)}" rel="noopener noreferrer nofollow">source</a>'


def _marked(text: str, spans: Sequence[tuple[int, int, int]]) -> Iterator[str]:
    """Yield a text with its spans marked; where some overlap, each piece names all of them."""
    starting: dict[int, list[int]] = {}
    ending: dict[int, list[int]] = {}
    for start, end, number in spans:
        starting.setdefault(start, []).append(number)
        ending.setdefault(end, []).append(number)
    open_: list[int] = []
    last = 0
    for place in sorted({*starting, *ending, len(text)}):
        piece = escape(undrawn("", text[last:place]))
        if piece and open_:
            numbers = " ".join(map(str, dict.fromkeys(open_)))
            yield f'<mark data-claims="{numbers}">{piece}</mark>'
        else:
            yield piece
        for number in ending.get(place, ()):
            open_.remove(number)
        open_ += starting.get(place, ())
        last = place


def _data(
    argmap: ArgumentMap, facts: Facts, selection: Selection, scene: Scene
) -> dict[str, object]:
    """Return what the script must know."""
    numbers = {claim.id: number for number, claim in enumerate(argmap.claims)}
    cards = {card.claim_id: place for place, card in enumerate(scene.cards) if not card.folded}
    folded = [place for place, card in enumerate(scene.cards) if card.folded]
    for place, fold in zip(folded, selection.folds, strict=True):
        cards.update(dict.fromkeys(fold.claims, place))
    places = {card.name: place for place, card in enumerate(scene.cards)}
    beside: dict[str, list[int]] = {dot.name: [] for dot in scene.dots}
    for tie in scene.ties:
        for dot, other in ((tie.tail, tie.head), (tie.head, tie.tail)):
            if dot in beside and other in places:
                beside[dot].append(places[other])
    return {
        "direction": scene.direction,
        "main": numbers.get(facts.main or "", 0),
        "claims": [_claim(claim, facts, cards.get(claim.id, -1)) for claim in argmap.claims],
        "relations": list(_relations(argmap, numbers)),
        "cards": [numbers.get(card.claim_id, -1) for card in scene.cards],
        "ties": [
            [
                place
                for end in (tie.tail, tie.head)
                for place in ([places[end]] if end in places else beside[end])
            ]
            for tie in scene.ties
        ],
        "dots": [beside[dot.name] for dot in scene.dots],
    }


def _claim(claim: Claim, facts: Facts, card: int) -> dict[str, object]:
    return {
        "id": claim.id,
        "who": speakers(claim)[0],
        "status": facts.status(claim.id),
        "text": clean(claim.text),
        "authors": sorted({facts.seats[m.author] for m in claim.mentions if m.author is not None}),
        "mentions": [
            {
                "author": clean(mention.author, 200) if mention.author is not None else "",
                "stance": mention.stance,
                "quote": clean(mention.quote) if mention.quote is not None else "",
            }
            for mention in claim.mentions
        ],
        "card": card,
    }


def _relations(argmap: ArgumentMap, numbers: dict[str, int]) -> Iterator[dict[str, object]]:
    for relation in argmap.relations:
        struck, seen = relation, {relation.id}
        while struck.kind == "undercut":
            struck = argmap.relation(struck.target)
            if struck.id in seen:
                break
            seen.add(struck.id)
        if struck.kind == "undercut":
            continue
        givers = ", ".join(clean(source, 60) for source in struck.sources)
        yield {
            "kind": VERBS[relation.kind],
            "sources": [numbers[source] for source in relation.sources],
            "target": numbers[struck.target],
            "struck": f"the step from {givers}" if relation.kind == "undercut" else "",
        }
