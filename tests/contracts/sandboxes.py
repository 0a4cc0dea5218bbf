"""The implementations of the Sandbox seam that this machine can try; another backend adds a line."""

from collections.abc import Callable

from domain.sandbox import BoxLimits, Sandbox
from sandbox.backends import bubblewrap, docker
from tests.engines.docker import IMAGE, engine

SANDBOXES: dict[str, Callable[[], Sandbox]] = {
    "bubblewrap": lambda: bubblewrap.create(bubblewrap.BubblewrapConfig()),
    "docker": lambda: docker.create(
        docker.DockerConfig(url=engine().url, image=IMAGE, installation="test", root=engine().tree)
    ),
}
LIMITS = BoxLimits(seconds=20, memory_mb=256, processes=16, work_mb=16, output_mb=4, stdout_kb=64)


def limits(**changes: float) -> BoxLimits:
    """The suite's small limits, with a few of them changed."""
    return BoxLimits.model_validate({**LIMITS.model_dump(), **changes})


def python(code: str) -> list[str]:
    """A guest that runs a few lines of Python."""
    return ["python", "-c", code]
