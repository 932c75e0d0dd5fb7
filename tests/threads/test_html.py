"""HTML as text: what each element becomes, and that nothing is counted twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argumap import ThreadParseError, parse_thread
from argumap.threads._html import render_html

PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<ul>", "<ol>", "<li>", "</li>", "</ul>", "<blockquote>",
        "</blockquote>", "<pre>", "</pre>", "<table><tr><td>", "</table>", "<h2>", "</h2>", "<br>",
        '<a href="https://example.org">', "</a>", "<script>", "</script>", "<!-- x -->", "<b>",
        '<aside class="quote" data-username="ana" data-post="1"><div class="title">', "</aside>",
        "hens", " ", "\n", "&gt; so", "&amp;", "<", ">", "é",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_blocks_hold_all_of_the_text_once(html: str) -> None:
    rendered = render_html(html)
    covered = "".join(rendered.text[block.start : block.end] for block in rendered.blocks)
    assert "".join(covered.split()) == "".join(rendered.text.split())
    for place in (*rendered.quotes, *rendered.links):
        assert rendered.text[place.start : place.end].strip()


@pytest.mark.parametrize(
    ("html", "text", "kinds"),
    [
        ("<p>One<p>Two", "One\n\nTwo", ["text", "text"]),
        ("One<br>two", "One\ntwo", ["text"]),
        (
            "<p>Why:</p><ol><li>a<li>b<ul><li>c</ul></ol>",
            "Why:\n\na\nb\nc",
            ["intro"] + 3 * ["item"],
        ),
        ("<pre><code>x  =\n 1\n</code></pre>", "x  =\n 1", ["code"]),
        ("<h2>Hens</h2>They  lay.", "Hens\n\nThey lay.", ["heading", "text"]),
        ("<table><tr><td>a<td>b</table>", "a\nb", ["table", "table"]),
        ("&gt; Hens?<br>Yes.", "> Hens?\nYes.", ["quote", "text"]),
        ("<style>p {}</style>Hens<script>x</script>", "Hens", ["text"]),
        ('<div class="gmail_signature">Ana</div>', "Ana", ["signature"]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "a\n\nb", ["quote", "quote"]),
        ("a < b and <c", "a < b and <c", ["text"]),
    ],
)
def test_elements(html: str, text: str, kinds: list[str]) -> None:
    rendered = render_html(html)
    assert rendered.text == text
    assert [block.kind for block in rendered.blocks] == kinds


def test_depths_groups_links_and_authors() -> None:
    rendered = render_html(
        "<ul><li>a<ul><li>b</ul></ul><p>c</p><ul><li>d</ul>"
        '<aside class="quote" data-username="ana" data-post="3"><div class="title">ana:</div>'
        '<blockquote>see <a href="https://example.org">this</a></blockquote></aside>'
    )
    assert [(b.kind, b.depth, b.group) for b in rendered.blocks] == [
        ("item", 1, 0), ("item", 2, 0), ("text", 0, None), ("item", 1, 1), ("quote", 1, None),
    ]  # fmt: skip
    assert [(quote.author, quote.depth) for quote in rendered.quotes] == [("ana", 1)]
    assert list(rendered.quoted_posts.values()) == ["3"]
    (link,) = rendered.links
    assert rendered.text[link.start : link.end] == "this"


def test_thousands_of_unclosed_tags_are_text() -> None:
    assert render_html("<a " * 5000).text.count("<a") == 5000


def test_a_piece_of_html_from_a_mail() -> None:
    html = (
        '<div dir="ltr">Not mine.</div><div class="gmail_quote"><div class="gmail_attr">On Monday,'
        ' Ana wrote:</div><blockquote class="gmail_quote">Hens are easy.</blockquote></div>'
    )
    for shown in (html, f"<!-- x -->\n<html><head><title>Hens</title></head><body>{html}</body>"):
        thread = parse_thread(shown)
        assert thread.format == "html-mail"
        (post,) = thread.posts
        assert [(block.kind, post.slice(block)) for block in post.blocks] == [
            ("text", "Not mine."),
            ("boilerplate", "On Monday, Ana wrote:"),
            ("quote", "Hens are easy."),
        ]
        assert [quote.author for quote in post.quotes] == ["Ana"]
    quoting = parse_thread("<p>No.</p><blockquote>Hens are easy.</blockquote>")
    assert [quote.start for quote in quoting.posts[0].quotes] == [5]


def test_pages_of_mails_have_no_title() -> None:
    russian = (
        "<HTML><BODY><p>Not mine.</p><br>Thu, 5 Jan 2023 10:00:00 +0400 от Ana Lee "
        "&lt;ana@example.org&gt;:<br><blockquote>Hens are easy.</blockquote></BODY></HTML>"
    )
    dated = (
        "<html><body class='hmmessage'><div>Not mine.<hr id='stopSpelling'>Date: Thu, 5 Jan 2023"
        "<br>Subject: Hens<br>From: ana@example.org<br>To: ben@example.org<br><br>Hens are easy."
        "</div></body></html>"
    )
    for page in (russian, dated):
        (post,) = parse_thread(page).posts
        assert [block.kind for block in post.blocks] == ["text", "boilerplate", "quote"]
        assert post.slice(post.blocks[2]) == "Hens are easy."
    assert [quote.author for quote in parse_thread(russian).posts[0].quotes] == ["Ana Lee"]
    with pytest.raises(ThreadParseError, match=r"an HTML page .its title: 'Log in'"):
        parse_thread("<html><title>Log in</title><blockquote>Please.</blockquote></html>")
