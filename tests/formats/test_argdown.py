"""Argdown: how its words become a map, what a person's corrections do, where faults are shown."""

from __future__ import annotations

import pytest

from argumap import (
    ArgumentMap,
    Claim,
    FormatParseError,
    MapBuilder,
    Mention,
    Post,
    Rebuttal,
    Span,
    Support,
    Thread,
    Undercut,
    dumps,
    loads,
)
from argumap.formats._yaml import YamlError, parse_yaml
from argumap.formats.argdown.writing import escape


def _relations(text: str) -> list[str]:
    """Return the relations of a map as lines, such as ``"B, C => A"``."""
    arrows = {"support": "=>", "rebuttal": "=/>", "undercut": "=x>"}
    return [
        f"{', '.join(relation.sources)} {arrows[relation.kind]} {relation.target}"
        for relation in loads(text, format="argdown").relations
    ]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("[A]: a\n  + [B]: b\n  <+ [C]: c\n  +> [D]: d", ["B => A", "C => A", "A => D"]),
        ("[A]: a\n  - [B]: b\n  <- [C]: c\n  -> [D]: d", ["B =/> A", "C =/> A", "A =/> D"]),
        ("[A]: a\n  >< [B]: b", ["A =/> B", "B =/> A"]),
        ("[A]: a\n  + <B>: b\n    <_ [C]: c", ["B => A", "C =x> r1"]),
        ("<X>\n\n(1) [A]: a\n(2) [B]: b\n----\n(3) [C]: c\n", ["A, B => C"]),
        ("<X>\n  _ [D]: d\n\n(1) [A]: a\n----\n(2) [C]: c\n", ["A => C", "D =x> X"]),
        ("<X>\n  - [D]: d\n\n(1) [A]: a\n----\n(2) [C]: c\n", ["A => C", "D =x> X"]),
        (
            "<X>\n\n(1) [A]: a\n----\n(2) [B]: b\n(3) [C]: c\n-- {uses: [1, 3]} --\n(4) [D]: d",
            ["A => B", "A, C => D"],
        ),
        ("[C]: c\n  + <X>\n\n<X>\n\n(1) [A]: a\n----\n(2) [C]", ["A => C"]),
        ("[D]: d\n  + <X>\n\n<X>\n\n(1) [A]: a\n----\n(2) [C]: c", ["A => C", "C => D"]),
        (
            "===\nmodel:\n  mode: strict\n===\n\n[A]: a\n  + [B]: b\n  - [C]: c",
            ["B => A", "C =/> A", "A =/> C"],
        ),
        ("[A]: a\n  + it is late\n  + [B]", ["c1 => A", "B => A"]),
    ],
)
def test_relations_become_those_of_a_map(text: str, relations: list[str]) -> None:
    assert _relations(text) == relations


def test_the_rule_of_an_inference_is_its_scheme() -> None:
    argmap = loads("<X>\n\n(1) [A]: a\n-- Modus ponens --\n(2) [C]: c", format="argdown")
    assert argmap.supports == (
        Support(id="X", premises=("A",), conclusion="C", scheme="Modus ponens"),
    )


def test_a_claim_has_the_words_of_its_last_definition_and_its_data() -> None:
    text = "[A]: first {confidence: 0.5}\n\n[A]: last\n  + untitled #tag {colour: red}"
    first, second = loads(text, format="argdown").claims
    assert (first.id, first.text, first.confidence) == ("A", "last", 0.5)
    assert first.extra == {"argdown": {"members": ["first", "last"]}}
    assert (second.id, second.text) == ("c1", "untitled #tag")
    assert second.extra == {"argdown": {"data": {"colour": "red"}, "tags": ["tag"]}}


def test_a_reference_to_nothing_is_a_claim_with_its_title() -> None:
    argmap = loads("[A]\n  + [B]", format="argdown")
    assert [claim.text for claim in argmap.claims] == ["A", "B"]


def test_data_of_other_tools_by_our_names_is_kept_as_theirs() -> None:
    (claim,) = loads("[A]: a {confidence: high, mentions: 3}", format="argdown").claims
    assert claim.confidence is None
    assert claim.extra == {"argdown": {"data": {"confidence": "high", "mentions": 3}}}


FOREIGN = """\
===
title: Sleep
colorScheme: plain
===

# Cats #pets {isGroup: true}

[A]: Cats sleep a lot. #fact {colour: grey}
  + [B]: Mine does.

## Dogs

[C]: Dogs do not.
  - [A]
"""


def test_a_file_of_others_is_written_as_it_was() -> None:
    argmap = loads(FOREIGN)
    assert argmap.title == "Sleep"
    assert dumps(argmap, format="argdown") == FOREIGN


# --- the editing loop ---------------------------------------------------------------------------


