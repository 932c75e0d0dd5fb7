"""A small thread, and an environment without anybody's keys."""

from __future__ import annotations

import pytest

from argumap import Post, Thread
from argumap.threads import mark_up


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "ARGUMAP_LLM_KEY",
        "ARGUMAP_LLM_MODEL",
        "ARGUMAP_LLM_BASE_URL",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def library() -> Thread:
    """Three people on opening hours: a quote, a bare agreement, a concession, an undercut."""
    return mark_up(
        Thread(
            id="library",
            title="Opening hours",
            posts=(
                Post(
                    id="x7",
                    author="Rosa",
                    text="I think the library should open on Sundays, because people who work "
                    "all week cannot come otherwise. It would cost a bit more, I grant that.",
                ),
                Post(
                    id="x8",
                    author="Tom",
                    parent_id="x7",
                    text="> I think the library should open on Sundays, because people who work "
                    "all week cannot come otherwise.\n\nExactly! My sister is a nurse and has "
                    "not borrowed a book in three years.",
                ),
                Post(
                    id="x9",
                    author="Wim",
                    parent_id="x8",
                    text="One nurse proves nothing. And staff is short, so nobody could open.",
                ),
            ),
        )
    )
