"""The prompts: their worked examples pass our own checks, and a changed text is a new version."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest

from argumap import Post, Thread
from argumap.extraction.llm.answers import (
    ClaimsAnswer,
    RelationsAnswer,
    ReviewAnswer,
    read_object,
)
from argumap.extraction.llm.chunks import Chunk
from argumap.extraction.llm.framing import show_thread
from argumap.extraction.llm.grounding import GroundedClaim, check_claims
from argumap.extraction.llm.prompts import load_prompt
from argumap.extraction.llm.relating import check_relations
from argumap.extraction.llm.units import NumberedThread
from argumap.threads import mark_up

if TYPE_CHECKING:
    from pydantic import BaseModel

# A prompt that is changed gets a new version and a new line: maps say which version they rest on.
VERSIONS = {
    "claims": (1, "d9f3811ab5a3"),
    "relations": (1, "b66412171b8d"),
    "review": (1, "c6762906a4a9"),
    "again": (1, "cc94edead974"),
}
SHAPES: dict[str, type[BaseModel]] = {
    "claims": ClaimsAnswer,
    "relations": RelationsAnswer,
    "review": ReviewAnswer,
}


@pytest.mark.parametrize("name", VERSIONS)
def test_a_changed_prompt_has_a_new_version(name: str) -> None:
    prompt = load_prompt(name)
    digest = hashlib.sha256(prompt.text.encode()).hexdigest()[:12]
    assert (prompt.version, digest) == VERSIONS[name]


def examples(name: str) -> list[tuple[str, str]]:
    """The worked examples of a prompt: the posts that are shown, and the answer."""
    parts = re.split(r"^# Example.*\n", load_prompt(name).text, flags=re.MULTILINE)[1:]
    return [(part[: part.index("\n{")].strip(), part[part.index("\n{") :]) for part in parts]


def frames(shown: str) -> tuple[NumberedThread, Chunk, dict[str, GroundedClaim]]:
    """Make a thread that is shown like an example, with the claims marked in it."""
    heads = re.findall(
        r'<forum_post n="(\d+)" author="(\w+)"(?: answers="(\d+)")?( context="yes")?>\n(.*?)</',
        shown,
        re.DOTALL,
    )
    posts: list[Post] = []
    contexts: set[int] = set()
    marked: list[tuple[str, str, str | None]] = []
    first = int(heads[0][0])
    # Posts before the first that is shown exist too, so that the numbers agree.
    posts += [Post(id=str(number), text="Earlier.") for number in range(1, first)]
    for number, author, answers, context, body in heads:
        lines = []
        for line in body.splitlines():
            if found := re.match(r"\[(p\d+\.\d+)\] (.*)", line):
                lines.append(found[2])
                unit = found[1]
            elif found := re.match(r"\(quotes p(\d+)\.(\d+)\)", line):
                text = posts[int(found[1]) - 1].text.splitlines()[int(found[2]) - 1]
                lines.append(f"> {text}")
            elif found := re.match(r'    (c\d+)(?: = "(.*)")?$', line):
                marked.append((found[1], unit, found[2]))
        if context:
            contexts.add(len(posts))
        parent = answers if answers and int(answers) <= len(posts) else None
        posts.append(Post(id=number, author=author, parent_id=parent, text="\n".join(lines)))
    numbered = NumberedThread(mark_up(Thread(posts=tuple(posts))))
    shown_units = [unit for unit in numbered.units if unit.post >= first - 1]
    chunk = Chunk(
        tuple(unit for unit in shown_units if unit.post not in contexts),
        tuple(unit for unit in shown_units if unit.post in contexts),
    )
    claims = {}
    for claim_id, unit_id, words in marked:
        unit = next(u for u in numbered.units if u.id == unit_id)
        start = unit.start + (numbered.text(unit).index(words) if words else 0)
        end = start + len(words) if words else unit.end
        claims[claim_id] = GroundedClaim(unit.id, unit.post, start, end, "claim", "asserts")
    return numbered, chunk, claims


@pytest.mark.parametrize("name", SHAPES)
def test_the_examples_look_like_what_is_really_shown(name: str) -> None:
    for shown, _ in examples(name):
        numbered, chunk, claims = frames(shown)
        posts = shown[: shown.rindex("</forum_post>")] + "</forum_post>"
        assert show_thread(numbered, chunk, claims) == posts


def test_the_answers_about_claims_pass_the_checks() -> None:
    for shown, answer in examples("claims"):
        numbered, chunk, _ = frames(shown)
        checked = check_claims(answer, chunk, numbered)
        assert checked.problems == []
        assert len(checked.items) == len(read_object(json_part(answer), ClaimsAnswer)["claims"])


def test_the_answers_about_relations_pass_the_checks() -> None:
    for shown, answer in examples("relations"):
        numbered, chunk, claims = frames(shown)
        checked = check_relations(answer, chunk, numbered, claims)
        assert checked.problems == []
        assert checked.items


def test_the_answer_about_proposals_has_its_shape() -> None:
    for shown, answer in examples("review"):
        verdicts = ReviewAnswer.model_validate_json(json_part(answer)).verdicts
        proposals = re.findall(r"^(k\d+): ", shown, re.MULTILINE)
        assert [verdict.item for verdict in verdicts] == proposals


def json_part(text: str) -> str:
    """The JSON of an example, without what is said about it."""
    return json.dumps(json.loads(text[text.index("{") : text.rindex("}") + 1]))


@pytest.mark.parametrize("name", SHAPES)
def test_a_prompt_names_every_field_that_is_asked_for(name: str) -> None:
    schema = SHAPES[name].model_json_schema()
    fields = set(schema["properties"])
    for definition in schema["$defs"].values():
        fields |= set(definition["properties"])
    text = load_prompt(name).text
    assert [field for field in sorted(fields) if f'"{field}"' not in text] == []
