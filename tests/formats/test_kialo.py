"""Kialo's two text exports: the tree, the links, the footnotes, and words that look like claims."""

from __future__ import annotations

import pytest

from argumap import (
    ArgumentMap,
    FormatParseError,
    LossyConversionWarning,
    NotRepresentableError,
    loads,
)

OLD = """\
Discussion Title: Should cats \\(and dogs\\) vote?

1. Cats should vote.
1.1. Pro: They [live](https://example.org/a_(b)) here.
1.1.1. Con: Only some do.
1.2. Con: They sleep.
1.2.1. Pro: -> See 1.1.1.
1.3. Pro: -> See 1.4.
1.4. Con: Dogs would mind.
"""

NEW = """\
Discussion Name:
Should cats vote?

1. Thesis:
Cats should vote.

  1.1. Pro:
  They live here. [1]

  And they pay in mice.
  1. foo

    1.1.1. Con:
    -> See discussion #35761: Who lives here?

  1.2. Con:
  They sleep. [2]

    1.2.1. Con:
    -> See 1.1.

Sources:

[1] https://example.org/mice
1. foo
bar
[2] prose instead of an address
"""


def _relations(argmap: ArgumentMap) -> list[tuple[str, str, str]]:
    return [(r.kind, *r.sources, r.target) for r in argmap.relations if len(r.sources) == 1]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_older_form(line_end: str) -> None:
    argmap = loads(OLD.replace("\n", line_end))
    assert argmap.title == "Should cats (and dogs) vote?"
    assert [(claim.id, claim.text) for claim in argmap.claims] == [
        ("1", "Cats should vote."),
        ("1.1", "They live here."),
        ("1.1.1", "Only some do."),
        ("1.2", "They sleep."),
        ("1.4", "Dogs would mind."),
    ]
    assert _relations(argmap) == [
        ("support", "1.1", "1"),
        ("rebuttal", "1.1.1", "1.1"),
        ("rebuttal", "1.2", "1"),
        ("support", "1.1.1", "1.2"),
        ("support", "1.4", "1"),  # a link forwards
        ("rebuttal", "1.4", "1"),
    ]
    assert argmap.claim("1.1").extra == {
        "kialo": {"label": "Pro", "links": ["https://example.org/a_(b)"]}
    }


def test_the_newer_form() -> None:
    argmap = loads(NEW)
    assert argmap.title == "Should cats vote?"
    assert [(claim.id, claim.text) for claim in argmap.claims] == [
        ("1", "Cats should vote."),
        ("1.1", "They live here. [1]\n\nAnd they pay in mice.\n1. foo"),
        ("1.1.1", "Who lives here?"),
        ("1.2", "They sleep. [2]"),
    ]
    assert _relations(argmap) == [
        ("support", "1.1", "1"),
        ("rebuttal", "1.1.1", "1.1"),
        ("rebuttal", "1.2", "1"),
        ("rebuttal", "1.1", "1.2"),
    ]
    assert argmap.extra == {
        "kialo": {
            "sources": {
                "1": {"url": "https://example.org/mice", "excerpt": "1. foo\nbar"},
                "2": {"url": "prose instead of an address"},
            }
        }
    }
    assert argmap.claim("1.1").extra == {"kialo": {"label": "Pro", "footnotes": ["1"]}}
    assert argmap.claim("1.1.1").extra == {"kialo": {"label": "Con", "discussion": "35761"}}


def test_a_question_has_theses_below_it_that_are_no_reasons() -> None:
    text = "Discussion Name:\nWhat?\n\n1. Question:\nWho?\n\n  1.1. Thesis:\n  Cats.\n\n"
    argmap = loads(text)
    assert len(argmap.claims) == 2
    assert argmap.relations == ()


