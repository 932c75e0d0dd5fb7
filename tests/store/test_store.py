"""A store keeps what it said it kept, finds it again, and refuses what is no store."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from argumap import ArgumentMap, Claim, MapBuilder, Store, unsupported_claims
from argumap.errors import StoreError, UnknownNameError
from argumap.store import match_expression
from strategies import maps, texts

if TYPE_CHECKING:
    from pathlib import Path


def office(number: int = 1) -> ArgumentMap:
    builder = MapBuilder(f"Office {number}")
    move = builder.claim(f"We should move office {number}.", author="Ana")
    builder.support(builder.claim("The rent went up again.", author="Ana"), move)
    builder.rebuttal(builder.claim("The café is too far away.", author="Ben"), move)
    return builder.build()


@given(st.dictionaries(texts(min_size=1, max_size=5), maps(), max_size=3))
@hypothesis_settings(max_examples=30)
def test_what_is_put_is_what_is_got(kept: dict[str, ArgumentMap]) -> None:
    with Store(":memory:") as store:
        for key, argmap in kept.items():
            assert store.put(argmap, key=key) == key
        assert {key: store.get(key) for key in kept} == kept
        assert [found.key for found in store.list()] == sorted(kept, key=str.encode)
        assert [(found.key, found.id) for found in store.unsupported()] == [
            (key, claim.id)
            for key in sorted(kept, key=str.encode)
            for claim in unsupported_claims(kept[key])
        ]
        for key in kept:
            store.delete(key)
        assert (len(store), store.unsupported(), store.search("a*")) == (0, (), ())


def test_the_same_map_is_kept_once_and_a_key_holds_one_map(tmp_path: Path) -> None:
    with Store(tmp_path / "maps.sqlite") as store:
        assert store.put(office()) == store.put(office())
        assert len(store) == 1
        store.put(office(1), key="a")
        store.put(office(2), key="a")
        assert store.get("a").title == "Office 2"
        assert [found.text for found in store.search("office 1")] == ["We should move office 1."]
        assert "a" in store
        assert "b" not in store


def test_search_ignores_case_and_accents_and_never_takes_text_for_syntax(tmp_path: Path) -> None:
    with Store(tmp_path / "maps.sqlite") as store:
        store.put(office(), key="office")
        [found] = store.search("CAFE far")
        assert (found.key, found.author, found.text) == (
            "office",
            "Ben",
            "The café is too far away.",
        )
        assert [found.supports for found in store.search("should move")] == [1]
        assert store.search("rent café") == ()
        assert len(store.search('"went up" aga*')) == 1
        assert store.search('"up went"') == ()


@given(texts())
def test_no_text_is_a_wrong_search(words: str) -> None:
    with Store(":memory:") as store:
        store.put(ArgumentMap(claims=(Claim(id="c1", text=words),)))
        found = store.search(words)
        if match_expression(words) and not set('"*\0') & set(words):
            assert [claim.id for claim in found] == ["c1"]


def test_a_key_that_is_not_there_suggests_one(tmp_path: Path) -> None:
    with Store(tmp_path / "maps.sqlite") as store:
        store.put(office(), key="office")
        for ask in (store.get, store.delete):
            with pytest.raises(UnknownNameError, match="did you mean 'office'"):
                ask("ofice")


def test_half_of_a_character_is_no_key(tmp_path: Path) -> None:
    with Store(tmp_path / "maps.sqlite") as store:
        for ask in (store.get, store.delete, lambda key: store.put(ArgumentMap(), key=key)):
            with pytest.raises(StoreError, match="half of a character"):
                ask("half \ud83d")
        assert len(store) == 0


def test_what_is_no_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database, but long enough to be looked at " * 20)
    with pytest.raises(StoreError, match="is no store"):
        Store(tmp_path / "text")
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE thing (x)")
    other.close()
    before = (tmp_path / "other").read_bytes()
    with pytest.raises(StoreError, match="no store of maps"):
        Store(tmp_path / "other")
    assert (tmp_path / "other").read_bytes() == before
    with pytest.raises(StoreError, match="unable to open"):
        Store(tmp_path / "no" / "folder")
    with Store(tmp_path / "new") as store:
        store.put(office())
    later = sqlite3.connect(tmp_path / "new")
    later.execute("PRAGMA user_version = 9")
    later.close()
    with pytest.raises(StoreError, match="version 9"):
        Store(tmp_path / "new")


def test_readers_see_whole_maps_while_a_writer_writes(tmp_path: Path) -> None:
    path = tmp_path / "maps.sqlite"
    code = (
        "import sys\nfrom argumap import Store, MapBuilder\n"
        "store = Store(sys.argv[1])\n"
        "for n in range(60):\n"
        "    builder = MapBuilder(f'{n}')\n"
        "    for _ in range(n + 1): builder.claim('word', author='Ana')\n"
        "    store.put(builder.build(), key='growing')\n"
    )
    with Store(path) as reader:
        with subprocess.Popen([sys.executable, "-c", code, str(path)]) as writer:
            seen = set()
            while writer.poll() is None:
                for found in reader.list():
                    assert found.claims == int(found.title or "") + 1
                    seen.add(found.claims)
        assert writer.returncode == 0
        assert len(reader.search("word", limit=1000)) == 60
        assert seen


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGKILL")
def test_nothing_acknowledged_is_lost_to_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "maps.sqlite"
    code = (
        "import sys\nfrom argumap import Store, MapBuilder\n"
        "store, start = Store(sys.argv[1]), int(sys.argv[2])\n"
        "for n in range(start, start + 100000):\n"
        "    builder = MapBuilder(f'{n}')\n"
        "    for each in range(20): builder.claim(f'number {n} claim {each}', author='Ana')\n"
        "    print(store.put(builder.build(), key=str(n)), flush=True)\n"
    )
    chance = random.Random(1)  # noqa: S311
    acknowledged: list[str] = []
    for _ in range(5):
        command = [sys.executable, "-c", code, str(path), str(len(acknowledged))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            acknowledged.append(process.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
    with Store(path) as store:
        kept = {found.key: found.claims for found in store.list()}
        assert set(acknowledged) <= set(kept)
        assert set(kept.values()) == {20}
        assert len(store.unsupported()) == 20 * len(kept)
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.execute("INSERT INTO claim_text (claim_text) VALUES ('integrity-check')")
    database.close()
