"""What real files hold that a format's description does not say: no post is lost, none is made up.

The files are of our own writing, in the shape of those that the programs write.
"""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from argumap import Thread, ThreadParseError, parse_thread, read_thread
from argumap.threads import read_threads

if TYPE_CHECKING:
    from pathlib import Path


def said(thread: Thread) -> list[str]:
    """Return one line a post: id, author, parent, text."""
    return [
        f"{post.id} {post.author or '?'}{f' -> {post.parent_id}' if post.parent_id else ''}: "
        f"{post.text}".strip()
        for post in thread.posts
    ]


def codes(thread: Thread) -> list[str]:
    return [note.code for note in thread.notes if note.code != "parents-inferred"]


def several(tmp_path: Path, value: Any, name: str = "x.json") -> list[Thread]:
    path = tmp_path / name
    text = value if isinstance(value, str) else json.dumps(value)
    path.write_text(text, encoding="utf-8")
    return list(read_threads(path))


def parsed(value: Any) -> Thread:
    return parse_thread(json.dumps(value))


# Reddit and Hacker News


def test_reddit_replies_that_were_behind_more() -> None:
    comment = {"name": "t1_b", "author": "ana", "body": "Hens.", "parent_id": "t1_a",
               "link_id": "t3_x"}  # fmt: skip
    removed = {"name": "t1_c", "body": "[ Removed by Reddit in response to a notice. ]",
               "parent_id": "t1_b", "link_id": "t3_x"}  # fmt: skip
    things = [{"kind": "t1", "data": comment}, {"kind": "t1", "data": removed}]
    thread = parsed({"json": {"errors": [], "data": {"things": things}}})
    assert said(thread) == ["t1_b ana: Hens.", "t1_c ? -> t1_b:"]
    assert thread.posts[1].removed == "moderator"
    assert codes(thread) == ["root-missing", "parent-missing"]


def test_an_answer_of_the_api_of_a_dump(tmp_path: Path) -> None:
    rows = [
        {"id": "b", "link_id": 36, "parent_id": -5, "author": None, "body": "A", "created_utc": 1},
        {"id": 2.0, "link_id": "t3_10", "parent_id": "t1_b", "body": "B", "score": float("nan")},
    ]
    (thread,) = several(tmp_path, {"data": rows, "metadata": {"total": 2}})
    assert said(thread) == ["t1_b ?: A", "t1_2 ? -> t1_b: B"]
    assert thread.id == "t3_10"


def _thing(kind: str, name: str, thread: str, **more: Any) -> dict[str, Any]:
    text = {"body": f"Said {name}."} if kind == "t1" else {"selftext": "Hens.", "title": "T"}
    data = {"name": f"{kind}_{name}", "author": "ana", "link_id": thread, **text, **more}
    return {"kind": kind, "data": data}


def test_reddit_in_other_wrappings(tmp_path: Path) -> None:
    reply = _thing("t1", "b", "t3_x", parent_id="t1_a")
    below = {"kind": "Listing", "data": {"children": [reply]}}
    comment = _thing("t1", "a", "t3_x", parent_id="t3_x", replies=below)
    more = {"kind": "more", "data": {"count": 2, "children": ["y", "z"]}}
    told = ["t1_a ana: Said a.", "t1_b ana -> t1_a: Said b."]
    for value in ({"data": [comment, more]}, [comment, more]):
        (thread,) = several(tmp_path, value)
        assert said(thread) == told
        assert codes(thread) == ["replies-missing", "root-missing"]
    assert said(parsed(comment)) == told
    assert said(parsed(_thing("t3", "x", "t3_x"))) == ["t3_x ana: Hens."]


def test_what_somebody_wrote_in_several_threads_of_reddit(tmp_path: Path) -> None:
    things = [_thing("t1", "a", "t3_x", parent_id="t3_x"), _thing("t3", "x", "t3_x"),
              _thing("t1", "b", "t3_y", parent_id="t3_y")]  # fmt: skip
    one, other = several(tmp_path, {"kind": "Listing", "data": {"children": things}})
    assert said(one) == ["t3_x ana: Hens.", "t1_a ana -> t3_x: Said a."]
    assert said(other) == ["t1_b ana: Said b."]


def test_links_in_old_dumps_have_no_text(tmp_path: Path) -> None:
    row = {"id": "x", "title": "T", "author": "ana", "created_utc": 1, "subreddit": "hens",
           "num_comments": 0}  # fmt: skip
    assert [said(thread) for thread in several(tmp_path, [row])] == [["t3_x ana:"]]


def test_options_of_polls_are_no_threads(tmp_path: Path) -> None:
    poll = {"id": 1, "type": "poll", "by": "ana", "time": 1, "title": "T", "parts": [2]}
    option = {"id": 2, "type": "pollopt", "by": "ana", "time": 1, "poll": 1, "text": "Hens"}
    (thread,) = several(tmp_path, [poll, option])
    assert said(thread) == ["1 ana:"]
    assert codes(thread) == ["options-left-out"]


