"""What all tests share: whatever runs on a Docker engine of our own is slow, and that engine is ended."""

import pytest
from hypothesis import settings

from tests.engines import docker

# Two runs of the same code try the same values: a red test is the change's doing. What nobody has
# tried yet is looked for with --hypothesis-profile=default.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


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
