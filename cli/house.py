"""What the commands may use: every wired piece of an installation, behind its seam."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.blob import Blobs
from domain.database import Database
from domain.engine import Engine
from domain.job import JobKind
from domain.sandbox import Sandbox
from domain.template import TemplateCard


class Schema(Protocol):
    """The database's tables and their version."""

    async def current(self) -> str | None:
        """The version the database has; None while it has no tables."""
        ...

    def expected(self) -> str:
        """The version this code works with."""
        ...

    async def upgrade(self) -> None: ...

    async def downgrade(self, version: str) -> None: ...


class Archive(Protocol):
    """The whole installation in one file."""

    async def backup(self, target: Path) -> dict[str, int]: ...

    async def restore(self, source: Path) -> dict[str, int]:
        """Raises UserError for what is no backup, Conflict when there is something already."""
        ...


class Upkeep(Protocol):
    """Cleaning up."""

    async def clean(self) -> dict[str, int]:
        """Gives how much of what is gone."""
        ...


@dataclass(frozen=True)
class Part:
    """One part of the installation, as the doctor sees it."""

    name: str
    using: str
    """What stands behind the seam: `bubblewrap 0.8.0`, `SQLite 3.40`, `offline`."""
    check: Callable[[], Awaitable[str]]
    """Looks whether it works and gives a line about it; raises Unavailable with the way out."""


@dataclass(frozen=True)
class Serving:
    """How a server is to run."""

    host: str | None
    """None serves the local socket alone."""
    port: int
    idle_exit_s: float | None = None
    """A server that was started by a command ends when nobody has used it for so long, seconds."""


@dataclass(frozen=True)
class House:
    """One wired installation."""

    version: str
    fingerprint: str
    """Changes with every setting that a running server would have to know."""
    data: Path
    films: Path
    socket: Path
    serving: Serving
    """How the settings want the server to run."""
    director: str
    """Who directs: `offline`, or the Gemini model's name."""
    database: Database
    schema: Schema
    archive: Archive
    upkeep: Upkeep
    blobs: Blobs
    sandbox: Sandbox
    engine: Engine
    templates: Sequence[TemplateCard]
    parts: Sequence[Part]
    close: Callable[[], Awaitable[None]]
    """Ends warm guests and connections, for commands that have worked with the engine themselves."""
    open: Callable[[], Awaitable[None]]
    """Makes the data folder and brings an embedded database to the newest schema."""
    serve: Callable[[Serving], Awaitable[None]]
    speak: Callable[[Callable[[], Awaitable[None]], str | None], Awaitable[None]]
    """Speaks MCP on stdin and stdout; takes what brings the server back, and whether pictures are wanted."""
    work: Callable[[tuple[JobKind, ...], int | None], Awaitable[None]]
    """Works off kinds of jobs; ends with the process of the given id, when there is one."""
