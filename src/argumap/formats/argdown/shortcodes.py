"""Argdown's short names for signs, such as ``:happy:`` or ``.^.``."""

from __future__ import annotations

__all__ = ["SHORTCODES"]

_NAMES = {
    "∀": "A",
    "∃": "E",
    "𝗢": "O",
    "𝗣": "P",
    "→": "->",
    "↔": "<->",
    "¬": "~",
    "∧": "^",
    "∨": "v",
    "⊻": "v_",
    "◇": "<>",
    "◻": "[]",
    "😀": "happy",
    "☺": "smile smiley",
    "😆": "laugh lol",
    "🤣": "rofl",
    "😂": "joy",
    "❤": "heart",
    "❓": "? question",
    "😍": "love",
    "😉": "wink",
    "🤫": "shush",
    "😐": "meh",
    "🙄": "eye-roll",
    "😢": "sad",
    "😞": "disappointed",
    "😱": "scream",
    "👍": "+1 up",
    "👎": "-1 down",
    "🤔": "think",
    "⭐": "star",
    "✔": "y agree",
    "❌": "n disagree",
}

SHORTCODES: dict[str, str] = {
    f"{mark}{name}{mark}": sign
    for sign, names in _NAMES.items()
    for name in names.split()
    for mark in ".:"
}
SHORTCODES[":smile:"] = "☺\ufe0f"  # with the selector of its picture form
