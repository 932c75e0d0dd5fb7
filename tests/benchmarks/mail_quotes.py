"""Measure which lines of a mail are found to be quoted, on the cases in ``tests/cases/mail``.

Run: ``python tests/benchmarks/mail_quotes.py [--faults]``.

Two measures, over lines that are not blank. *Quoted*: of the lines that are quoted (or say who is)
and of the author's own, which are found to be quoted. *Own*: of all lines, which are found to be
the author's own words, that is, what claims are taken from.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from argumap import parse_thread

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "cases" / "mail" / "cases.txt"


@dataclass
class Case:
    """A mail: its name, the message as it was sent or "", and the lines that it shows, marked."""

    name: str
    sent: str
    lines: list[tuple[str, str]]


@dataclass
class Score:
    """Counts of lines that were found and are right, were found, and should have been."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """The share of those found that are right."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """The share of those wanted that were found."""
        return self.right / self.wanted

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.wanted)

    def add(self, *, found: bool, wanted: bool) -> None:
        """Count a line."""
        self.right += found and wanted
        self.found += found
        self.wanted += wanted


def cases() -> Iterator[Case]:
    """Yield the cases of the file."""
    for part in CASES.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, rest = part.partition("\n")
        rows = [row.split("|", 1) for row in rest.split("\n") if row[1:2] == "|"]
        sent = "\n".join(text for mark, text in rows if mark == "m")
        lines = [(mark, text) for mark, text in rows if mark != "m" and text.strip("> |")]
        if not sent:
            shown = "\n".join(text for _, text in rows)
            sent = f"From: Ben <b@x>\nSubject: x\nMessage-ID: <1@x>\n\n{shown}\n"
        yield Case(name, sent, lines)


def found_in(case: Case) -> list[str]:
    """Return a mark for each line of a case, as `read_thread` understands the mail."""
    (post,) = parse_thread(case.sent.encode(), format="eml").posts
    marks = []
    at = 0
    for row in post.text.split("\n"):
        kinds = [b.kind for b in post.blocks if b.start < at + len(row) and at < b.end]
        if row.strip("> |"):
            quoted = "quote" in kinds or "boilerplate" in kinds
            marks.append((row, "q" if quoted else "s" if "signature" in kinds else "."))
        at += len(row) + 1
    shown = [row.strip() for row, _ in marks]
    if shown != [text.strip() for _, text in case.lines]:
        raise ValueError(f"{case.name}: the mail shows other lines: {shown}")
    return [mark for _, mark in marks]


def measure() -> tuple[Score, Score, list[str]]:
    """Return the two scores, and the lines in which something is wrong."""
    quoted, own = Score(), Score()
    faults = []
    for case in cases():
        for (wanted, text), found in zip(case.lines, found_in(case), strict=True):
            if wanted != "s":
                quoted.add(found=found == "q", wanted=wanted == "q")
            own.add(found=found == ".", wanted=wanted == ".")
            if (found == ".") != (wanted == "."):
                faults.append(f"{case.name}: {wanted} found as {found}: {text}")
    return quoted, own, faults


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--faults", action="store_true", help="print the lines that are wrong")
    given = parser.parse_args()
    quoted, own, faults = measure()
    print(f"{sum(1 for _ in cases())} mails, {len(faults)} lines wrong")
    for name, score in (("quoted", quoted), ("own", own)):
        print(
            f"{name:<8} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  "
            f"({score.wanted} lines)"
        )
    if given.faults:
        print("\n".join(faults))


if __name__ == "__main__":
    main()
