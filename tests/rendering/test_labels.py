"""Words on a picture: cleaned, folded, measured and escaped without losing any of them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argumap.rendering.labels import (
    clean,
    clusters,
    escape,
    fold,
    is_right_to_left,
    needed,
    shorten,
)
from rendering.pictured import HOSTILE

texts = st.text(max_size=120) | st.sampled_from(HOSTILE)


@given(texts)
def test_a_clean_text_is_one_line_of_what_xml_can_carry(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    assert cleaned
    assert len(cleaned) <= 2000
    assert not [char for char in cleaned if unicodedata.category(char) in {"Cc", "Cs"}]
    assert not set(cleaned) & set("\u202e\u2066\u200f\ufeff\ufffe\uffff")
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=80))
def test_cleaning_leaves_visible_characters_alone(text: str) -> None:
    visible = "".join(text.split())
    if visible:
        assert clean(text).replace(" ", "") == visible


def test_cleaning_marks_what_it_cuts_off() -> None:
    assert clean("a" * 3000, 10) == "a" * 9 + "…"
    assert clean("\x00" * 10**6) == "(no text)"


@given(texts, st.floats(80, 400))
def test_folding_keeps_every_character_in_order(text: str, width: float) -> None:
    cleaned = clean(text, 400)
    lines = fold(cleaned, width, 11, most=10**6)
    assert "".join("".join(lines).split()) == "".join(cleaned.split())
    assert all(lines)


@given(texts, st.floats(80, 400))
def test_no_line_is_wider_than_allowed(text: str, width: float) -> None:
    for line in fold(clean(text, 400), width, 11):
        assert needed(line, 11) <= width * 1.35 + 29 or len(list(clusters(line))) == 1


@given(texts, st.integers(1, 5))
def test_what_does_not_fit_is_marked(text: str, most: int) -> None:
    cleaned = clean(text, 400)
    lines = fold(cleaned, 150, 11, most=most)
    assert len(lines) <= most
    if "".join("".join(lines).split()) != "".join(cleaned.split()):
        assert lines[-1].endswith("…")


def test_lines_are_balanced() -> None:
    assert fold("In interpretability, standard ML experience isn’t that helpful", 190, 11) == (
        "In interpretability, standard ML",
        "experience isn’t that helpful",
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("no-break-at-hyphens in this-one", ("no-break-at-hyphens", "in this-one")),
        (
            "会议应该提前通知，因为很多人需要安排时间。",
            ("会议应该提前通知，因为", "很多人需要安排时间。"),
        ),
    ],
)
def test_where_lines_end(text: str, lines: tuple[str, ...]) -> None:
    assert fold(text, 140, 11) == lines


def test_a_long_link_is_broken_after_its_marks() -> None:
    link = "https://example.org/a/very/long/path/to/nowhere?with=query&and=more#part"
    lines = fold(f"See {link} there", 190, 11)
    assert lines[0].startswith("See https://")
    assert all(line[-1] in "/?&=#.-" or not line[-1].isascii() for line in lines[:-1])


@given(texts)
def test_characters_as_readers_see_them_are_never_split(text: str) -> None:
    pieces = list(clusters(text))
    assert "".join(pieces) == text
    assert not [piece for piece in pieces[1:] if piece[0] in "\u200d\ufe0f\u0301\U0001f3fd"]


@given(texts, st.floats(20, 200))
def test_shortening_keeps_the_beginning(text: str, width: float) -> None:
    cleaned = clean(text)
    short = shorten(cleaned, width, 10)
    assert short == cleaned or (short.endswith("…") and cleaned.startswith(short[:-1]))


@given(texts)
def test_escaping_leaves_no_way_out_of_a_label(text: str) -> None:
    escaped = escape(clean(text))
    assert (len(escaped) - len(escaped.rstrip("\\"))) % 2 == 0
    bare = escaped.replace("\\\\", "").replace('\\"', "")
    assert "\\" not in bare
    assert '"' not in bare


def test_the_direction_of_writing_is_that_of_the_first_letter() -> None:
    assert is_right_to_left("123 שלום abc")
    assert not is_right_to_left("abc שלום")
    assert not is_right_to_left("123")


def test_a_wider_font_needs_a_wider_card() -> None:
    assert needed("iiii", 11) < needed("WWWW", 11)
    assert needed("Some words", 11) < needed("Some words", 11, bold=True)
    assert needed("你好", 11) > 22
