"""Diagrams: files by their ending, PNG, and what a notebook shows."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from argumap import ArgumentMap, LayoutLimitError, UnknownNameError, draw, to_dot
from argumap.rendering import RENDERERS
from rendering.pictured import grammar, scripts

if TYPE_CHECKING:
    from pathlib import Path


def size_of(png: bytes) -> tuple[int, int]:
    """Return width and height that a PNG states."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_file_is_written_as_its_ending_says(tmp_path: Path) -> None:
    diagram = draw(grammar())
    for name in RENDERERS:
        diagram.save(tmp_path / f"map.{name}")
        assert (tmp_path / f"map.{name}").read_bytes() == diagram.render(name)
    diagram.save(tmp_path / "MAP.SVG")
    assert (tmp_path / "MAP.SVG").read_text(encoding="utf-8") == diagram.svg


def test_a_wrong_ending_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'png'"):
        draw(grammar()).save(tmp_path / "map.pgn")
    with pytest.raises(UnknownNameError, match="no picture format"):
        draw(grammar()).save(tmp_path / "map")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_theme_is_told_at_once() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'dark'"):
        draw(grammar(), theme="drak")


def test_the_dot_of_a_diagram_is_that_of_its_map() -> None:
    assert draw(grammar()).dot == to_dot(grammar())


def test_a_png_has_the_size_of_its_picture_times_the_scale() -> None:
    diagram = draw(grammar())
    width, height = size_of(diagram.png(scale=1))
    assert size_of(diagram.png(scale=3)) == pytest.approx((width * 3, height * 3), abs=3)
    assert size_of(diagram.png()) == pytest.approx((width * 2, height * 2), abs=3)


def test_a_png_that_would_be_too_large_is_refused_with_the_way_out() -> None:
    with pytest.raises(LayoutLimitError, match="the largest scale for this picture is"):
        draw(grammar()).png(scale=100)


def test_a_png_of_any_script_is_drawn() -> None:
    assert size_of(draw(scripts()).png(scale=0.5))


def test_a_png_has_the_words_in_it() -> None:
    # With the fonts that come along the letters of a card darken it; without any it stays blank.
    with_words = draw(ArgumentMap(title="W" * 30)).png(scale=1)
    without = draw(ArgumentMap(title=".")).png(scale=1)
    assert len(with_words) > len(without)


def test_a_notebook_is_given_the_picture_and_words() -> None:
    diagram = draw(grammar())
    bundle = diagram._repr_mimebundle_()
    assert bundle["image/svg+xml"] == diagram.svg
    assert "Grammar of relations" in bundle["text/plain"]
    assert diagram._repr_mimebundle_(include={"text/plain"}).keys() == {"text/plain"}
    assert diagram._repr_mimebundle_(exclude={"text/plain"}).keys() == {"image/svg+xml"}
