"""What all tests share: Hypothesis profiles and the way to the research data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"

# Examples are derived from the test's own name, so that a run can be repeated; no deadline, since
# other work on the machine must not fail a law.
settings.register_profile(
    "argumap",
    deadline=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", parent=settings.get_profile("argumap"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "argumap"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of research data beside the repository; skip where there is none."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the research data is not beside this repository")
    return SHARED_DATA


@pytest.fixture(scope="session")
def seed_thread_file() -> Path:
    """Return the seed thread, the first example."""
    return REPOSITORY / "examples" / "data" / "seed-thread.txt"
