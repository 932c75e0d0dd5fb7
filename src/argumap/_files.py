"""Reading and writing files: whole or not at all, and every fault named."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.errors import ParseError

__all__ = ["decode", "read_text", "refuse_half_characters", "write_atomically"]


def read_text(
    path: str | os.PathLike[str], error: type[ParseError], *, limit: int | None = None
) -> str:
    """Return the text of a file, decoded by `decode`.

    Args:
        path: The file.
        error: The class of error to raise.
        limit: Most bytes to take; a larger file is an error that says so.

    Raises:
        ParseError: As `error`: there is no such file, it cannot be read, it is larger than the
            limit, or it is not text.
    """
    name = os.fspath(path)
    try:
        if limit is not None and (size := Path(path).stat().st_size) > limit:
            raise error(
                f"the file has {size / 2**20:.0f} MiB; the most that is read as one is "
                f"{limit / 2**20:.0f} MiB",
                source=name,
            )
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise error("there is no such file", source=name) from None
    except IsADirectoryError:
        raise error("this is a folder, not a file", source=name) from None
    except OSError as fault:
        raise error(f"cannot be read: {fault.strerror or fault}", source=name) from None
    return decode(data, error, source=name)


def decode(data: bytes, error: type[ParseError], *, source: str | None = None) -> str:
    """Return bytes as text: UTF-8, or UTF-16 where a byte order mark says so. Line ends become LF.

    Raises:
        ParseError: As `error`: nothing is there, the bytes are not text or not UTF-8.
    """
    if not data.strip():
        raise error("the file is empty" if not data else "the file is blank", source=source)
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    if encoding != "utf-16" and (nul := data.find(0)) >= 0:
        raise error(f"byte {nul} is NUL: this is not text", source=source)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise error(
            f"byte {fault.start} (0x{data[fault.start]:02x}) is not UTF-8",
            source=source,
            line=line,
            hint="convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_half_characters(
    text: str, error: type[ParseError], *, source: str | None = None
) -> None:
    """Refuse a text that holds half of a character: a lone surrogate, which no file can hold.

    Raises:
        ParseError: As `error`: it holds one; the first is named.
    """
    if not isinstance(text, str):
        raise TypeError(f"a str is wanted, not {type(text).__name__}")
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise error(
            f"{text[fault.start]!r} is half of a character",
            source=source,
            line=text.count("\n", 0, fault.start) + 1,
            column=fault.start - text.rfind("\n", 0, fault.start),
            hint="text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace') mends it",
        ) from None


def write_atomically(path: str | os.PathLike[str], data: str | bytes) -> None:
    """Write a file whole or not at all: whoever looks sees the old content or the new.

    The data goes to a new file beside the target, reaches the disk, and takes the target's name.
    A target that is not a regular file (a pipe, ``/dev/stdout``) is written in place.

    Raises:
        OSError: The target cannot be written; it is then as it was before.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    target = Path(path).resolve()
    mode = None
    with suppress(FileNotFoundError):
        mode = target.stat().st_mode
    if mode is not None and not stat.S_ISREG(mode):
        target.write_bytes(content)
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    except OSError as fault:
        fault.filename = os.fspath(path)  # not the file beside it, which nobody asked for
        raise
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _umask() -> int:
    # There is no way to ask without setting.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