def test_hacker_news_items_in_other_wrappings(tmp_path: Path) -> None:
    option = {"id": 9, "type": "pollopt", "author": "ana", "text": "Yes", "children": []}
    poll = {"id": 1, "type": "poll", "author": "ana", "title": "Hens?", "children": [option]}
    other = {"id": 2, "type": "comment", "author": "ben", "text": "No.", "parent_id": 1,
             "children": []}  # fmt: skip
    first, second = several(tmp_path, [poll, other])
    assert (said(first), codes(first)) == (["1 ana:"], ["options-left-out"])
    assert (said(second), codes(second)) == (["2 ben: No."], ["root-missing"])
    kid = {"id": 4, "type": "comment", "by": "cem", "text": "Nested.", "dead": True}
    story = {"id": 3, "type": "story", "by": "ana", "time": 1, "kids": [kid, None, 7]}
    for value in (story, {"3": story}, [story, None]):
        (thread,) = several(tmp_path, value)
        assert said(thread) == ["3 ana:", "4 cem -> 3: Nested."]
        assert thread.posts[0].missing_replies == 1
        assert thread.posts[1].removed == "moderator"


# Forums


def _post(number: int, topic: int, **more: Any) -> dict[str, Any]:
    return {"id": 100 + number, "post_number": number, "topic_id": topic, "username": "ana",
            "cooked": f"<p>Post {number}.</p>", "created_at": "2023-01-01T10:00:00Z",
            **more}  # fmt: skip


def test_discourse_posts_in_other_wrappings(tmp_path: Path) -> None:
    whisper, moderator = _post(2, 7, post_type=4), _post(3, 7, post_type=2, reply_to_post_number=99)
    posts = [_post(1, 7), whisper, moderator, _post(1, 8)]
    for value in (posts, {"latest_posts": posts}, "\n".join(map(json.dumps, posts))):
        seven, eight = several(tmp_path, value)
        assert len(seven.posts) == 3
        assert codes(seven) == ["parent-missing"]
        assert said(eight) == ["1 ana: Post 1."]
    topics = [{"id": n, "title": f"T{n}", "post_stream": {"posts": [_post(1, n)]}} for n in (7, 8)]
    assert [thread.title for thread in several(tmp_path, topics)] == ["T7", "T8"]
    folder = tmp_path / "topics"
    folder.mkdir()
    for topic in topics:
        (folder / f"{topic['id']}.json").write_text(json.dumps(topic))
    assert [thread.id for thread in read_threads(folder)] == ["7", "8"]


def test_discourse_notices_and_hidden_posts() -> None:
    closed = {**_post(2, 7), "post_type": 3, "cooked": ""}
    hidden = {**_post(4, 7), "cooked": "<p>This post is hidden.</p>", "cooked_hidden": True}
    posts = [_post(1, 7), closed, {**_post(3, 7), "reply_to_post_number": 2}, hidden]
    thread = parsed({"id": 7, "title": "T", "post_stream": {"posts": posts}})
    assert [(post.id, post.parent_id, post.removed) for post in thread.posts] == [
        ("1", None, None), ("3", "1", None), ("4", "1", "moderator"),
    ]  # fmt: skip
    assert thread.posts[2].text == ""
    assert codes(thread) == ["actions-left-out"]


def test_forummagnum_comments_that_do_not_name_their_article(tmp_path: Path) -> None:
    article = {"_id": "p", "title": "T", "postedAt": "2023-01-01T00:00:00Z", "htmlBody": "Hens."}
    comments = [
        {"_id": "a", "parentCommentId": None, "author": "ana", "htmlBody": "A"},
        {"_id": "b", "parentCommentId": "a", "user": {"username": "ben"}, "htmlBody": "B"},
    ]
    held = {"comments": {"results": comments}}
    (thread,) = several(tmp_path, {"data": {"post": {"result": article}, **held}})
    assert [each for each in said(thread) if not each.startswith("p")] == [
        "a ana -> p: A", "b ben -> a: B",
    ]  # fmt: skip
    (thread,) = several(tmp_path, {"data": held})
    assert said(thread) == ["a ana: A", "b ben -> a: B"]


def test_forummagnum_in_other_wrappings(tmp_path: Path) -> None:
    stub = {"_id": "p", "postedAt": "2023-01-01", "title": "Hens"}
    above = {"_id": "a", "postId": "p", "postedAt": "2023-01-01T10:00:00Z", "htmlBody": "Hens."}
    below = {"_id": "b", "postId": "p", "postedAt": "2023-01-01T11:00:00Z", "htmlBody": "No.",
             "parentCommentId": "a", "parentComment": {"_id": "a", "postedAt": "2023"},
             "post": stub}  # fmt: skip
    for value in ([above, below], {"comments": {"results": [above, None, below]}},
                  {"data": {"post": {"result": {"comments": [above, below]}}}}):  # fmt: skip
        (thread,) = several(tmp_path, value)
        assert said(thread) == ["a ?: Hens.", "b ? -> a: No."]


def test_stackexchange_answers_and_comments_without_their_question(tmp_path: Path) -> None:
    owner = {"display_name": "Ana", "user_type": "registered"}
    comment = {"comment_id": 3, "post_id": 2, "owner": owner, "body": "Why?"}
    answer = {"answer_id": 2, "question_id": 1, "owner": owner, "body": "<p>Tar.</p>",
              "comments": [comment]}  # fmt: skip
    items = [answer, {**answer, "answer_id": 5, "comments": []}, {**comment, "post_id": 9}, {}]
    answers, comments = several(tmp_path, {"items": items, "quota_remaining": 1})
    assert said(answers) == ["a2 Ana: Tar.", "c3 Ana -> a2: Why?", "a5 Ana: Tar."]
    assert said(comments) == ["c3 Ana: Why?"]
    assert "items-left-out" in codes(answers)
    bare = {"question_id": 1, "title": "Hens", "owner": owner}
    (thread,) = several(tmp_path, [bare])
    assert codes(thread) == ["text-missing"]
    with pytest.raises(ThreadParseError, match="error answer of a server: site is required"):
        parsed({"error_id": 400, "error_message": "site is required", "error_name": "bad"})


