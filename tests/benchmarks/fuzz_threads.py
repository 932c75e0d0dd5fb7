"""Feed the readers with broken files for a while: each must give threads or an error of argumap's.

Run: ``python tests/benchmarks/fuzz_threads.py [--seconds 600] [--seeds FOLDER] [--seed 1]``.

Whole files are taken (those below, and those of a folder), changed in a few places, and read: bytes
are put in, taken out and doubled; values of JSON are replaced, taken out, doubled and nested. Any
other exception, a reading that takes longer than ten seconds, and blocks that do not hold all of a
text are faults; each is told once, and its input is kept in the temporary folder.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import signal
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argumap import ArgumapError
from argumap.threads import READERS, read_threads

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 10
LARGEST_SEED = 100_000

ODD: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**30, "", " ", "x", "\ud83d", "\0", [], {}, [[]], [None],
    {"id": None}, [{}], "2023-13-40T99:00:00Z", "1e999", -(10**12), float("nan"), "> x", "<p>x",
]  # fmt: skip
PIECES = [
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\n", b"\r\n", b"\n\n", b"\x03", b"\xe2\x80\x8e", b"> ",
    b"--\n", b"<", b"</div>", b"<blockquote>", b"<!--", b"&#x110000;", b"{", b"]", b'"', b":",
    b"From x Mon Jan  2 10:00 2023\n", b"=?utf-8?b?x?=", b"Ana wrote:\n", b"[[User:X]]",
    b"-----Original Message-----\n",
]  # fmt: skip

NOTE = {"id": "1", "in_reply_to_id": None, "account": {"acct": "a"}, "content": "<p>Hens?",
        "created_at": "2023-01-01T10:00:00Z", "favourites_count": 2}  # fmt: skip
VIEW = {"$type": "x#threadViewPost", "post": {"uri": "a", "author": {"handle": "h"}, "likeCount": 1,
        "record": {"text": "Hühn", "createdAt": "2023-01-01T10:00:00Z", "facets": [
            {"index": {"byteStart": 0, "byteEnd": 3}, "features": [{"uri": "u"}]}]}},
        "replies": [{"$type": "x#blockedPost", "uri": "b"}]}  # fmt: skip
COMMENT = {"_id": "c", "postId": "p", "postedAt": "2023-01-01T10:00:00Z", "parentCommentId": None,
           "user": {"displayName": "A"}, "htmlBody": "<p>x", "baseScore": 1}  # fmt: skip
ISSUE = {"id": "I", "number": 1, "title": "T", "body": "B", "author": {"login": "a"},
         "comments": {"nodes": [{"id": "c", "body": "> B\n\nNo.", "author": None}]},
         "reviewThreads": {"nodes": [{"comments": {"nodes": [{"id": "r"}]}}]}}  # fmt: skip
JSON_SEEDS: list[Any] = [
    {"ancestors": [NOTE], "descendants": [{**NOTE, "id": "2", "in_reply_to_id": "1"}]},
    [NOTE, {**NOTE, "id": "3", "in_reply_to_id": "1"}],
    {"thread": VIEW},
    {"thread": [{"uri": "a", "depth": 0, "value": VIEW}]},
    {"participants": [{"name": "A"}], "title": "T", "messages": [
        {"sender_name": "A", "timestamp_ms": 2000, "content": "x"},
        {"sender_name": "B", "timestamp_ms": 1000, "content": "y"}]},
    {"id": "v", "title": "T", "comments": [
        {"id": "a", "parent": "root", "author": "A", "text": "x", "like_count": 1},
        {"id": "a.b", "parent": "a", "author": "B", "text": "@A y", "timestamp": 1}]},
    {"name": "C", "type": "private_group", "id": 1, "messages": [
        {"id": 1, "type": "message", "from": "A", "date": "2023-01-01T10:00:00", "text": "x"},
        {"id": 2, "type": "message", "from": "B", "date_unixtime": "1", "reply_to_message_id": 1,
         "text": ["a", {"type": "bold", "text": "b"}]}]},
    {"data": {"comments": {"results": [COMMENT, {**COMMENT, "_id": "d", "parentCommentId": "c"}]}}},
    {"data": {"repository": {"issue": ISSUE}}},
    {"data": {"repository": {"issues": {"nodes": [ISSUE, ISSUE]}}}},
    [{"id": 1, "type": "story", "author": "a", "title": "T", "children": [
        {"id": 2, "type": "comment", "author": "b", "text": "<p>x<i>y", "children": []}]}],
    {"items": [{"question_id": 1, "title": "T", "owner": {"display_name": "A"}, "body": "<p>x",
                "comments": [{"comment_id": 3, "body": "@A y", "owner": {"display_name": "B"}}],
                "answers": [{"answer_id": 2, "question_id": 1, "body": "z"}]}],
     "quota_remaining": 1},
    [{"type": "message", "ts": "1.0", "user": "U", "text": "<@U> &amp; <https://x|y>"},
     {"type": "message", "ts": "2.0", "user": "V", "text": "", "thread_ts": "1.0",
      "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "b"}}]}],
]  # fmt: skip
TEXT_SEEDS = Path(__file__).parents[1] / "cases" / "fuzz" / "seeds.txt"


def seeds(folder: Path | None) -> list[bytes]:
    """Return the files to begin with."""
    found = [json.dumps(value).encode() for value in JSON_SEEDS]
    found += TEXT_SEEDS.read_bytes().split(b"\n=====\n")
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file() and path.stat().st_size <= LARGEST_SEED:
            found.append(path.read_bytes())
    return found


def changed_bytes(rng: random.Random, data: bytes) -> bytes:
    """Return a file with a few bytes put in, taken out, doubled or exchanged."""
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        end = min(at + int(rng.expovariate(0.02)), len(data))
        how = rng.randrange(5)
        if how == 0:
            data = data[:at] + rng.choice(PIECES) * rng.choice([1, 1, 2, 50]) + data[at:]
        elif how == 1:
            data = data[:at] + data[end:]
        elif how == 2:
            data = data[:end] + data[at:]
        elif how == 3:
            data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        else:
            to = rng.randrange(len(data) + 1)
            data = data[:to] + data[at:end] + data[to:]
    return data


def changed_json(rng: random.Random, value: Any) -> Any:
    """Return JSON with a few values replaced, taken out, doubled or nested."""
    value = copy.deepcopy(value)
    for _ in range(rng.randint(1, 4)):
        places = list(_places(value))
        if not places:
            return value
        holder, key = rng.choice(places)
        how = rng.randrange(6)
        if how == 0:
            del holder[key]
        elif how == 1 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif how == 2:
            holder[key] = [holder[key]]
        elif how == 3:
            other, name = rng.choice(places)
            if name in other if isinstance(other, dict) else name < len(other):
                holder[key] = copy.deepcopy(other[name])
        else:
            holder[key] = copy.deepcopy(rng.choice(ODD))
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    stack = [value]
    while stack:
        at = stack.pop()
        if isinstance(at, dict):
            yield from ((at, key) for key in at)
            stack.extend(at.values())
        elif isinstance(at, list):
            yield from ((at, number) for number in range(len(at)))
            stack.extend(at)


def check(path: Path, *, strict: bool, format_name: str | None) -> str:
    """Read a file and return what came of it.

    Raises:
        AssertionError: The blocks of a post do not hold its text.
    """
    try:
        for thread in read_threads(path, strict=strict, format=format_name, pseudonyms=strict):
            for post in thread.posts:
                held = "".join("".join(map(post.slice, post.blocks)).split())
                if held != "".join(post.text.split()):
                    raise AssertionError("the blocks of a post do not hold its text")
    except ArgumapError as fault:
        return type(fault).__name__
    return "threads"


def main() -> None:
    """Run for a while, and tell what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    files = seeds(given.seeds)
    ends: Counter[str] = Counter()
    faults: dict[str, Path] = {}
    signal.signal(signal.SIGALRM, _too_long)
    until = time.monotonic() + given.seconds
    folder = Path(tempfile.mkdtemp(prefix="argumap-fuzz-"))
    path = folder / "input"
    while time.monotonic() < until:
        data = rng.choice(files)
        try:
            value = json.loads(data)
        except ValueError:
            value = None
        if value is not None and rng.random() < 0.8:
            data = json.dumps(changed_json(rng, value)).encode()
        if value is None or rng.random() < 0.2:
            data = changed_bytes(rng, data)
        path.write_bytes(data)
        name = rng.choice([None, None, None, *READERS])
        signal.alarm(LONGEST)
        try:
            ends[check(path, strict=rng.random() < 0.5, format_name=name)] += 1
        except Exception as fault:  # noqa: BLE001  # whatever it is, it is to be told
            where = traceback.extract_tb(fault.__traceback__)[-1]
            told = f"{type(fault).__name__} at {Path(where.filename).name}:{where.lineno}: {fault}"
            if told[:100] not in faults:
                faults[told[:100]] = folder / f"fault-{len(faults) + 1}"
                faults[told[:100]].write_bytes(data)
                print(f"{told[:300]}\n  read as {name}, kept as {faults[told[:100]]}", flush=True)
            ends["fault"] += 1
        finally:
            signal.alarm(0)
    print(f"{sum(ends.values()):,} files from {len(files)}: {dict(ends.most_common())}")


def _too_long(*_: object) -> None:
    raise TimeoutError(f"longer than {LONGEST} seconds")


if __name__ == "__main__":
    main()
