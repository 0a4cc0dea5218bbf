"""What all tests share: whatever runs on a Docker engine of our own is slow, and that engine is ended."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.engines import docker

# Two runs of the same code try the same values: a red test is the change's doing. What nobody has
# tried yet is looked for with --hypothesis-profile=default.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


# The canaries fly once for all servers that tests start, and not once for each of their fresh folders.
VERDICTS = Path(f"/var/tmp/director-verdicts-{os.getuid()}")
VERDICTS.mkdir(mode=0o700, exist_ok=True)
os.environ.setdefault("DIRECTOR_SANDBOX_VERDICT", str(VERDICTS / "bubblewrap"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the cases that start an engine, whichever suite they belong to."""
    for item in items:
        if "docker" in getattr(getattr(item, "callspec", None), "id", "").replace("-", " ").split():
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(300))


def pytest_sessionfinish() -> None:
    """End the engine that was started, and with it whatever it still ran."""
    if docker.engine.cache_info().currsize:
        docker.engine().stop()


@pytest.fixture(autouse=True)
def equal_among_processes() -> Generator[None]:
    """Whoever lifts the test process above all others starves the machine from here on: here it is named."""
    yield
    raised, policy = os.sched_getscheduler(0), os.SCHED_OTHER
    if raised != policy:
        os.sched_setscheduler(0, policy, os.sched_param(0))
    assert raised == policy, f"the test left its process in scheduling class {raised} (sched(7))"