# GitHub

SITE = "https://api.github.com/repos"


def _said_on(repo: str, number: int, name: int, **more: Any) -> dict[str, Any]:
    return {"id": name, "user": {"login": "ana"}, "body": f"Said {name}.",
            "url": f"{SITE}/{repo}/issues/comments/{name}",
            "issue_url": f"{SITE}/{repo}/issues/{number}", **more}  # fmt: skip


def test_github_comments_of_several_repositories(tmp_path: Path) -> None:
    comments = [_said_on("ana/hens", 3, 1), _said_on("ben/goats", 3, 2), _said_on("ana/hens", 3, 4)]
    hens, goats = several(tmp_path, comments)
    assert (hens.id, goats.id) == ("ana/hens#3", "ben/goats#3")
    assert len(hens.posts) == 2


def test_github_timeline_search_and_commits(tmp_path: Path) -> None:
    events = [
        {"id": 8, "event": "labeled", "actor": {"login": "ana"}, "url": f"{SITE}/ana/hens/x/8"},
        {**_said_on("ana/hens", 3, 1), "event": "commented", "actor": {"login": "ana"}},
        {"event": "committed", "sha": "abc", "message": "Fix"},
        {"id": 5, "event": "reviewed", "user": None, "body": "Fine.", "submitted_at": None},
    ]
    (thread,) = several(tmp_path, events)
    assert said(thread) == ["1 ana: Said 1.", "5 ?: Fine."]
    assert codes(thread) == ["actions-left-out", "root-missing"]
    issue = {"number": 3, "title": "Coop", "body": None, "user": None, "comments": 0,
             "html_url": "https://github.com/ana/hens/issues/3"}  # fmt: skip
    (found,) = several(tmp_path, {"total_count": 1, "items": [issue]})
    assert said(found) == ["issue-3 ?:"]
    on_commit = {"id": 6, "user": {"login": "ana"}, "body": "Why?", "commit_id": "abc",
                 "html_url": "https://github.com/ana/hens/commit/abc#c6"}  # fmt: skip
    assert said(parsed([on_commit])) == ["6 ana: Why?"]


def test_github_answers_with_several_issues_and_review_threads(tmp_path: Path) -> None:
    inline = [{"id": "i1", "body": "Typo.", "author": {"login": "cem"}},
              {"id": "i2", "body": "Thanks.", "author": None, "replyTo": {"id": "i1"}}]  # fmt: skip
    pull = {
        "number": 4, "id": "P", "title": "Coop", "body": "Fix.", "author": {"login": "ana"},
        "comments": {"nodes": [None, {"id": "c", "body": "Nice.", "author": {"login": "ben"}}]},
        "reviewThreads": {"nodes": [{"isResolved": True, "comments": {"nodes": inline}}]},
        "timelineItems": {"nodes": [{"__typename": "LabeledEvent"}]},
    }  # fmt: skip
    issue = {"number": 5, "id": "I", "title": "Roof", "body": "Leaks.", "author": None}
    repository = {"pullRequests": {"nodes": [pull]}, "issues": {"edges": [{"node": issue}]}}
    roof, coop = several(tmp_path, {"data": {"repository": repository}})
    assert said(roof) == ["I ?: Leaks."]
    assert said(coop) == [
        "P ana: Fix.", "c ben -> P: Nice.", "i1 cem -> P: Typo.", "i2 ? -> i1: Thanks.",
    ]  # fmt: skip
    assert codes(coop) == ["actions-left-out"]
    (bare,) = several(tmp_path, {"data": {"search": {"nodes": [{"number": 7, "title": "Hens"}]}}})
    assert (bare.id, bare.title, len(bare.posts)) == ("7", "Hens", 1)
    listed = [{**issue, "comments": []}, {**issue, "number": 6, "comments": []}]
    assert [thread.id for thread in several(tmp_path, listed)] == ["5", "6"]


# Chats


def test_github_bodies_as_text_or_html() -> None:
    comment = {"id": "c", "author": None, "bodyHTML": "<blockquote>Hens are calm.</blockquote>No."}
    issue = {"number": 1, "title": "Hens", "author": {"login": "ana"},
             "bodyText": "Hens are calm.", "comments": {"nodes": [comment]}}  # fmt: skip
    thread = parsed({"data": {"repository": {"issue": issue}}})
    assert said(thread) == ["p1 ana: Hens are calm.", "c ? -> p1: Hens are calm.\n\nNo."]
    assert [block.kind for block in thread.posts[1].blocks] == ["quote", "text"]
    assert thread.posts[1].quotes[0].source is not None


def test_what_gh_prints_of_some_fields_only(tmp_path: Path) -> None:
    comments = [{"id": n, "author": {"login": n}, "body": f"Said {n}."} for n in "ab"]
    thread = parsed({"comments": comments})
    assert said(thread) == ["a a: Said a.", "b b: Said b."]
    assert codes(thread) == ["root-missing"]
    issues = [{"number": n, "title": "T", "author": {"login": "ana"}, "body": "B"} for n in (1, 2)]
    assert [said(thread) for thread in several(tmp_path, issues)] == [["p1 ana: B"]] * 2


