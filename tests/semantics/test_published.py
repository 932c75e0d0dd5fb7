"""Published examples and competition instances from the research data, where it is there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from argumap.semantics import (
    EXTENSIONS,
    contributions,
    derived_attacks,
    extensions,
    grounded_labelling,
    ranking,
    strengths,
)
from semantics.worked import arguments

if TYPE_CHECKING:
    from pathlib import Path

    from argumap import ArgumentMap

pytestmark = pytest.mark.shared_data
_SHORT = {"accepted": "in", "rejected": "out", "undecided": "undec"}


def test_the_worked_examples_of_the_literature(shared_data: Path) -> None:
    document = json.loads((shared_data / "semantics-vectors.json").read_text(encoding="utf-8"))
    wrong = {v["id"]: _answer(v) for v in document["vectors"] if not _is_right(v, _answer(v))}
    assert document["vectors"]
    assert wrong == {}


def _answer(vector: dict[str, Any]) -> Any:  # noqa: PLR0911 # one for each kind
    supports = vector.get("supports", [])
    argmap = arguments(vector["arguments"], vector["attacks"], supports)
    kind, semantics = vector["kind"], vector["semantics"]
    if kind == "extensions":
        support = vector.get("support", "ignore")
        return sorted(map(sorted, extensions(argmap, semantics, support=support)))
    if kind == "evidential" and semantics == "grounded":
        labelling = grounded_labelling(argmap, evidence=vector["evidence"])
        return {claim: _SHORT[standing] for claim, standing in labelling.standings.items()}
    if kind == "evidential":
        return sorted(map(sorted, extensions(argmap, semantics, evidence=vector["evidence"])))
    if kind == "gradual":
        way: dict[str, Any] = {"base": vector["base"], "strict": False}
        if vector["expected"] == "diverges":
            way["iteration"] = "plain"
        found = strengths(argmap, semantics, **way)
        return found.values if found.converged else "diverges"
    if kind == "ranking":
        return [sorted(tier) for tier in ranking(argmap, semantics).tiers]
    if kind == "contribution":
        chosen = {"semantics": semantics, "base": vector["base"]}
        return contributions(argmap, vector["topic"], vector["how"], **chosen).values
    if kind == "attacks":
        return sorted(map(list, derived_attacks(argmap, semantics)))
    if kind == "labelling":
        labelling = grounded_labelling(argmap, support="ignore")
        return {claim: _SHORT[standing] for claim, standing in labelling.standings.items()}
    raise AssertionError(f"no answer to vectors of the kind {kind!r}")


def _is_right(vector: dict[str, Any], answer: Any) -> bool:
    expected = vector["expected"]
    if vector["kind"] == "attacks":
        return bool(answer == sorted(map(list, expected)))
    if vector["kind"] == "ranking":
        return bool(answer == [sorted(tier) for tier in expected])
    if isinstance(expected, list):
        return bool(answer == sorted(map(sorted, expected)))
    if vector["kind"] in {"evidential", "labelling"} or expected == "diverges":
        return bool(answer == expected)
    return all(abs(answer[name] - value) <= vector["tolerance"] for name, value in expected.items())


def test_competition_instances(shared_data: Path) -> None:
    folder = shared_data / "iccma"
    for instance in json.loads((folder / "answers.json").read_text(encoding="utf-8")):
        argmap = _read(folder / instance["file"])
        labelling = grounded_labelling(argmap, support="ignore")
        assert set(labelling.accepted) == set(instance["grounded"]["in"])
        assert set(labelling.undecided) == set(instance["grounded"]["undec"])
        for semantics, answer in instance["answers"].items():
            if semantics not in EXTENSIONS:
                continue
            found = extensions(argmap, semantics, support="ignore")
            assert found.count == answer["count"]
            if "extensions" in answer:
                wanted = sorted(map(sorted, answer["extensions"]))
                assert sorted(map(sorted, found)) == wanted
            for mode in ("credulous", "skeptical"):
                # With no extension the competition has everything hold in all of them.
                if answer.get(mode) is not None and found.count:
                    assert set(getattr(found, mode)) == set(answer[mode])


def _read(path: Path) -> ArgumentMap:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".apx":
        names = re.findall(r"arg\((\w+)\)", text)
        return arguments(names, re.findall(r"att\((\w+),\s*(\w+)\)", text))
    if path.suffix == ".tgf":
        names_part, attacks = text.split("#")
        return arguments(
            names_part.split(), [row.split()[:2] for row in attacks.split("\n") if row]
        )
    head, *rows = (row for row in text.splitlines() if row and not row.startswith("#"))
    names = [str(n + 1) for n in range(int(head.split()[2]))]
    return arguments(names, [row.split() for row in rows])
