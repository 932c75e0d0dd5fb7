"""argumap's own JSON: everything a map holds comes back; a fault is named with its place."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given

from argumap import (
    ArgumentMap,
    Claim,
    FormatParseError,
    ModelError,
    Support,
    Thread,
    ThreadParseError,
    dumps,
    loads,
)
from argumap.formats import native
from argumap.model.json import parse_json
from strategies import maps, threads

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = jsonschema.Draft202012Validator(ArgumentMap.model_json_schema())


@given(maps())
def test_a_map_comes_back_as_it_was(argmap: ArgumentMap) -> None:
    assert loads(dumps(argmap)) == argmap
    assert loads(dumps(argmap), format="json") == argmap


@given(maps())
def test_what_is_written_is_the_same_each_time_and_fits_the_schema(argmap: ArgumentMap) -> None:
    text = dumps(argmap)
    assert dumps(loads(text)) == text
    SCHEMA.validate(json.loads(text))


@given(threads())
def test_a_thread_comes_back_as_it_was(thread: Thread) -> None:
    assert parse_json(Thread, thread.model_dump_json(), ThreadParseError) == thread


@pytest.mark.parametrize(
    ("model", "name"),
    [(ArgumentMap, "argumap-map-1"), (Thread, "argumap-thread-1")],
    ids=["map", "thread"],
)
def test_the_published_schema_is_that_of_the_code(
    model: type[ArgumentMap | Thread], name: str, repository: Path
) -> None:
    path = repository / "docs" / "reference" / f"{name}.schema.json"
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(),
    }
    text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    if "RECORD" in os.environ:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "record it anew: RECORD=1 pytest tests/formats"


def _chain(length: int) -> ArgumentMap:
    """Return a chain of claims, each the only premise of the one before."""
    claims = tuple(Claim(id=f"c{n}", text=f"Claim {n}.") for n in range(length))
    relations = tuple(
        Support(id=f"s{n}", premises=(f"c{n}",), conclusion=f"c{n - 1}") for n in range(1, length)
    )
    return ArgumentMap(claims=claims, relations=relations)


def test_a_chain_of_100_000_claims_comes_back() -> None:
    argmap = _chain(100_000)
    assert loads(dumps(argmap)) == argmap


def _map(**fields: Any) -> str:
    return json.dumps({"version": "argumap-map/1", **fields})


RAIN = {"id": "c1", "text": "It rained."}


@pytest.mark.parametrize(
    ("text", "pointer", "words"),
    [
        (_map(claims=[{"id": "c1"}]), "/claims/0/text", "field required"),
        (_map(claims=[{**RAIN, "text": 7}]), "/claims/0/text", "valid string, found 7"),
        (_map(claims=[{**RAIN, "id": ""}]), "/claims/0/id", "at least 1 character"),
        (_map(claims=[{**RAIN, "confidence": 2}]), "/claims/0/confidence", "less than or equal"),
        (_map(claims=[{**RAIN, "sure": True}]), "/claims/0/sure", "there is no field of that name"),
        (_map(claims="none"), "/claims", "valid array"),
        (_map(relations=[{"id": "r1", "kind": "banana"}]), "/relations/0", "'banana'"),
        (
            _map(claims=[{**RAIN, "mentions": [{"stance": "likes"}]}]),
            "/claims/0/mentions/0/stance",
            "'asserts'",
        ),
        (_map(title=[]), "/title", "valid string"),
    ],
)
def test_a_wrong_field_is_named_by_its_pointer(text: str, pointer: str, words: str) -> None:
    with pytest.raises(FormatParseError) as caught:
        loads(text)
    assert caught.value.pointer == pointer
    assert words in str(caught.value)


def test_all_wrong_fields_are_told_at_once() -> None:
    with pytest.raises(FormatParseError) as caught:
        loads(_map(claims=[{"id": "c1"}, {"id": "c2", "text": 1}], title=3))
    assert str(caught.value).splitlines() == [
        "this is not a valid ArgumentMap: ",
        "  - /title: input should be a valid string, found 3",
        "  - /claims/0/text: field required",
        "  - /claims/1/text: input should be a valid string, found 1",
    ]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"claims": [RAIN, RAIN]}, "two elements have the id 'c1'"),
        (
            {
                "claims": [RAIN],
                "relations": [{"kind": "rebuttal", "id": "r1", "source": "c2", "target": "c1"}],
            },
            "rebuttal 'r1' comes from 'c2', which is not in the map (did you mean 'c1'?)",
        ),
    ],
    ids=["duplicate", "dangling"],
)
def test_parts_that_do_not_fit_are_named(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ModelError) as caught:
        loads(_map(**fields))
    assert caught.value.problems == (problem,)


def test_a_newer_version_says_to_upgrade() -> None:
    with pytest.raises(FormatParseError, match=r"argumap-map/2.*\n.*pip install --upgrade"):
        loads('{"version": "argumap-map/2", "claims": {}}')


@pytest.mark.parametrize("end", [1, 30, 60, 100, -3])
def test_a_text_that_is_cut_off_is_refused(end: int) -> None:
    whole = _map(title="Weather", claims=[RAIN, {"id": "c2", "text": "It is wet."}])
    with pytest.raises(FormatParseError) as caught:
        loads(whole[:end], format="json")
    assert caught.value.line == 1
    assert caught.value.hint == "the file looks cut off"


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_is_an_error_and_no_crash(opening: str) -> None:
    text = '{"version": "argumap-map/1", "extra": {"x": ' + opening * 10_000
    with pytest.raises(FormatParseError, match="not JSON"):
        loads(text)
    closing = {"[": "]", '{"a":': "}"}[opening]
    with pytest.raises(FormatParseError, match="nested too deeply"):
        loads(f"{text}1{closing * 10_000}}}}}")


def test_half_a_character_is_read_as_the_sign_for_one_and_moves_no_offset() -> None:
    text = r'{"version": "argumap-map/1", "title": "cut \ud83d!", "claims": [{"id": "c1", "text": "'
    argmap = loads(text + r'whole \ud83d\ude00, no escape \\ud83d"}]}')
    assert argmap.title == "cut \ufffd!"
    assert argmap.claims[0].text == "whole \U0001f600, no escape \\ud83d"
    assert loads(dumps(argmap)) == argmap


def test_half_a_character_in_a_text_in_memory_is_named() -> None:
    for name in (None, "json", "argdown"):
        with pytest.raises(FormatParseError, match=r"^line 2:8: '.ud83d' is half of a"):
            loads('{\n  "a": \ud83d}', format=name)


def test_a_number_without_end_is_an_error_and_no_crash() -> None:
    with pytest.raises(FormatParseError, match=r"not JSON: .* 5000 digits"):
        loads('{"version": "argumap-map/1", "title": ' + "9" * 5000 + "}")


def test_an_older_version_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there had been a version 0 that called claims theses, and their text words."""

    def to_version_1(data: dict[str, Any]) -> dict[str, Any]:
        theses = data.pop("theses")
        return {**data, "claims": [{"id": t["id"], "text": t["words"]} for t in theses]}

    text = json.dumps(
        {"version": "argumap-map/0", "title": "T", "theses": [{"id": "c1", "words": "It rained."}]}
    )
    with pytest.raises(FormatParseError, match="/version"):
        loads(text)
    monkeypatch.setitem(native.MIGRATIONS, 0, to_version_1)
    argmap = loads(text)
    assert (argmap.title, argmap.claims) == ("T", (Claim(id="c1", text="It rained."),))
    assert dumps(argmap).startswith('{\n "version": "argumap-map/1"')


def test_every_older_version_has_its_migration() -> None:
    newest = int(native.VERSION.rpartition("/")[2])
    assert sorted(native.MIGRATIONS) == list(range(1, newest))
    assert ArgumentMap.model_fields["version"].default == native.VERSION