def test_github_discussions_count_the_replies_that_are_left_out() -> None:
    replies = {"totalCount": 3, "nodes": [{"id": "r", "author": None, "body": "R"}]}
    comment = {"id": "c", "author": {"login": "b"}, "body": "C", "replies": replies}
    held = {"number": 1, "title": "T", "body": "B", "author": {"login": "a"},
            "comments": {"totalCount": 2, "nodes": [comment]}}  # fmt: skip
    thread = parsed({"data": {"repository": {"discussion": held}}})
    assert [post.missing_replies for post in thread.posts] == [1, 2, 0]


def test_github_issues_beside_their_comments() -> None:
    issue = {"number": 1, "title": "T", "user": {"login": "ana"}, "body": "Hens.",
             "html_url": "https://github.com/o/r/issues/1"}  # fmt: skip
    comment = _said_on("o/r", 1, 5)
    for value in (
        {"issue": issue, "comments": [comment]},
        {"action": "created", "issue": issue, "comment": comment, "repository": {}},
    ):
        thread = parsed(value)
        assert said(thread) == ["issue-1 ana: Hens.", "5 ana -> issue-1: Said 5."]


def test_who_wrote_comments_in_reviews_of_an_archive() -> None:
    review = {"id": "v", "author": "cem", "body": "", "comments": [{"body": "Hens."}]}
    pull = {"number": 2, "title": "T", "author": "ana", "body": "B", "reviews": [review]}
    thread = parsed({"magic": "E!vIA5L86J2I", "issues": [], "pulls": [pull]})
    assert said(thread) == ["pull-2 ana: B", "pull-2-2 cem -> pull-2: Hens."]


def test_convokit_folders_with_users_and_with_several_corpora(tmp_path: Path) -> None:
    old = [{"id": "a", "root": "a", "user": "ana", "reply_to": None, "text": "Hens."},
           {"id": "b", "root": "a", "user": {"id": "ben"}, "reply_to": "a"}]  # fmt: skip
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "utterances.json").write_text(json.dumps(old), encoding="utf-8")
        (folder / "users.json").write_text("{}", encoding="utf-8")
        titles = json.dumps({"a": {"meta": {"title": name}}})
        (folder / "conversations.json").write_text(titles, encoding="utf-8")
    assert said(read_thread(tmp_path / "one")) == ["a ana: Hens.", "b ben -> a:"]
    assert [thread.title for thread in read_threads(tmp_path)] == ["one", "two"]


def test_faults_in_the_files_of_a_folder_are_noted(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "conversation_id": "a", "speaker": "ana", "text": "Hens."})
    (tmp_path / "utterances.jsonl").write_text(f"{good}\n{{broken\n", encoding="utf-8")
    assert codes(read_thread(tmp_path, strict=False)) == ["post-skipped"]


def test_slack_messages_without_a_text(tmp_path: Path) -> None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Hens "},
               {"type": "link", "url": "https://x", "text": "lay"}]}  # fmt: skip
    blocks = [{"type": "rich_text", "elements": [section]},
              {"type": "section", "text": {"type": "mrkdwn", "text": "Eggs."}}]  # fmt: skip
    messages = [
        {"type": "message", "ts": "1.0", "user": "U1", "text": "", "blocks": blocks},
        {"type": "message", "ts": "2.0", "bot_id": "B1", "text": "",
         "attachments": [{"fallback": "Build failed."}]},
        {"type": "message", "ts": 3.5, "user": "U1", "text": "Yes.", "subtype": "thread_broadcast",
         "thread_ts": "1.0", "root": {"ts": "1.0"}},
    ]  # fmt: skip
    folder = tmp_path / "general"
    folder.mkdir()
    (folder / "2023-01-01.json").write_text(json.dumps(messages))
    (folder / "notes.json").write_text(json.dumps([{"user": "U1", "date": "1"}]))
    thread = read_thread(folder)
    assert (thread.format, thread.title) == ("slack", "general")
    assert said(thread) == [
        "1.0 U1: Hens lay\nEggs.", "2.0 B1 -> 1.0: Build failed.", "3.5 U1 -> 1.0: Yes.",
    ]  # fmt: skip
    assert codes(thread) == ["file-left-out"]


def test_discord_cards_and_commands() -> None:
    embed = {"title": "Poll", "description": "Hens?", "fields": [{"name": "Yes", "value": "3"}]}
    author = {"id": "1", "name": "robot", "nickname": None, "isBot": True}
    messages = [
        {"id": "1", "type": "20", "timestamp": "2023-01-01T10:00:00.1234567+00:00", "content": "",
         "author": author, "embeds": [embed], "reference": None},
        {"id": "2", "type": "ChannelPinnedMessage", "content": "Pinned.", "author": author},
        {"id": "3", "type": "Default", "content": "", "author": author, "attachments": [{"id": 1}]},
    ]  # fmt: skip
    thread = parsed({"guild": {"id": "0"}, "channel": {"id": "7"}, "messages": messages})
    assert said(thread) == ["1 robot: Poll\nHens?\nYes\n3", "3 robot -> 1:"]
    assert codes(thread) == ["actions-left-out"]


