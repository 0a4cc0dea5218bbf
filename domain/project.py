"""A film in the making: the project, its revisions and its assets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field, JsonValue

from domain.composition import Rate
from domain.nouns import AssetId, Noun, ProjectId, Sha256, UserId, VersionId

ProjectStatus = Literal["DRAFT", "GENERATING", "READY", "RENDERING", "COMPLETED", "ERROR"]
AssetKind = Literal["image", "audio", "font", "svg", "video"]


class Project(Noun):
    """One film and everything around it."""

    project_id: ProjectId
    owner: UserId
    name: str
    status: ProjectStatus = "DRAFT"
    template: str | None = None
    width: int = 1920
    height: int = 1080
    fps: Rate = 30
    revision: int = 0
    """Number of the newest revision; 0 while there is no source yet."""
    metadata: dict[str, JsonValue] = {}
    created_at: datetime
    updated_at: datetime


class Revision(Noun):
    """One whole state of a project's source: what each path holds."""

    project_id: ProjectId
    number: int = Field(ge=1)
    message: str
    files: dict[str, Sha256]
    created_at: datetime
    label: str | None = None
    """Given by save_version."""
    version_id: VersionId | None = None


class Change(Noun):
    """How one path differs between two revisions."""

    path: str
    what: Literal["added", "changed", "removed"]


class Asset(Noun):
    """A file that a user or a tool brought in, decoded and written anew."""

    asset_id: AssetId
    owner: UserId
    project_id: ProjectId | None = None
    name: str
    kind: AssetKind
    sha256: Sha256
    bytes: int
    suffix: str
    facts: dict[str, str | int | float] = {}
    provenance: dict[str, str] = {}
    """Where it came from: door, original name, model, prompt, licence."""
    created_at: datetime


class Page(Noun):
    """Where a list goes on."""

    after: str | None = None
    limit: int = Field(default=50, ge=1, le=200)


class Projects(Protocol):
    """The owner's projects."""

    async def add(self, project: Project) -> None: ...

    async def get(self, project_id: ProjectId) -> Project:
        """Raises NotFound, also for somebody else's."""
        ...

    async def list(self, page: Page) -> tuple[list[Project], str | None]:
        """Newest first, with the cursor of the next page."""
        ...

    async def update(
        self,
        project_id: ProjectId,
        *,
        name: str | None = None,
        status: ProjectStatus | None = None,
        metadata: dict[str, JsonValue] | None = None,
        shape: tuple[int, int, float] | None = None,
        template: str | None = None,
    ) -> Project:
        """Change what is given; `shape` is width, height and fps, metadata is merged."""
        ...

    async def delete(self, project_id: ProjectId) -> None:
        """Hide a project for good; its rows stay until retention takes them."""
        ...


class Revisions(Protocol):
    """The revisions of the owner's projects; their content lies in the blobs."""

    async def commit(
        self, project_id: ProjectId, base: int, files: Mapping[str, Sha256], message: str
    ) -> tuple[Revision, list[Change]]:
        """Make `files` the newest state, if `base` still is.

        Raises Conflict that says which paths changed since `base` when somebody was faster.
        """
        ...

    async def get(self, project_id: ProjectId, number: int | None = None) -> Revision:
        """Read one revision, the newest unless said.

        Raises NotFound.
        """
        ...

    async def list(self, project_id: ProjectId, page: Page) -> tuple[list[Revision], str | None]: ...

    async def label(self, project_id: ProjectId, number: int, label: str) -> Revision:
        """Name a revision as a version worth going back to."""
        ...

    async def by_version(self, project_id: ProjectId, version_id: VersionId) -> Revision:
        """Raises NotFound."""
        ...


class Assets(Protocol):
    """The owner's assets."""

    async def add(self, asset: Asset) -> None: ...

    async def get(self, asset_id: AssetId) -> Asset:
        """Raises NotFound."""
        ...

    async def list(self, project_id: ProjectId | None = None) -> list[Asset]: ...

    async def delete(self, asset_id: AssetId) -> None: ...


def changes(before: Mapping[str, Sha256], after: Mapping[str, Sha256]) -> list[Change]:
    """List what differs between two trees, by path."""
    found: list[Change] = []
    for path in sorted({*before, *after}):
        if path not in before:
            found.append(Change(path=path, what="added"))
        elif path not in after:
            found.append(Change(path=path, what="removed"))
        elif before[path] != after[path]:
            found.append(Change(path=path, what="changed"))
    return found
