"""A film's packages on this machine: unpacked once from the wheels of its revision, and shown read-only."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from domain.errors import ToolError
from domain.packages import FOLDER, LOCK, Lock
from domain.sandbox import Mount
from domain.wheel import unpack

TARGET = "/packages"
"""Where scene code finds them; the box's search path ends there."""
FORGOTTEN_S = 7 * 24 * 3600
"""Age of the last use after which unpacked packages are removed: the wheels are in the revision."""
LARGEST_LOCK = 100_000
_AGAIN = "call manage_dependencies again, or restore the version that had it"


def shown(files: Mapping[str, Path], kept: Path) -> list[Mount]:
    """Give what has to be mounted for a project's packages; nothing for one without.

    Raises ToolError when the lock or a wheel is not what it should be.
    """
    if LOCK not in files:
        return []
    said = files[LOCK].read_bytes()
    try:
        lock = Lock.model_validate_json(said[: LARGEST_LOCK + 1])
    except ValidationError:
        raise ToolError("invalid", f"{LOCK} cannot be read; {_AGAIN}") from None
    if not lock.packages:
        return []
    folder = kept / hashlib.sha256(said).hexdigest()
    if folder.is_dir():
        os.utime(folder)
    else:
        _unpacked(lock, files, folder)
    return [Mount(source=folder, target=TARGET)]


def _unpacked(lock: Lock, files: Mapping[str, Path], folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    part = Path(tempfile.mkdtemp(prefix="part-", dir=folder.parent))
    part.chmod(0o755)
    try:
        for each in lock.packages:
            wheel = files.get(f"{FOLDER}/{each.file}")
            if wheel is None:
                raise ToolError("missing", f"the wheel of package {each.name!r} is gone; {_AGAIN}")
            if hashlib.sha256(wheel.read_bytes()).hexdigest() != each.sha256:
                raise ToolError("invalid", f"{FOLDER}/{each.file} is not what {LOCK} says it is; {_AGAIN}")
            try:
                unpack(wheel, each.file, part)
            except ValueError as error:
                raise ToolError("invalid", f"package {each.name!r} cannot be used: {error}") from None
        try:
            part.rename(folder)
        except OSError:
            if not folder.is_dir():  # another one was faster, which is as good
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sweep(kept: Path) -> None:
    oldest = time.time() - FORGOTTEN_S
    for place in kept.iterdir():
        if place.stat().st_mtime < oldest:
            shutil.rmtree(place, ignore_errors=True)
