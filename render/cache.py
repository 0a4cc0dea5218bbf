"""What was made before, kept on the host by the hash of all that decides it: segments, sounds, films."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path
from uuid import uuid4

from domain.nouns import Sha256

FORGOTTEN_S = 3_600.0
"""A file that has been on its way in for so long belongs to nobody any more."""


class SegmentCache:
    """A folder of such files: no box writes to it, a damaged file is never used, the longest unused go first.

    A file's name holds its key and the hash of its content, so that nothing else has to be believed.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes

    def find(self, key: str, suffix: str = ".seg") -> Path | None:
        """Give what is kept under a key, if it is whole."""
        for path in sorted(self._shelf(key).glob(f"{key}-*{suffix}")):
            try:
                if digest(path) == path.stem.partition("-")[2]:
                    os.utime(path)
                    return path
            except FileNotFoundError:  # another process threw it out this moment
                continue
            path.unlink(missing_ok=True)
        return None

    def keep(self, key: str, made: Path, suffix: str = ".seg") -> None:
        """Copy a file in; another one of the same key and suffix is replaced."""
        shelf = self._shelf(key)
        shelf.mkdir(parents=True, exist_ok=True)
        passing = shelf / f".{uuid4().hex}"
        try:
            with made.open("rb") as source, passing.open("xb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            passing.chmod(0o444)
            path = shelf / f"{key}-{digest(passing)}{suffix}"
            for other in shelf.glob(f"{key}-*{suffix}"):
                if other != path:
                    other.unlink(missing_ok=True)
            passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)

    def trim(self) -> int:
        """Throw out what was not used for longest until the rest fits; gives the bytes that are left."""
        files: list[tuple[float, int, Path]] = []
        forgotten = time.time() - FORGOTTEN_S
        for path in self._folder.glob("??/*"):
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue
            if path.name.startswith("."):  # on its way in, or left by a writer that was killed
                if stat.st_mtime < forgotten:
                    path.unlink(missing_ok=True)
                continue
            files.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files, key=lambda each: each[0]):
            if total <= self._most:
                break
            path.unlink(missing_ok=True)
            total -= size
        return total

    def _shelf(self, key: str) -> Path:
        return self._folder / key[:2]


def digest(path: Path) -> Sha256:
    """SHA-256 of a file's content."""
    with path.open("rb") as content:
        return Sha256(hashlib.file_digest(content, "sha256").hexdigest())
