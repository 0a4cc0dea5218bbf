"""What goes into a container and what comes out: a tar of its inputs, and the files that its guest left."""

from __future__ import annotations

import asyncio
import io
import os
import stat
import tarfile
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from domain.sandbox import Mount
from sandbox.argv import requested
from sandbox.attached import Attached
from sandbox.collector import ENTRIES, TooMuch, fault, refuse

_PAGE = 4096
_CHUNK = 1024 * 1024


class Parcel:
    """The inputs of one box, counted before anything is sent."""

    def __init__(self, mounts: Sequence[Mount], files: Mapping[str, bytes]) -> None:
        """Check what is asked for.

        Raises ValueError for a target, a source or a name that no box accepts.
        """
        asked, written = requested(mounts, files)
        self._written = written
        self._found = [entry for source, target in asked for entry in _walk(source, target)]
        self.folders = self._sizes()
        """The folders below the root that hold the inputs, and the room that each needs, bytes."""

    def _sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        counted = [(target, len(content)) for target, content in self._written]
        counted += [(target, size) for _, target, size in self._found]
        for target, size in counted:
            top = "/" + PurePosixPath(target).parts[1]
            folders = 2 * _PAGE * target.count("/")
            sizes[top] = sizes.get(top, 256 * 1024) + -(-size // _PAGE) * _PAGE + folders
        return sizes

    async def chunks(self) -> AsyncGenerator[bytes]:
        """Give the tar piece by piece, read in threads."""
        pieces = self._pieces()
        while True:
            batch = await asyncio.to_thread(_batch, pieces)
            if not batch:
                return
            yield batch

    def _pieces(self) -> Iterator[bytes]:
        for target, content in self._written:
            yield _head(target, tarfile.REGTYPE, len(content)) + content + _padding(len(content))
        for source, target, size in self._found:
            yield from _packed(source, target, size)
        yield bytes(2 * tarfile.BLOCKSIZE)


def _walk(source: Path, target: str) -> Iterator[tuple[Path, str, int]]:
    """List (path, target, size) of a file, or of a folder and all below it, following no link."""
    todo = [(source, target)]
    while todo:
        path, name = todo.pop()
        status = path.lstat()
        if stat.S_ISDIR(status.st_mode):
            yield path, name, 0
            todo += [(path / each, f"{name}/{each}") for each in sorted(os.listdir(path))]
        elif stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode):
            yield path, name, status.st_size


def _packed(source: Path, target: str, size: int) -> Iterator[bytes]:
    if source.is_symlink():
        yield _head(target, tarfile.SYMTYPE, 0, link=os.readlink(source))
    elif source.is_dir():
        yield _head(target, tarfile.DIRTYPE, 0)
    else:
        yield _head(target, tarfile.REGTYPE, size)
        left = size
        with open(source, "rb") as file:
            while left:
                chunk = file.read(min(left, _CHUNK)) or bytes(min(left, _CHUNK))
                left -= len(chunk)
                yield chunk
        yield _padding(size)


def _head(target: str, kind: bytes, size: int, *, link: str = "") -> bytes:
    member = tarfile.TarInfo(target.lstrip("/"))
    member.type, member.size, member.linkname = kind, size, link
    member.mode = 0o755 if kind == tarfile.DIRTYPE else 0o644
    return member.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


def _batch(pieces: Iterator[bytes]) -> bytes:
    """Take pieces until they are worth a write."""
    batch = io.BytesIO()
    for piece in pieces:
        batch.write(piece)
        if batch.tell() >= _CHUNK:
            break
    return batch.getvalue()


async def unpack(line: Attached, files: Sequence[tuple[str, int]], into: Path, cap: int) -> None:
    """Write the announced files into an empty folder, each under a temporary name until it is whole.

    Raises TooMuch, with the folder left empty, when they are more than may be collected.
    """
    if len(files) > ENTRIES or any(size < 0 for _, size in files) or sum(size for _, size in files) > cap:
        raise TooMuch(f"more than {cap} bytes")
    twins: set[str] = set()
    chunk = b""
    for path, size in files:
        problem = _refused(path, twins)
        if problem:
            refuse(path, problem)
        target = None if problem else into / path
        chunk = await _receive(line, chunk, size, target)


def _refused(path: str, twins: set[str]) -> str | None:
    """Say what is wrong with an announced path: each of its parts must be a good name."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return "the path is not a plain one"
    for part in parts[:-1]:
        problem = fault(part, part, set())
        if problem:
            return problem
    return fault(path, parts[-1], twins)


async def _receive(line: Attached, chunk: bytes, size: int, target: Path | None) -> bytes:
    """Take one file off the line; return what came after it."""
    part = None if target is None else target.with_name(f".{target.name[:80]}.part")
    try:
        if part is not None:
            await asyncio.to_thread(part.parent.mkdir, parents=True, exist_ok=True)
        where, how = (os.devnull, "wb") if part is None else (str(part), "xb")
        with await asyncio.to_thread(open, where, how) as file:
            left = size
            while left:
                chunk = chunk or await line.rest()
                if not chunk:
                    raise ConnectionResetError("the box ended while its files were read")
                taken, chunk = chunk[:left], chunk[left:]
                await asyncio.to_thread(file.write, taken)
                left -= len(taken)
        if part is not None and target is not None:
            part.rename(target)
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
    return chunk
