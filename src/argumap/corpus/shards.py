"""How an input is cut into shards: pieces that are worked on, finished and resumed each alone."""

from __future__ import annotations

import hashlib
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from argumap.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Lines", "Shard", "digest_of", "files_of", "holds_json_lines", "plan"]

_LARGE = 64 * 2**20
"""A file of this many bytes is staged; a shard of files is closed when it has as many."""


@dataclass(frozen=True)
class Lines:
    """Some lines of a file.

    Attributes:
        start: Offset of the first byte.
        end: Offset after the last byte.
        first: Number of the first line, from 1.
        source: Name of the file that the lines were staged from; None for the file itself.
    """

    start: int
    end: int
    first: int
    source: str | None = None


@dataclass(frozen=True)
class Shard:
    """A piece of the input: some lines of a JSONL file, or some whole files.

    Attributes:
        folder: The folder that the paths are relative to; absolute.
        paths: The files, with ``/`` on every system.
        lines: The lines of the only file; None for whole files.
        digest: SHA-256 of the content and of where it stands.
        size: Bytes of content.
    """

    folder: str
    paths: tuple[str, ...]
    lines: Lines | None
    digest: str
    size: int


def plan(folder: Path, paths: list[str], shard_size: int) -> Iterator[Shard | str]:
    """Yield the shards of some files, in the order of the files. Reads each file once.

    A file of JSON Lines is cut every `shard_size` lines. Other files are put together; where such
    a shard ends depends on the names of its own files only, so that a file more or less in the
    folder changes one shard and not all that follow.

    Yields:
        Shards; and the path of what is to be staged before it can be cut: the only file, a large
        one, a folder that is one source.
    """
    small: list[tuple[str, int]] = []
    for path in paths:
        size = (folder / path).stat().st_size
        lines = holds_json_lines(folder / path)
        staged = size >= _LARGE or len(paths) == 1 or (folder / path).is_dir()
        if small and (lines or staged):
            yield _files_shard(folder, small)
            small = []
        if lines:
            yield from _plan_lines(folder, path, shard_size)
            continue
        if staged:
            yield path
            continue
        small.append((path, size))
        ends = zlib.crc32(path.encode()) % shard_size == 0 or len(small) >= 4 * shard_size
        if ends or sum(size for _, size in small) >= _LARGE:
            yield _files_shard(folder, small)
            small = []
    if small:
        yield _files_shard(folder, small)


def _plan_lines(folder: Path, path: str, shard_size: int) -> Iterator[Shard]:
    start, first = 0, 1
    with (folder / path).open("rb") as file:
        while True:
            # Where the lines stand is part of the digest: the keys of the threads depend on it.
            digest = hashlib.sha256(f"{path}#{first}\n".encode())
            end, count = start, 0
            while count < shard_size and (line := file.readline()):
                digest.update(line)
                end += len(line)
                count += 1
            if not count:
                return
            yield Shard(
                str(folder), (path,), Lines(start, end, first), digest.hexdigest(), end - start
            )
            start, first = end, first + count


def _files_shard(folder: Path, files: list[tuple[str, int]]) -> Shard:
    digest = hashlib.sha256()
    for path, _ in files:
        with (folder / path).open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path}\0{content}\n".encode())
    paths = tuple(path for path, _ in files)
    return Shard(str(folder), paths, None, digest.hexdigest(), sum(size for _, size in files))


def digest_of(content: bytes) -> str:
    """Return the digest by which a record is known again."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def files_of(source: Path, *, but: Path) -> tuple[Path, list[str]]:
    """Return a folder, and the files in it that a source consists of, sorted.

    Args:
        source: A file, or a folder, which is searched at every depth. Hidden files and folders
            are left out. A folder that is one source, such as a Maildir, stands as one.
        but: A folder to leave out: the corpus, which may be beneath its source.

    Raises:
        CorpusError: There is nothing at that path, no file in that folder, or one whose name is
            not UTF-8, so that no table can hold it.
    """
    folder, paths = _found(source, but)
    for path in paths:
        try:
            path.encode()
        except UnicodeEncodeError:
            raise CorpusError(
                f"{folder}: the name of the file {path!r} is not UTF-8: rename it"
            ) from None
    return folder, paths


def _found(source: Path, but: Path) -> tuple[Path, list[str]]:
    if source.is_file() or _is_one_source(source):
        return source.resolve().parent, [source.resolve().name]
    if not source.is_dir():
        raise CorpusError(f"{source}: there is no such file or folder")
    found = []
    for top, folders, names in os.walk(source.resolve()):
        inner = [Path(top, name) for name in folders if not name.startswith(".")]
        whole = [path for path in inner if _is_one_source(path)]
        folders[:] = [path.name for path in inner if path != but and path not in whole]
        found += [*whole, *(Path(top, name) for name in names if not name.startswith("."))]
    paths = sorted(path.relative_to(source.resolve()).as_posix() for path in found)
    if not paths:
        raise CorpusError(f"{source}: this folder holds no files")
    return source.resolve(), paths


def _is_one_source(folder: Path) -> bool:
    """Whether a folder is itself what threads are read from: ConvoKit, Slack, Maildir."""
    return any((folder / mark).exists() for mark in _MARKS)


_MARKS = ("utterances.jsonl", "channels.json", "cur", "new")


def holds_json_lines(path: Path) -> bool:
    """Whether a file holds a thread or a map in argumap's own JSON on every line.

    The first lines decide, so that one that is broken does not.
    """
    if path.suffix.lower() not in {".jsonl", ".ndjson"}:
        return False
    with path.open("rb") as file:
        heads = [file.readline()[:200] for _ in range(20)]
    return any(b'"argumap-thread/' in head or b'"argumap-map/' in head for head in heads)
