"""Which lines of a mail are quoted: each case of ``tests/cases/mail``, and the measure."""

from __future__ import annotations

import pytest

from argumap.threads._attribution import quoted_author
from benchmarks.mail_quotes import Case, cases, found_in, measure

# Its head has no names of fields that a rule could go by.
NOT_READ = {"lotus notes"}


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_lines_of_mails(case: Case) -> None:
    found = ["own" if mark == "." else "not" for mark in found_in(case)]
    told = list(zip(found, (text for _, text in case.lines), strict=True))
    right = [("own" if mark == "." else "not", text) for mark, text in case.lines]
    assert (told == right) is (case.name not in NOT_READ), told


def test_the_measure_over_all_of_them() -> None:
    quoted, own, _ = measure()
    assert quoted.f1 >= 0.96
    assert quoted.precision >= 0.99
    assert own.f1 >= 0.95


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("On Tue, Jan 3, 2023 at 10:00 AM Ana Lee <ana@example.org> wrote:", "Ana Lee"),
        ("On 2023-01-03 10:00, ana@example.org wrote:", None),
        ("Am Di., 3. Jan. 2023 um 10:00 Uhr schrieb Ana Lee <ana@example.org>:", "Ana Lee"),
        ("Ana Lee schrieb am 03.01.2023 um 10:00:", "Ana Lee"),
        ("wt., 3 sty 2023 o 10:00 Ana Lee <ana@example.org> napisał(a):", "Ana Lee"),
        ("вт, 3 янв. 2023 г. в 10:00, Ana Lee <ana@example.org>:", "Ana Lee"),
        ("In article <1@example.org>, Ana Lee <ana@example.org> wrote:", "Ana Lee"),
        ("-=> Quoting Ana Lee to Ben Okafor on 03 Jan 23 <=-", "Ana Lee"),
        ("Quoting Ana Lee <ana@example.org>:", "Ana Lee"),
        ("2023년 1월 3일 (화) 오전 10:00, Ana Lee <ana@example.org>님이 작성:", "Ana Lee"),
        ("Ana Lee kirjoitti 3.1.2023 klo 10:00:", "Ana Lee"),
        ("在 2023年1月3日，上午10:00，Ana Lee <ana@example.org> 写道：", "Ana Lee"),
        ("I see three points:", None),
    ],
)
def test_who_is_quoted(line: str, name: str | None) -> None:
    assert quoted_author(line) == name
