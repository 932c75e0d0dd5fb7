"""The page and the pictures in a real Chromium, offline; skipped where there is none."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from argumap import ArgumentMap, Claim, Mention, Post, Rebuttal, Span, Support, Thread, draw
from argumap.rendering.labels import clean
from rendering.pictured import grammar, hostile_map, random_map, scripts, seed_map

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    Opener = Callable[..., AbstractContextManager[Any]]

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    # One browser for all.
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Opener:
    """Return a way to open a page, which must then do nothing but show itself."""

    @contextmanager
    def open_page(html: str, *, fragment: str = "", **context: Any) -> Iterator[Any]:
        file = tmp_path / "map.html"
        file.write_text(html, encoding="utf-8")
        events: list[str] = []
        tab = browser.new_context(
            offline=True, viewport={"width": 1400, "height": 900}, **context
        ).new_page()
        tab.on("console", lambda message: events.append(f"console: {message.text}"))
        tab.on("pageerror", lambda fault: events.append(f"error: {fault}"))
        tab.on("dialog", lambda dialog: events.append(f"dialog: {dialog.message}"))
        tab.on("request", lambda request: events.append(f"request: {request.url}"))
        tab.goto(file.as_uri() + fragment)
        yield tab
        assert events == [f"request: {file.as_uri()}{fragment}".partition("#")[0]]
        tab.context.close()

    return open_page


def debate() -> ArgumentMap:
    """Return a small map of a thread."""
    posts = (
        Post(id="p1", author="Ana", text="We should move. The rent went up, and we need room."),
        Post(
            id="p2", author="Ben", parent_id="p1", text="The new place is too far. I like it here."
        ),
        Post(id="p3", author="Ana", text="It is five minutes by bus."),
    )
    words = (
        ("c1", "p1", "We should move."),
        ("c2", "p1", "The rent went up"),
        ("c3", "p2", "The new place is too far."),
        ("c4", "p3", "It is five minutes by bus."),
        ("c5", "p1", "The rent went up, and we need room."),
        ("c6", "p2", "I like it here."),
    )
    thread = Thread(title="Moving", posts=posts)
    claims = []
    for claim_id, post_id, quote in words:
        post = thread.post(post_id)
        start = post.text.index(quote)
        span = Span(post_id=post_id, start=start, end=start + len(quote))
        mention = Mention(author=post.author, span=span, quote=quote)
        claims.append(Claim(id=claim_id, text=quote.rstrip("."), mentions=(mention,)))
    relations = (
        Support(id="s1", premises=("c2",), conclusion="c1"),
        Rebuttal(id="r1", source="c3", target="c1"),
        Rebuttal(id="r2", source="c4", target="c3"),
        Support(id="s2", premises=("c5",), conclusion="c1"),
    )
    return ArgumentMap(
        title="Should we move?", claims=tuple(claims), relations=relations, thread=thread
    )


@pytest.fixture(scope="module")
def page() -> str:
    return draw(debate(), rankdir="BT").html


def bright(tab: Any) -> list[str]:
    """Return the ids on the cards that are not dimmed."""
    return [
        text.split(" · ")[0]
        for text in tab.locator(".map > .claim:not(.dim) .who").all_text_contents()
    ]


def test_a_click_shows_a_claim_in_words_and_in_its_place(opened: Opener, page: str) -> None:
    with opened(page) as tab:
        tab.locator(".map > .claim", has_text="c3 · Ben").click()
        detail = tab.locator("#detail")
        assert "c3 · Ben · contested, unsupported" in detail.inner_text()
        assert "“The new place is too far.”" in detail.inner_text()
        assert "Rebuts: c1" in detail.inner_text()
        assert "Rebutted by: c4" in detail.inner_text()
        assert tab.locator("mark.on").all_inner_texts() == ["The new place is too far."]
        assert tab.url.endswith("#c3")
        detail.get_by_role("link", name="c4").click()
        assert tab.locator("mark.on").all_inner_texts() == ["It is five minutes by bus."]
        assert tab.locator(".claim[aria-current] .who").text_content().startswith("c4")


def test_the_address_selects_a_claim(opened: Opener, page: str) -> None:
    with opened(page, fragment="#c4") as tab:
        assert "c4 · Ana" in tab.locator("#detail").inner_text()
    with opened(page, fragment="#%zz") as tab:
        assert "Choose a claim" in tab.locator("#detail").inner_text()


def test_search_and_filters_dim_what_they_leave_out(opened: Opener, page: str) -> None:
    with opened(page) as tab:
        count = tab.locator("#count")
        assert count.inner_text() == "6 of 6 claims"
        tab.locator("#search").fill("RENT")
        assert bright(tab) == ["c2", "c5"]
        assert count.inner_text() == "2 of 6 claims"
        tab.keyboard.press("Escape")
        tab.get_by_role("button", name="Contested", exact=True).click()
        assert bright(tab) == ["c1", "c3"]
        tab.get_by_role("button", name="Unsupported", exact=True).click()
        assert bright(tab) == ["c3"]
        tab.get_by_role("button", name="Contested", exact=True).click()
        tab.get_by_label("Author").select_option("Ana")
        assert bright(tab) == ["c2", "c4", "c5"]
        tab.get_by_role("tab", name="Outline").click()
        listed = tab.locator("#outline li:visible > a").all_inner_texts()
        # With c4 stands the claim that it bears on, and the one above that.
        assert sorted(text.split(",")[0] for text in listed) == ["c1", "c2", "c3", "c4", "c5"]


def test_the_keyboard_reaches_everything(opened: Opener, page: str) -> None:
    with opened(page) as tab:
        tab.keyboard.press("/")
        assert tab.evaluate("document.activeElement.id") == "search"
        tab.locator(".map > .claim[tabindex='0']").focus()
        assert tab.locator(".map > .claim[tabindex='0']").count() == 1
        tab.keyboard.press("Enter")
        selected = tab.locator(".claim[aria-current] .who")
        assert selected.text_content().startswith("c1")
        for key, claim_id in (
            ("ArrowDown", "c2"),
            ("ArrowRight", "c3"),
            ("ArrowDown", "c4"),
            ("ArrowUp", "c3"),
            ("ArrowUp", "c1"),
            ("ArrowRight", "c6"),
        ):
            tab.keyboard.press(key)
            assert selected.text_content().startswith(claim_id), key
        before = tab.locator("#stage").get_attribute("style")
        tab.keyboard.press("+")
        assert tab.locator("#stage").get_attribute("style") != before
        tab.keyboard.press("0")
        assert "scale" in (tab.locator("#stage").get_attribute("style") or "")


def test_the_map_is_moved_and_enlarged(opened: Opener, page: str) -> None:
    with opened(page) as tab:
        card = tab.locator(".map > .claim").first
        before = card.bounding_box()
        tab.mouse.move(300, 850)
        tab.mouse.down()
        tab.mouse.move(340, 800, steps=4)
        tab.mouse.up()
        after = card.bounding_box()
        assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx(
            (40, -50), abs=1
        )
        tab.mouse.wheel(0, -400)
        assert card.bounding_box()["width"] > after["width"]
        tab.get_by_role("button", name="Fit").click()
        assert card.bounding_box()["width"] == pytest.approx(before["width"], abs=1)


def test_words_in_the_thread_lead_to_their_claims(opened: Opener, page: str) -> None:
    with opened(page) as tab:
        shared = tab.locator("mark", has_text="The rent went up").first
        shared.click()
        first = tab.locator("#detail").inner_text().split(" · ")[0]
        shared.click()
        second = tab.locator("#detail").inner_text().split(" · ")[0]
        assert {first, second} == {"c2", "c5"}


def test_without_its_script_the_page_is_whole(opened: Opener, page: str) -> None:
    with opened(page, java_script_enabled=False) as tab:
        assert tab.locator("#thread").is_visible()
        assert tab.locator("#outline li").count() == 6
        assert tab.locator("svg").is_visible()
        assert not tab.locator("#search").is_visible()


def test_on_paper_the_page_is_whole(opened: Opener, page: str) -> None:
    with opened(page) as tab:
        tab.get_by_role("button", name="Contested", exact=True).click()
        tab.emulate_media(media="print")
        assert tab.locator("#thread").is_visible()
        assert tab.locator("#outline").is_visible()
        assert not tab.locator("#search").is_visible()
        assert tab.locator("svg").bounding_box()["width"] <= 1400
        assert tab.locator(".dim").first.evaluate("e => getComputedStyle(e).opacity") == "1"


def test_a_hostile_map_does_nothing(opened: Opener) -> None:
    argmap = hostile_map()
    with opened(draw(argmap, max_claims=None).html) as tab:
        for number in (3, 7, 9):
            tab.locator(".map > .claim").nth(number).dispatch_event("click")
            assert clean(argmap.claims[number].text) in tab.locator("#detail").inner_text()
        tab.get_by_role("tab", name="Outline").click()
        tab.locator("#outline a").nth(5).click()
        tab.wait_for_timeout(100)
        assert tab.locator("svg script, #side script, #side img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Opener, page: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    with opened(page, color_scheme=scheme) as tab:
        tab.locator(".map > .claim").nth(2).click()
        for name in ("Thread", "Outline"):
            tab.get_by_role("tab", name=name).click()
            found = axe.Axe().run(tab).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_what_a_screen_reader_is_told(
    opened: Opener, page: str, snapshot: SnapshotAssertion
) -> None:
    with opened(page, fragment="#c3") as tab:
        tab.get_by_role("tab", name="Outline").click()
        assert tab.locator("body").aria_snapshot() == snapshot


@pytest.mark.parametrize("font", ["Liberation Sans", "DejaVu Sans", "sans-serif"])
@pytest.mark.parametrize("name", ["grammar", "scripts", "seed", "random"])
def test_no_word_leaves_its_card_in_any_font(
    opened: Opener, name: str, font: str, repository: Path
) -> None:
    argmaps = {
        "grammar": grammar(),
        "scripts": scripts(),
        "seed": seed_map(repository),
        "random": random_map(60),
    }
    argmap = argmaps[name]
    svg = draw(argmap).svg.replace('font-family="', f"font-family=\"'{font}', ")
    with opened(f"<!doctype html><title>Picture</title>{svg}") as tab:
        overflows = tab.evaluate(
            """() => [...document.querySelectorAll(".map > .claim")].flatMap((card) => {
                 const box = card.querySelector(".box").getBBox();
                 return [...card.querySelectorAll("text")].filter((text) => {
                   const words = text.getBBox();
                   return words.x < box.x + 5 || words.x + words.width > box.x + box.width - 2
                     || words.y < box.y || words.y + words.height > box.y + box.height;
                 }).map((text) => text.textContent);
               })"""
        )
        # Where the machine has no letters for a script it shows boxes, which are wider.
        foreign = [text for text in overflows if text.isascii() or name != "scripts"]
        assert foreign == []
