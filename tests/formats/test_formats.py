"""Laws that every format obeys, by what it says of itself in the table."""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings

from argumap import (
    ArgumentMap,
    FormatParseError,
    LossyConversionWarning,
    ModelError,
    NotRepresentableError,
    UnknownNameError,
    dump,
    dumps,
    load,
    loads,
)
from argumap.formats import FORMATS, Format, detect_format, losses
from argumap.formats._constructs import ALL, without
from strategies import maps, texts

if TYPE_CHECKING:
    from pathlib import Path

TWO_WAY = [format_ for format_ in FORMATS.values() if format_.loads and format_.dumps]
READ = [format_ for format_ in FORMATS.values() if format_.loads]
WRITTEN = [format_ for format_ in FORMATS.values() if format_.dumps]


def _id(format_: Format) -> str:
    return format_.name


two_way = pytest.mark.parametrize("format_", TWO_WAY, ids=_id)
read = pytest.mark.parametrize("format_", READ, ids=_id)
written = pytest.mark.parametrize("format_", WRITTEN, ids=_id)


OUR_ERRORS = (FormatParseError, ModelError, NotRepresentableError)


def _read_or_refuse(text: str, format_: Format) -> None:
    with warnings.catch_warnings(), suppress(*OUR_ERRORS):
        warnings.simplefilter("ignore", LossyConversionWarning)
        loads(text, format=format_.name)


@two_way
@settings(max_examples=60)
@given(argmap=maps())
@example(argmap=ArgumentMap())
def test_a_map_within_what_a_format_carries_comes_back(
    format_: Format, argmap: ArgumentMap
) -> None:
    argmap = without(argmap, format_.saves)
    text = dumps(argmap, format=format_.name)
    assert loads(text, format=format_.name) == argmap
    assert dumps(argmap, format=format_.name) == text


@written
@settings(max_examples=30)
@given(argmap=maps())
def test_outside_of_that_it_refuses_or_tells(format_: Format, argmap: ArgumentMap) -> None:
    lost = losses(argmap, format=format_.name)
    if not lost or format_.for_people:
        dumps(argmap, format=format_.name)
        return
    with pytest.raises(NotRepresentableError) as caught:
        dumps(argmap, format=format_.name)
    assert caught.value.constructs == lost
    with pytest.warns(LossyConversionWarning) as told:
        text = dumps(argmap, format=format_.name, lossy=True)
    assert all(sentence in str(told[0].message) for sentence in lost)
    assert text == dumps(without(argmap, format_.saves), format=format_.name)


@two_way
@settings(max_examples=40)
@given(argmap=maps())
def test_what_is_written_is_told_from_all_other_formats(
    format_: Format, argmap: ArgumentMap
) -> None:
    text = dumps(without(argmap, format_.saves), format=format_.name)
    found = detect_format(text)
    # An empty map has nothing to tell a format by where it is written without any mark.
    assert found is format_ or (found is None and not argmap.claims)


@written
@settings(max_examples=20)
@given(argmap=maps())
def test_a_file_is_read_back_as_it_was_written(
    format_: Format, tmp_path_factory: pytest.TempPathFactory, argmap: ArgumentMap
) -> None:
    path = tmp_path_factory.mktemp("maps") / f"map{format_.suffixes[0]}"
    argmap = without(argmap, format_.saves)
    dump(argmap, path, format=format_.name)
    if format_.loads and (argmap.claims or format_.keeps):
        assert load(path, format=format_.name) == argmap


@read
@settings(max_examples=60)
@given(text=texts(max_size=60))
def test_any_text_gives_a_map_or_an_error_of_ours(format_: Format, text: str) -> None:
    _read_or_refuse(text, format_)


@two_way
@settings(max_examples=40)
@given(argmap=maps(max_claims=3, max_relations=3))
def test_a_text_that_is_cut_or_changed_gives_a_map_or_an_error_of_ours(
    format_: Format, argmap: ArgumentMap
) -> None:
    text = dumps(without(argmap, format_.saves), format=format_.name)
    step = max(1, len(text) // 10)
    changed = [text[:end] for end in range(0, len(text), step)]
    changed += [text[:place] + "]" + text[place + 1 :] for place in range(0, len(text), step)]
    for each in changed:
        _read_or_refuse(each, format_)


@pytest.mark.parametrize("opening", ["[", "{", '{"a":', "<a>", "(", "- ", "> ", "**", "  " * 99])
@read
def test_deep_nesting_gives_an_error_and_no_crash(format_: Format, opening: str) -> None:
    for text in (opening * 10_000, f"{dumps(ArgumentMap())}{opening * 10_000}"):
        _read_or_refuse(text, format_)


@read
def test_a_file_of_another_language_with_the_same_suffix_is_refused(
    format_: Format, tmp_path: Path
) -> None:
    path = tmp_path / f"other{format_.suffixes[0]}"
    path.write_text("Dear all,\n\nhere are [the minutes] <sic>; see you.\n", encoding="utf-8")
    with pytest.raises(FormatParseError) as caught:
        load(path)
    assert caught.value.source == str(path)


@read
def test_no_format_takes_what_is_another_format_of_json(format_: Format) -> None:
    assert not format_.sniff('{"name": "left-pad", "version": "1.0.0", "dependencies": {}}')
    assert not format_.sniff('[{"a": 1}, {"a": 2}]')
    assert not format_.sniff("")


def test_what_is_carried_and_kept_is_said_by_names_that_exist() -> None:
    for format_ in FORMATS.values():
        assert format_.saves <= ALL, format_.name
        assert not format_.carries & format_.keeps, format_.name


def test_a_format_that_is_only_read_says_so_when_it_is_to_write() -> None:
    for format_ in FORMATS.values():
        if format_.dumps is None:
            with pytest.raises(UnknownNameError, match="format to write"):
                dumps(ArgumentMap(), format=format_.name)
        if format_.loads is None:
            with pytest.raises(UnknownNameError, match="format to read"):
                loads("", format=format_.name)