def test_telegram_exports_of_an_account(tmp_path: Path) -> None:
    poll = {"id": 1, "type": "message", "from": "Ana", "text": "", "poll": {"question": "Hens?"},
            "edited": "1970-01-01T01:00:00"}  # fmt: skip
    chat = {"id": 5, "type": "personal_chat", "name": None, "messages": [poll]}
    left = {**chat, "id": 6}
    first, second = several(tmp_path, {"chats": {"list": [chat]}, "left_chats": {"list": [left]}})
    assert said(first) == ["1 Ana: Hens?"]
    assert first.posts[0].edited_at is None
    assert second.id == "6"


def test_messenger_in_several_files_and_encrypted(tmp_path: Path) -> None:
    folder = tmp_path / "ana_1"
    folder.mkdir()
    for part, times in ((2, (1, 2)), (10, (0,)), (1, (4, 3))):
        messages = [{"sender_name": "Ana", "timestamp_ms": 1000 * n, "content": f"M{n}"}
                    for n in sorted(times, reverse=True)]  # fmt: skip
        chat = {"participants": [{"name": "Ana"}], "title": "Hens", "messages": messages}
        (folder / f"message_{part}.json").write_text(json.dumps(chat))
    assert [post.text for post in read_thread(folder).posts] == ["M0", "M1", "M2", "M3", "M4"]
    encrypted = {
        "participants": ["Ana", "Ben"], "threadName": "Ben_3",
        "messages": [{"senderName": "Ana", "text": "Hühner?", "timestamp": 1000, "media": []},
                     {"senderName": "Ben", "text": "Nein.", "timestamp": 2000}],
    }  # fmt: skip
    thread = parsed(encrypted)
    assert [(post.author, post.text) for post in thread.posts] == [
        ("Ana", "Hühner?"), ("Ben", "Nein."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "when"),
    [
        ("12/13/20, 11:55\u202fPM - ", "2020-12-13 23:55"),
        ("\u200e[13.12.20, 23:55:01] ", "2020-12-13 23:55"),
        ("2020-12-13 23:55 - ", "2020-12-13 23:55"),
        ("13/12/20 11:55\u00a0p.\u00a0m. - ", "2020-12-13 23:55"),
        ("13/12/20 à 23:55 - ", "2020-12-13 23:55"),
        ("13.12.2020 klo 23.55 - ", "2020-12-13 23:55"),
        ("2020/12/13 下午11:55 - ", "2020-12-13 23:55"),
        ("2020. 12. 13. 오후 11:55, ", "2020-12-13 23:55"),
        ("١٣/١٢/٢٠٢٠، ١١:٥٥ م - ", "2020-12-13 23:55"),
        ("13.12.2020 г., 23:55 - ", "2020-12-13 23:55"),
    ],
)
def test_whatsapp_in_the_languages_of_phones(head: str, when: str) -> None:
    thread = parse_thread(
        f"{head}Messages are encrypted.\n{head}Ana: Hens?\nOr goats?\n"
        f"{head}~\u202fBen K: \u200eNo: hens. \u200e<This message was edited>\n"
        f"{head}Ana changed the subject to “Hens: all”\n{head}+49 151 23: <Media omitted>\n"
    )
    assert thread.format == "whatsapp"
    assert [(post.author, post.text) for post in thread.posts] == [
        ("Ana", "Hens?\nOr goats?"), ("Ben K", "No: hens."), ("+49 151 23", "<Media omitted>"),
    ]  # fmt: skip
    assert str(thread.posts[0].created_at).startswith(when)
    assert "2 notices" in thread.notes[0].message


def test_what_whatsapp_writes_in_the_place_of_words() -> None:
    thread = parse_thread(
        "1/1/21, 12:00 - Ana: <Media omitted>\n"
        "1/1/21, 12:01 - Ben: IMG-20210101-WA0001.jpg (file attached)\n"
        "1/1/21, 12:02 - Ana: \u200eimage omitted\n"
        "1/1/21, 12:03 - Ben: This message was deleted\n"
        "1/1/21, 12:04 - Ana: <Hens> are calm.\n"
    )
    assert [[block.kind for block in post.blocks] for post in thread.posts] == [
        ["boilerplate"], ["boilerplate"], ["boilerplate"], [], ["text"],
    ]  # fmt: skip
    assert [(post.text, post.removed) for post in thread.posts[3:4]] == [("", "author")]


def test_quotes_that_chats_mark_in_their_own_ways() -> None:
    slack = [{"type": "message", "ts": "1.0", "user": "U1", "text": "Hens are calm."},
             {"type": "message", "ts": "2.0", "user": "U2",
              "text": "No:\n&gt;&gt;&gt; Hens are calm.\nSo they say."}]  # fmt: skip
    chat = {"name": "Hens", "type": "private_group", "id": 1, "messages": [
        {"id": 1, "type": "message", "from": "Ana", "text": "Hens are calm."},
        {"id": 2, "type": "message", "from": "Ben",
         "text": [" Oh. ", {"type": "blockquote", "text": "Hens are calm."}, "\nNo."]},
        {"id": 3, "type": "message", "from": "Ben", "forwarded_from": "News", "text": "Foxes!"},
    ]}  # fmt: skip
    one, other = parsed(slack), parsed(chat)
    assert [[(block.kind, post.slice(block)) for block in post.blocks] for post in one.posts] == [
        [("text", "Hens are calm.")],
        [("text", "No:"), ("quote", ">>> Hens are calm.\nSo they say.")],
    ]
    assert [[(block.kind, post.slice(block)) for block in post.blocks] for post in other.posts] == [
        [("text", "Hens are calm.")],
        [("text", "Oh."), ("quote", "Hens are calm."), ("text", "No.")],
        [("quote", "Foxes!")],
    ]
    assert other.posts[1].parent_id == "1"
    assert [quote.author for quote in other.posts[2].quotes] == ["News"]


