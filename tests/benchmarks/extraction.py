"""How fast threads become maps, and where the time goes: ``python tests/benchmarks/extraction.py``.

Words a second on one core, for threads of growing length: each line should say about the same.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from argumap import Post, Thread
from argumap.extraction._build import build_map
from argumap.extraction._draft import Draft
from argumap.extraction.trained import TrainedExtractor
from argumap.extraction.trained.extractor import (
    find_units,
    judge_units,
    link_units,
    propose_links,
)
from argumap.threads import mark_up, read_thread

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = Path(__file__).parents[2] / "examples" / "data" / "seed-thread.txt"


def repeated(times: int) -> Thread:
    """Return a thread of as many posts as the seed thread has, times over."""
    seed = read_thread(SEED)
    posts: list[Post] = []
    for number in range(times):
        for post in seed.posts:
            parent = posts[-1].id if posts else None
            text = post.text.replace("PhD", f"PhD{number}").replace("OpenAI", f"Lab{number}")
            posts.append(
                Post(id=f"{number}-{post.id}", author=post.author, parent_id=parent, text=text)
            )
    return mark_up(Thread(posts=tuple(posts)))


HEADS = TrainedExtractor().heads


def main() -> None:
    """Print words a second, in all and by step."""
    for times in (10, 40, 160):
        thread = repeated(times)
        words = sum(len(post.text.split()) for post in thread.posts)
        steps: list[tuple[str, Callable[[Draft], object]]] = [
            ("units", lambda d: find_units(d, HEADS["joint"])),
            (
                "judge",
                lambda d: judge_units(d, HEADS["argument"], HEADS["component"]),
            ),
            ("propose", propose_links),
            ("link", lambda d: link_units(d, HEADS["parent"], HEADS["link"])),
            ("build", lambda d: build_map(d, "trained")),
        ]
        draft = Draft(thread)
        spent = {}
        for name, step in steps:
            start = time.perf_counter()
            step(draft)
            spent[name] = time.perf_counter() - start
        whole = sum(spent.values())
        shares = "  ".join(f"{name} {part / whole:.0%}" for name, part in spent.items())
        print(
            f"{words:7} words: units {words / spent['units']:7.0f} words/s, "
            f"whole {words / whole:6.0f} words/s: {shares}"
        )


if __name__ == "__main__":
    main()
