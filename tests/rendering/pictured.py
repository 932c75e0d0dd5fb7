"""Maps to draw, and the words that can be read in a picture."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from argumap import ArgumentMap, MapBuilder, load
from argumap.rendering.facts import gather
from argumap.rendering.scene import Direction, Scene, make_scene
from argumap.rendering.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "HOSTILE",
    "grammar",
    "hostile_map",
    "random_map",
    "scene_of",
    "scripts",
    "seed_map",
    "texts_of",
]

# Each of these has broken a picture of some library, or could.
HOSTILE = (
    "\\N \\G \\T \\E \\H \\L \\n \\l \\r",
    "ends in a backslash \\",
    "ends in two \\\\",
    "a \"quoted\" word, and 'another'",
    '"] n9 [label="injected"]; n0 -> n9 ["',
    "<b>bold</b>",
    "<<table><tr><td href='javascript:alert(1)'>x</td></tr></table>>",
    "<svg onload=alert(1)>",
    "</title></svg><script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<!-- no comment --> ]]> <![CDATA[ x ]]> <?xml x?>",
    "&lt; &#60; &copy; &amp; &#0; &#xFFFE; &undefined;",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://example.org/?a=1&b=2#c",
    "$(touch /tmp/x) `touch /tmp/x` ; rm -rf / | cat",
    "{a|b|{c}} <port> record",
    "n0:n1 -> n2",
    "digraph { graph node edge subgraph strict }",
    "%s %d {0} {name} ${x} {{y}}",
    "\x00\x01\x07\x1b[31m\x7f\x85\x9f",
    "\u202eright to left override\u202c",
    "\u2066isolated\u2069 \u200fmark\u200e \u061c",
    "\ufeffbyte order mark \ufffe \uffff \U0001fffe",
    "\u2028line\u2029paragraph",
    "half a pair \ud800 and \udfff",
    "tab\tnewline\nreturn\r\nend",
    "e\u0301 Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f1e9\U0001f1ea \u2764\ufe0f",
    "שלום (עולם) 123",
    "مرحبا بالعالم 123",
    "你好，世界。" * 20,
    "",
    " \t\n ",
    "x" * 500,
    "W" * 5000,
    "word " * 20_000,
)


def seed_map(repository: Path) -> ArgumentMap:
    """Return a map of the seed thread that was made by hand."""
    return load(repository / "tests" / "rendering" / "seed-map.json")


def grammar() -> ArgumentMap:
    """Return a map with each kind of relation: linked premises, undercuts, several authors."""
    builder = MapBuilder("Grammar of relations")
    signal = builder.claim("A lab record signals more skill than a fresh PhD", author="Ana")
    builder.mention(signal, "Ben")
    capable = builder.claim("It is a very capable lab", author="Ben")
    small = builder.claim("It is small, so most people there contribute a lot", author="Ben")
    mentors = builder.claim("Lots of PhDs have terrible mentorship", author="Ana")
    skills = builder.claim("Some gain high-value skills in a PhD", author="Cleo")
    idle = builder.claim("A capable lab can still hold people who add little", author="Cleo")
    shown = builder.claim("Interviews would show that", author="Ana")
    alone = builder.claim("Nobody has asked the lab")
    builder.mention(alone, "Dan", "concedes")
    linked = builder.support(capable, small, signal)
    builder.support(mentors, signal, confidence=0.4)
    builder.rebuttal(skills, signal)
    undercut = builder.undercut(idle, linked)
    builder.undercut(shown, undercut)
    return builder.build()


def scripts() -> ArgumentMap:
    """Return a map in many scripts, with emoji, a long name and a long link."""
    builder = MapBuilder("多语言讨论 · نقاش \U0001f389")
    main = builder.claim(
        "会议应该提前通知，因为很多人需要安排时间，而且远程参加的同事也要准备材料。",
        author="王小明",
    )
    for text, author in (
        ("يجب أن نعلن عن الاجتماع مسبقا لأن كثيرا من الناس يحتاجون إلى وقتهم.", "ليلى"),
        ("צריך להודיע על הפגישה מראש, כי אנשים רבים צריכים לארגן את זמנם.", "דוד לוי"),
        (
            "\U0001f44d I agree \U0001f389 — families need time too, naïve café",
            "Zoë " + "von " * 30,
        ),
        ("См. https://example.org/a/very/long/path/to/nowhere?with=query&and=more#part", "Иван"),
        ("बैठक की सूचना पहले दी जानी चाहिए क्योंकि लोगों को समय चाहिए", "अनु"),
    ):
        builder.support(builder.claim(text, author=author), main)
    return builder.build()


def hostile_map() -> ArgumentMap:
    """Return a map in which every word of a stranger is an attack."""
    builder = MapBuilder(HOSTILE[8])
    claims = [
        builder.claim(text, author=HOSTILE[-1 - number], id=f"{number}{text}"[:1000])
        for number, text in enumerate(HOSTILE)
        # Text that is not Unicode cannot be in a map at all.
        if not re.search("[\ud800-\udfff]", text + HOSTILE[-1 - number])
    ]
    for claim in claims[1:]:
        builder.support(claim, claims[0])
    return builder.build()


def random_map(size: int, *, seed: int = 1, roots: int = 1, authors: int = 3) -> ArgumentMap:
    """Return a map of a given size, the same each time."""
    chance = random.Random(seed)  # noqa: S311 # not for secrets
    words = (
        "practice", "maths", "skill", "with", "the", "large", "training", "mentor", "of", "hiring",
        "varies", "evidence", "faster", "claim", "because", "strong", "role", "degree", "people",
        "relevant", "overstated", "seem", "systems", "useful", "habit",
    )  # fmt: skip
    builder = MapBuilder(f"{size} made-up claims")
    claims: list[str] = []
    for number in range(size):
        text = " ".join(chance.choice(words) for _ in range(chance.randint(5, 14)))
        claim = builder.claim(text.capitalize(), author=f"Author {chance.randrange(authors) + 1}")
        if number >= roots:
            target = chance.choice(claims[: max(1, number * 2 // 3)])
            relate = builder.support if chance.random() < 0.6 else builder.rebuttal
            relate(claim, target)
        claims.append(claim)
    return builder.build()


def scene_of(argmap: ArgumentMap, direction: Direction = "BT") -> Scene:
    """Return what a picture of the whole map shows."""
    facts = gather(argmap)
    return make_scene(argmap, facts, Selection(frozenset(facts.places)), direction)


_MARKS = dict.fromkeys(map(ord, "\u202a\u202b\u202c"))


def texts_of(svg: str) -> Iterator[list[str]]:
    """Yield the lines of text that can be read on each card of a picture."""
    for group in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g"):  # noqa: S314 # ours
        if "claim" in group.get("class", "").split():
            yield [
                "".join(text.itertext()).translate(_MARKS)
                for text in group.iter("{http://www.w3.org/2000/svg}text")
            ]
