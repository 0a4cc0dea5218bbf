"""A project's next revision while it is being written: nothing of it is there until it is committed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from domain import paths
from domain.blob import Blobs
from domain.errors import ToolError
from domain.nouns import Sha256
from domain.project import Change, changes

LARGEST_TEXT = 200_000
"""Bytes of one text file."""
MOST_FILES = 500


def sha256_of(content: bytes) -> Sha256:
    """The name of some bytes."""
    return Sha256(hashlib.sha256(content).hexdigest())


def decoded(path: str, content: bytes) -> str:
    """Read a file's bytes as text.

    Raises ToolError("invalid", …) with its size and hash when they are none.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        facts = f"{len(content)} bytes, sha256 {sha256_of(content)}"
        raise ToolError(
            "invalid", f"{path} is no text ({facts}); scenes show it by its path, add_asset replaces it"
        )
    return text


class Draft:
    """The files of a base revision and what is being done to them."""

    def __init__(self, blobs: Blobs, base: int, files: Mapping[str, Sha256], message: str) -> None:
        self._blobs = blobs
        self._before = dict(files)
        self._files = dict(files)
        self.base = base
        self.message = message

    @property
    def files(self) -> Mapping[str, Sha256]:
        """Every path and what it holds."""
        return MappingProxyType(self._files)

    @property
    def revision(self) -> int:
        """The number that the commit will give; the base's when nothing changed."""
        return self.base + 1 if self.changes() else self.base

    def changes(self) -> list[Change]:
        """What differs from the base."""
        return changes(self._before, self._files)

    async def read(self, path: str) -> bytes:
        """Read a file.

        Raises ToolError("missing", …) that names the likely ones.
        """
        path = paths.check_path(path)
        if path not in self._files:
            raise ToolError("missing", f"there is no {path!r}; {paths.near(path, self._files)}")
        return await self._blobs.get(self._files[path])

    async def read_text(self, path: str) -> str:
        """Read a file as text.

        Raises ToolError("missing" | "invalid", …).
        """
        return decoded(path, await self.read(path))

    async def write(self, path: str, text: str) -> Sha256:
        """Write a text file, new or over the old one.

        Raises ToolError("invalid" | "conflict" | "limit", …).
        """
        try:
            content = text.encode("utf-8")
        except UnicodeEncodeError:
            raise ToolError(
                "invalid", f"the text of {path} holds a broken character (lone surrogate)"
            ) from None
        if "\0" in text:
            raise ToolError("invalid", f"the text of {path} holds a NUL character; leave it out")
        if len(content) > LARGEST_TEXT:
            raise ToolError(
                "limit", f"{path} has {len(content)} bytes; a text file has at most {LARGEST_TEXT}"
            )
        path = self._room_for(path)
        self._files[path] = await self._blobs.put(content)
        return self._files[path]

    def place(self, path: str, sha256: Sha256) -> None:
        """Let a path hold a blob that is kept already: an asset.

        Raises ToolError("invalid" | "conflict" | "limit", …).
        """
        self._files[self._room_for(path)] = sha256

    def remove(self, path: str) -> None:
        """Take a file away.

        Raises ToolError("missing", …).
        """
        path = paths.check_path(path)
        if path not in self._files:
            raise ToolError("missing", f"there is no {path!r}; {paths.near(path, self._files)}")
        del self._files[path]

    def replace(self, files: Mapping[str, Sha256]) -> None:
        """Take the state of another revision, whole."""
        self._files = dict(files)

    def _room_for(self, path: str) -> str:
        path = paths.check_new_path(path, self._files)
        if path not in self._files and len(self._files) >= MOST_FILES:
            raise ToolError("limit", f"the project has {len(self._files)} files; at most {MOST_FILES}")
        return path
