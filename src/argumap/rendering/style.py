"""How things look: tables of colours, lines and sizes. Lengths are points, 72 to the inch.

Every meaning has two channels, so that a picture survives grey print and colour blindness:
supports are blue, solid and end in an arrow; attacks are vermillion, dashed and end in a bar. The
colours are those of Okabe and Ito (2008), without their blue and vermillion for authors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from argumap._registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argumap.model import Standing

__all__ = [
    "CARD",
    "DARK",
    "FONTS",
    "LIGHT",
    "MAIN",
    "PAGE",
    "SIGNS",
    "THEMES",
    "TIES",
    "Kind",
    "Palette",
    "StandingLook",
    "Theme",
    "TieLook",
    "author_colour",
]

# The first that is there is taken. Liberation Sans has the measures of Arial.
FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"

Kind = Literal["supports", "rebuts", "undercuts"]


@dataclass(frozen=True)
class TieLook:
    """How a relation is drawn, apart from its colour.

    Attributes:
        width: Of the line where the relation is certain; one that is not is thinner.
        dashes: Lengths of dash and gap, or None.
        head: What stands at the end that points at the target.
    """

    width: float
    dashes: tuple[float, float] | None
    head: Literal["arrow", "bar"]


TIES: dict[Kind, TieLook] = {
    "supports": TieLook(1.6, None, "arrow"),
    "rebuts": TieLook(2.2, (5, 2.5), "bar"),
    "undercuts": TieLook(2.2, (5, 2.5), "bar"),
}


@dataclass(frozen=True)
class _Type:
    """Sizes of the type on a card."""

    author: float
    text: float
    leading: float
    bold: bool


CARD = _Type(author=9.5, text=11, leading=13.4, bold=False)
MAIN = _Type(author=10.5, text=14, leading=17.2, bold=True)


@dataclass(frozen=True)
class _Page:
    """Measures of the whole picture.

    Attributes:
        margin: White around everything.
        strip: Width of the strip that tells the author.
        radius: Of the corners of a card.
        padding: White above and below the words on a card.
        dot: Diameter of the dot of a relation.
        narrowest: Least width of a card.
        column: Width of the text on a card.
    """

    margin: float = 22
    strip: float = 5
    radius: float = 8
    padding: float = 8
    dot: float = 9.4
    narrowest: float = 150
    column: float = 200


PAGE = _Page()


class StandingLook(NamedTuple):
    """How a claim is coloured by what an evaluation says of it.

    Attributes:
        fill: Of the card.
        mark: Of the round mark at its corner.
        text: Of the word.
    """

    fill: str
    mark: str
    text: str


# The signs on the marks, in a square of eight points: a tick, a cross, and a bar for neither.
SIGNS: Mapping[Standing, str] = {
    "accepted": "M1.4,4.3L3.3,6.2L6.8,2",
    "rejected": "M1.8,1.8L6.2,6.2M6.2,1.8L1.8,6.2",
    "undecided": "M1.6,4H6.4",
}


@dataclass(frozen=True)
class Palette:
    """The colours of a picture, each written ``#RRGGBB``.

    Attributes:
        authors: Strip and text colour of the first authors; the last pair is for all others.
    """

    paper: str
    ink: str
    muted: str
    card: str
    border: str
    main: str
    main_ink: str
    main_muted: str
    main_flag: str
    supports: str
    attacks: str
    alarm: str
    flag: str
    standings: Mapping[Standing, StandingLook]
    authors: tuple[tuple[str, str], ...]

    def tie(self, kind: Kind) -> str:
        """Return the colour of a relation."""
        return self.supports if kind == "supports" else self.attacks


LIGHT = Palette(
    paper="#FFFFFF",
    ink="#1B1F24",
    muted="#57606A",
    card="#FFFFFF",
    border="#6E7781",
    main="#24292F",
    main_ink="#FFFFFF",
    main_muted="#D0D7DE",
    main_flag="#FFB38A",
    supports="#0072B2",
    attacks="#D55E00",
    alarm="#FDEBE3",
    flag="#A84300",
    standings={
        "accepted": StandingLook("#DFF3E4", "#1A7F37", "#0B5A22"),
        "rejected": StandingLook("#E4E7EB", "#57606A", "#424A53"),
        "undecided": StandingLook("#FFF3C4", "#8A5D00", "#6B4700"),
    },
    authors=(
        ("#009E73", "#00664B"),
        ("#CC79A7", "#8A3D68"),
        ("#E69F00", "#7A5300"),
        ("#56B4E9", "#1A5E8A"),
        ("#6E7781", "#57606A"),
    ),
)

DARK = Palette(
    paper="#0D1117",
    ink="#E6EDF3",
    muted="#9DA7B3",
    card="#161B22",
    border="#768390",
    main="#E6EDF3",
    main_ink="#0D1117",
    main_muted="#424A53",
    main_flag="#8A3600",
    supports="#56B4E9",
    attacks="#FF8F4D",
    alarm="#3A1F12",
    flag="#FF8F4D",
    standings={
        "accepted": StandingLook("#12301D", "#3FB950", "#6FDD8B"),
        "rejected": StandingLook("#2B3138", "#9DA7B3", "#B6C0CA"),
        "undecided": StandingLook("#362A0B", "#D9A520", "#F0C654"),
    },
    authors=(
        ("#009E73", "#3FD6A8"),
        ("#CC79A7", "#E9A5CB"),
        ("#E69F00", "#F5BF4F"),
        ("#56B4E9", "#9CD3F5"),
        ("#768390", "#9DA7B3"),
    ),
)


def author_colour(seat: int) -> int:
    """Return which of the colours for authors one has: the last is for all others."""
    return min(seat, len(LIGHT.authors) - 1)


@dataclass(frozen=True)
class Theme:
    """A way to colour pictures.

    Attributes:
        palette: The colours.
        dark: Those for a reader whose screen is set to dark, or None to ignore that.
    """

    palette: Palette
    dark: Palette | None = None


THEMES: Registry[Theme] = Registry(
    "theme",
    {"auto": Theme(LIGHT, DARK), "light": Theme(LIGHT), "dark": Theme(DARK)},
)