def test_a_claim_without_a_stance_is_not_left_out_in_silence() -> None:
    text = "Discussion Title: What?\n\n1. Who?\n1.1. Cats.\n"
    with pytest.raises(NotRepresentableError, match=r"'1\.1' is neither for nor against '1'"):
        loads(text)
    with pytest.warns(UserWarning, match=r"'1\.1' is neither for nor against '1'"):
        assert len(loads(text, lossy=True).claims) == 2


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("1. a\n1.1.1. Pro: b", 4, "claim 1.1.1 stands under 1.1, which is not there"),
        ("1. a\n1.1. Pro: -> See 1.2.\n1.2. Con: -> See 1.1.", 4, "in a circle"),
        ("1. a\n1. b", 4, "two claims have the number 1"),
        ("", 2, "there are no claims"),
    ],
)
def test_a_fault_is_shown_at_its_place(body: str, line: int, words: str) -> None:
    with pytest.raises(FormatParseError, match=words) as caught:
        loads(f"Discussion Title: T\n\n{body}\n")
    assert caught.value.line == line


def test_sources_that_only_look_so_are_words() -> None:
    argmap = loads(
        "Discussion Name:\nCats\n\n1. Thesis:\nCats purr. [1]\n\nSources:\n\nnone\n\n"
        "  1.1. Pro:\n  I heard one.\n\nSources:\n\n[1] https://example.org/purr\n"
        "as [1] says\n[1] again\n[2] https://example.org/two\n"
    )
    assert [claim.text for claim in argmap.claims] == [
        "Cats purr. [1]\n\nSources:\n\nnone",
        "I heard one.",
    ]
    assert argmap.extra == {
        "kialo": {
            "sources": {
                "1": {"url": "https://example.org/purr", "excerpt": "as [1] says\n[1] again"},
                "2": {"url": "https://example.org/two"},
            }
        }
    }


def test_labels_in_capitals_and_blocks_without_indentation_are_read() -> None:
    old = loads("Discussion Title: Cats\n\n1.  Cats purr.\n1.1. PRO: I heard one.\n")
    blocks = "    1. Thesis:\nCats purr.\n\n    1.1. Pro:\nI heard one.\n"
    new = loads(f"Discussion Name:\nCats\n\n{blocks}")
    assert _relations(old) == _relations(new) == [("support", "1.1", "1")]


def test_a_link_out_of_the_export_of_a_branch_is_told_and_kept() -> None:
    text = "Discussion Title: Cats\n\n1. Cats purr.\n1.1. Pro: -> See 7.2.\n1.2. Con: -> See 1.1.\n"
    with pytest.raises(NotRepresentableError) as caught:
        loads(text)
    assert caught.value.constructs == ("claim '1.1' is a link to '7.2', which is not there",)
    with pytest.warns(LossyConversionWarning):
        argmap = loads(text, lossy=True)
    assert argmap.claim("1.1").extra == {"kialo": {"label": "Pro", "see": "7.2"}}
    assert _relations(argmap) == [("support", "1.1", "1"), ("rebuttal", "1.1", "1")]


def test_words_that_a_source_is_quoted_with_may_look_like_a_list_of_sources() -> None:
    text = """Discussion Name:
Cats

1. Thesis:
Cats purr [1].

  1.1. Con:
  Sources: none [2].

Sources:

[1] https://a.example

  1.1. Con:

[2] https://b.example
Sources:
[1] of the quotation
"""
    argmap = loads(text)
    assert [claim.text for claim in argmap.claims] == ["Cats purr [1].", "Sources: none [2]."]
    assert argmap.extra == {
        "kialo": {
            "sources": {
                "1": {"url": "https://a.example", "excerpt": "1.1. Con:"},
                "2": {"url": "https://b.example", "excerpt": "Sources:\n[1] of the quotation"},
            }
        }
    }


@pytest.mark.parametrize("step", ["", "\t", "    "])
def test_blocks_are_read_at_any_indentation(step: str) -> None:
    blocks = [("1", "Thesis"), ("1.1", "Pro"), ("1.1.1", "Con"), ("1.2", "Con")]
    text = "Discussion Name:\nCats\n\n" + "".join(
        f"{step * number.count('.')}{number}. {label}:\n{step * number.count('.')}Words.\n\n"
        for number, label in blocks
    )
    assert _relations(loads(text)) == [
        ("support", "1.1", "1"),
        ("rebuttal", "1.1.1", "1.1"),
        ("rebuttal", "1.2", "1"),
    ]
