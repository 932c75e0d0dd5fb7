"""Many threads: their maps as tables, built on one machine or a cluster, and questions to them.

Needs ``pip install 'argumap[corpus]'``; a cluster needs ``argumap[dask]``.
"""

from argumap.corpus._parts import Settings, ShardReport
from argumap.corpus._tally import BuildReport, Progress
from argumap.corpus._worker import Limits
from argumap.corpus.build import Engine, build_corpus
from argumap.corpus.corpus import Corpus
from argumap.corpus.questions import QUESTIONS, Question
from argumap.corpus.run import run_shard
from argumap.corpus.search import Hit
from argumap.corpus.shards import Lines, Shard
from argumap.corpus.tables import TABLES, VERSION, Column

__all__ = [
    "QUESTIONS",
    "TABLES",
    "VERSION",
    "BuildReport",
    "Column",
    "Corpus",
    "Engine",
    "Hit",
    "Limits",
    "Lines",
    "Progress",
    "Question",
    "Settings",
    "Shard",
    "ShardReport",
    "build_corpus",
    "run_shard",
]
