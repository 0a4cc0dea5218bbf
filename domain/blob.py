"""Content by its hash: pictures, sources and films."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Protocol

from domain.nouns import Sha256


class Blobs(Protocol):
    """Keeps bytes under the SHA-256 of their content; a blob is written whole or not at all."""

    async def put(self, content: bytes) -> Sha256:
        """Keep some bytes; keeping them twice is keeping them once.

        Raises Unavailable when the disk is full.
        """
        ...

    async def put_file(self, source: Path) -> Sha256:
        """Keep a file's content; the file is moved when it lies on the same disk, else copied."""
        ...

    async def get(self, sha256: Sha256) -> bytes:
        """Read a whole blob.

        Raises NotFound when it is not there.
        """
        ...

    def stream(
        self, sha256: Sha256, *, start: int = 0, length: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """Read a blob in pieces, from a byte on; closing it ends the reading."""
        ...

    async def size(self, sha256: Sha256) -> int:
        """Tell how many bytes a blob has.

        Raises NotFound when it is not there.
        """
        ...

    async def path(self, sha256: Sha256) -> Path:
        """Give a read-only file of this host that holds the blob.

        Raises NotFound when it is not there.
        """
        ...

    def each(self) -> AsyncGenerator[tuple[Sha256, float], None]:
        """Give every blob and its age in seconds; keeping a blob again makes it young."""
        ...

    async def remove(self, sha256: Sha256, *, older_s: float) -> int:
        """Forget a blob that is still so old; gives the bytes that this freed."""
        ...

    async def sweep(self) -> int:
        """Remove what only this host has and nobody needs; gives the number of files."""
        ...
