"""Time the readers and their memory on generated files.

Run: ``python tests/benchmarks/threads.py [--megabytes 10 50] [--readers mbox pushshift]``.

Each row is one file or folder in a process of its own: MB read per CPU second, and the most memory
that the process held above what it held before it began. Mailboxes, dumps and corpora are read
thread by thread, so their memory must grow by an index only; the others are held whole. Of the
packed dump, the MB are those that are packed in it, and its memory has its window of 128 MiB and
what DuckDB takes to sort (500 MB at most).
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = "hens lay eggs in a small garden and they eat what is left over from lunch".split()  # noqa: SIM905
PROBE = """
import resource, sys, time
from argumap import read_threads
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
posts = threads = 0
for thread in read_threads(sys.argv[1]):
    threads += 1
    posts += len(thread.posts)
seconds = time.process_time() - start
print(threads, posts, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base)
"""


def said(rng: random.Random) -> str:
    """Return two paragraphs."""
    return "\n\n".join(" ".join(rng.choices(WORDS, k=60)).capitalize() + "." for _ in range(2))


def mbox(rng: random.Random) -> Iterator[str]:
    """Yield mails, each with one quoted line of the mail before it in its thread."""
    last: dict[int, tuple[str, str]] = {}
    number = 0
    while True:
        thread = number // 40 * 8 + rng.randrange(8)
        above, words = last.get(thread, ("", ""))
        body = said(rng)
        answers = f"In-Reply-To: <{above}>\n" if above else ""
        quote = f"Somebody wrote:\n> {words}\n\n" if words else ""
        yield (
            f"From x Mon Jan  2 10:00:00 2023\nFrom: A{number % 97} <a{number % 97}@example.org>\n"
            f"Subject: {'Re: ' if above else ''}Thread {thread}\n"
            f"Message-ID: <{number}@x>\n{answers}"
            f"Date: Mon, 2 Jan 2023 10:00:00 +0000\n\n{quote}{body}\n\n"
        )
        last[thread] = f"{number}@x", body.split(".", maxsplit=1)[0][:70]
        number += 1


def pushshift(rng: random.Random) -> Iterator[str]:
    """Yield comments, eight threads at a time, in any order."""
    number = 0
    while True:
        thread = number // 400 * 8 + rng.randrange(8)
        above = f"t1_c{number - 8}" if number % 400 > 8 else f"t3_{thread}"
        yield json.dumps(
            {
                "id": f"c{number}", "link_id": f"t3_{thread}", "parent_id": above, "score": 1,
                "author": f"a{number % 97}", "body": said(rng), "created_utc": 1.7e9 + number,
            }
        ) + "\n"  # fmt: skip
        number += 1


def convokit(rng: random.Random) -> Iterator[str]:
    """Yield utterances of conversations of fifty."""
    number = 0
    while True:
        first = number // 50 * 50
        above = None if number == first else f"u{rng.randrange(first, number)}"
        yield json.dumps(
            {
                "id": f"u{number}", "conversation_id": f"u{first}", "reply-to": above, "meta": {},
                "speaker": f"a{number % 97}", "text": said(rng), "timestamp": 1700000000 + number,
            }
        ) + "\n"  # fmt: skip
        number += 1


def posts_of_dump(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield rows of ``Posts.xml`` and of ``Comments.xml``: questions with four answers."""
    number = 0
    while True:
        question = number - number % 5 + 1
        body = said(rng).replace("\n\n", "&lt;p&gt;")
        kind = f'1" Title="On {number}' if number % 5 == 0 else f'2" ParentId="{question}'
        user, above = number % 997, rng.randrange(number + 1) + 1
        post = f'<row Id="{number + 1}" PostTypeId="{kind}" Body="{body}" OwnerUserId="{user}" />'
        comment = f'<row Id="{number}" PostId="{above}" Text="{body[:99]}" UserId="{user}" />'
        yield f"{post}\n", f"{comment}\n"
        number += 1


