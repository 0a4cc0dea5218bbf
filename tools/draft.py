"""A call's hands on a project: text in, text out, by the rules for names and sizes."""

from __future__ import annotations

from collections.abc import Mapping

from domain import paths
from domain.blob import Blobs
from domain.draft import Draft
from domain.errors import ToolError
from domain.nouns import ProjectId, Sha256
from domain.packages import FOLDER, LOCK
from domain.project import Revision

LARGEST_TEXT = 200_000
"""Bytes of one text file."""
MOST_FILES = 500


def decoded(path: str, content: bytes, sha256: str) -> str:
    """Read a file's bytes as text.

    Raises ToolError("invalid", …) with its size and hash when they are none.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        facts = f"{len(content)} bytes, sha256 {sha256}"
        raise ToolError(
            "invalid", f"{path} is no text ({facts}); scenes use it by its path, add_asset brings another"
        )
    return text


class ProjectDraft:
    """One draft of a project, written with text; `draft` is what will be committed."""

    def __init__(self, blobs: Blobs, project_id: ProjectId, revision: Revision | None, message: str) -> None:
        self.draft = Draft(project_id, revision)
        self.message = message
        self._blobs = blobs

    @property
    def files(self) -> Mapping[str, Sha256]:
        """Every path and what it holds."""
        return self.draft.files

    @property
    def revision(self) -> int:
        """The number that the commit will give; the base's when nothing changed."""
        return self.draft.base + 1 if self.draft.changed else self.draft.base

    def hash(self, path: str) -> Sha256:
        """Tell a file's hash.

        Raises ToolError("missing", …) that names the likely ones.
        """
        path = paths.check_path(path)
        if path not in self.draft:
            raise ToolError("missing", f"there is no {path!r}; {paths.near(path, self.files)}")
        return self.draft.hash(path)

    async def read_text(self, path: str) -> str:
        """Read a file as text.

        Raises ToolError("missing" | "invalid", …).
        """
        sha256 = self.hash(path)
        return decoded(path, await self.draft.read(paths.check_path(path), self._blobs), sha256)

    def write(self, path: str, text: str) -> Sha256:
        """Write a text file, new or over the old one.

        Raises ToolError("invalid" | "conflict" | "limit", …).
        """
        try:
            content = text.encode("utf-8")
        except UnicodeEncodeError:
            raise ToolError(
                "invalid", f"{path}: a character of the text is broken (lone surrogate)"
            ) from None
        if "\0" in text:
            raise ToolError("invalid", f"the text of {path} holds a NUL character; leave it out")
        if len(content) > LARGEST_TEXT:
            raise ToolError("limit", f"{path} has {len(content)} bytes; give at most {LARGEST_TEXT}")
        return self.draft.write(self._room_for(path), content)

    def place(self, path: str, sha256: Sha256) -> None:
        """Let a path hold a blob that is kept already: an asset.

        Raises ToolError("invalid" | "conflict" | "limit", …).
        """
        self.draft.place(self._room_for(path), sha256)

    def remove(self, path: str) -> None:
        """Take a file away.

        Raises ToolError("missing", …).
        """
        self.hash(path)
        self.draft.remove(paths.check_path(path))

    def replace(self, files: Mapping[str, Sha256]) -> None:
        """Take the state of another revision, whole."""
        self.draft.replace(files)

    def _room_for(self, path: str) -> str:
        path = paths.check_new_path(path, self.files)
        if path.casefold() == LOCK or path.partition("/")[0] == FOLDER:
            raise ToolError("denied", f"{path} is manage_dependencies' own: no other hand puts packages in")
        if path not in self.draft and len(self.files) >= MOST_FILES:
            raise ToolError("limit", f"the project has {len(self.files)} files; at most {MOST_FILES}")
        return path
