"""Blobs in a local folder: each under its hash, written whole or not at all."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import logging
import os
import re
import shutil
import stat
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager, suppress
from io import BufferedIOBase
from pathlib import Path

from domain.errors import NotFound, Unavailable
from domain.nouns import Sha256, new_id

log = logging.getLogger(__name__)

HASH = re.compile(r"[0-9a-f]{64}")
CHUNK = 1 << 18
"""Bytes that are read or copied at once."""
STALE_S = 3_600
"""Age of a temporary file that nobody is writing any more."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class LocalBlobs:
    """A folder of blobs: `ab/cdef…`, read-only files; temporary ones lie in `new/`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = folder / "new"

    async def put(self, content: bytes) -> Sha256:
        """Keep some bytes.

        Raises Unavailable when the disk is full.
        """
        return await asyncio.to_thread(self._put, content)

    async def put_file(self, source: Path) -> Sha256:
        """Keep a file's content: a plain file of the same disk is moved, anything else is copied.

        Raises Unavailable when the disk is full; the source is then still there.
        """
        return await asyncio.to_thread(self._put_file, source)

    async def get(self, sha256: Sha256) -> bytes:
        """Read a whole blob.

        Raises NotFound when it is not there, Unavailable when it is not what it was.
        """
        return await asyncio.to_thread(self._get, sha256)

    async def stream(
        self, sha256: Sha256, *, start: int = 0, length: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """Read a blob in pieces, from a byte on.

        Raises NotFound when it is not there.
        """
        path = await self.path(sha256)
        left = await self.size(sha256) - start if length is None else length
        file = await asyncio.to_thread(path.open, "rb")
        try:
            await asyncio.to_thread(file.seek, max(start, 0))
            while left > 0:
                piece = await asyncio.to_thread(file.read, min(CHUNK, left))
                if not piece:
                    return
                left -= len(piece)
                yield piece
        finally:
            file.close()

    async def size(self, sha256: Sha256) -> int:
        """Tell how many bytes a blob has.

        Raises NotFound when it is not there.
        """
        return (await asyncio.to_thread(self._stat, sha256)).st_size

    async def path(self, sha256: Sha256) -> Path:
        """Give the read-only file that holds the blob.

        Raises NotFound when it is not there.
        """
        await asyncio.to_thread(self._stat, sha256)
        return self._place(sha256)

    async def touch(self, sha256: Sha256) -> None:
        """Make a blob young: it is in use.

        Raises NotFound when it is not there.
        """
        try:
            await asyncio.to_thread(os.utime, self._place(sha256))
        except FileNotFoundError as error:
            raise _missing(sha256) from error

    async def each(self) -> AsyncGenerator[tuple[Sha256, float], None]:
        """Give every blob and its age in seconds."""
        for folder in await asyncio.to_thread(self._folders):
            for path in await asyncio.to_thread(sorted, folder.iterdir()):
                name = folder.name + path.name
                if HASH.fullmatch(name):
                    with suppress(FileNotFoundError):
                        yield Sha256(name), time.time() - path.stat().st_mtime

    async def remove(self, sha256: Sha256, *, older_s: float) -> int:
        """Forget a blob that is still so old; gives the bytes that this freed."""
        return await asyncio.to_thread(self._remove, sha256, older_s)

    async def sweep(self) -> int:
        """Remove what killed writers left behind; gives the number of files."""
        return await asyncio.to_thread(self._sweep)

    def _place(self, sha256: Sha256) -> Path:
        if not HASH.fullmatch(sha256):
            raise _missing(sha256)
        return self._folder / sha256[:2] / sha256[2:]

    def _stat(self, sha256: Sha256) -> os.stat_result:
        try:
            return self._place(sha256).stat()
        except FileNotFoundError as error:
            raise _missing(sha256) from error

    def _put(self, content: bytes) -> Sha256:
        sha256 = Sha256(hashlib.sha256(content).hexdigest())
        if not self._has(sha256, len(content)):
            with self._room() as path:
                with path.open("xb") as file:
                    file.write(content)
                    _seal(file)
                self._settle(path, sha256)
        return sha256

    def _put_file(self, source: Path) -> Sha256:
        sha256, size = _hash(source), source.stat().st_size
        if self._has(sha256, size):
            return sha256
        with self._room() as path:
            moved = self._linked(source, path)
            if not moved:
                shutil.copyfile(source, path)
            with path.open("rb") as file:
                _seal(file)
            if _hash(path) != sha256:
                raise RuntimeError(f"{source} was written to while it was put into the blobs")
            self._settle(path, sha256)
        if moved:
            source.unlink()
        return sha256

    def _linked(self, source: Path, path: Path) -> bool:
        """Give a file a second name here, so that the first can go once all is well."""
        facts = source.lstat()
        if not stat.S_ISREG(facts.st_mode) or facts.st_nlink != 1:
            return False
        try:
            path.hardlink_to(source)
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
                raise
            return False
        return True

    def _get(self, sha256: Sha256) -> bytes:
        place = self._place(sha256)
        try:
            content = place.read_bytes()
        except FileNotFoundError as error:
            raise _missing(sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            # out of the way, so that putting the content again mends it
            place.rename(place.with_suffix(".damaged"))
            log.error("a blob is damaged", extra={"sha256": sha256, "path": str(place)})
            message = f"blob {sha256} is damaged on disk: put its content again, or restore it from a backup"
            raise Unavailable("blobs", message)
        return content

    def _has(self, sha256: Sha256, size: int) -> bool:
        with suppress(FileNotFoundError):
            place = self._place(sha256)
            if place.stat().st_size == size:
                os.utime(place)  # wanted again: whoever cleans up leaves it for a while
                return True
        return False

    def _folders(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("[0-9a-f][0-9a-f]") if path.is_dir())

    def _remove(self, sha256: Sha256, older_s: float) -> int:
        place = self._place(sha256)
        with suppress(FileNotFoundError):
            facts = place.stat()
            if time.time() - facts.st_mtime >= older_s:
                place.unlink()
                return facts.st_size
        return 0

    @contextmanager
    def _room(self) -> Generator[Path]:
        """A temporary name that leaves nothing behind."""
        self._new.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._new / new_id()
        try:
            yield path
        except OSError as error:
            if error.errno in FULL:
                message = f"there is no room in {self._folder}: free some space, then try again"
                raise Unavailable("disk", message) from error
            raise
        finally:
            path.unlink(missing_ok=True)

    def _settle(self, path: Path, sha256: Sha256) -> None:
        place = self._place(sha256)
        if not place.parent.is_dir():
            place.parent.mkdir(exist_ok=True)
            _sync_folder(self._folder)
        path.rename(place)
        _sync_folder(place.parent)

    def _sweep(self) -> int:
        if not self._new.is_dir():
            return 0
        old = [path for path in self._new.iterdir() if time.time() - path.stat().st_mtime > STALE_S]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def _missing(sha256: str) -> NotFound:
    return NotFound("blob_not_found", f"there is no blob {sha256[:80]!r}")


def _hash(path: Path) -> Sha256:
    with path.open("rb") as file:
        return Sha256(hashlib.file_digest(file, "sha256").hexdigest())


def _seal(file: BufferedIOBase) -> None:
    """Make a file read-only, and its content outlast a power cut."""
    file.flush()
    os.fchmod(file.fileno(), 0o444)
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
