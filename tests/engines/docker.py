"""A real Docker engine of the tests' own: started on first use with its own socket and folders, then ended.

Its images and build cache live in `$DIRECTOR_TEST_CACHE/docker` (/var/tmp/director-tests/docker unless set),
so that only the first run builds from nothing. `DIRECTOR_TEST_DOCKER` names a running engine to use instead,
`DIRECTOR_TEST_BASE_IMAGE` an image to build on; without one Debian is bootstrapped.
"""

import atexit
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docker
import pytest
from docker.errors import BuildError, ImageNotFound

ROOT = Path(__file__).resolve().parents[2]
IMAGE, BASE = "director-sandbox-test", "director-base-test"
START_SECONDS = 60
PASSED_ON = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "http_proxy", "https_proxy", "no_proxy")
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
CONTEXT = ("sandbox/Dockerfile", "sandbox/requirements.lock", "sandbox/contents.py", "packages.txt")
PACKAGES = ("domain", "render", "stage")
OURS_IMAGE = "director-test"
OURS = (
    "agent", "api", "cli", "domain", "jobs", "memory", "providers", "render", "sandbox", "stage", "storage",
    "templates", "tools",
)  # fmt: skip
STANDINS = {"redis": "director-redis-test", "postgres": "director-postgres-test"}


class Daemon:
    """A dockerd with its own socket and folders, that may be killed and started again."""

    def __init__(self, cache_folder: Path) -> None:
        self._lock = (cache_folder / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)  # one engine at a time may use these folders
        self._folder = Path(tempfile.mkdtemp(prefix="dk-"))
        self._data = cache_folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._folder}/docker.sock"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = ["dockerd", "--iptables=false", "--bridge=none", "-H", self.url]
        command += ["--data-root", str(self._data), "--exec-root", str(self._folder / "exec")]
        command += ["--pidfile", str(self._folder / "pid")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"dockerd did not start: {(self._folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            try:
                line.connect(self.url.removeprefix("unix://"))
                line.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
                return b" 200 " in line.recv(100)
            except OSError:
                return False

    def kill(self) -> None:
        """End it as the power goes; the containers that it made know nothing of it."""
        assert self._process is not None
        shepherd = self._folder / "exec/containerd/containerd.pid"
        pids = [self._process.pid, *([int(shepherd.read_text())] if shepherd.exists() else [])]
        for pid in pids:
            with suppress(ProcessLookupError):  # it dies with its parent
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        for name in ("containerd.pid", "containerd.sock", "containerd.sock.ttrpc"):
            (shepherd.parent / name).unlink(missing_ok=True)

    def stop(self) -> None:
        """End it and its containers for good."""
        if self._process is None:
            return
        self._process.terminate()
        self._process.wait(timeout=30)
        self._process = None
        self._lock.close()
        left = self._folder / "exec/netns/default"  # a mount that the engine forgets, where it had a guest
        subprocess.run(["umount", left], check=False, capture_output=True)
        shutil.rmtree(self._folder)


@dataclass(frozen=True)
class TestEngine:
    """An engine that has the image, and the tree that the image was made of."""

    url: str
    tree: Path
    daemon: Daemon | None
    """None for one that somebody else has started."""

    __test__ = False

    def stop(self) -> None:
        """End it, when it is ours."""
        if self.daemon is not None:
            self.daemon.stop()


@cache
def engine() -> TestEngine:
    """Start the engine and build the image; a machine that cannot is an error, never a skip."""
    if url := os.environ.get("DIRECTOR_TEST_DOCKER"):
        return _with_image(url, None)
    daemon = _started()
    return _with_image(daemon.url, daemon)


def _started() -> Daemon:
    missing = [name for name in ("dockerd", "debootstrap") if not shutil.which(name)]
    if missing or os.geteuid() != 0:
        pytest.fail(
            f"the Docker tests need root and {', '.join(missing) or 'nothing else'}: run them as root after "
            "`apt install docker.io debootstrap`, or name a running engine in DIRECTOR_TEST_DOCKER"
        )
    cache_folder = Path(os.environ.get("DIRECTOR_TEST_CACHE", "/var/tmp/director-tests"), "docker")
    cache_folder.mkdir(parents=True, exist_ok=True)
    daemon = Daemon(cache_folder)
    atexit.register(daemon.stop)
    daemon.start()
    return daemon


def _with_image(url: str, daemon: Daemon | None) -> TestEngine:
    tree = _tree(CONTEXT, PACKAGES)
    build(url, tree, "sandbox/Dockerfile", IMAGE)
    return TestEngine(url, tree, daemon)


def _tree(files: Sequence[str], packages: Sequence[str]) -> Path:
    """Copy what an image is made of, so that nobody changes it while it is built."""
    tree = Path(tempfile.mkdtemp(prefix="dk-tree-"))
    atexit.register(shutil.rmtree, tree, ignore_errors=True)
    for name in files:
        (tree / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tree / name)
    for name in packages:
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tree / name, ignore=ignore, dirs_exist_ok=True)
    return tree


def build(url: str, tree: Path, dockerfile: str, tag: str) -> None:
    """Build an image as `docker build` does; what had its name before is removed."""
    client = docker.APIClient(base_url=url, timeout=900)
    before = {str(each["Id"]) for each in client.images(tag)}
    arguments = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    arguments["BASE_IMAGE"] = _base(client)
    if Path(CERTIFICATES).exists():
        arguments["PIP_CERT"] = CERTIFICATES
    said = client.build(
        path=str(tree), dockerfile=dockerfile, tag=tag, buildargs=arguments, network_mode="host", rm=True,
        decode=True,
    )  # fmt: skip
    words: list[dict[str, Any]] = list(said)
    if any("error" in each for each in words):
        raise BuildError("".join(str(each.get("stream", each)) for each in words[-30:]), words)
    for stale in before - {str(each["Id"]) for each in client.images(tag)}:
        for left in client.containers(all=True, filters={"ancestor": stale}):
            client.remove_container(left["Id"], force=True)
        client.remove_image(stale, noprune=True)
    client.close()


@cache
def stack_images() -> TestEngine:
    """The engine with the images of the whole stack: ours, and those that stand in for official ones."""
    found = engine()
    files = [name.relative_to(ROOT).as_posix() for name in ROOT.glob("*.py")]
    files += ["Dockerfile", "requirements.lock", "pyproject.toml", "README.md", "LICENSE"]
    build(found.url, _tree(files, OURS), "Dockerfile", OURS_IMAGE)
    for name, tag in STANDINS.items():
        build(found.url, ROOT / "tests/engines/images", f"{name}.Dockerfile", tag)
    return found


def _base(client: docker.APIClient) -> str:
    """Name the image to build on; without one, bootstrap Debian and give it this machine's certificates."""
    if "DIRECTOR_TEST_BASE_IMAGE" in os.environ:
        return os.environ["DIRECTOR_TEST_BASE_IMAGE"]
    try:
        client.inspect_image(BASE)
    except ImageNotFound:
        with tempfile.TemporaryDirectory(prefix="dk-base-") as folder:
            root, archive = Path(folder, "root"), Path(folder, "base.tar")
            subprocess.run(["debootstrap", "--variant=minbase", "bookworm", root], check=True)
            for name in ("etc/ssl/certs", "usr/share/ca-certificates", "usr/local/share/ca-certificates"):
                if Path("/", name).is_dir():
                    shutil.copytree(Path("/", name), root / name, symlinks=True, dirs_exist_ok=True)
            subprocess.run(["tar", "-C", root, "-cf", archive, "."], check=True)
            client.import_image_from_file(str(archive), repository=BASE)
    return BASE
