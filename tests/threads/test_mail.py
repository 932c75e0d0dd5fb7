"""Mail: who answers whom, what is quoted, and what of a message is its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from argumap import Thread, parse_thread, read_thread
from argumap.threads import read_threads

if TYPE_CHECKING:
    from pathlib import Path


def mail(number: int, name: str, subject: str, body: str, *more: str) -> str:
    head = (
        f"From: {name} <{name.lower()}@example.org>",
        f"Subject: {subject}",
        f"Message-ID: <{number}@example.org>",
        f"Date: Mon, 2 Jan 2023 {9 + number:02}:00:00 +0000",
        *more,
    )
    return "\n".join(head) + f"\n\n{body}\n"


def mailbox(*mails: str) -> bytes:
    return "".join(
        f"From x Mon Jan  2 10:00:00 2023\n{each}\n".replace("\n\nFrom we", "\n\n>From we")
        for each in mails
    ).encode()


def outline(thread: Thread) -> list[tuple[str, str | None, str | None, str]]:
    return [
        (
            post.id.partition("@")[0],
            post.author,
            post.parent_id and post.parent_id.partition("@")[0],
            post.parent_inference.basis if post.parent_inference else "stated",
        )
        for post in thread.posts
    ]


def threads_of(data: bytes, path: Path) -> list[Thread]:
    path.write_bytes(data)
    return list(read_threads(path))


def test_parents_by_header_quote_and_subject(tmp_path: Path) -> None:
    first = "Hens are easy to keep in a small garden.\nThey eat what is left over from lunch."
    mails = [
        mail(1, "Ana", "[coop] Hens", first),
        mail(2, "Ben", "Re: [coop] Hens", "No.", "In-Reply-To: message from Ana <1@example.org>"),
        mail(3, "Cem", "RE: Hens", "> They eat what is left over from lunch.\n\nMine do not."),
        mail(4, "Dee", "AW: Hens", "Me too."),
        mail(5, "Eva", "Re: Hens", "Sure.", "References: <1@example.org> <gone@x> <2@example.org>"),
        mail(6, "Fox", "Hens", "For sale."),
    ]
    hens, sale = threads_of(mailbox(*mails), tmp_path / "x.mbox")
    assert hens.title == "Hens"
    assert outline(hens) == [
        ("1", "Ana", None, "stated"),
        ("2", "Ben", "1", "stated"),
        ("3", "Cem", "1", "quote"),
        ("4", "Dee", "3", "subject"),
        ("5", "Eva", "2", "stated"),
    ]
    assert outline(sale) == [("6", "Fox", None, "stated")]


def test_messages_that_answer_the_same_absent_one_belong_together(tmp_path: Path) -> None:
    mails = [
        mail(1, "Ana", "Re: Hens", "Yes.", "In-Reply-To: <gone@x>"),
        mail(2, "Ben", "Something else", "No.", "In-Reply-To: <gone@x>"),
    ]
    (thread,) = threads_of(mailbox(*mails), tmp_path / "x.mbox")
    assert "messages-missing" in [note.code for note in thread.notes]


def test_from_in_the_text_does_not_begin_a_message(tmp_path: Path) -> None:
    body = "One.\n\nFrom we know not where they come.\n\nFrom hens to goats."
    (thread,) = threads_of(mailbox(mail(1, "Ana", "Hens", body)), tmp_path / "x.mbox")
    assert thread.posts[0].text == body


def test_a_message_without_a_head(tmp_path: Path) -> None:
    data = b"From x Mon Jan  2 10:00:00 2023\n\nHens.\n\nFrom y Mon Jan  2 11:00:00 2023\n\nNo.\n"
    threads = threads_of(data, tmp_path / "x.mbox")
    assert [[post.text for post in thread.posts] for thread in threads] == [["Hens."], ["No."]]


def test_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    head = "From m\xfcller Mon Jan  2 10:00:00 2023\nSubject: =?iso-8859-1?q?H=FChner?=\n"
    kind = "Content-Type: text/plain; charset={}\n"
    body = "From: x@example.org\nMessage-ID: <1@x>\n\nH\xfchner.\n"
    for charset, codes in (("iso-8859-1", []), ("utf-8", ["encoding-guessed"]), ("x-none", None)):
        data = (head + kind.format(charset) + body).encode("latin-1")
        (thread,) = threads_of(data, tmp_path / "x.mbox")
        assert thread.title == "Hühner"
        assert thread.posts[0].text == "Hühner."
        if codes is not None:
            assert [note.code for note in thread.notes] == codes


def test_flowed_text_and_html(tmp_path: Path) -> None:
    flowed = mail(
        1, "Ana", "Hens", "Hens are \neasy.\n> so they \n> say\n \n-- \nAna",
        "Content-Type: text/plain; format=flowed",
    )  # fmt: skip
    html = mail(
        2, "Ben", "Re: Hens",
        '<p>No.</p><div class="gmail_quote"><blockquote>Hens are easy.</blockquote></div>',
        "Content-Type: text/html", "In-Reply-To: <1@example.org>",
    )  # fmt: skip
    (thread,) = threads_of(mailbox(flowed, html), tmp_path / "x.mbox")
    first, second = thread.posts
    assert first.text == "Hens are easy.\n> so they say\n\n-- \nAna"
    assert [block.kind for block in first.blocks] == ["text", "quote", "signature"]
    assert [block.kind for block in second.blocks] == ["text", "quote"]
    assert second.quotes[0].source is not None
    assert second.quotes[0].source.post_id == first.id


def test_plain_text_is_preferred_and_attachments_are_left(tmp_path: Path) -> None:
    body = (
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n"
        "--c\nContent-Type: text/html\n\n<p>Hens, in <b>bold</b></p>\n"
        "--c\nContent-Type: text/plain\n\nHens.\n--c--\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nlog\n--b--\n"
    )
    kind = "Content-Type: multipart/mixed; boundary=b"
    (thread,) = threads_of(mailbox(mail(1, "Ana", "Hens", body, kind)), tmp_path / "x.mbox")
    assert thread.posts[0].text == "Hens."


def test_one_mail_and_a_folder_of_mails(tmp_path: Path) -> None:
    one = mail(1, "Ana", "Hens", "Hens.")
    assert parse_thread(one).format == "eml"
    folder = tmp_path / "cur"
    folder.mkdir()
    (folder / "1:2,S").write_text(one, encoding="utf-8")
    two = mail(2, "Ben", "Re: Hens", "No.", "In-Reply-To: <1@example.org>")
    (folder / "2:2,S").write_text(two, encoding="utf-8")
    thread = read_thread(tmp_path)
    assert thread.format == "maildir"
    assert outline(thread) == [("1", "Ana", None, "stated"), ("2", "Ben", "1", "stated")]


def test_a_person_keeps_one_name(tmp_path: Path) -> None:
    named = mail(1, "Ana", "Hens", "Hens.")
    bare = mail(2, "Ana", "Re: Hens", "No.").replace("Ana <ana@example.org>", "ana@example.org")
    (thread,) = threads_of(mailbox(named, bare), tmp_path / "x.mbox")
    assert thread.authors == ("Ana",)


def test_all_texts_of_a_message_are_read(tmp_path: Path) -> None:
    kind = "Content-Type: multipart/mixed; boundary=b"
    page = "--b\nContent-Type: text/html\n\n<p>Hens.</p>\n"
    text = "--b\nContent-Type: text/plain\n\n> Hens?\nNo.\n"
    other = "--b\nContent-Type: message/rfc822\n\nFrom: x@y\n\nInner.\n"
    for body, shown in (
        (f"{text}{text}--b--\n", "> Hens?\nNo.\n\n> Hens?\nNo."),
        (f"{page}{text}--b--\n", "Hens.\n\n> Hens?\nNo."),
        (f"{text}{other}--b--\n", "> Hens?\nNo."),
    ):
        (thread,) = threads_of(mailbox(mail(1, "Ana", "Hens", body, kind)), tmp_path / "x.mbox")
        assert thread.posts[0].text == shown
        assert ("attachment-left-out" in [note.code for note in thread.notes]) is (other in body)
        assert [q.start for q in thread.posts[0].quotes][:1] == [shown.index(">")]


def test_copies_circles_and_heads_with_faults(tmp_path: Path) -> None:
    one = mail(1, "Ana", "=?utf-8?b?abc?= Hens", "Hens.", "In-Reply-To: <2@example.org>")
    two = mail(2, "Ben", "Re: Hens", "No.", "In-Reply-To: <1@example.org>")
    other = mail(2, "Ben", "Re: Hens", "Never.", 'Content-Type: text/plain; charset="a\0b"')
    (thread,) = threads_of(mailbox(one, two, two, other), tmp_path / "x.mbox")
    assert [(post.id, post.text) for post in thread.posts] == [
        ("1@example.org", "Hens."), ("2@example.org", "No."), ("2@example.org#4", "Never."),
    ]  # fmt: skip
    codes = [note.code for note in thread.notes]
    assert codes[:3] == ["reply-circle", "copy-left-out", "duplicate-id"]


def test_no_blank_line_before_a_message(tmp_path: Path) -> None:
    data = mailbox(mail(1, "Ana", "Hens", "Hens."), mail(2, "Ben", "Goats", "Goats."))
    threads = threads_of(data.replace(b"Hens.\n\nFrom", b"Hens.\nFrom"), tmp_path / "x.mbox")
    assert [thread.posts[0].text for thread in threads] == ["Hens.", "Goats."]


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ('"Lee, Ana" <ana@example.org>', "Lee, Ana"),
        ("=?utf-8?q?Lee=2C_Ana?= <ana@example.org>", "Lee, Ana"),
        ("ana at example.org (Ana Lee)", "Ana Lee"),
        ("ana@example.org (=?iso-8859-1?q?J=F6rg?=)", "Jörg"),
        ("Ana Lee", "Ana Lee"),
        ("ana at example.org", "ana@example.org"),
        ("<ana@example.org>", "ana@example.org"),
        ("", None),
    ],
)
def test_who_wrote_a_mail(head: str, author: str | None) -> None:
    thread = parse_thread(mail(1, "Ana", "Hens", "Hens.").replace("Ana <ana@example.org>", head))
    assert thread.posts[0].author == author


def test_archives_write_at_and_two_people_stay_two(tmp_path: Path) -> None:
    first, second = mail(1, "Ana", "Hens", "Hens."), mail(2, "Ana", "Re: Hens", "No.")
    data = mailbox(
        first.replace("Ana <ana@example.org>", "ana at example.org (Ana Lee)"),
        second.replace("Ana <ana@example.org>", "ana at example.com (Ana Kay)"),
    )
    (thread,) = threads_of(data, tmp_path / "x.mbox")
    assert thread.authors == ("Ana Lee", "Ana Kay")


def test_a_folder_of_mailboxes(tmp_path: Path) -> None:
    hens = mailbox(mail(1, "Ana", "Hens", "Hens."), mail(2, "Ben", "Goats", "Goats."))
    answer = mail(3, "Cem", "Re: Hens", "No.", "In-Reply-To: <1@example.org>")
    unnamed = mail(4, "Dee", "Foxes", "Foxes?").replace("Message-ID: <4@example.org>\n", "")
    (tmp_path / "2023-01.txt").write_bytes(hens)
    (tmp_path / "2023-02.txt").write_bytes(mailbox(answer, unnamed))
    threads = list(read_threads(tmp_path))
    assert [outline(thread) for thread in threads] == [
        [("1", "Ana", None, "stated"), ("3", "Cem", "1", "stated")],
        [("2", "Ben", None, "stated")],
        [("message-4", "Dee", None, "stated")],
    ]
