"""What an Argdown text says: statements, arguments, relations, sections, tags.

The same things, by the same names, as the official parser's JSON has; `argumap.formats.argdown`
makes a map of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Argument", "Document", "Key", "Member", "Relation", "Section", "Statement", "Step"]

# What a relation joins: ("statement", title), ("argument", title) or ("inference", title, index),
# where the index is that of the inference's conclusion in the argument.
Key = tuple[str, str] | tuple[str, str, int]


@dataclass(slots=True)
class Member:
    """One place where a statement or argument stands, with a text or as a reference."""

    title: str = ""
    text: str = ""
    is_reference: bool = False
    role: str | None = None
    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    data: Any = None
    section: str | None = None
    offset: int = 0


@dataclass(slots=True)
class Statement:
    """All members of one title: an equivalence class."""

    title: str
    members: list[Member] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    section: str | None = None
    data: Any = None

    @property
    def text(self) -> str | None:
        """The text of the canonical member, or None when nothing but references stand there."""
        return _canonical_text(self.members)


@dataclass(slots=True)
class Step:
    """A statement in a premise-conclusion structure.

    Attributes:
        member: The statement.
        rules: For a conclusion: the rules of its inference, else None.
        data: For a conclusion: the data of its inference.
    """

    member: Member
    rules: list[str] | None = None
    data: Any = None


@dataclass(slots=True)
class Argument:
    """An argument: descriptions, and perhaps a premise-conclusion structure."""

    title: str
    members: list[Member] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    section: str | None = None
    data: Any = None

    @property
    def text(self) -> str | None:
        """The text of the canonical description, or None when there is none."""
        return _canonical_text(self.members)


@dataclass(slots=True)
class Relation:
    """A relation: support, attack, undercut, contradictory, or, in strict mode, entails, contrary.

    Attributes:
        kind: One of those.
        source: What gives the reason.
        target: What it is about.
        offset: Where it stands.
    """

    kind: str
    source: Key
    target: Key
    offset: int = 0


@dataclass(slots=True)
class Section:
    """A heading and what stands below it."""

    id: str
    level: int
    title: str
    tags: list[str]
    data: Any = None
    children: list[Section] = field(default_factory=list)
    parent: Section | None = None


@dataclass(slots=True)
class Document:
    """A whole text."""

    statements: dict[str, Statement] = field(default_factory=dict)
    arguments: dict[str, Argument] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    front_matter: Any = None


def _canonical_text(members: list[Member]) -> str | None:
    """The last definition that has words, or the last that calls itself canonical."""
    if len(members) == 1:
        return None if members[0].is_reference else members[0].text
    defined = [member for member in members if not member.is_reference]
    defined = [member for member in defined if member.text.strip()] or defined
    for member in reversed(defined):
        if isinstance(member.data, dict) and member.data.get("isCanonical"):
            return member.text
    return defined[-1].text if defined else None