def test_slack_channels_in_one_file_each(tmp_path: Path) -> None:
    message = {"type": "message", "ts": "1.0", "user": "U1", "text": "Hens."}
    (tmp_path / "users.json").write_text("[]", encoding="utf-8")
    (tmp_path / "general.json").write_text(json.dumps([message]), encoding="utf-8")
    thread = read_thread(tmp_path)
    assert (thread.title, said(thread)) == ("general", ["1.0 U1: Hens."])


def test_lines_above_a_chat_are_named_in_a_note() -> None:
    thread = parse_thread("Coop\n13.12.20, 23:55 - Ana: Hens?\n13.12.20, 23:56 - Ben: No.\n")
    assert len(thread.posts) == 2
    assert codes(thread)[0] == "text-left-out"


def test_a_chat_with_its_pictures_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "chat.zip", "w") as archive:
        archive.writestr("_chat.txt", "[13.12.20, 23:55:01] Ana: Hens?\n[13.12.20, 23:56:01] Bo: x")
        archive.writestr("photo.jpg", b"\xff\xd8\x00")
    thread = read_thread(tmp_path / "chat.zip")
    assert len(thread.posts) == 2
    assert codes(thread)[0] == "files-left-out"


LOGS = {
    "irssi": """\
--- Log opened Mon Jan 02 10:00:00 2023
10:00 -!- ana [~a@x] has joined #hens
10:01 <@ana> Hens?
10:01 < ben> No.
10:02  * ben waves
10:03 -!- Irssi: #hens: Total of 2 nicks""",
    "weechat": """\
2023-01-02 10:00:00\t-->\tana (~a@x) has joined #hens
2023-01-02 10:01:00\t@ana\tHens?
2023-01-02 10:01:30\tben\tNo.
2023-01-02 10:02:00\t *\tben waves
2023-01-02 10:03:00\t--\tMode #hens [+o ana]""",
    "hexchat": """\
**** BEGIN LOGGING AT Mon Jan  2 10:00:00 2023

Jan 02 10:00:00 *\tana has joined
Jan 02 10:01:00 <ana>\tHens?
Jan 02 10:01:10 <ben>\tNo.
Jan 02 10:02:00 *\tben waves
**** ENDING LOGGING AT Mon Jan  2 11:00:00 2023""",
    "mirc": """\
Session Start: Mon Jan 02 10:00:00 2023
[10:00] * ana (a@x) has joined #hens
[10:01] <ana> \x0304Hens\x03?
[10:01] <ben> No.
[10:02] * ben waves
Session Close: Mon Jan 02 11:00:00 2023""",
    "znc": """\
[10:00:00] *** Joins: ana (~a@x)
[10:01:00] <ana> Hens?
[10:01:01] <ben> No.
[10:02:00] * ben waves
[10:02:30] -NickServ- You are identified""",
    "eggdrop": """\
[10:00] ana (~a@x) joined #hens.
[10:01] <ana> Hens?
[10:01] <ben> No.
[10:02] Action: ben waves
[10:03] ben left irc: Quit""",
    "mirc, joined": """\
[10:00] * Now talking in #hens
01[10:01] <ana> Hens?
[10:01] <ben> No.
[10:02] * ben waves""",
    "odd dates": """\
02/01/2023 10:01 <ana> Hens?
[02-Jan-2023 10:01:10] <ben> No.
[Mon Jan  2 2023] [10:02:00] * ben waves""",
    "energymech": """\
T 1672653600 10:01:00 <ana> Hens?
T 1672653610 10:01:10 <ben> No.
T 1672653620 10:02:00 * ben waves""",
    "dated": """\
[2023-01-02 10:01:00] <ana> Hens?
[2023-01-02 10:01:10] <ben> No.
[2023-01-02 10:02:10] * ben waves""",
}


@pytest.mark.parametrize("name", LOGS)
def test_dialects_of_irc_logs(name: str) -> None:
    thread = parse_thread(LOGS[name])
    assert thread.format == "irc"
    assert [(post.author, post.text) for post in thread.posts] == [
        ("ana", "Hens?"), ("ben", "No."), ("ben", "waves"),
    ]  # fmt: skip
    told = sum(int(n.message.split()[0]) for n in thread.notes if n.code == "actions-left-out")
    assert told + 3 == sum(bool(line.strip()) for line in LOGS[name].split("\n"))


def test_a_wrapped_line_of_a_log_goes_on_with_the_one_before() -> None:
    thread = parse_thread("<ana> Hens?\n<ben> No, not\nat all.\n<ana> Why?\n")
    assert [post.text for post in thread.posts] == ["Hens?", "No, not\nat all.", "Why?"]


SUBTITLES = {
    "vtt": """\
WEBVTT

1
00:00:01.000 --> 00:00:03.000
Ana Lee: Hens are easy.

00:00:04.000 --> 00:00:06.000
They eat all.

00:00:06.000 --> 00:00:07.000 align:start
<v Ben>Not <i>mine</i>.</v>

00:00:07.000 --> 00:00:08.000
Ana Lee: Why?
""",
    "srt": """\
1
00:00:01,000 --> 00:00:03,000
Ana Lee: Hens are easy.

2
00:00:04,000 --> 00:00:06,000
They eat all.

3
00:00:06,000 --> 00:00:07,000
Ben: Not mine.

4
00:00:07,000 --> 00:00:08,000
Ana Lee: Why?
""",
}


