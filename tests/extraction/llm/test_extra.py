"""The extra loads when a thread is read by a model, and not before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def loaded_by(code: str) -> set[str]:
    """Return which of the packages that talk to models a fresh interpreter has loaded."""
    probe = (
        f"import sys, json\n{code}\n"
        "print(json.dumps([n for n in ('pydantic_ai', 'openai', 'httpx2') if n in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "code",
    [
        "import argumap",
        "import argumap.extraction, argumap.api, argumap.cli",
        "import argumap; argumap.extract(argumap.Thread())",
        "import argumap; argumap.LLMExtractor('openai:gpt-4o-mini')",
    ],
)
def test_nobody_loads_it_who_does_not_use_it(code: str) -> None:
    assert loaded_by(code) == set()


@pytest.mark.parametrize("package", ["pydantic_ai", "openai"])
def test_a_missing_extra_says_how_to_install_it(package: str) -> None:
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "import argumap\n"
        "try:\n"
        "    argumap.extract(argumap.Thread(), extractor='llm')\n"
        "except argumap.MissingExtraError as fault:\n"
        "    print(fault.extra, '|', fault)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == (
        "llm | extraction by a language model needs an optional part: pip install 'argumap[llm]'\n"
    )
