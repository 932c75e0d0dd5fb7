"""What a reader reads from: a file, a folder, a zip archive or a text, opened as far as needed."""

from __future__ import annotations

import html
import json
import re
import zipfile
import zlib
from functools import cached_property
from typing import TYPE_CHECKING, Any

from argumap._files import decode
from argumap.errors import ThreadParseError
from argumap.model import Note, Where
from argumap.model.json import cut_off_hint
from argumap.threads._fields import Record, whole_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["LARGEST", "Source"]

LARGEST = 32 * 2**20
"""The most bytes that are read as one thread."""

# What the standard library raises for archives that are cut off, damaged or encrypted.
_BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError),
    ValueError,
)
_HEAD = 1 << 16
_LONGEST_LINE = 1 << 24
# "[11:59] <bob> hello" is a chat; "[{", "[1," and "{" are JSON.
_JSON = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\"\]]|-?\d+(?:\.\d+)?\s*[,\]]))")
_PAGE = re.compile(
    r"\s*(?:<!--(?:(?!-->).){0,500}-->\s*){0,5}<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title[^<>]{0,300}>(.{1,200}?)</title", re.IGNORECASE | re.DOTALL)


class Source:
    """One file, folder, archive or text, and the faults that were passed over while reading it.

    Attributes:
        name: The name as the user gave it, or None for text in memory.
        path: The file or folder, or None.
        strict: Whether a fault in one post is an error; if not, it becomes a note.
        limit: The most bytes that are taken as a whole.
        subreddit: Of dumps of Reddit, the subreddit whose posts are read; None: all.
        only: Of dumps of Reddit, the id of the one thread that is read; None: all.
    """

    subreddit: str | None = None
    only: str | None = None

    def __init__(
        self,
        name: str | None = None,
        *,
        path: Path | None = None,
        text: str | None = None,
        data: bytes | None = None,
        strict: bool = True,
        limit: int = LARGEST,
        notes: list[Note] | None = None,
    ) -> None:
        # A name that is not UTF-8 comes with halves of characters, which no map can hold.
        self.name = None if name is None else whole_characters(name)
        self.path = path
        self.strict = strict
        self.limit = limit
        self._given_text = text
        self._given_data = data
        # The files of a folder keep theirs in the same list.
        self._notes: list[Note] = [] if notes is None else notes

    def error(self, message: str, **facts: Any) -> ThreadParseError:
        """Return an error about this source."""
        return ThreadParseError(message, source=self.name, **facts)

    def skip(self, fault: ThreadParseError) -> None:
        """Pass over a fault in one post: raise it when strict, else keep it as a note."""
        if self.strict:
            raise fault
        where = None
        if fault.line is not None or fault.pointer is not None:
            where = Where(line=fault.line, pointer=fault.pointer)
        self.note("post-skipped", f"a post was left out: {fault.message}", where=where)

    def note(
        self, code: str, message: str, *, post_id: str | None = None, where: Where | None = None
    ) -> None:
        """Keep a note for the thread that is being read."""
        self._notes.append(Note(code=code, message=message, post_id=post_id, where=where))

    def left_out(self, code: str, count: int, one: str, many: str) -> None:
        """Keep a note that some things of a kind were left out, if there are any."""
        if count:
            told = f"1 {one} was" if count == 1 else f"{count:,} {many} were"
            self.note(code, f"{told} left out")

    def notices_left_out(self, count: int) -> None:
        """Keep a note on what the software told, such as that somebody joined."""
        self.left_out(
            "actions-left-out", count, "notice of the software", "notices of the software"
        )

    def take_notes(self) -> tuple[Note, ...]:
        """Return the notes since the last time, and forget them."""
        notes = tuple(self._notes)
        self._notes.clear()
        return notes

    # Bytes and text

    @cached_property
    def size(self) -> int:
        """Bytes of the file, 0 for a folder."""
        if self._given_text is not None or self._given_data is not None:
            return len(self._given_data or b"")
        return self.path.stat().st_size if self.path and self.path.is_file() else 0

    @cached_property
    def data(self) -> bytes:
        """The whole file.

        Raises:
            ThreadParseError: There is no such file, it is a folder, larger than the limit, or
                cannot be read.
        """
        if self._given_data is not None:
            return self._given_data
        if self._given_text is not None or self.path is None:
            return (self._given_text or "").encode()
        if self.is_folder:
            raise self.error("this is a folder, not a file")
        try:
            if self.size > self.limit:
                raise self.error(
                    f"the file has {self.size / 2**20:.0f} MiB; the most that is read as one is "
                    f"{self.limit / 2**20:.0f} MiB",
                    hint="read_threads() reads mbox files, dumps and corpora of any size",
                )
            return self.path.read_bytes()
        except FileNotFoundError:
            raise self.error("there is no such file") from None
        except OSError as fault:
            raise self.error(f"cannot be read: {fault.strerror or fault}") from None

    @cached_property
    def text(self) -> str:
        """The whole text, with line ends LF.

        Raises:
            ThreadParseError: As for `data`, or it is not text or not UTF-8.
        """
        if self._given_text is not None:
            text = self._given_text
            if not text.strip():
                raise self.error("the text is empty")
            if (nul := text.find("\0")) >= 0:
                raise self.error(f"character {nul} is NUL: this is not text")
            return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        try:
            text = decode(self.data, ThreadParseError, source=self.name)
        except ThreadParseError:
            if self.strict or b"\0" in self.data[:_HEAD] or not self.data.strip():
                raise
            text = self._guessed()
        if not text.strip():  # other blanks than those of bytes
            raise self.error("the file is blank")
        return text

    def _guessed(self) -> str:
        """Return text that is not all UTF-8, its other lines read as Windows-1252."""
        guessed = 0
        lines = []
        for raw in self.data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
            try:
                lines.append(raw.decode())
            except UnicodeDecodeError:
                lines.append(raw.decode("cp1252", errors="replace"))
                guessed += 1
        self.note("encoding-guessed", f"{guessed} lines are not UTF-8; read as Windows-1252")
        text = "\n".join(lines).replace("\0", "\ufffd")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def head(self) -> str:
        """The beginning of the text, with what is no UTF-8 replaced; "" where there is none."""
        if self._given_text is not None:
            return self._given_text[:_HEAD].removeprefix("\ufeff").replace("\r\n", "\n")
        raw = self._beginning
        encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
        return raw.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def magic(self) -> bytes:
        """The first bytes of the file."""
        return self._beginning[:40]

    @cached_property
    def _beginning(self) -> bytes:
        if self._given_data is not None:
            return self._given_data[:_HEAD]
        if self._given_text is not None or self.path is None or not self.path.is_file():
            return b""
        try:
            with self.path.open("rb") as file:
                return file.read(_HEAD)
        except OSError:
            return b""

    @property
    def is_on_disk(self) -> bool:
        """Whether this is a file that can be read in parts."""
        return self.path is not None and self.path.is_file()

    def read_bytes(self) -> bytes:
        """Return the whole file as `data` does, but do not keep it."""
        kept = "data" in self.__dict__
        data = self.data
        if not kept:
            del self.__dict__["data"]
        return data

    # JSON

    @cached_property
    def json(self) -> Any:
        """The value that the whole text is as JSON, or None."""
        if not _JSON.match(self.head) or self.size > self.limit or self._is_ndjson:
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError, ThreadParseError):
            return None

    @cached_property
    def first(self) -> dict[str, Any]:
        """The JSON object that the first line is; empty where it is none."""
        return self._first_line[0]

    @cached_property
    def _first_line(self) -> tuple[dict[str, Any], bool]:
        """The JSON object that the first line is, and whether something follows it."""
        if not _JSON.match(self.head):
            return {}, False
        line, _, after = self.head.lstrip().partition("\n")
        if not after and self.is_on_disk and self.path is not None:
            with self.path.open("rb") as file:
                line = file.readline(_LONGEST_LINE).decode("utf-8-sig", errors="replace")
                after = file.read(_HEAD).decode("utf-8", errors="replace")
        elif not after:
            line, _, after = (self._given_text or "").lstrip().partition("\n")
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return {}, False
        return (value, bool(after.strip())) if isinstance(value, dict) else ({}, False)

    @property
    def has_several_objects(self) -> bool:
        """Whether the first line is a JSON object, and the next one begins as one does."""
        return self._is_ndjson and self.head.lstrip().partition("\n")[2].lstrip()[:1] == "{"

    @cached_property
    def _is_ndjson(self) -> bool:
        """Whether a JSON object on the first line is followed by something else."""
        first, more = self._first_line
        return bool(first) and more

    @cached_property
    def sample(self) -> dict[str, Any]:
        """The first JSON object of a file with one a line, or of a list; empty if there is none."""
        value = self.json
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return value[0]
        return self.first

    def root(self) -> Record:
        """Return the JSON object that the text is.

        Raises:
            ThreadParseError: It is not JSON, or no object.
        """
        if self.json is None:
            raise self.broken_json()
        if not isinstance(self.json, dict):
            raise self.error(f"wanted a JSON object, found {_kind(self.json)}")
        return Record(self.json, self.name)

    def records(self) -> Iterator[Record]:
        """Yield the JSON objects of a file with one a line, or of a list.

        Raises:
            ThreadParseError: A line is not JSON; when not strict it is passed over with a note.
        """
        if isinstance(self.json, list):
            for number, value in enumerate(self.json):
                yield from self._record(value, pointer=f"/{number}")
            return
        for _, record in self.placed_records():
            yield record

    def placed_records(self, wanted: re.Pattern[str] | None = None) -> Iterator[tuple[int, Record]]:
        """Yield the JSON objects of a file with one a line, each with its first byte.

        Args:
            wanted: What a line must hold; others are passed over unread.

        Raises:
            ThreadParseError: As for `records`.
        """
        count = 0
        for offset, number, raw in self._placed_lines():
            if wanted is not None and not wanted.search(raw):
                continue
            try:
                value = json.loads(raw)
            except (ValueError, RecursionError) as fault:
                were = "record was" if count == 1 else "records were"
                self.skip(
                    self.error(
                        f"not JSON: {getattr(fault, 'msg', 'nested too deeply')}",
                        line=number,
                        column=getattr(fault, "colno", None),
                        hint=f"{count} {were} read before it; strict=False (--loose) passes over "
                        "such lines",
                    )
                )
                continue
            count += 1
            for record in self._record(value, line=number):
                yield offset, record

    def _record(
        self, value: Any, *, pointer: str = "", line: int | None = None
    ) -> Iterator[Record]:
        if isinstance(value, dict):
            yield Record(value, self.name, pointer, line)
        elif value is None:
            where = Where(line=line, pointer=pointer or None)
            self.note("empty-record", "null stands in the place of an object", where=where)
        else:
            fault = f"wanted a JSON object, found {_kind(value)}"
            self.skip(self.error(fault, pointer=pointer or None, line=line))

    @property
    def is_seekable(self) -> bool:
        """Whether lines can be read again from the file by their first byte."""
        return self.path is not None and self.path.is_file() and not isinstance(self.json, list)

    def _placed_lines(self) -> Iterator[tuple[int, int, str]]:
        """Yield the lines that are not blank: first byte, number, text; no file is held whole.

        Raises:
            ThreadParseError: A line is not UTF-8, or longer than 16 MiB.
        """
        if self.path is None:
            for number, line in enumerate(self.text.split("\n"), 1):
                if line.strip():
                    yield 0, number, line
            return
        with self.path.open("rb") as file:
            number = offset = 0
            while raw := file.readline(_LONGEST_LINE):
                number += 1
                if len(raw) == _LONGEST_LINE:
                    raise self.error("a line is longer than 16 MiB", line=number)
                if raw.strip():
                    yield offset, number, self.decoded(raw, number)
                offset += len(raw)

    def decoded(self, raw: bytes, number: int) -> str:
        """Return a line of the file as text.

        Raises:
            ThreadParseError: It is not UTF-8.
        """
        try:
            return raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as fault:
            raise self.error(
                f"byte {fault.start + 1} of the line (0x{raw[fault.start]:02x}) is not UTF-8",
                line=number,
                hint="convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE",
            ) from None

    def broken_json(self) -> ThreadParseError:
        """Return the error that says where the text stops being JSON."""
        try:
            json.loads(self.text)
        except json.JSONDecodeError as fault:
            return self.error(
                f"not JSON: {fault.msg}",
                line=fault.lineno,
                column=fault.colno,
                hint=cut_off_hint(fault),
            )
        except (RecursionError, ValueError):
            pass
        return self.error(
            "this JSON is nested deeper than this Python can read",
            hint="newer versions of Python read deeper nesting",
        )

    @property
    def looks_like_json(self) -> bool:
        """Whether the text begins as JSON does."""
        return _JSON.match(self.head) is not None

    @cached_property
    def page_title(self) -> str | None:
        """The title of an HTML page; "" if it has none, None if the text is no page."""
        if not _PAGE.match(self.head):
            return None
        title = _TITLE.search(self.head)
        return html.unescape(title[1]).strip() if title else ""

    # Folders and archives

    @cached_property
    def is_folder(self) -> bool:
        """Whether this is a folder or a zip archive, so that `files` is what it holds."""
        if self.path is not None and self.path.is_dir():
            return True
        return self.magic[:4] in {b"PK\x03\x04", b"PK\x05\x06"}

    @cached_property
    def files(self) -> Mapping[str, Source]:
        """What a folder or zip archive holds: files by their names in it, sorted.

        Raises:
            ThreadParseError: The archive is broken.
        """
        if not self.is_folder or self.path is None:
            return {}
        if self.path.is_dir():
            found = sorted(path for path in self.path.rglob("*") if path.is_file())
            return {
                path.relative_to(self.path).as_posix(): Source(
                    str(path),
                    path=path,
                    strict=self.strict,
                    limit=self.limit,
                    notes=self._notes,
                )
                for path in found
            }
        try:
            archive = zipfile.ZipFile(self.path)
        except _BROKEN_ZIP as fault:
            raise self.error(f"this zip archive is broken: {fault}") from None
        return {
            member.filename: _Member(self, archive, member, self._notes)
            for member in sorted(archive.infolist(), key=lambda member: member.filename)
            if not member.is_dir() and not member.filename.startswith("__MACOSX/")
        }


class _Member(Source):
    """A file in a zip archive, unpacked when it is asked for."""

    def __init__(
        self,
        outer: Source,
        archive: zipfile.ZipFile,
        member: zipfile.ZipInfo,
        notes: list[Note],
    ) -> None:
        name = f"{outer.name}/{member.filename}"
        super().__init__(name, strict=outer.strict, limit=outer.limit, notes=notes)
        self._archive = archive
        self._member = member

    @cached_property
    def size(self) -> int:
        return self._member.file_size

    @cached_property
    def data(self) -> bytes:
        if self.size > self.limit:
            raise self.error(
                f"the file has {self.size / 2**20:.0f} MiB; the most that is read as one is "
                f"{self.limit / 2**20:.0f} MiB"
            )
        try:
            return self._archive.read(self._member)
        except _BROKEN_ZIP as fault:
            raise self.error(f"cannot be unpacked: {fault}") from None

    @cached_property
    def _beginning(self) -> bytes:
        return self.data[:_HEAD] if self.size <= self.limit else b""


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), "null" if value is None else "a number")
