"""A Docker engine: reached once, asked in threads, and its refusals put into words."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

import docker
import requests
from docker.errors import APIError, DockerException, ImageNotFound, NotFound

from domain.errors import Unavailable
from sandbox.order import LABEL

P = ParamSpec("P")
T = TypeVar("T")

_NEEDS = {"MemoryLimit": "memory", "PidsLimit": "processes", "CpuCfsQuota": "processors"}
_ANY_VERSION = "1.41"
"""Not sent: the engine is asked for its own."""
OLDEST = [1, 41]
"""The first version with control groups v2 and namespaces of their own."""
_STALE_SECONDS = 120
"""Age after which a container that never started is nobody's work any more."""
LINGER_SECONDS = 10.0
"""Time that another server or worker of the installation has to look at its box after that has ended."""


@dataclass(frozen=True)
class Facts:
    """What was asked of the engine when it was reached."""

    image: str
    """The image by its content: what is run does not change under a name."""
    processors: int
    runtime: str
    """Empty for the engine's own."""
    is_mapped: bool
    """Whether it maps users, so that only the first 65,536 exist."""


class Engine:
    """The connection to one engine; every call is made in a thread and ends within the timeout."""

    def __init__(
        self, url: str, image: str, installation: str, timeout: float, *, linger: float = LINGER_SECONDS
    ) -> None:
        self.url = url
        self.image = image
        self.installation = installation
        self._timeout = timeout
        self._linger = linger
        self._client: docker.APIClient | None = None
        self._facts: Facts | None = None
        self._turn = asyncio.Lock()

    @property
    def client(self) -> docker.APIClient:
        """The connection, once `facts` was awaited."""
        assert self._client is not None
        return self._client

    async def facts(self) -> Facts:
        """Reach the engine, look at it, and remove what a crash has left there.

        Raises Unavailable when it is away, cannot hold a box, or lacks the image.
        """
        async with self._turn:
            return self._facts or await self.ask(self.look)

    def look(self) -> Facts:
        """Do the same in this thread; raises what the engine's library raises, besides Unavailable."""
        if self._facts is None:
            self._facts = self._reach()
        return self._facts

    def forget(self) -> None:
        """Look again next time: the engine or its image has changed."""
        self._facts = None

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call the engine in a thread.

        Raises Unavailable, with the engine's own words, for anything but success.
        """
        try:
            return await asyncio.to_thread(call, *args, **kwargs)
        except ImageNotFound:
            self.forget()
            raise Unavailable(
                "sandbox",
                f"the engine at {self.url} has no image {self.image!r}: build it with `make image`; "
                "nothing was run",
            ) from None
        except APIError as problem:
            self.forget()
            said = str(problem.explanation or problem)[:500]
            raise Unavailable("sandbox", f"the Docker engine refused: {said}; nothing was run") from problem
        except (DockerException, requests.exceptions.RequestException, OSError) as problem:
            self.forget()
            raise Unavailable(
                "sandbox",
                f"no Docker engine answers at {self.url} ({str(problem)[:200]}): start it, or name another "
                "one; nothing was run",
            ) from problem

    def _reach(self) -> Facts:
        if self._client is None:
            self._client = self._connected()
        told = self._client.info()
        security = [str(option) for option in told.get("SecurityOptions") or ()]
        missing = [words for name, words in _NEEDS.items() if not told.get(name)]
        if not any("seccomp" in option for option in security):
            missing.append("system calls (seccomp)")
        if told.get("OSType") != "linux" or missing:
            raise Unavailable(
                "sandbox",
                f"the engine at {self.url} cannot limit {', '.join(missing) or 'a Linux guest'}: boxes need "
                "an engine with these cgroup controllers and filters; nothing was run",
            )
        image = str(self._client.inspect_image(self.image)["Id"])
        self.reap()
        return Facts(
            image=image,
            processors=int(told["NCPU"]),
            runtime="runsc" if "runsc" in (told.get("Runtimes") or {}) else "",
            is_mapped=any(name in option for option in security for name in ("userns", "rootless")),
        )

    def _connected(self) -> docker.APIClient:
        """Knock, and agree on a version, first: the client forgets to close a line that nobody answers."""
        scheme, _, path = self.url.partition("://")
        if scheme == "unix":
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(path)
        probe = docker.APIClient(base_url=self.url, version=_ANY_VERSION, timeout=self._timeout)
        try:
            spoken = str(probe.version(api_version=False)["ApiVersion"])
        finally:
            probe.close()
        if [int(part) for part in spoken.split(".")] < OLDEST:
            raise Unavailable(
                "sandbox",
                f"the engine at {self.url} speaks Docker's interface {spoken}: 1.41 (Docker 20.10) "
                "or later is needed, upgrade it; nothing was run",
            )
        return docker.APIClient(base_url=self.url, version=spoken, timeout=self._timeout)

    def reap(self) -> None:
        """Remove this installation's boxes that have ended or never begun; the others have an owner."""
        label = f"{LABEL}={self.installation}"
        for found in self.client.containers(all=True, filters={"label": [label]}):
            name, now = str(found["Id"]), time.time()
            ended = found["State"] in ("exited", "dead") and now - self._end_of(name) >= self._linger
            if ended or (found["State"] == "created" and now - float(found["Created"]) > _STALE_SECONDS):
                remove(self.client, name)

    def _end_of(self, name: str) -> float:
        """When a container ended, seconds since 1970; one that is gone ended long ago."""
        try:
            told = str(self.client.inspect_container(name)["State"]["FinishedAt"])
        except NotFound:
            return 0
        return datetime.fromisoformat(f"{told[:19]}+00:00").timestamp()


def remove(client: docker.APIClient, name: str) -> None:
    """End and remove a container; one that is gone or just going is no error."""
    try:
        client.remove_container(name, v=True, force=True)
    except NotFound:
        return
    except APIError as problem:
        if problem.status_code != 409:  # another call is removing it
            raise


def line_of(stream: Any, url: str) -> socket.socket:
    """Take the socket out of the client's hands; what wrapped it is closed.

    Raises Unavailable for an encrypted connection, which cannot be handed on.
    """
    inner = getattr(stream, "_sock", stream)
    response = getattr(stream, "_response", None)
    try:
        if type(inner) is not socket.socket:
            raise Unavailable(
                "sandbox", f"{url} is no plain socket: reach the engine by unix:// or, privately, by tcp://"
            )
        return socket.socket(fileno=os.dup(inner.fileno()))
    finally:
        (stream if response is None else response).close()
