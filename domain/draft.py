"""The next state of a project's source: edited in memory, committed whole or dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from domain import paths
from domain.blob import Blobs
from domain.database import Transaction
from domain.errors import ToolError
from domain.event import ProjectRevised
from domain.nouns import ProjectId, RunId, Sha256
from domain.project import Change, Revision, changes

MOST_FILES = 2_000
LARGEST_FILE = 32_000_000
"""Bytes of one file that is written; assets come by their hash and have their own limit."""


class Draft:
    """One tool call's view of a project: what it read, what it wants, and the revision it started from.

    Nothing is seen by anybody until `commit`; a draft that is dropped leaves no trace but unused blobs.
    """

    def __init__(self, project_id: ProjectId, revision: Revision | None = None) -> None:
        self.project_id = project_id
        self.base = revision.number if revision else 0
        self._before: dict[str, Sha256] = dict(revision.files) if revision else {}
        self._files = dict(self._before)
        self._written: dict[Sha256, bytes] = {}

    @property
    def files(self) -> Mapping[str, Sha256]:
        """Every path with the hash of its content, as it would be committed."""
        return dict(sorted(self._files.items()))

    @property
    def changed(self) -> list[Change]:
        """What differs from the revision that the draft started from."""
        return changes(self._before, self._files)

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def hash(self, path: str) -> Sha256:
        """Tell the content's hash.

        Raises ToolError("missing") that names the closest paths.
        """
        if path not in self._files:
            raise ToolError("missing", f"there is no {paths.shown(path)}; {paths.near(path, self._files)}")
        return self._files[path]

    async def read(self, path: str, blobs: Blobs) -> bytes:
        """Give a file's content, as written in this draft or as it was before.

        Raises ToolError("missing").
        """
        sha256 = self.hash(path)
        return self._written[sha256] if sha256 in self._written else await blobs.get(sha256)

    def write(self, path: str, content: bytes) -> Sha256:
        """Set a file's whole content.

        Raises ToolError("invalid" | "conflict") for a path that may not be, ToolError("limit") for too much.
        """
        if len(content) > LARGEST_FILE:
            message = f"{paths.shown(path)} has {len(content)} bytes; a file has at most {LARGEST_FILE}"
            raise ToolError("limit", message)
        sha256 = Sha256(hashlib.sha256(content).hexdigest())
        self.place(path, sha256)
        self._written[sha256] = content
        return sha256

    def place(self, path: str, sha256: Sha256) -> None:
        """Set a file to content that lies in the blobs already, such as an asset.

        Raises ToolError("invalid" | "conflict") for a path that may not be, ToolError("limit") for too many.
        """
        path = paths.check_new_path(path, self._files)
        if path not in self._files and len(self._files) >= MOST_FILES:
            raise ToolError(
                "limit", f"the project has {MOST_FILES} files already: delete some before {path!r}"
            )
        self._files[path] = sha256

    def remove(self, path: str) -> None:
        """Take a file away.

        Raises ToolError("missing").
        """
        self.hash(path)
        del self._files[path]

    def replace(self, files: Mapping[str, Sha256]) -> None:
        """Set the whole tree at once, as an older revision had it."""
        self._files = dict(files)

    async def store(self, blobs: Blobs) -> None:
        """Put what was written into the blobs; comes before `commit`, outside its transaction."""
        wanted = set(self._files.values())
        for sha256 in [sha256 for sha256 in self._written if sha256 in wanted]:
            await blobs.put(self._written[sha256])

    async def host_files(self, blobs: Blobs) -> dict[str, Path]:
        """Store the draft and give each path's file on this host, as the engine wants them."""
        await self.store(blobs)
        return {path: await blobs.path(sha256) for path, sha256 in self.files.items()}

    async def commit(self, tx: Transaction, message: str, run_id: RunId | None = None) -> Revision | None:
        """Make the stored draft the newest revision and tell of it in the log; None when nothing changed.

        Raises Conflict that says which paths changed since when somebody was faster.
        """
        if not self.changed:
            return None
        revision, changed = await tx.revisions.commit(self.project_id, self.base, self.files, message)
        if not changed:
            return None
        event = ProjectRevised(revision=revision.number, message=message, changed=tuple(changed))
        await tx.events.append(self.project_id, event, run_id)
        return revision
