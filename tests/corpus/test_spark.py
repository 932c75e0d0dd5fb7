"""The recipe for Spark, as the documentation prints it; where Spark and a JVM are there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from argumap.corpus import build_corpus
from corpus.material import thread, write_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("pyspark", reason="pyspark is not installed; it is not in any extra")


def test_the_recipe_writes_what_the_local_pool_writes(
    tmp_path: Path, repository: Path, content: Callable[[Path], dict[str, bytes]]
) -> None:
    page = (repository / "docs" / "howto" / "use-spark.md").read_text(encoding="utf-8")
    recipe = page.split("```text\n", 1)[1].split("```", 1)[0]
    call = 'build_corpus("threads.jsonl", "maps", engine=on_spark)'
    assert call in recipe
    small = "engine=on_spark, shard_size=5, extractor='corpus.extractors:Sentences')"
    script = tmp_path / "recipe.py"
    script.write_text(recipe.replace("engine=on_spark)", small), encoding="utf-8")
    source = write_jsonl(tmp_path / "threads.jsonl", map(thread, range(20)))
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, check=True)
    build_corpus(
        source,
        tmp_path / "here",
        shard_size=5,
        extractor="corpus.extractors:Sentences",
        workers=1,
    )
    assert content(tmp_path / "maps") == content(tmp_path / "here")