@pytest.mark.parametrize("name", SUBTITLES)
def test_subtitles_that_name_who_speaks(name: str) -> None:
    thread = parse_thread(SUBTITLES[name])
    assert thread.format == "transcript"
    assert [(post.author, post.text.split()) for post in thread.posts] == [
        ("Ana Lee", ["Hens", "are", "easy.", "They", "eat", "all."]),
        ("Ben", ["Not", "mine."]),
        ("Ana Lee", ["Why?"]),
    ]


def test_names_in_a_column_of_a_log() -> None:
    log = "10:00:01 ana | Hens?\n10:00:02 ben | ana: no.\n10:00:03 --> | cem joined\n"
    thread = parse_thread(log)
    assert thread.format == "irc"
    assert said(thread) == ["p1 ana: Hens?", "p2 ben -> p1: ana: no."]


MEETINGS = {
    "zoom and teams": "Meeting notes\n\nAna Lee   0:03\nHens?\n\nBen   0:06\nNo.\n\n"
    "Ana Lee\t0:09\nWhy?\n",
    "chat of a meeting": "10:00:01\t From Ana Lee to Everyone : Hens?\n"
    "10:00:05\t From Ben To Ana Lee(privately):\n\tNo.\n10:00:09\t From Ana Lee : Why?\n",
    "cues that go on": "WEBVTT\nKind: captions\n\nNOTE by hand: yes\n\na/1-0\n"
    "00:00:01.000 --> 00:00:02.000\n<v Ana Lee>Hens?</v>\n\nb\n00:00:03.000 --> 00:00:04.000\n"
    "<v Ben>No.</v>\n\n00:00:05.000 --> 00:00:06.000\n<v Ana Lee>Why</v>\n\n"
    "00:00:06.000 --> 00:00:07.000\n<v Ana Lee>not?</v>\n",
    "pidgin": "(10:00:01 AM) Ana Lee: Hens?\n(10:00:02 AM) Ben: No.\n(10:00:03 AM) Ana Lee: Why?\n",
}


@pytest.mark.parametrize("name", MEETINGS)
def test_records_of_meetings(name: str) -> None:
    thread = parse_thread(MEETINGS[name])
    assert thread.format == "transcript"
    told = [(post.author, post.text) for post in thread.posts if post.author is not None]
    last = "Why\nnot?" if "go on" in name else "Why?"
    assert told == [("Ana Lee", "Hens?"), ("Ben", "No."), ("Ana Lee", last)]


def test_prose_with_colons_and_hours_is_no_transcript() -> None:
    text = "We met at 10:00\n\nAnd: that was it.\n\nThen at 11:00\nAnd: hens."
    assert parse_thread(text).format == "plain"


def test_bylines_in_capitals_or_not() -> None:
    first = "## Comment by @ana at 2023-01-02T10:00:00Z"
    text = f"{first}\n\nHens?\n\n## comment by @ben at 2023-01-03\n\nNo."
    assert said(parse_thread(text)) == ["p1 ana: Hens?", "p2 ben -> p1: No."]


def test_a_time_behind_the_name() -> None:
    thread = parse_thread("Ana (10:01): Hens?\nBen [10:02:03]: No: goats.\nAna (10:03): Why?\n")
    assert [(post.author, post.text) for post in thread.posts] == [
        ("Ana", "Hens?"), ("Ben", "No: goats."), ("Ana", "Why?"),
    ]  # fmt: skip


# Microblogs and wikis


def test_mastodon_lists_of_statuses(tmp_path: Path) -> None:
    def status(name: str, above: str | None, when: str) -> dict[str, Any]:
        return {"id": name, "in_reply_to_id": above, "account": {"acct": "ana"},
                "content": f"<p>S{name}</p>", "created_at": f"2023-01-01T1{when}:00:00Z",
                "media_attachments": []}  # fmt: skip

    listed = [status("3", "2", "3"), status("2", "1", "2"), status("9", None, "0")]
    hens, other = several(tmp_path, listed)
    assert said(hens) == ["2 ana: S2", "3 ana -> 2: S3"]
    assert (hens.id, codes(hens)) == ("1", ["root-missing"])
    assert said(other) == ["9 ana: S9"]


def test_bluesky_in_the_newer_form() -> None:
    def item(uri: str, above: str | None, depth: int) -> dict[str, Any]:
        record = {"text": uri, "createdAt": "soon",
                  "reply": above and {"parent": {"uri": above}}}  # fmt: skip
        post = {"uri": uri, "author": {"handle": "ana.example"}, "record": record,
                "indexedAt": "2023-01-01T10:00:00Z"}  # fmt: skip
        return {"uri": uri, "depth": depth, "value": {"$type": "x#threadItemPost", "post": post}}

    gone = {"uri": "d", "depth": 1, "value": {"$type": "x#threadItemBlocked"}}
    thread = parsed({"thread": [item("b", "a", 0), item("c", "b", 1), gone]})
    assert said(thread) == ["b ana.example: b", "c ana.example -> b: c", "d ?:"]
    assert str(thread.posts[0].created_at) == "2023-01-01 10:00:00+00:00"
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": "x", "blocked": True}
    alone = parsed({"thread": blocked})
    assert [post.removed for post in alone.posts] == ["unknown"]


