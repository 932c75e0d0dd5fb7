"""From Argdown tokens to a document, by the grammar of the official parser."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from argumap.formats.argdown.document import (
    Argument,
    Document,
    Key,
    Member,
    Relation,
    Section,
    Statement,
    Step,
)
from argumap.formats.argdown.lexer import RELATIONS, TEXT
from argumap.formats.argdown.relations import settle
from argumap.formats.argdown.words import CONTENT, END, Words

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["parse"]


def parse(text: str, source: str | None = None) -> Document:
    """Return what an Argdown text says.

    Raises:
        FormatParseError: It is not Argdown; line, column and a caret show where.
    """
    return _Parser(text, source).run()


class _Parser(Words):
    def __init__(self, text: str, source: str | None) -> None:
        super().__init__(text, source)
        self.section: Section | None = None
        self.inference: Key | None = None
        self.untitled = 0
        self.headings = 0

    def run(self) -> Document:
        self._skip("line break")
        self._skip("empty line")
        if self._at("front matter"):
            token = self._take()
            inner = token.image.strip("=")
            shift = len(token.image) - len(token.image.lstrip("="))
            self.document.front_matter = self._yaml(inner, token.offset + shift)
            self._skip("line break")
            self._need("empty line")
            self._take_settings()
        last: str | None = self._block(None)
        while not self._at(END):
            self._need("empty line")
            last = self._block(last)
        document = self.document
        # Each tag once, in the order of the text.
        owners: list[Document | Statement | Argument] = [document]
        owners += [*document.statements.values(), *document.arguments.values()]
        for tagged in owners:
            if tagged.tags:
                tagged.tags = list(dict.fromkeys(tagged.tags))
        settle(document)
        return document

    # --- blocks -------------------------------------------------------------------------------

    def _block(self, before: str | None) -> str | None:
        """Read one block; return the title of the argument that it is, or None."""
        if self._at("heading"):
            self._heading()
        elif self._at("statement number"):
            self._structure(before)
        elif self._at("argument definition", "argument reference"):
            return self._element(top=True)[1]
        elif self._at("indent"):
            self._list()
        else:
            self._element(top=True)
        return None

    def _heading(self) -> None:
        level = len(self._take().image) - 1
        member = Member()
        self._content(member)
        data = self._take_data()
        self.headings += 1
        section = Section(f"s{self.headings}", level, member.text.strip(), member.tags, data)
        parent = self.section
        while parent is not None and parent.level >= level:
            parent = parent.parent
        section.parent = parent
        (parent.children if parent else self.document.sections).append(section)
        self.section = section

    def _list(self) -> None:
        self._need("indent")
        kind = self.kind
        if kind not in {"ordered item", "unordered item"}:
            raise self._unexpected("expected: a list item")
        while self._skip(kind):
            self._element(top=False)
        self._need("dedent")

    def _structure(self, before: str | None) -> None:
        """Read a premise-conclusion structure; it belongs to the argument right before it."""
        title = before if before is not None else self._next_title()
        argument = self._argument(title)
        if argument.steps:
            raise self._fault(
                f"argument <{title}> has two premise-conclusion structures",
                self.tokens[self.place].offset,
            )
        if self.section is not None:
            argument.section = self.section.id
        steps: list[Step] = []
        concluded = False
        while self._at("statement number", "inference"):
            rules: list[str] | None = None
            data = None
            if self._at("inference"):
                if not steps:
                    raise self._unexpected("expected: a premise, such as (1) It rained.")
                rules, data = self._inference(title, len(steps))
                if not self._at("statement number"):
                    raise self._unexpected("expected: the conclusion, such as (2) It is wet.")
            self._take()
            if self._at("argument definition", "argument reference"):
                raise self._unexpected("expected: a statement")
            member = Member()
            steps.append(Step(member, rules, data))
            self._element(top=False, member=member)
            member.role = "premise" if rules is None else "intermediary-conclusion"
            concluded = rules is not None
        if not concluded:
            raise self._unexpected("expected: a line of ---- and the conclusion under it")
        steps[-1].member.role = "main-conclusion"
        argument.steps = steps

    def _inference(self, title: str, conclusion: int) -> tuple[list[str], Any]:
        self._take()
        rules: list[str] = []
        self._skip("line break")
        if self.kind in TEXT:
            rules.append(self._rule())
            while self._skip("comma"):
                if self.kind not in TEXT:
                    raise self._unexpected("expected: the name of a rule")
                rules.append(self._rule())
            self._skip("line break")
        data = self._take_data()
        self._need("end of inference")
        self._need("line break")
        self.inference = ("inference", title, conclusion)
        if self._at("indent"):
            self._relations(self.inference)
        return rules, data

    # --- statements and arguments -------------------------------------------------------------

    def _element(self, *, top: bool, member: Member | None = None) -> tuple[str, str]:
        """Read a statement or argument and the tree of relations under it, without recursion.

        Returns:
            Its kind, ``"statement"`` or ``"argument"``, and its title.
        """
        kind, first = self._head(top=top, member=member)
        if not self._at("indent"):
            return self._close(kind, first)
        self._relations(self._key(kind, first))
        return self._close(kind, first)

    def _relations(self, parent: Key) -> None:
        """Read the relations under an element or an inference."""
        self._need("indent")
        # One level of indentation each: its parent, and the child that is waiting to be closed.
        parents: list[Key] = [parent]
        waiting: list[tuple[str, Member, Callable[[Key], None]]] = []
        while parents:
            if self._skip("dedent"):
                parents.pop()
                if waiting:
                    closing_kind, closing, join = waiting.pop()
                    join(self._close(closing_kind, closing))
                continue
            token = self.tokens[self.place]
            if token.kind != "relation":
                raise self._unexpected("expected: a relation, or an empty line before this")
            self._take()
            offset = token.offset + len(token.image) - len(token.image.lstrip(" \t'"))
            symbol = token.image.lstrip(" \t'")
            kind, upwards = RELATIONS[symbol]
            if parents == [parent] and parent[0] == "inference" and symbol not in {"<_", "_"}:
                raise self._fault("an inference can only be undercut: <_", offset)
            if kind == "contradictory" and self._at("argument definition", "argument reference"):
                raise self._unexpected("only statements contradict each other: use - for arguments")
            child_kind, child = self._head(top=False, member=None, role="relation-statement")
            above = parents[-1]
            if kind == "undercut" and upwards and above[0] == "statement" and self.inference:
                above = self.inference  # as the official parser has it
            relation = (kind, upwards, offset)
            if self._skip("indent"):
                parents.append(self._key(child_kind, child))
                waiting.append((child_kind, child, partial(self._join, above, relation)))
            else:
                self._join(above, relation, self._close(child_kind, child))

    def _join(self, parent: Key, relation: tuple[str, bool, int], child: Key) -> None:
        kind, upwards, offset = relation
        source, target = (child, parent) if upwards else (parent, child)
        self.document.relations.append(Relation(kind, source, target, offset))

    def _head(
        self, *, top: bool, member: Member | None, role: str | None = None
    ) -> tuple[str, Member]:
        """Read a statement or argument up to the relations under it."""
        token = self.tokens[self.place]
        member = member or Member()
        member.offset = token.offset
        member.role = "top-level-statement" if top else role
        kind = "statement"
        if token.kind in {"argument definition", "argument reference"}:
            kind, member.role = "argument", "argument-description"
        if token.kind in {"statement definition", "argument definition"}:
            member.title = self._take().image[1:-2]
            self._content(member)
        elif token.kind in {"statement reference", "argument reference"}:
            title = self._take().image[1:-1]
            if title[:1] == "\n":  # no title, to the official parser, which forgets the words
                member.text = title.strip()
            else:
                member.title = title
                member.is_reference = True
            while self._at("tag"):
                member.text += self._add_tag(self._take(), member)
            member.tags = list(dict.fromkeys(member.tags))
            self._skip("line break")
        elif token.kind in CONTENT:
            self._content(member)
        else:
            raise self._unexpected("expected: a statement or an argument")
        member.data = self._take_data()
        return kind, member

    def _key(self, kind: str, member: Member) -> Key:
        """Return the key of an element that has relations under it: it gets its title now."""
        member.title = member.title or self._next_title()
        owner = self._statement if kind == "statement" else self._argument
        owner(member.title)
        return (kind, member.title)

    def _close(self, kind: str, member: Member) -> tuple[str, str]:
        """Add a member to the statement or argument of its title."""
        member.title = member.title or self._next_title()
        owner = (self._statement if kind == "statement" else self._argument)(member.title)
        owner.tags += member.tags
        if member.data is not None:
            owner.data = _merged(owner.data, member.data)
        owner.members.append(member)
        here = self.section.id if self.section else None
        grouped = member.data.get("isInGroup") if isinstance(member.data, dict) else None
        if grouped is True or (
            not member.is_reference and grouped is None and owner.section is None
        ):
            owner.section = here
        member.section = here
        return kind, member.title

    # --- what the document holds --------------------------------------------------------------

    def _statement(self, title: str) -> Statement:
        found = self.document.statements.get(title)
        if found is None:
            found = self.document.statements[title] = Statement(title)
        return found

    def _argument(self, title: str) -> Argument:
        found = self.document.arguments.get(title)
        if found is None:
            found = self.document.arguments[title] = Argument(title)
        return found

    def _next_title(self) -> str:
        self.untitled += 1
        return f"Untitled {self.untitled}"


def _merged(old: Any, new: Any) -> Any:
    """Merge data of several members: objects and lists into each other, the rest replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {
            key: _merged(old[key], value) if key in old else value for key, value in new.items()
        }
    if isinstance(old, list) and isinstance(new, list):
        return [_merged(a, b) for a, b in zip(old, new, strict=False)] + (
            old[len(new) :] or new[len(old) :]
        )
    return new
