"""The implementations of the Sandbox seam that this machine can try; another backend adds a line."""

from collections.abc import Callable

from domain.sandbox import BoxLimits, Sandbox
from sandbox.backends import bubblewrap, docker
from tests.engines.docker import IMAGE, engine
from tests.engines.gate import gate

SANDBOXES: dict[str, Callable[[], Sandbox]] = {
    "bubblewrap": lambda: bubblewrap.create(bubblewrap.BubblewrapConfig()),
    "docker": lambda: on_engine(engine().url),
    "docker-gate": lambda: on_engine(gate().url),
}
LIMITS = BoxLimits(seconds=20, memory_mb=256, processes=16, work_mb=16, output_mb=4, stdout_kb=64)


def on_engine(url: str) -> docker.Docker:
    """Boxes on the tests' own engine; what a crash has left there is removed at once."""
    return docker.create(
        docker.DockerConfig(url=url, image=IMAGE, installation="test", root=engine().tree, linger=0)
    )


def limits(**changes: float) -> BoxLimits:
    """The suite's small limits, with a few of them changed."""
    return BoxLimits.model_validate({**LIMITS.model_dump(), **changes})


def python(code: str) -> list[str]:
    """A guest that runs a few lines of Python."""
    return ["python", "-c", code]
