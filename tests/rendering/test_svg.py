"""Pictures as SVG: every word is there and none of them is anything but a word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from argumap import (
    ArgumentMap,
    MapBuilder,
    Rebuttal,
    UnknownNameError,
    draw,
    grounded_labelling,
    submap,
)
from argumap.rendering.labels import clean, needed
from argumap.rendering.style import DARK, LIGHT, Palette
from rendering.pictured import (
    grammar,
    hostile_map,
    random_map,
    scene_of,
    scripts,
    seed_map,
    texts_of,
)
from strategies import maps

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

SVG = "{http://www.w3.org/2000/svg}"
SIZE = ("width", "height")
STROKE = ("stroke", "stroke-width", "stroke-dasharray")
# Everything that a picture may consist of.
ALLOWED = {
    "svg": {
        "class",
        "width",
        "height",
        "viewBox",
        "role",
        "aria-labelledby",
        "font-family",
        "fill",
    },
    "title": {"id"},
    "desc": {"id"},
    "style": set(),
    "g": {"class", "transform", "aria-hidden"},
    "rect": {
        "class",
        "width",
        "height",
        "rx",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
    },
    "path": {"class", "d", "fill", *STROKE},
    "circle": {"class", "cx", "cy", "r", "fill"},
    "text": {"class", "x", "y", "font-size", "font-weight", "fill", "text-anchor"},
    "tspan": {"class", "font-weight", "fill"},
}


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 # it is ours


def check_is_safe(svg: str) -> ET.Element:
    """Check that a picture has no element, attribute or value but those that it should have."""
    root = parsed(svg)
    for element in root.iter():
        name = element.tag.removeprefix(SVG)
        assert name in ALLOWED
        assert set(element.keys()) <= ALLOWED[name]
        for key, value in element.items():
            if key not in {"font-family", "d"}:
                assert re.fullmatch(r"[\w#., ()-]*", value), (key, value)
    return root


def squeezed(text: str) -> str:
    return "".join(text.split())


def check_says_all(argmap: ArgumentMap, svg: str) -> None:
    """Check that each claim has one card whose words are its own, cut off only with a mark."""
    cards = list(texts_of(svg))
    assert len(cards) == len(argmap.claims)
    for claim, (heading, *lines) in zip(argmap.claims, cards, strict=True):
        said, whole = squeezed("".join(lines)), squeezed(clean(claim.text))
        assert said == whole or (said.endswith("…") and whole.startswith(said[:-1]))
        shown = squeezed(heading.partition(" · ")[0])
        assert squeezed(clean(claim.id)).startswith(shown.removesuffix("…"))


@settings(max_examples=60)
@given(maps())
def test_any_map_is_drawn_safely_and_in_full(argmap: ArgumentMap) -> None:
    svg = draw(argmap).svg
    check_is_safe(svg)
    check_says_all(argmap, svg)


def test_hostile_words_stay_words() -> None:
    argmap = hostile_map()
    svg = draw(argmap).svg
    check_is_safe(svg)
    check_says_all(argmap, svg)


@given(maps())
@settings(max_examples=40)
def test_each_relation_is_drawn_with_as_many_lines_as_it_needs(argmap: ArgumentMap) -> None:
    root = parsed(draw(argmap).svg)
    drawn = Counter(group.get("class", "none").split()[0] for group in root.iter(f"{SVG}g"))
    struck = {undercut.target for undercut in argmap.undercuts}
    dots = [r for r in argmap.relations if len(r.sources) > 1 or r.id in struck]
    assert drawn["dot"] == len(dots)
    assert drawn["tie"] == sum(len(r.sources) for r in argmap.relations) + len(dots)


@pytest.mark.parametrize(
    "argmap",
    [
        grammar(),
        scripts(),
        random_map(40, roots=5),
        random_map(150, roots=60, seed=2),
        random_map(90, roots=20, seed=3),
    ],
)
def test_no_two_cards_overlap_and_all_are_on_the_page(argmap: ArgumentMap) -> None:
    root = parsed(draw(argmap).svg)
    width, height = map(float, root.get("viewBox", "").split()[2:])
    boxes = []
    for group in root.iter(f"{SVG}g"):
        if "claim" in group.get("class", "").split():
            x, y = map(float, re.findall(r"-?[\d.]+", group.get("transform", "")))
            box = group.find(f"{SVG}rect")
            assert box is not None
            boxes.append((x, y, x + float(box.get("width", "")), y + float(box.get("height", ""))))
    assert len(boxes) == len(argmap.claims)
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert left >= -0.01
        assert top >= -0.01
        assert right < width
        assert bottom < height
        for other in boxes[:place]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


@pytest.mark.parametrize("rankdir", ["BT", "RL"])
def test_reasons_stand_in_the_order_of_the_map(rankdir: str) -> None:
    builder = MapBuilder()
    main = builder.claim("A point.")
    for number in range(6):
        reason = builder.claim(f"Reason {number}.")
        builder.support(reason, main)
        builder.support(builder.claim("A reason for that."), reason)
    svg = draw(builder.build(), rankdir=rankdir).svg
    card = r'translate\(([\d.]+) ([\d.]+)\)"><title>[^<]*: Reason \d'
    found = re.findall(card, svg)
    places = [float(place[rankdir == "RL"]) for place in found]
    assert len(places) == 6
    assert places == sorted(places)


def test_the_lines_of_a_text_all_go_the_way_of_its_first_letter() -> None:
    there, here = "So: " + "האתר החדש " * 12, "האתר: " + "the new place " * 8
    builder = MapBuilder(there)
    builder.claim(there)
    builder.claim(here)
    picture = draw(builder.build()).svg
    cards = re.findall(r'class="claim[^"]*"(.*?)</g>', picture)
    for part, size, ends in ((picture, 19, False), (cards[0], 11, False), (cards[1], 11, True)):
        lines = re.findall(rf'<text ([^>]*) y="[^"]*" font-size="{size}"[^>]*>([^<]*)', part)
        assert len(lines) > 1
        assert {"text-anchor" in where for where, _ in lines} == {ends}
        # Rasterisers go by the first letter of a line where nothing is said.
        mark = "\u202b" if ends else "\u202a"
        assert [words[0] == mark for _, words in lines] == [ends] + [True] * (len(lines) - 1)


def test_a_title_stays_on_the_page_in_the_widest_font() -> None:
    builder = MapBuilder("Donaudampfschifffahrtsgesellschaftskapitän" * 4)
    builder.claim("It rained.")
    picture = draw(builder.build()).svg
    width = float(parsed(picture).get("viewBox", "").split()[2])
    lines = re.findall(r'font-size="19"[^>]*>([^<]*)', picture)
    assert len(lines) == 3
    # Less the margins: what a card leaves for narrower letters is not left here.
    assert all(needed(line, 19, bold=True) - 20 <= width for line in lines)


def test_status_and_author_are_words_and_not_only_looks() -> None:
    headings = [lines[0] for lines in texts_of(draw(grammar()).svg)]
    assert headings == [
        "c1 · Ana +1 · contested",
        "c2 · Ben · unsupported",
        "c3 · Ben · unsupported",
        "c4 · Ana · unsupported",
        "c5 · Cleo · unsupported",
        "c6 · Cleo · unsupported",
        "c7 · Ana · unsupported",
        "c8 · Dan concedes · unsupported",
    ]


def test_each_relation_says_what_it_is_to_who_points_at_it() -> None:
    ties = {
        group.findtext(f"{SVG}title")
        for group in parsed(draw(grammar()).svg).iter(f"{SVG}g")
        if group.get("class", "").startswith("tie")
    }
    assert ties == {
        "c2 and c3 together support c1",
        "c4 supports c1, confidence 0.40",
        "c5 rebuts c1",
        "c6 undercuts the step from c2, c3 to c1",
        "c7 undercuts the undercut by c6",
    }


def test_confidence_makes_a_line_thinner() -> None:
    widths = {tie.title: tie.width for tie in scene_of(grammar()).ties}
    assert 1 < widths["c4 supports c1, confidence 0.40"] < 1.6


def test_the_alternative_text_counts_and_names_the_unsupported(repository: Path) -> None:
    root = parsed(draw(seed_map(repository)).svg)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "What is a machine-learning PhD worth?"
    assert description.text == (
        "24 claims by 3 people · 14 unsupported · 1 contested without support. Unsupported: "
        "A4, A5, A9, A10, B2, B3, B4, B5, B8, B9, B10, C1, C3, C4."
    )


def test_ids_of_two_pictures_on_one_page_differ() -> None:
    ids = [re.findall(r' id="([^"]+)"', draw(m).svg) for m in (grammar(), scripts())]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])


@pytest.mark.parametrize(
    "argmap",
    [ArgumentMap(), ArgumentMap(title="Nothing yet")],
)
def test_a_map_without_claims_says_so(argmap: ArgumentMap) -> None:
    svg = draw(argmap).svg
    check_is_safe(svg)
    assert "no claims" in svg
    assert (argmap.title or "") in svg


def test_claims_in_a_circle_have_no_main_claim() -> None:
    builder = MapBuilder()
    one, two = builder.claim("One."), builder.claim("Two.")
    builder.support(one, two)
    builder.rebuttal(two, one)
    assert not any(card.main for card in scene_of(builder.build()).cards)


def test_the_same_map_gives_the_same_bytes() -> None:
    assert len({draw(grammar()).svg for _ in range(100)}) == 1


def test_no_order_depends_on_hashing() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from rendering.pictured import grammar, random_map\n"
        "from argumap import draw\n"
        "for argmap in (grammar(), random_map(80, roots=5)):\n"
        "    diagram = draw(argmap, max_claims=40, highlight=['c2', 'c3', 'c4'])\n"
        "    print(diagram.svg, diagram.html, diagram.dot, diagram.mermaid, diagram.outline)\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1


def test_dark_colours_are_for_dark_screens_only() -> None:
    auto, light, dark = (draw(grammar(), theme=theme).svg for theme in ("auto", "light", "dark"))
    assert "@media screen and (prefers-color-scheme:dark)" in auto
    assert "<style>" not in light
    assert "<style>" not in dark
    assert LIGHT.paper in light
    assert DARK.paper in dark
    assert LIGHT.paper not in dark


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_and_lines_stand_out(palette: Palette) -> None:
    on_card = [palette.ink, palette.muted, palette.flag, *(text for _, text in palette.authors)]
    for background in (palette.paper, palette.card, palette.alarm):
        assert all(contrast(colour, background) >= 4.5 for colour in on_card)
    for colour in (palette.main_ink, palette.main_muted, palette.main_flag):
        assert contrast(colour, palette.main) >= 4.5
    for line in (palette.supports, palette.attacks, palette.border):
        assert contrast(line, palette.paper) >= 3
    for look in palette.standings.values():
        assert all(contrast(colour, look.fill) >= 4.5 for colour in (*on_card, look.text))
        assert contrast(look.mark, palette.card) >= 4.5  # the sign on the mark
        assert contrast(look.mark, look.fill) >= 3


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_a_labelling_is_shown_by_colour_mark_and_word(theme: str) -> None:
    builder = MapBuilder()
    tea, coffee, old, new = (builder.claim(text) for text in ("tea", "coffee", "old", "new"))
    rebuttals = builder.rebuttal(tea, coffee), builder.rebuttal(coffee, tea)
    argmap = builder.build().replace(
        relations=(*builder.build().relations, Rebuttal(id="r", source=new, target=old))
    )
    assert rebuttals
    labelling = grounded_labelling(argmap)
    diagram = draw(argmap, labelling=labelling, theme=theme)
    palette = DARK if theme == "dark" else LIGHT
    cards = ET.fromstring(diagram.svg).iterfind(".//{*}g[@class]")  # noqa: S314 # our own
    seen = {}
    for card in cards:
        names = str(card.get("class")).split()
        if "claim" not in names:
            continue
        (standing,) = (each for each in palette.standings if each in names)
        seen[str(card.findtext("{*}title")).split()[0]] = standing
        assert f" · {standing}" in str(card.findtext("{*}title"))
        assert card.find("{*}circle[@class='mark']") is not None
        box = card.find("{*}rect[@class='box']")
        assert box is not None
        if "main" not in names:
            assert box.get("fill") == palette.standings[standing].fill
    assert seen == labelling.standings
    assert "1 accepted · 1 rejected · 2 undecided" in diagram.svg
    assert ("undecided" in draw(argmap, theme=theme).svg) is False
    for text in (diagram.dot, diagram.mermaid, diagram.outline, diagram.html):
        assert text.count("undecided") >= 2
    with pytest.raises(UnknownNameError, match="no claim is called 'c2'"):
        draw(submap(argmap, [tea]), labelling=labelling)


@pytest.mark.parametrize("name", ["grammar", "seed"])
def test_the_picture_as_it_is(name: str, repository: Path, snapshot: SnapshotAssertion) -> None:
    argmap = grammar() if name == "grammar" else seed_map(repository)
    assert draw(argmap, engine="embedded").svg.replace("><", ">\n<") == snapshot


def test_the_picture_in_the_documentation_is_what_is_drawn_today(repository: Path) -> None:
    shown = (repository / "docs" / "images" / "relations.svg").read_text(encoding="utf-8")
    assert shown == draw(grammar(), engine="embedded").svg
