"""A warm process that answers each request in a fresh fork of itself."""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import shutil
import signal
import struct
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from stage.compile import compile_folder, dump
from stage.mistakes import Finding
from stage.outline import outline_folder

LENGTH = struct.Struct(">I")
LARGEST_REQUEST = 32 * 1024 * 1024
LARGEST_ANSWER = 128 * 1024 * 1024
MOST_FILES = 2_000
WORK: dict[str, Callable[[Path], dict[str, object]]] = {"compile": compile_folder, "outline": outline_folder}


@dataclass(frozen=True)
class Limits:
    """What one request may use."""

    seconds: int = 20
    memory_mb: int = 1_024


@dataclass(frozen=True)
class Request:
    """One thing to do with the text files of a project."""

    do: str
    files: dict[str, str]


class WrongRequest(ValueError):
    """A request that is not of the form; the message says why."""


def serve(requests: BinaryIO, answers: BinaryIO, limits: Limits) -> int:
    """Answer framed requests until the stream ends; gives the exit code."""
    gc.collect()
    gc.freeze()
    while (message := _read(requests)) is not None:
        try:
            answer = _answer(_parse(message), limits)
        except WrongRequest as wrong:
            answer = _nothing("request_wrong", str(wrong), "").encode()
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()
    return 0


def _read(stream: BinaryIO) -> bytes | None:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > LARGEST_REQUEST:
        return None
    body = stream.read(length)
    return body if len(body) == length else None


def _parse(message: bytes) -> Request:
    try:
        said: object = json.loads(message)
    except ValueError as error:
        raise WrongRequest(f"the request is no JSON: {error}") from None
    if not isinstance(said, dict):
        raise WrongRequest("the request is no object")
    request = cast(dict[str, object], said)
    do, files = request.get("do"), request.get("files")
    if not isinstance(do, str) or do not in WORK:
        raise WrongRequest(f"do is {do!r}; give one of {', '.join(WORK)}")
    if not isinstance(files, dict) or len(cast(dict[object, object], files)) > MOST_FILES:
        raise WrongRequest(f"files is no map of at most {MOST_FILES:,} paths to texts")
    texts: dict[str, str] = {}
    for path, text in cast(dict[object, object], files).items():
        if not isinstance(path, str) or not isinstance(text, str) or not _safe(path):
            raise WrongRequest(f"the file {path!r} is no text under a relative path")
        texts[path] = text
    return Request(do, texts)


def _safe(path: str) -> bool:
    parts = path.split("/")
    return bool(path) and "\0" not in path and not any(part in ("", ".", "..") for part in parts)


def _answer(request: Request, limits: Limits) -> bytes:
    """Do the work in a child of its own, which ends with everything it started."""
    folder = Path.cwd() / f"source-{os.getpid()}-{time.monotonic_ns()}"
    folder.mkdir(mode=0o700)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(request, folder, writing, limits)
    os.close(writing)
    try:
        text, late = _collect(reading, time.monotonic() + limits.seconds + 1)
    finally:
        os.close(reading)
        _end(child)
        _, status = os.waitpid(child, 0)
        shutil.rmtree(folder, ignore_errors=True)
    if text is not None:
        return text
    if late or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        message = f"the film's code ran for more than {limits.seconds} s"
        return _nothing("limit_time", message, "look for an endless loop").encode()
    message = f"the film's code ended its process or used more than {limits.memory_mb:,} MB"
    return _nothing("limit_memory", message, "make smaller lists and texts").encode()


def _end(child: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _collect(reading: int, deadline: float) -> tuple[bytes | None, bool]:
    """Read one framed answer; gives nothing and whether time ran out."""
    data = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return None, True
        part = os.read(reading, 1 << 16)
        if not part:
            return None, False
        data += part
        if len(data) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(data)
            if length > LARGEST_ANSWER:
                return None, False
            if len(data) >= LENGTH.size + length:
                return bytes(data[LENGTH.size : LENGTH.size + length]), False


def _work(request: Request, folder: Path, writing: int, limits: Limits) -> NoReturn:
    """Be the child: take the limits, write the files, do the work, tell, and end."""
    code = 1
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        _limit(limits)
        for path, text in request.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8", "surrogatepass"))
        os.chdir(folder)
        answer = dump(WORK[request.do](folder)).encode("utf-8", "replace")
        with os.fdopen(writing, "wb") as stream:
            stream.write(LENGTH.pack(len(answer)) + answer)
        code = 0
    finally:
        os._exit(code)


def _limit(limits: Limits) -> None:
    memory = limits.memory_mb * 1024 * 1024
    for what, soft, most in (
        (resource.RLIMIT_AS, memory, memory),
        # The soft limit's signal tells time from memory; who ignores it meets the hard one.
        (resource.RLIMIT_CPU, limits.seconds, limits.seconds + 1),
        (resource.RLIMIT_FSIZE, LARGEST_REQUEST, LARGEST_REQUEST),
        (resource.RLIMIT_NOFILE, 64, 64),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (min(soft, least), least))


def _nothing(code: str, message: str, hint: str) -> str:
    finding = Finding(code, "error", message, fix_hint=hint)
    return dump({"composition": None, "findings": [asdict(finding)], "source_seconds": None, "printed": ""})
