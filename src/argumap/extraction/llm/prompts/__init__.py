"""The prompts: one file each, with its version. A changed text is a new version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Prompt", "load_prompt"]


@dataclass(frozen=True)
class Prompt:
    """A prompt.

    Attributes:
        name: Name of its file.
        version: Its version, as the file says.
        text: What the model is told.
    """

    name: str
    version: int
    text: str

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"


@cache
def load_prompt(name: str) -> Prompt:
    """Return the prompt of that name: ``claims``, ``relations``, ``review`` or ``again``.

    Examples:
        >>> load_prompt("claims").name
        'claims'
    """
    raw = files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    found = re.match(r"---\nversion: (\d+)\n---\n", raw)
    if found is None:
        raise ValueError(f"the prompt {name} does not say its version")
    return Prompt(name, int(found[1]), raw[found.end() :].strip())