def stackexchange_dump(path: Path, rng: random.Random, megabytes: float) -> None:
    """Write the folder of a data dump."""
    path.mkdir()
    size = 0
    with (
        (path / "Posts.xml").open("w", encoding="utf-8") as posts,
        (path / "Comments.xml").open("w", encoding="utf-8") as comments,
    ):
        posts.write("<posts>\n")
        comments.write("<comments>\n")
        for post, comment in posts_of_dump(rng):
            size += posts.write(post) + comments.write(comment)
            if size >= megabytes * 1e6:
                break
        posts.write("</posts>\n")
        comments.write("</comments>\n")
    users = "".join(f'<row Id="{n}" DisplayName="A{n}" />\n' for n in range(997))
    (path / "Users.xml").write_text(f"<users>\n{users}</users>\n", encoding="utf-8")


def packed(path: Path, rng: random.Random, megabytes: float) -> None:
    """Write a packed dump, with the long window that such dumps have."""
    import zstandard  # an extra

    settings = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=settings)
    size = 0
    with path.open("wb") as file, packer.stream_writer(file) as stream:
        for row in pushshift(rng):
            size += stream.write(row.encode()) and len(row)
            if size >= megabytes * 1e6:
                return


def plain(rng: random.Random) -> Iterator[str]:
    """Yield paragraphs, one a line."""
    while True:
        yield said(rng) + "\n"


def hn(rng: random.Random, megabytes: float) -> str:
    """Return one story with comments in HTML."""
    children: list[dict[str, Any]] = []
    size = 0
    while size < megabytes * 1e6:
        number = len(children) + 2
        text = "<p>".join(said(rng).split("\n\n"))
        children.append({"id": number, "type": "comment", "author": f"a{number % 97}",
                         "parent_id": 1, "text": text, "children": []})  # fmt: skip
        size += len(text) + 120
    story = {"id": 1, "type": "story", "author": "a", "title": "Hens", "children": children}
    return json.dumps(story)


MAKERS: dict[str, Callable[[Path, random.Random, float], None]] = {
    "mbox": lambda path, rng, size: write(path, mbox(rng), size),
    "pushshift": lambda path, rng, size: write(path, pushshift(rng), size),
    "pushshift-zst": packed,
    "convokit": lambda path, rng, size: write(path, convokit(rng), size),
    "stackexchange-dump": stackexchange_dump,
    "plain": lambda path, rng, size: write(path, plain(rng), size),
    "hn": lambda path, rng, size: write(path, iter([hn(rng, size)]), size),
}
HELD_WHOLE = ("plain", "hn")


def main() -> None:
    """Print a row for each reader and size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=float, nargs="+", default=[5.0, 20.0])
    parser.add_argument("--readers", nargs="+", choices=MAKERS, default=list(MAKERS))
    given = parser.parse_args()
    print(f"{'reader':<18} {'MB':>6} {'threads':>8} {'posts':>8} {'MB/s':>6} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name in given.readers:
            for size in given.megabytes:
                if size > 30 and name in HELD_WHOLE:
                    continue
                path = Path(folder) / f"{name}-{size}"
                MAKERS[name](path, random.Random(1), size)
                row(name, path, size)


def write(path: Path, parts: Iterator[str], megabytes: float) -> None:
    """Write parts until the file is large enough."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for part in parts:
            file.write(part)
            size += len(part)
            if size >= megabytes * 1e6:
                return


def row(name: str, path: Path, megabytes: float) -> None:
    """Print what one file takes."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True
    )
    threads, posts, seconds, kilobytes = map(float, done.stdout.split())
    print(
        f"{name:<18} {megabytes:6.0f} {threads:8.0f} {posts:8.0f} {megabytes / seconds:6.1f} "
        f"{kilobytes / 1e3:8.0f}"
    )


if __name__ == "__main__":
    main()
