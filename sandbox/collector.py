"""Fetches what a guest left in `/box/out`, as if every name and every file in there were a trap.

The guest is dead by then and its folder frozen. Only regular files with one name are taken, each opened with
openat2 below the folder, checked on its own descriptor, copied under a temporary name and renamed when whole.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sandbox.beneath import open_beneath

logger = logging.getLogger(__name__)

OUT = "out"
DEPTH = 16
"""Deepest folder below `out/` that is looked into."""
ENTRIES = 10_000
"""Most entries that are looked at."""
_NAME_BYTES = 200
_CHUNK = 1024 * 1024


class TooMuch(Exception):
    """The guest left more than may be collected; nothing was."""


@dataclass(frozen=True)
class _Entry:
    path: str
    """Relative to `out/`, with slashes."""
    size: int


def collect(work: int, into: Path, cap: int) -> list[str]:
    """Move the files below an open work folder's `out/` into an empty folder; return their relative names.

    Raises TooMuch, leaving the folder empty, when they are larger than `cap` bytes in all, or too many, and
    OSError, leaving whole files only, when the host cannot write them or has no openat2.
    """
    try:
        out = open_beneath(work, OUT, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as problem:
        if problem.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            raise
        refuse(OUT, os.strerror(problem.errno))
        return []
    try:
        entries = list(_files(out))
        if sum(entry.size for entry in entries) > cap:
            raise TooMuch(f"more than {cap} bytes")
        names = [entry.path for entry in entries if _copy(out, entry, into)]
    finally:
        os.close(out)
    return names


def _files(out: int) -> Iterator[_Entry]:
    """List the good files, folder by folder, without recursion: a guest may nest thousands of folders."""
    todo = [""]
    seen = 0
    twins: set[str] = set()
    while todo:
        folder = todo.pop()
        for name in _names(out, folder):
            seen += 1
            if seen > ENTRIES:
                raise TooMuch(f"more than {ENTRIES} entries")
            path = f"{folder}/{name}" if folder else name
            problem = fault(path, name, twins)
            if problem:
                refuse(path, problem)
                continue
            status = _status(out, path)
            if status is None:
                continue
            if stat.S_ISDIR(status.st_mode):
                todo.append(path)
            else:
                yield _Entry(path, status.st_size)


def _names(out: int, folder: str) -> list[str]:
    try:
        descriptor = open_beneath(out, folder or ".", os.O_RDONLY | os.O_DIRECTORY)
    except OSError as problem:
        refuse(folder, os.strerror(problem.errno or errno.EIO))
        return []
    try:
        return sorted(os.listdir(descriptor))
    finally:
        os.close(descriptor)


def fault(path: str, name: str, twins: set[str]) -> str | None:
    """Say what is wrong with a name: it must be readable, and stay itself on any file system."""
    if any("\udc80" <= letter <= "\udcff" for letter in name):
        return "the name is not UTF-8"
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name) or "\\" in name:
        return "the name has control characters or a backslash"
    if name.startswith("-") or name != name.strip() or name.endswith("."):
        return "the name starts with '-', or starts or ends with a space or ends with a dot"
    if len(os.fsencode(name)) > _NAME_BYTES or path.count("/") >= DEPTH:
        return "the name is too long or the folder too deep"
    twin = unicodedata.normalize("NFC", path).casefold()
    if twin in twins:
        return "another file has the same name but for case or accents"
    twins.add(twin)
    return None


def _status(out: int, path: str) -> os.stat_result | None:
    try:
        descriptor = open_beneath(out, path, os.O_PATH)
    except OSError as problem:
        refuse(path, os.strerror(problem.errno or errno.EIO))
        return None
    try:
        status = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if stat.S_ISDIR(status.st_mode):
        return status
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
        refuse(path, "it is not a regular file with one name")
        return None
    return status


def _copy(out: int, entry: _Entry, into: Path) -> bool:
    """Copy at most the size that was counted; a sparse file's holes are counted and stay holes no longer."""
    try:
        source = open_beneath(out, entry.path)
    except OSError as problem:
        refuse(entry.path, os.strerror(problem.errno or errno.EIO))
        return False
    target = into / entry.path
    part = target.with_name(f".{target.name[:80]}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            _pour(source, file.fileno(), entry.size)
        part.rename(target)
    finally:
        os.close(source)
        part.unlink(missing_ok=True)
    return True


def _pour(source: int, target: int, size: int) -> None:
    left = size
    while left > 0:
        sent = os.sendfile(target, source, None, min(left, _CHUNK))
        if sent == 0:
            return
        left -= sent


def refuse(path: str, reason: str) -> None:
    """Tell the log of something that stays in the box."""
    logger.warning("left in the box", extra={"path": ascii(path)[:200], "reason": reason})