def test_talk_pages_of_other_wikipedias(tmp_path: Path) -> None:
    page = """\
{{Talk header}}
Nobody signed this.
== Hühner ==
Leise? --[[Benutzer:Ana|Ana]] ([[Benutzer Diskussion:Ana|Diskussion]]) 12:34, 5. Jan. 2020 (CET)
:Nein. --[[Benutzerin:Eva]] 13:00, 5. Feb. 2020 (CET)
== Poules ==
Non. [[Utilisateur:Ana|Ana]] ([[Discussion utilisateur:Ana|d]]) 5 janvier 2020 à 12:34 (CET)
== Nobody ==
Nobody signed here.
== Archives ==
{{archive|{{small|x}}}}
== 鸡 ==
是。[[User:甲|甲]]（[[User talk:甲|留言]]） 2020年1月5日 (日) 12:34 (UTC)
"""
    threads = several(tmp_path, page, "talk.txt")
    assert [(thread.title, said(thread)) for thread in threads] == [
        ("Hühner", ["p1 Ana: Leise?", "p2 Eva -> p1: Nein."]),
        ("Poules", ["p1 Ana: Non."]),
        ("Nobody", ["p1 ?: Nobody signed here."]),
        ("鸡", ["p1 甲: 是。"]),
    ]
    assert codes(threads[0]) == ["text-left-out"]


# Corpora and files


def _signed(name: str, title: str = "") -> str:
    return (
        f"[[User:{name}|{title or name}]] ([[User talk:{name}|talk]]) 12:34, 5 January 2020 (UTC)"
    )


def test_signatures_on_talk_pages() -> None:
    page = f"""{{{{Talk header}}}}
== Hens ==
See: I agree with [[User:Bob|Bob]]: hens. {_signed("Ana")}
:No, [[User:Ana]]. — {_signed("Bob_X", title="<b>Bob</b>")}
::One {_signed("Cem")} Two {_signed("Dan")}
:Old <small><span class="autosigned">—&nbsp;Preceding [[Wikipedia:Signatures|unsigned]] comment \
added by [[User:Eve|Eve]] ([[User talk:Eve#top|talk]]) 05:06, 7 March 2020 (UTC)</span></small>
:{{{{tq|See: I agree with}}}} hm

::more {_signed("Fay")}
{{{{hab}}}}
"""
    thread = parse_thread(page)
    assert said(thread) == [
        "p1 Ana: See: I agree with [[User:Bob|Bob]]: hens.",
        "p2 Bob X -> p1: No, [[User:Ana]].",
        "p3 Cem -> p2: One",
        "p4 Dan -> p2: Two",
        "p5 Eve -> p1: Old",
        "p6 Fay -> p1: {{tq|See: I agree with}} hm\n\nmore",
    ]
    assert [(block.kind, thread.posts[5].slice(block)) for block in thread.posts[5].blocks] == [
        ("quote", "{{tq|See: I agree with}}"), ("text", "hm"), ("text", "more"),
    ]  # fmt: skip


def test_a_page_in_an_answer_of_an_api_is_no_page() -> None:
    answer = {"parse": {"title": "Talk:Hens", "wikitext": {"*": f"Hens. {_signed('Ana')}"}}}
    with pytest.raises(ThreadParseError, match="of no kind that is known"):
        parsed(answer)


def test_convokit_times_that_are_no_moments() -> None:
    row = {"id": "u1", "conversation_id": "u1", "text": 42, "speaker": "ana",
           "timestamp": "00:01:23"}  # fmt: skip
    thread = parse_thread(json.dumps(row) + "\n" + json.dumps({**row, "id": "u2"}))
    assert said(thread) == ["u1 ana: 42", "u2 ana: 42"]
    assert codes(thread) == ["date-unknown"]


def test_files_with_byte_order_marks_and_other_line_ends(tmp_path: Path) -> None:
    text = "Ana: Hens?\r\nBen: Nein, Hühner.\r\nAna: Ja.\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path = tmp_path / encoding
        path.write_bytes(text.encode(encoding))
        thread = read_thread(path)
        assert [post.text for post in thread.posts] == ["Hens?", "Nein, Hühner.", "Ja."]


def test_what_is_not_utf_8_is_guessed_when_told_to(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"[10:00] <ana> H\xfchner?\n[10:01] <ben> Nein, \xc3\xbcberhaupt nicht.\n")
    with pytest.raises(ThreadParseError, match=":1: byte 15"):
        read_thread(path)
    thread = read_thread(path, strict=False)
    assert [post.text for post in thread.posts] == ["Hühner?", "Nein, überhaupt nicht."]
    assert codes(thread) == ["encoding-guessed"]


def test_faults_behind_the_last_thread_are_noted(tmp_path: Path) -> None:
    path = tmp_path / "x.ndjson"
    row = {"id": "c1", "link_id": "t3_a", "parent_id": "t3_a", "body": "Hens."}
    path.write_text("\n".join(map(json.dumps, [row, {**row, "id": None, "link_id": "t3_b"}])))
    (thread,) = read_threads(path, strict=False)
    assert codes(thread) == ["post-skipped", "root-missing"]
    with pytest.raises(ThreadParseError, match="id is missing"):
        list(read_threads(path))
