"""The questions that a corpus is asked by name. A question is one entry here."""

from __future__ import annotations

from dataclasses import dataclass

from argumap._registry import Registry

__all__ = ["QUESTIONS", "Question"]


@dataclass(frozen=True)
class Question:
    """A question in SQL.

    Attributes:
        meaning: What it asks, in words.
        sql: The same in SQL, over the tables. The order is that of the input unless it says other.
    """

    meaning: str
    sql: str


_CLAIM = "thread, id, author, text, post_id, span_start, span_end, confidence, supports, rebuttals"

QUESTIONS: Registry[Question] = Registry(
    "question",
    {
        "unsupported": Question(
            "claims that no support concludes",
            f"SELECT {_CLAIM} FROM claims WHERE supports = 0",  # noqa: S608  # our own words
        ),
        "contested": Question(
            "claims that are rebutted",
            f"SELECT {_CLAIM} FROM claims WHERE rebuttals > 0",  # noqa: S608
        ),
        "unanswered": Question(
            "rebuttals that nobody rebuts or undercuts",
            """
            SELECT r.thread, r.id, c.id AS claim, c.author, c.text, r.target AS against,
                r.confidence
            FROM relations r
            JOIN claims c ON c.thread = r.thread AND c.id = r.sources[1]
            JOIN threads t ON t.thread = r.thread
            WHERE r.kind = 'rebuttal' AND r.undercuts = 0 AND c.rebuttals = 0
            ORDER BY t.source, t.record, r.position
            """,
        ),
        "authors": Question(
            "who says how much: threads, claims by stance, how many claims of his lack support",
            """
            SELECT m.author,
                count(DISTINCT m.thread) AS threads,
                count(*) FILTER (m.stance = 'asserts') AS asserts,
                count(*) FILTER (m.stance = 'endorses') AS endorses,
                count(*) FILTER (m.stance = 'concedes') AS concedes,
                count(*) FILTER (m.stance = 'denies') AS denies,
                count(*) FILTER (m.stance = 'asserts' AND c.supports = 0) AS unsupported,
                count(*) FILTER (m.stance = 'asserts' AND c.rebuttals > 0) AS contested
            FROM mentions m JOIN claims c ON c.thread = m.thread AND c.id = m.claim
            WHERE m.author IS NOT NULL
            GROUP BY m.author ORDER BY asserts DESC, m.author
            """,
        ),
        "threads": Question(
            "what each thread holds",
            """
            SELECT thread, title, posts, authors, claims, supports, rebuttals, undercuts,
                unsupported, contested, first_post
            FROM threads WHERE status = 'ok'
            """,
        ),
        "errors": Question(
            "what could not be read or mapped, and why",
            "SELECT thread, error, message FROM threads WHERE status = 'error'",
        ),
    },
)
"""Every question by its name."""
