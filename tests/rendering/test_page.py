"""The interactive page as HTML: complete without its script, and free of strangers' markup."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from argumap import ArgumentMap, Claim, Mention, Post, Span, Support, Thread, draw
from argumap.rendering.html import _marked
from argumap.rendering.labels import clean, undrawn
from rendering.pictured import HOSTILE, grammar, hostile_map, random_map
from strategies import maps

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = {"svg", "g", "rect", "path", "circle", "text", "tspan", "desc", "title", "style"}
HTML = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "div", "input",
    "button", "select", "option", "span", "main", "section", "aside", "p", "article", "mark",
    "a", "ul", "li", "script",
}  # fmt: skip


class Parsed(HTMLParser):
    """What a browser finds in a page: tags with their attributes, and text by tag."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input"}:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data


def check_is_safe(page: str) -> Parsed:
    """Check that a page has no element, attribute or address but those that it should have."""
    parsed = Parsed(page)
    for tag, attributes in parsed.tags:
        assert tag in SVG | HTML
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "xlink:href"):
            link = attributes.get(name)
            assert link is None or re.match(r"#|https?://", link), link
    scripts = [attributes for tag, attributes in parsed.tags if tag == "script"]
    assert [attributes.get("type") for attributes in scripts] == ["application/json", None]
    return parsed


@given(maps())
@settings(max_examples=50)
def test_a_page_of_any_map_is_safe_and_complete(argmap: ArgumentMap) -> None:
    parsed = check_is_safe(draw(argmap).html)
    outline = list(parsed.texts.get("li", ()))
    assert len(outline) == len(argmap.claims)
    data = json.loads(parsed.texts["script"][0])
    assert [claim["text"] for claim in data["claims"]] == [clean(c.text) for c in argmap.claims]
    assert len(data["cards"]) == len(argmap.claims)


def hostile_thread() -> ArgumentMap:
    """Return a map of a thread in which every word is an attack."""
    texts = [text for text in HOSTILE if text.strip() and not re.search("[\ud800-\udfff]", text)]
    posts = tuple(
        Post(id=f"p{number}", author=text[:100], text=text, url=text)
        for number, text in enumerate([*texts, "javascript:alert(1)", "https://example.org/x"])
    )
    claims = tuple(
        Claim(
            id=f'{number}"><script>{post.text}'[:200],
            text=post.text,
            mentions=(
                Mention(
                    author=post.author,
                    span=Span(post_id=post.id, start=0, end=min(len(post.text), 500)),
                    quote=post.text[:500],
                ),
            ),
        )
        for number, post in enumerate(posts)
    )
    return ArgumentMap(title=HOSTILE[8], claims=claims, thread=Thread(posts=posts))


@pytest.mark.parametrize("argmap", [hostile_map(), hostile_thread()])
def test_hostile_words_stay_words(argmap: ArgumentMap) -> None:
    parsed = check_is_safe(draw(argmap).html)
    assert parsed.texts["h1"] == [clean(argmap.title or "")]
    links = [a["href"] for tag, a in parsed.tags if tag == "a" and "rel" in a]
    assert links in ([], ["http://example.org/?a=1&b=2#c", "https://example.org/x"])


def test_the_policy_names_exactly_what_is_in_the_page() -> None:
    page = draw(grammar()).html
    parsed = Parsed(page)
    policy = next(a["content"] or "" for tag, a in parsed.tags if a.get("http-equiv") is not None)
    contents = re.findall(r"<(script|style)>(.*?)</\1>", page, re.DOTALL)
    assert [kind for kind, _ in contents] == ["style", "style", "script"]
    for kind, content in contents:
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy.split(f"{kind}-src")[1].split(";")[0]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'")


def spans() -> Iterator[tuple[list[tuple[int, int, int]], str]]:
    yield [], "All of it is plain."
    yield [(0, 3, 0)], "<m 0>All</m> of it is plain."
    yield [(0, 6, 0), (4, 9, 1)], "<m 0>All </m><m 0 1>of</m><m 1> it</m> is plain."
    yield [(0, 19, 0), (0, 3, 1)], "<m 0 1>All</m><m 0> of it is plain.</m>"
    yield [(4, 6, 0), (4, 6, 1)], "All <m 0 1>of</m> it is plain."
    yield [(0, 3, 0), (3, 6, 1)], "<m 0>All</m><m 1> of</m> it is plain."


@pytest.mark.parametrize(("places", "expected"), list(spans()))
def test_the_words_of_each_claim_are_marked(
    places: list[tuple[int, int, int]], expected: str
) -> None:
    made = "".join(_marked("All of it is plain.", places))
    made = re.sub(r'<mark data-claims="([\d ]+)">', r"<m \1>", made).replace("</mark>", "</m>")
    assert made == expected


@given(maps())
@settings(max_examples=50)
def test_no_word_of_the_thread_is_lost(argmap: ArgumentMap) -> None:
    page = draw(argmap).html
    shown = re.findall(r'<p class="words" dir="auto">(.*?)</p></article>', page, re.DOTALL)
    posts = argmap.thread.posts if argmap.thread else ()
    read = [html.unescape(re.sub("<[^>]*>", "", text)) for text in shown]
    assert read == [undrawn("", post.text) for post in posts]


def test_a_deep_map_has_no_deep_page() -> None:
    claims = tuple(Claim(id=f"c{n}", text="And so on.") for n in range(500))
    relations = tuple(
        Support(id=f"s{n}", premises=(f"c{n + 1}",), conclusion=f"c{n}") for n in range(499)
    )
    page = draw(ArgumentMap(claims=claims, relations=relations)).html
    check_is_safe(page)
    assert "<ul>" * 42 not in page.replace("\n", "")
    assert page.count("<li ") == 500


def test_claims_that_are_folded_are_in_the_page_all_the_same() -> None:
    page = draw(random_map(200), max_claims=30).html
    data = json.loads(Parsed(page).texts["script"][0])
    assert page.count("<li ") == 200
    assert all(0 <= claim["card"] < len(data["cards"]) for claim in data["claims"])


def test_the_same_map_gives_the_same_page() -> None:
    assert draw(hostile_thread()).html == draw(hostile_thread()).html