@pytest.fixture
def extracted() -> ArgumentMap:
    text = "We should move, because the rent went up. But it is far."
    thread = Thread(posts=(Post(id="p1", author="Ana", text=text),))

    def claim(name: str, words: str, confidence: float) -> Claim:
        start = text.index(words)
        span = Span(post_id="p1", start=start, end=start + len(words))
        mention = Mention(author="Ana", span=span, quote=words)
        return Claim(id=name, text=words, mentions=(mention,), confidence=confidence)

    return ArgumentMap(
        thread=thread,
        claims=(
            claim("c1", "We should move", 0.9),
            claim("c2", "the rent went up", 0.8),
            claim("c3", "it is far", 0.6),
        ),
        relations=(
            Support(id="r1", premises=("c2",), conclusion="c1", confidence=0.7),
            Rebuttal(id="r2", source="c3", target="c1", confidence=0.5),
            Undercut(id="r3", source="c3", target="r2"),
        ),
    )


def test_an_outline_is_for_a_person(extracted: ArgumentMap) -> None:
    outline, _, kept = dumps(extracted, format="argdown").partition("\n/* argumap: ")
    assert outline.splitlines() == [
        "[c1]: We should move {confidence: 0.9, mentions: [{author: Ana, at: [p1, 0, 14]}]}",
        "  + [c2]: the rent went up {confidence: 0.8, mentions: [{author: Ana, at: [p1, 24, 40]}]}",
        "  - [c3]: it is far {confidence: 0.6, mentions: [{author: Ana, at: [p1, 46, 55]}]}",
    ]
    assert "the rent went up. But" in kept  # the thread


def test_what_nobody_touched_comes_back(extracted: ArgumentMap) -> None:
    assert loads(dumps(extracted, format="argdown")) == extracted


def test_corrected_words_are_taken_and_the_rest_stays(extracted: ArgumentMap) -> None:
    text = dumps(extracted, format="argdown").replace("[c2]: the rent", "[c2]: The rent")
    argmap = loads(text)
    assert argmap.claim("c2").text == "The rent went up"
    assert argmap.claim("c2").mentions == extracted.claim("c2").mentions
    assert argmap.claims[::2] == extracted.claims[::2]
    assert argmap.relations == extracted.relations


def test_what_a_person_adds_is_marked_as_theirs(extracted: ArgumentMap) -> None:
    text = dumps(extracted, format="argdown").replace(
        "  - [c3]", "  + The new flat is larger.\n    - [far]: So is the bill.\n  - [c3]"
    )
    argmap = loads(text)
    assert argmap.claims[:3] == extracted.claims
    assert argmap.relations[:3] == extracted.relations
    assert [(claim.id, claim.text) for claim in argmap.claims[3:]] == [
        ("c4", "The new flat is larger."),
        ("far", "So is the bill."),
    ]
    added = [*argmap.claims[3:], *argmap.relations[3:]]
    assert {element.origin.maker for element in added if element.origin} == {"hand"}
    assert [(r.kind, r.sources, r.target) for r in argmap.relations[3:]] == [
        ("support", ("c4",), "c1"),
        ("rebuttal", ("far",), "c4"),
    ]


def test_what_a_person_deletes_is_gone_and_what_hung_on_it(extracted: ArgumentMap) -> None:
    text = dumps(extracted, format="argdown")
    lines = [line for line in text.splitlines() if not line.startswith("  - [c3]")]
    argmap = loads("\n".join(lines))
    assert [claim.id for claim in argmap.claims] == ["c1", "c2"]
    assert [relation.id for relation in argmap.relations] == ["r1"]


def test_a_support_that_a_person_turns_into_a_rebuttal_is_a_new_relation(
    extracted: ArgumentMap,
) -> None:
    argmap = loads(dumps(extracted, format="argdown").replace("  + [c2]", "  - [c2]"))
    changed = next(relation for relation in argmap.relations if relation.sources == ("c2",))
    assert changed.kind == "rebuttal"
    assert changed.confidence is None
    assert changed.origin is not None
    assert changed.origin.maker == "hand"


def test_a_broken_comment_is_named_with_its_place(extracted: ArgumentMap) -> None:
    text = dumps(extracted, format="argdown").replace('"relations"', "relations")
    with pytest.raises(FormatParseError, match="keeps the rest of the map is broken") as caught:
        loads(text)
    assert caught.value.line == 5
    with pytest.raises(FormatParseError, match="what argumap keeps in this file is broken"):
        loads('[A]: a\n\n/* argumap: {"claims": {"A": {"confidence": 3}}} */\n')
    with pytest.raises(FormatParseError, match="what argumap keeps in this file is broken"):
        loads('[A]: a\n\n/* argumap: {"claims": [], "thread": {"posts": 1}} */\n')


# --- words and faults ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "see http://example.org/a_b//c",
        "[sic] <b> {1, 2} #42 @[x] *em* __strong__",
        ".^. :happy: e.g. 10:30:00 a:b:c .[].",
        "=== and a === b",
        "back\\slash \\[",
        "// /* */ <!-- -->",
        "- no item, + no support, (1) no premise",
        ".a_b. :x//y: .#t.",
    ],
)
def test_words_that_look_like_argdown_stay_words(text: str) -> None:
    argmap = ArgumentMap(claims=(Claim(id="c1", text=text),))
    written = dumps(argmap, format="argdown")
    assert "argumap" not in written  # nothing had to be kept elsewhere
    assert loads(written, format="argdown") == argmap


