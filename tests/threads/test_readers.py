"""Each reader on a small file of its kind, written for this test: every field that it reads."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from argumap import Thread, ThreadParseError, parse_thread, read_thread
from argumap.threads import READERS, list_threads, read_threads

if TYPE_CHECKING:
    from pathlib import Path


def outline(thread: Thread) -> list[str]:
    """Return one line a post: id, author, what it answers and how that is known, own words."""
    lines = []
    for post in thread.posts:
        how = f" ({post.parent_inference.basis})" if post.parent_inference else ""
        answers = f" -> {post.parent_id}{how}" if post.parent_id else ""
        kinds = [b for b in post.blocks if b.kind not in {"quote", "boilerplate", "signature"}]
        words = " / ".join(post.slice(block) for block in kinds)
        gone = f" [{post.removed}]" if post.removed else ""
        lines.append(f"{post.id} {post.author or '?'}{answers}{gone}: {words}".rstrip())
    return lines


def codes(thread: Thread) -> list[str]:
    return [note.code for note in thread.notes]


def parsed(value: Any, reader: str) -> Thread:
    thread = parse_thread(json.dumps(value))
    assert thread.format == reader
    return thread


def lines_of(*values: Any) -> str:
    return "\n".join(map(json.dumps, values))


# Reddit


def _t1(post_id: str, body: str, replies: Any = "", **more: Any) -> dict[str, Any]:
    data = {"id": post_id, "author": "ben", "body": body, "replies": replies, "score": 2, **more}
    return {"kind": "t1", "data": data}


def _listing(*children: Any) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"children": list(children)}}


HENS = {
    "id": "abc", "name": "t3_abc", "author": "ana", "title": "CMV: Hens &amp; eggs",
    "selftext": "Hens are easy to keep.\n\n&gt; *Dear all, this is a footnote from your "
    "moderators.*", "is_self": True, "created_utc": 1700000000.0, "num_comments": 9,
    "permalink": "/r/cmv/comments/abc/hens/",
}  # fmt: skip


def test_reddit() -> None:
    more = {"kind": "more", "data": {"id": "_", "count": 0, "children": []}}
    deep = _t1("c2", "&gt; So are goats.\n\nNo. &lt;3", _listing(more), author="cem")
    page = [
        _listing({"kind": "t3", "data": HENS}),
        _listing(
            _t1("c1", "So are goats.", _listing(deep), parent_id="t3_abc", edited=1700000100.0),
            _t1("c3", "[removed]", None, author="[deleted]"),
            {"kind": "more", "data": {"id": "x", "count": 7, "children": ["x"]}},
        ),
    ]
    thread = parsed(page, "reddit")
    assert outline(thread) == [
        "t3_abc ana: Hens are easy to keep.",
        "t1_c1 ben -> t3_abc: So are goats.",
        "t1_c2 cem -> t1_c1: No. <3",
        "t1_c3 ? -> t3_abc [moderator]:",
    ]
    first, second, third, fourth = thread.posts
    assert (thread.title, thread.id) == ("CMV: Hens & eggs", "t3_abc")
    assert first.url == "https://www.reddit.com/r/cmv/comments/abc/hens/"
    assert [block.kind for block in first.blocks] == ["text", "boilerplate"]
    assert first.created_at is not None
    assert first.created_at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert second.edited_at is not None
    assert third.quotes[0].source is not None
    assert third.quotes[0].source.post_id == "t1_c1"
    assert fourth.author_kind == "deleted"
    assert [post.missing_replies for post in thread.posts] == [7, 0, 1, 0]
    assert codes(thread) == ["replies-missing"]


def test_reddit_crosspost_shows_the_other_post_as_a_quote() -> None:
    other = {"author": "dee", "selftext": "Hens bite."}
    data = {**HENS, "selftext": "", "crosspost_parent_list": [other]}
    (post,) = parsed([_listing({"kind": "t3", "data": data})], "reddit").posts
    assert post.text == "Hens bite."
    assert [(quote.author, quote.source) for quote in post.quotes] == [("dee", None)]


def test_reddit_text_that_is_not_escaped_stays() -> None:
    text = "> So they say\n\nUse &amp; here."
    data = {**HENS, "selftext": text}
    assert parsed([_listing({"kind": "t3", "data": data})], "reddit").posts[0].text == text


def test_reddit_dump(tmp_path: Path) -> None:
    rows = [
        {"id": "c2", "link_id": "t3_a", "parent_id": "t1_c1", "author": "cem", "body": "Yes.",
         "created_utc": "1700000200", "score": 1},
        {"id": "d1", "link_id": "t3_b", "parent_id": "t3_b", "author": "dee", "body": "Goats?",
         "created_utc": 1700000050},
        {"id": "c1", "link_id": "t3_a", "parent_id": "t3_a", "author": "ben", "body": "Hens?",
         "created_utc": 1700000100},
    ]  # fmt: skip
    path = tmp_path / "RC_2023-11.ndjson"
    path.write_text(lines_of(*rows), encoding="utf-8")
    threads = list(read_threads(path))
    assert [outline(thread) for thread in threads] == [
        ["t1_c1 ben: Hens?", "t1_c2 cem -> t1_c1: Yes."],
        ["t1_d1 dee: Goats?"],
    ]
    assert codes(threads[0]) == ["root-missing"]
    assert [listing.id for listing in list_threads(path)] == ["t3_a", "t3_b"]
    assert len(read_thread(path, thread="t3_b").posts) == 1
    with pytest.raises(ThreadParseError, match="no thread in it has the id 'x'"):
        read_thread(path, thread="x")


def test_cmv_xml(tmp_path: Path) -> None:
    head = (
        '<?xml version="1.0"?>\n<thread ID="x1"><title>CMV: Hens</title><OP author="ana">Hens!</OP>'
    )
    one = f'{head}<reply id="r1" author="ben">&gt; Hens!\n\nNo.</reply></thread>'
    more = '<reply id="r2" author="ana">Yes.</reply></thread>'
    two = one.replace("</thread>", more)
    (tmp_path / "1.xml").write_text(one, encoding="utf-8")
    (tmp_path / "2.xml").write_text(two, encoding="utf-8")
    expected = ["x1 ana: Hens!", "r1 ben -> x1: No.", "r2 ana -> r1: Yes."]
    assert outline(read_thread(tmp_path)) == expected
    assert outline(read_thread(tmp_path / "2.xml")) == expected
    with pytest.raises(ThreadParseError, match="line 4:4: not XML: unclosed token"):
        parse_thread(one[:-12])
    with pytest.raises(ThreadParseError, match="entities"):
        parse_thread(one.replace("<thread", '<!DOCTYPE x [<!ENTITY a "b">]><thread', 1))


# Hacker News


def test_hacker_news_algolia() -> None:
    reply = {
        "id": 3, "type": "comment", "author": "cem", "parent_id": 2, "created_at_i": 1700000200,
        "text": '<p>&gt; Mine are <i>not</i><p>See <a href="https://example.org/very-long">'
        "https://example.org/very...</a><pre><code>x = 1\n</code></pre>", "children": [],
        "points": None,
    }  # fmt: skip
    gone = {
        "id": 4,
        "type": "comment",
        "author": None,
        "parent_id": 1,
        "text": None,
        "children": [],
    }
    story = {
        "id": 1, "type": "story", "author": "ana", "title": "Hens", "url": "https://example.org/h",
        "text": None, "points": 5, "parent_id": None, "created_at": "2023-11-14T22:13:20.000Z",
        "children": [{"id": 2, "type": "comment", "author": "ben", "parent_id": 1,
                      "text": "Mine are not.", "children": [reply]}, gone],
    }  # fmt: skip
    thread = parsed(story, "hn")
    assert outline(thread) == [
        "1 ana:",
        "2 ben -> 1: Mine are not.",
        "3 cem -> 2: See https://example.org/very... / x = 1",
        "4 ? -> 1 [unknown]:",
    ]
    third = thread.posts[2]
    assert [block.kind for block in third.blocks] == ["quote", "text", "code"]
    assert [link.url for link in third.links] == ["https://example.org/very-long"]
    assert third.quotes[0].source is not None
    assert thread.slice(third.quotes[0].source) == "Mine are not."
    assert "links to https://example.org/h" in thread.notes[0].message


def test_hacker_news_firebase() -> None:
    items = [
        {"type": "comment", "id": 3, "by": "cem", "parent": 2, "time": 1700000200, "text": "Yes."},
        {"type": "story", "id": 1, "by": "ana", "time": 1700000000, "title": "Hens",
         "kids": [4, 2, 9], "score": 5},
        {"type": "comment", "id": 2, "by": "ben", "parent": 1, "time": 1700000100, "text": "No.",
         "kids": [3]},
        {"type": "comment", "id": 4, "parent": 1, "time": 1700000300, "deleted": True},
    ]  # fmt: skip
    thread = parse_thread(lines_of(*items))
    assert thread.format == "hn-firebase"
    assert outline(thread) == [
        "1 ana:", "4 ? -> 1 [unknown]:", "2 ben -> 1: No.", "3 cem -> 2: Yes.",
    ]  # fmt: skip
    assert thread.posts[0].missing_replies == 1


# Forums


def _cooked(number: int, user: str, cooked: str, **more: Any) -> dict[str, Any]:
    return {
        "id": 100 + number, "post_number": number, "username": user, "cooked": cooked,
        "post_type": 1, "created_at": "2023-11-14T22:13:20.000Z", "topic_id": 7, **more,
    }  # fmt: skip


ASIDE = (
    '<aside class="quote no-group" data-username="ben" data-post="2" data-topic="7"><div class='
    '"title">ben:</div><blockquote><p>Mine are not.</p></blockquote></aside><p>Mine either.</p>'
)
DISCOURSE = [
    _cooked(1, "ana", "<p>Hens are easy:</p><ul><li>they eat all</li><li>they sleep</li></ul>",
            actions_summary=[{"id": 2, "count": 4}]),
    _cooked(2, "ben", "<p>Mine are not. <img class='emoji' alt=':chicken:'></p>",
            reply_to_post_number=1),
    _cooked(3, "system", "", post_type=3, action_code="closed.enabled"),
    _cooked(4, "cem", ASIDE),
    _cooked(5, "dee", "<p>@ben get a coop.</p><aside class='onebox'><p>Coops!</p></aside>"),
    _cooked(6, "eva", "<p>(post deleted by author)</p>", user_deleted=True),
]  # fmt: skip
DISCOURSE_OUTLINE = [
    "1 ana: Hens are easy: / they eat all / they sleep",
    "2 ben -> 1: Mine are not. :chicken:",
    "4 cem -> 2 (quote): Mine either.",
    "5 dee -> 2 (cue): @ben get a coop.",
    "6 eva -> 1 (order) [author]:",
]


def test_discourse_topic() -> None:
    topic = {
        "id": 7,
        "title": "Hens",
        "post_stream": {"posts": DISCOURSE, "stream": [101, 102, 103, 104, 105, 106, 107]},
    }
    thread = parsed(topic, "discourse")
    assert outline(thread) == DISCOURSE_OUTLINE
    assert [block.kind for block in thread.posts[0].blocks] == ["intro", "item", "item"]
    assert thread.posts[0].score == 4
    assert codes(thread) == ["posts-missing", "actions-left-out", "parents-inferred"]
    quote = thread.posts[2].quotes[0]
    assert quote.author == "ben"
    assert quote.source is not None
    assert thread.slice(quote.source) == "Mine are not."


def test_discourse_folder_and_archive(tmp_path: Path) -> None:
    folder = tmp_path / "topic"
    folder.mkdir()
    for post in DISCOURSE:
        (folder / f"{post['id']}.json").write_text(json.dumps(post), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "topic.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"topic/{file.name}")
    assert outline(read_thread(folder)) == DISCOURSE_OUTLINE
    assert outline(read_thread(tmp_path / "topic.zip")) == DISCOURSE_OUTLINE


def test_forummagnum() -> None:
    def comment(number: int, parent: int | None, html: str, **more: Any) -> dict[str, Any]:
        return {
            "_id": f"c{number}", "postId": "a1", "parentCommentId": parent and f"c{parent}",
            "postedAt": f"2023-11-14T22:1{number}:20.000Z", "user": {"displayName": "Ben Okafor"},
            "htmlBody": html, "baseScore": 3, **more,
        }  # fmt: skip

    results = [
        comment(2, 1, "<blockquote><p>Hens lay.</p></blockquote><p>Sure.</p>", retracted=True),
        comment(3, 2, "", deleted=True, user=None),
        comment(1, None, "<p>Hens lay.</p>", lastEditedAt="2023-11-15T00:00:00.000Z"),
    ]
    article = {"_id": "a1", "title": "Hens", "postedAt": "2023-11-14T00:00:00.000Z",
               "user": {"displayName": "Ana"},
               "contents": {"html": "<h2>Why</h2><p>Eggs.</p>"}}  # fmt: skip
    answer = {"data": {"comments": {"results": results}, "post": {"result": article}}}
    thread = parsed(answer, "forummagnum")
    assert outline(thread) == [
        "a1 Ana: Why / Eggs.",
        "c1 Ben Okafor -> a1: Hens lay.",
        "c2 Ben Okafor -> c1: Sure.",
        "c3 ? -> c2 [unknown]:",
    ]
    assert thread.title == "Hens"
    assert [post.retracted for post in thread.posts] == [False, False, True, False]
    alone = parsed({"data": {"comments": {"results": results}}}, "forummagnum")
    assert alone.posts[0].parent_id is None
    assert codes(alone) == ["root-missing"]


def test_stackexchange() -> None:
    def said(number: int, name: str, body: str, key: str, **more: Any) -> dict[str, Any]:
        owner = {"display_name": name, "user_type": "registered"}
        return {key: number, "owner": owner, "body": body, "creation_date": 1700000000, **more}

    comments = [
        said(8, "ben k", "Why?", "comment_id"),
        said(9, "cem", "@BenK because.", "comment_id"),
    ]
    answer = said(2, "dee", "<p>Feed &amp; water.</p>", "answer_id", score=4)
    question = said(1, "ana", "<p>How do I keep hens?</p>", "question_id", title="Hens &amp; me",
                    comments=comments, answers=[answer])  # fmt: skip
    thread = parsed({"items": [question], "quota_remaining": 9, "has_more": True}, "stackexchange")
    assert thread.title == "Hens & me"
    assert outline(thread) == [
        "q1 ana: How do I keep hens?",
        "c8 ben k -> q1: Why?",
        "c9 cem -> c8 (cue): @BenK because.",
        "a2 dee -> q1: Feed & water.",
    ]
    assert codes(thread)[0] == "more-pages"


# GitHub

REPOSITORY = "https://api.github.com/repos/ana/hens"


def _comment(number: int, login: str | None, body: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "user": login and {"login": login, "type": "User"}, "body": body,
        "created_at": f"2023-11-14T22:{10 + number}:00Z", "url": f"{REPOSITORY}/issues/comments/1",
        "html_url": "https://github.com/ana/hens/issues/3#c", "issue_url": f"{REPOSITORY}/issues/3",
        **more,
    }  # fmt: skip


ISSUE = {
    "number": 3, "id": 77, "title": "Coop leaks", "state": "open",
    "body": "<!-- template -->The roof leaks.\r\nHelp",
    "user": {"login": "ana"}, "created_at": "2023-11-14T22:00:00Z", "comments": 3,
    "url": f"{REPOSITORY}/issues/3", "html_url": "https://github.com/ana/hens/issues/3",
    "reactions": {"+1": 2},
}  # fmt: skip
COMMENTS = [
    _comment(1, "ben", "Use tar."),
    _comment(2, "ci[bot]", "Build passed."),
    _comment(3, None, "> Use tar.\n\nNo."),
]


def test_github_rest(tmp_path: Path) -> None:
    (tmp_path / "issue.json").write_text(json.dumps(ISSUE), encoding="utf-8")
    (tmp_path / "comments.json").write_text(json.dumps(COMMENTS), encoding="utf-8")
    thread = read_thread(tmp_path)
    assert thread.format == "github"
    assert outline(thread) == [
        "issue-3 ana: The roof leaks. / Help",
        "1 ben -> issue-3 (order): Use tar.",
        "2 ci[bot] -> issue-3 (order): Build passed.",
        "3 ? -> 1 (quote): No.",
    ]
    assert [post.author_kind for post in thread.posts] == ["person", "person", "bot", "deleted"]
    assert thread.posts[0].score == 2
    alone = parsed(COMMENTS, "github")
    assert codes(alone)[0] == "root-missing"
    assert alone.posts[0].parent_id is None


def test_github_graphql_and_gh() -> None:
    nodes = [{"id": "c1", "author": {"login": "ben"}, "body": "Use tar.",
              "createdAt": "2023-11-14T22:10:00Z"},
             {"id": "c2", "author": None, "body": "No.",
              "createdAt": "2023-11-14T22:11:00Z"}]  # fmt: skip
    issue = {
        "number": 3,
        "id": "I",
        "title": "Coop leaks",
        "body": "Help",
        "author": {"login": "ana"},
    }
    expected = ["I ana: Help", "c1 ben -> I (order): Use tar.", "c2 ? -> I (order): No."]
    asked = {"data": {"repository": {"issue": {**issue, "comments": {"nodes": nodes}}}}}
    assert outline(parsed(asked, "github-graphql")) == expected
    printed = {**issue, "comments": nodes}
    assert outline(parsed(printed, "github-graphql")) == expected


def test_github_discussion() -> None:
    reply = {"id": "r1", "author": {"login": "cem"}, "body": "Which?", "replyTo": {"id": "c1"}}
    comment = {"id": "c1", "author": {"login": "ben"}, "body": "Tar.", "upvoteCount": 4,
               "replies": {"nodes": [reply]}}  # fmt: skip
    discussion = {"id": "D", "title": "Coops", "body": "How?", "author": {"login": "ana"},
                  "comments": {"nodes": [comment]}}  # fmt: skip
    thread = parsed({"data": {"repository": {"discussion": discussion}}}, "github-graphql")
    assert outline(thread) == ["D ana: How?", "c1 ben -> D (order): Tar.", "r1 cem -> c1: Which?"]
    assert thread.posts[1].score == 4


def test_github_pull_request_with_reviews_and_with_comments_left_out() -> None:
    reviews = [
        {"id": "v1", "author": {"login": "ben"}, "body": "", "state": "APPROVED"},
        {"id": "v2", "author": {"login": "cem"}, "body": "Nice coop.", "state": "APPROVED"},
    ]
    pull = {"number": 4, "id": "P", "title": "Coop", "body": "Fix.", "author": {"login": "ana"}}
    whole = {**pull, "reviews": {"nodes": reviews, "totalCount": 2}, "comments": {"totalCount": 9}}
    thread = parsed({"data": {"repository": {"pullRequest": whole}}}, "github-graphql")
    assert outline(thread) == ["P ana: Fix.", "v2 cem -> P (order): Nice coop."]
    assert thread.posts[0].missing_replies == 9
    assert codes(thread) == ["review-left-out", "replies-missing", "parents-inferred"]
    alone = parsed({"data": {"repository": {"pullRequest": pull}}}, "github-graphql")
    assert outline(alone) == ["P ana: Fix."]


def test_github_archive() -> None:
    review = {"id": "v1", "author": "cem", "body": "", "state": "APPROVED", "comments": [
        {"id": "w1", "author": "cem", "body": "Typo."}]}  # fmt: skip
    archive = {
        "magic": "E!vIA5L86J2I", "repo": "ana/hens",
        "issues": [{"number": 1, "title": "A", "author": "ana", "body": "Why?", "comments": []}],
        "pulls": [{"number": 2, "title": "B", "author": "ben", "body": "Fix.", "comments": [],
                   "reviews": [review]}],
    }  # fmt: skip
    text = json.dumps(archive)
    with pytest.raises(ThreadParseError, match="several threads: 'issue-1', 'pull-2'"):
        parse_thread(text)


# Corpora


def test_convokit(tmp_path: Path) -> None:
    rows = [
        {"id": "u1", "conversation_id": "u1", "speaker": "ana", "text": "Hens?", "reply-to": None,
         "timestamp": 1700000000, "meta": {"score": 3}},
        {"id": "v1", "conversation_id": "v1", "speaker": "ben", "text": "Goats?", "reply-to": None,
         "timestamp": None, "meta": {}},
        {"id": "u2", "conversation_id": "u1", "speaker": "[deleted]", "text": "[removed]",
         "reply-to": "u1", "timestamp": -1, "meta": {}},
        {"id": "u3", "root": "u1", "user": "cem", "text": "Yes.", "reply_to": "u2",
         "timestamp": "1700000300"},
    ]  # fmt: skip
    (tmp_path / "utterances.jsonl").write_text(lines_of(*rows), encoding="utf-8")
    titles = {"u1": {"meta": {"title": "On hens"}, "vectors": []}}
    (tmp_path / "conversations.json").write_text(json.dumps(titles), encoding="utf-8")
    threads = list(read_threads(tmp_path))
    assert [thread.title for thread in threads] == ["On hens", None]
    assert outline(threads[0]) == ["u1 ana: Hens?", "u2 ? -> u1 [moderator]:", "u3 cem -> u2: Yes."]
    assert threads[0].posts[0].score == 3
    (tmp_path / "utterances.jsonl").write_text("version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(ThreadParseError, match="LFS pointer"):
        list(read_threads(tmp_path))


# Chats


def _slack(ts: str, user: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "ts": ts, "user": user, "text": text, **more}


def test_slack_export(tmp_path: Path) -> None:
    channel = tmp_path / "export" / "hens"
    channel.mkdir(parents=True)
    users = [{"id": "U1", "name": "ana", "profile": {"display_name": "Ana"}},
             {"id": "U2", "name": "ben", "profile": {"display_name": ""}}]  # fmt: skip
    (tmp_path / "export" / "users.json").write_text(json.dumps(users), encoding="utf-8")
    (tmp_path / "export" / "channels.json").write_text("[]", encoding="utf-8")
    monday = [
        _slack("100.1", "U1", "<@U1> has joined", subtype="channel_join"),
        _slack("101.1", "U1", "Hens &amp; <https://example.org|goats>?", thread_ts="101.1"),
        _slack("102.1", "U2", "No.", reactions=[{"name": "x", "count": 2}]),
    ]
    tuesday = [_slack("103.1", "U2", "<@U1> yes", thread_ts="101.1", edited={"ts": "104.0"})]
    (channel / "2023-11-14.json").write_text(json.dumps(monday), encoding="utf-8")
    (channel / "2023-11-15.json").write_text(json.dumps(tuesday), encoding="utf-8")
    expected = [
        "101.1 Ana: Hens & goats?",
        "102.1 ben -> 101.1 (order): No.",
        "103.1 ben -> 101.1: @Ana yes",
    ]
    thread = read_thread(tmp_path / "export")
    assert outline(thread) == expected
    assert thread.title == "hens"
    assert [link.url for link in thread.posts[0].links] == ["https://example.org"]
    assert thread.posts[1].score == 2
    assert thread.posts[2].edited_at is not None
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for file in sorted((tmp_path / "export").rglob("*.json")):
            archive.write(file, file.relative_to(tmp_path / "export"))
    assert outline(read_thread(tmp_path / "export.zip")) == expected
    assert [p.author for p in parsed(monday, "slack").posts] == ["U1", "U2"]


def test_discord() -> None:
    def message(number: int, name: str, text: str, **more: Any) -> dict[str, Any]:
        author = {"id": "9", "name": name, "nickname": name.title(), "isBot": name == "robot"}
        when = "2023-11-14T22:13:20.000+01:00"
        return {"id": str(number), "type": "Default", "timestamp": when, "content": text,
                "author": author, **more}  # fmt: skip

    messages = [
        message(1, "ana", "Hens?"),
        message(2, "ana", "joined", type="GuildMemberJoin"),
        message(3, "robot", "Beep."),
        message(4, "ben", "Yes.", type="Reply", reference={"messageId": "1"}),
        message(5, "cem", "No.", type="Reply", reference={"messageId": "99"}),
    ]
    export = {"guild": {}, "channel": {"id": "7", "name": "coop"}, "messages": messages}
    thread = parsed(export, "discord")
    assert outline(thread) == [
        "1 Ana: Hens?",
        "3 Robot -> 1 (order): Beep.",
        "4 Ben -> 1: Yes.",
        "5 Cem -> 4 (order): No.",
    ]
    assert thread.posts[1].author_kind == "bot"
    assert codes(thread) == ["actions-left-out", "parent-missing", "parents-inferred"]


def test_telegram() -> None:
    messages = [
        {"id": 1, "type": "service", "action": "create_group", "text": ""},
        {"id": 2, "type": "message", "from": "Ana", "date": "2023-11-14T22:13:20", "text": "Hens?"},
        {"id": 3, "type": "message", "from": None, "date_unixtime": "1700000000",
         "text": ["See ", {"type": "link", "text": "example.org"}], "reply_to_message_id": 2},
    ]  # fmt: skip
    chat = {"name": "Coop", "type": "private_group", "id": 5, "messages": messages}
    expected = ["2 Ana: Hens?", "3 ? -> 2: See example.org"]
    assert outline(parsed(chat, "telegram")) == expected
    assert outline(parsed({"chats": {"list": [chat]}}, "telegram")) == expected


def test_whatsapp() -> None:
    thread = parse_thread(
        "25/12/2020, 23:55 - Messages are end-to-end encrypted.\n"
        "25/12/2020, 23:56 - Ana: Hens?\nOr goats?\n"
        "[26/12/2020, 0:01:07] Ben: \u200eHens.\n"
    )
    assert thread.format == "whatsapp"
    assert outline(thread) == ["p1 Ana: Hens? / Or goats?", "p2 Ben -> p1 (order): Hens."]
    assert str(thread.posts[1].created_at) == "2020-12-26 00:01:07+00:00"
    american = parse_thread(
        "12/9/20, 1:05\u202fPM - Ana: Hi\n12/9/20, 1:06\u202fPM - Ben: Hi there"
    )
    assert str(american.posts[0].created_at) == "2020-12-09 13:05:00+00:00"
    assert "dates-guessed" in codes(american)


def test_irc() -> None:
    thread = parse_thread(
        "[11:59] <ana> Hens?\n=== ben [~b@example.org] has joined\n[12:00] <cem> No.\n"
        "[12:01] <ben> ana: which?\n[12:02] * ana shrugs\n"
    )
    assert thread.format == "irc"
    assert outline(thread) == [
        "p1 ana: Hens?",
        "p2 cem -> p1 (order): No.",
        "p3 ben -> p1 (cue): ana: which?",
        "p4 ana -> p3 (order): shrugs",
    ]


# What all readers share


def test_faults_of_single_posts() -> None:
    broken = [DISCOURSE[0], {**DISCOURSE[1], "created_at": "yesterday"}]
    topic = json.dumps({"id": 7, "title": "Hens", "post_stream": {"posts": broken}})
    with pytest.raises(ThreadParseError, match='created_at is "yesterday"') as caught:
        parse_thread(topic)
    assert caught.value.pointer == "/post_stream/posts/1/created_at"
    thread = parse_thread(topic, strict=False)
    assert len(thread.posts) == 1
    assert codes(thread) == ["post-skipped"]


def test_posts_that_answer_each_other() -> None:
    items = [
        {"type": "comment", "id": 1, "by": "ana", "time": 1, "parent": 2, "text": "Hens."},
        {"type": "comment", "id": 2, "by": "ben", "time": 2, "parent": 1, "text": "Eggs."},
    ]
    with pytest.raises(ThreadParseError, match="circle: 1 → 2 → 1"):
        parse_thread(lines_of(*items))
    loose = parse_thread(lines_of(*items), strict=False)
    assert outline(loose) == ["1 ana: Hens.", "2 ben -> 1: Eggs."]


def test_ids_used_twice_and_missing_parents() -> None:
    items = [
        {"type": "story", "id": 1, "by": "ana", "time": 1, "title": "Hens"},
        {"id": "x", "type": "comment", "by": "ben", "time": 2, "parent": 1, "text": "No."},
    ]
    twice = [*DISCOURSE[:2], {**DISCOURSE[1], "cooked": "<p>Mine are.</p>"}]
    thread = parsed({"id": 7, "post_stream": {"posts": twice}}, "discourse")
    assert outline(thread)[1] == "2 ben -> 1: Mine are."
    assert "duplicate-id" in codes(thread)
    assert len(parse_thread(lines_of(*items)).posts) == 2


def test_answers_that_are_no_threads() -> None:
    for value, message in [
        ({"message": "Not Found", "documentation_url": "https://docs"}, "error answer.*Not Found"),
        ({"hits": [], "nbHits": 0}, "answer to a search"),
        ({"hits": [], "hitsPerPage": 20}, "answer to a search"),
        ({"grouped_search_result": {}, "posts": []}, "answer to a search"),
        ({"topic_list": {"topics": []}}, r"a list of topics.*\n.*/t/ID.json"),
        (None, "the JSON value null"),
        ([], "an empty list"),
        ({"errors": [{"message": "bad credentials"}]}, "bad credentials"),
        ({"ok": False, "error": "channel_not_found"}, "channel_not_found"),
    ]:
        with pytest.raises(ThreadParseError, match=message):
            parse_thread(json.dumps(value))
    with pytest.raises(ThreadParseError, match="lines are JSON objects"):
        parse_thread('{"a": 1, "b": 2}\n{"a": 3}\n')


def test_packed_files_and_addresses(tmp_path: Path) -> None:
    (tmp_path / "x.zst").write_bytes(b"\x28\xb5\x2f\xfd\x00")
    with pytest.raises(ThreadParseError, match=r"packed with zstd, .*\n.*zstd -t --long=31"):
        read_thread(tmp_path / "x.zst")
    with pytest.raises(ThreadParseError, match=r"packed with zstd\n.*zstd -d --long=31"):
        parse_thread((tmp_path / "x.zst").read_bytes())
    with pytest.raises(ThreadParseError, match="no network connection"):
        read_thread("https://example.org/thread.json")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ThreadParseError, match=r"no known kind of folder.*holds nothing"):
        read_thread(tmp_path / "folder")
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("chat.txt", "ana: Hens?\nben: No.\nana: Yes.\n")
    assert read_thread(tmp_path / "one.zip").format == "transcript"
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(ThreadParseError, match="zip archive is broken"):
        read_thread(tmp_path / "x.zip")


def test_every_reader_is_tested_here() -> None:
    elsewhere = {"json", "plain", "markdown", "transcript", "mbox", "maildir", "eml"}
    elsewhere |= {
        "pushshift-zst",
        "stackexchange-dump",
        "greaterwrong",
        "forummagnum-page",
        "html-mail",
    }
    here = {
        "reddit", "pushshift", "cmv-xml", "hn", "hn-firebase", "discourse", "forummagnum",
        "stackexchange", "github", "github-graphql", "github-archive", "convokit", "slack",
        "discord", "telegram", "whatsapp", "irc", "mastodon", "bluesky", "messenger", "youtube",
        "wikitext",
    }  # fmt: skip
    assert set(READERS) == here | elsewhere


# Other sites


def test_mastodon() -> None:
    def status(number: int, above: int | None, html: str, **more: Any) -> dict[str, Any]:
        return {
            "id": str(number), "in_reply_to_id": above and str(above), "content": html,
            "account": {"acct": f"ana@{number}.example"}, "created_at": "2023-11-14T22:13:20.000Z",
            **more,
        }  # fmt: skip

    context = {
        "ancestors": [status(1, None, "<p>Hens?</p>", favourites_count=3)],
        "descendants": [status(3, 2, "<p>Goats.</p>"), status(4, 3, "<p>No.<br>Hens.</p>")],
    }
    thread = parsed(context, "mastodon")
    assert outline(thread) == [
        "1 ana@1.example: Hens?",
        "2 ? -> 1 [unknown]:",
        "3 ana@3.example -> 2: Goats.",
        "4 ana@4.example -> 3: No.\nHens.",
    ]
    assert codes(thread) == ["status-missing"]
    whole = parsed({**context, "status": status(2, 1, "<p>Yes.</p>")}, "mastodon")
    assert outline(whole)[1] == "2 ana@2.example -> 1: Yes."


def test_bluesky() -> None:
    def view(uri: str, text: str, replies: list[Any], **more: Any) -> dict[str, Any]:
        record = {"text": text, "createdAt": "2023-11-14T22:13:20.000Z", **more}
        post = {"uri": uri, "author": {"handle": f"{uri}.example"}, "record": record,
                "replyCount": 2, "likeCount": 1}  # fmt: skip
        return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": replies}

    gone = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": "d", "notFound": True}
    facet = {"index": {"byteStart": 7, "byteEnd": 11},
             "features": [{"uri": "https://example.org"}]}  # fmt: skip
    asked = view("b", "Hühn: eggs", [view("c", "No.", []), gone], facets=[facet])
    asked["parent"] = view("a", "Hens?", [])
    del asked["parent"]["replies"]
    thread = parsed({"thread": asked}, "bluesky")
    assert outline(thread) == [
        "a a.example: Hens?",
        "b b.example -> a: Hühn: eggs",
        "c c.example -> b: No.",
        "d ? -> b [author]:",
    ]
    assert [thread.posts[1].slice(link) for link in thread.posts[1].links] == ["eggs"]
    assert [post.missing_replies for post in thread.posts] == [0, 0, 2, 0]


def test_messenger() -> None:
    mojibake = "Hühner".encode().decode("latin-1")
    export = {
        "participants": [{"name": "Ana"}], "title": mojibake, "thread_path": "inbox/x",
        "messages": [
            {"sender_name": "Ben", "timestamp_ms": 1700000060000, "content": "Nein."},
            {"sender_name": "Ben", "timestamp_ms": 1700000030000, "photos": []},
            {"sender_name": "Ana", "timestamp_ms": 1700000000000, "content": mojibake},
        ],
    }  # fmt: skip
    thread = parsed(export, "messenger")
    assert thread.title == "Hühner"
    assert outline(thread) == [
        "p1 Ana: Hühner", "p2 Ben -> p1 (order):", "p3 Ben -> p2 (order): Nein.",
    ]  # fmt: skip


def test_youtube() -> None:
    comments: list[dict[str, Any]] = [
        {"id": "a", "parent": "root", "author": "@ana", "text": "Hens!", "like_count": 2,
         "timestamp": 1700000000},
        {"id": "a.b", "parent": "a", "author": "@ben", "text": "Goats!"},
        {"id": "a.c", "parent": "a", "author": "@ana", "text": "@ben no."},
    ]  # fmt: skip
    video = {"id": "v1", "title": "On hens", "comments": comments}
    expected = ["a @ana: Hens!", "a.b @ben -> a: Goats!", "a.c @ana -> a.b (cue): @ben no."]
    assert outline(parsed(video, "youtube")) == expected
    rows = [
        {"cid": c["id"], "author": c["author"], "text": c["text"], "votes": "1.2K"}
        for c in comments
    ]
    thread = parse_thread(lines_of(*rows))
    assert outline(thread) == expected
    assert thread.posts[0].score == 1200


def test_wikipedia_talk_page(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(
        "{{talk header}}\n== Hens ==\n"
        "Are hens notable? <!-- ask -->\nI think so. -- [[User:Ana|Ana]] ([[User talk:Ana|talk]]) "
        "12:34, 5 January 2020 (UTC)\n"
        ":No. [[User:Ben Okafor|B]] 12:40, 5 January 2020 (UTC)\n"
        "::* Why?\n::* Really? <b>[[User:Ana|Ana]]</b> 13:00, 5 January 2020 (UTC)\n"
        "{{od}} Because. {{unsigned|Cem}}\n"
        "Let us vote. [[User:Dee|Dee]] 14:00, 6 January 2020 (UTC)\n"
        "== Goats ==\nNo. [[User:Ben Okafor|B]] 12:50, 7 January 2020 (UTC)\n",
        encoding="utf-8",
    )
    hens, goats = read_threads(path)
    assert hens.title == "Hens"
    assert outline(hens) == [
        "p1 Ana: Are hens notable? / I think so.",
        "p2 Ben Okafor -> p1: No.",
        "p3 Ana -> p2: Why? / Really?",
        "p4 Cem -> p3: Because.",
        "p5 Dee -> p1: Let us vote.",
    ]
    assert str(hens.posts[0].created_at) == "2020-01-05 12:34:00+00:00"
    assert outline(goats) == ["p1 Ben Okafor: No."]


def test_a_kialo_export_is_a_map() -> None:
    with pytest.raises(ThreadParseError, match=r"Kialo.*\n.*argumap\.load"):
        parse_thread("Discussion Title: Hens\n\n1. Hens are fine.\n1.1. Pro: Eggs.\n")


def test_many_circles_are_cut_at_once() -> None:
    rows = [
        {"link_id": "t3_a", "id": f"c{n}", "author": "ana", "body": "Hens.",
         "parent_id": f"t1_c{n ^ 1}", "created_utc": n}
        for n in range(3000)
    ]  # fmt: skip
    thread = parse_thread(lines_of(*rows), strict=False)
    assert len(thread.posts) == 3000
    assert codes(thread).count("reply-circle") == 1500
