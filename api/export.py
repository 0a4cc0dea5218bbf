"""A revision's source as a zip, written while it is sent."""

from __future__ import annotations

import asyncio
import zipfile
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import IO, cast

from domain.blob import Blobs
from domain.nouns import Sha256
from domain.paths import TEXT_SUFFIXES

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Pipe:
    """A file that is only written to and emptied as it fills."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def take(self) -> bytes:
        """Give what was written since the last time."""
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


async def zipped(
    blobs: Blobs, folder: str, files: Mapping[str, Sha256], pages: Mapping[str, str] | None = None
) -> AsyncGenerator[bytes, None]:
    """Zip files below one folder, and pages that are written for it; the same give the same bytes."""
    pipe = Pipe()
    with zipfile.ZipFile(cast(IO[bytes], pipe), "w") as archive:
        for path, sha256 in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _LONG_AGO)
            entry.external_attr = 0o644 << 16
            text = path.endswith(TEXT_SUFFIXES)
            entry.compress_type = zipfile.ZIP_DEFLATED if text else zipfile.ZIP_STORED
            with archive.open(entry, "w", force_zip64=True) as member:
                async with aclosing(blobs.stream(sha256)) as pieces:
                    async for piece in pieces:
                        await asyncio.to_thread(member.write, piece)
                        if taken := pipe.take():
                            yield taken
        for path, text in sorted((pages or {}).items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    yield pipe.take()