def test_only_what_must_be_is_escaped() -> None:
    assert escape("It's fine (really) - 100 % sure; see e.g. a/b.") == (
        "It's fine (really) - 100 % sure; see e.g. a/b."
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("[A]: see [sic] here", 1, 10, r"unexpected statement reference '[sic]'"),
        ("[A]: a\n\n  + [B]", 3, 3, "a relation is indented, and stands right under"),
        ("[A]: *never ends", 1, 6, "'*' begins an emphasis that does not end"),
        ("(1) a\n(2) b", 2, 6, "expected: a line of ---- and the conclusion under it"),
        ("[A]: a {b: [}", 1, 13, "in data: "),
        ("[A]: a {\n  b: c\n  d: e: f\n}", 3, 7, "in data: "),
        ("[A]: ends with \\", 1, 16, "there is nothing after this backslash"),
        ("<X>\n\n(1) a\n----\n  + b\n(2) c", 5, 3, "an inference can only be undercut"),
        ("<X>\n\n(1) a\n----\n(2) b\n\n<X>\n\n(1) a\n----\n(2) b", 9, 1, "has two premise"),
    ],
)
def test_a_fault_is_shown_at_its_place(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(FormatParseError) as caught:
        loads(text, format="argdown")
    told = str(caught.value)
    assert words in told
    assert (caught.value.line, caught.value.column) == (line, column)
    shown, caret = told.splitlines()[1:3]
    indent = len(text.splitlines()[line - 1]) - len(text.splitlines()[line - 1].lstrip())
    assert shown.strip() == text.splitlines()[line - 1].strip()
    assert caret.index("^") == len(shown) - len(shown.lstrip()) + column - 1 - indent


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: yes, b: no, c: on}", {"a": "yes", "b": "no", "c": "on"}),
        ("{a: true, b: ~, c: 1.5, d: 0x1f}", {"a": True, "b": None, "c": 1.5, "d": 31}),
        ("{a: 2001-01-01, b: 1:30}", {"a": "2001-01-01", "b": "1:30"}),
        ('{a: "x\\u007dy"}', {"a": "x}y"}),
        ("a: 1\nb:\n  - c\n  - d: e", {"a": 1, "b": ["c", {"d": "e"}]}),
        ("{1: a}", {"1": "a"}),
        ("", None),
    ],
)
def test_data_is_yaml_1_2(text: str, value: object) -> None:
    assert parse_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x [1]\nb: *x", "aliases are not read"),
        ("a: !!python/object:os.system x", "is not read"),
        ("a: !!binary aGk=", "is not read"),
        ("[" * 5000, "nested too deeply"),
        ("- " * 5000, "nested too deeply"),
        ("{a: [}", "expected"),
        ("a: \x00", "this is not YAML"),
        ("9" * 5000, "a number is too long"),
    ],
)
def test_data_that_could_do_harm_is_refused(text: str, words: str) -> None:
    with pytest.raises(YamlError, match=words):
        parse_yaml(text)


def test_a_chain_of_2000_claims_is_written_and_read() -> None:
    builder = MapBuilder()
    last = builder.claim("Claim 0.")
    for number in range(1, 2000):
        claim = builder.claim(f"Claim {number}.")
        builder.support(claim, last)
        last = claim
    argmap = builder.build()
    assert loads(dumps(argmap, format="argdown")) == argmap


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[c2]: the", "[c2] the", 2, "words for it need a colon: [c2]: …"),
        ("[c2]: the", "[c2: the", 2, "no bracket closes [c2: write [c2]: …"),
        ("  + [c2]", "\n  + [c2]", 3, "a relation is indented, and stands right under"),
        ("[c2]: the rent", "[c2]: the *rent", 2, r"write \* for the bare character"),
        ("mentions: [{author: Ana, at: [p1, 0, 14]}]", "mentions: 3", 1, "in the data of [c1]"),
        ("author: Ana, at: [p1, 24", "stance: asert, at: [p1, 24", 2, "stance: Input should be"),
        ("at: [p1, 0, 14]", "at: [p1, 14, 3]", 1, "in the data of [c1]: start 14 is not before"),
        ("confidence: 0.8,", "confidence: high,", 2, "in the data of [c2]: confidence"),
        (" */\n", "\n", 5, "does not end"),
    ],
)
def test_a_slip_in_an_outline_of_ours_is_named_with_its_line(
    extracted: ArgumentMap, old: str, new: str, line: int, words: str
) -> None:
    text = dumps(extracted, format="argdown")
    assert old in text
    with pytest.raises(FormatParseError) as caught:
        loads(text.replace(old, new, 1), format="argdown")
    assert caught.value.line == line
    assert words in str(caught.value)


def test_the_addresses_of_links_are_kept() -> None:
    argmap = loads("[A]: see [here](https://x.org/a_b), [there](#h)\n  + [B]: no", format="argdown")
    assert argmap.claims[0].text == "see here, there"
    assert argmap.claims[0].extra == {"argdown": {"links": ["https://x.org/a_b", "#h"]}}
    assert loads(dumps(argmap, format="argdown")) == argmap
