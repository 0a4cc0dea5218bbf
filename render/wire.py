"""What guest and host say to each other: lines of JSON while working, framed answers from a warm guest."""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Sequence
from typing import Annotated, BinaryIO, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from domain.engine import Progress
from domain.nouns import Noun

EXIT_FAULT = 3
"""Exit code of a guest that found a fault in what it was given, and has said so."""
MOST_PARTS = 512
SIZES = TypeAdapter(
    Annotated[list[Annotated[int, Field(ge=0)]], Field(max_length=MOST_PARTS)],
    config=ConfigDict(defer_build=True),
)
LENGTH = struct.Struct(">I")


class Fault(Noun):
    """Why a guest could not do what it was asked for: somebody's mistake, not a bug."""

    kind: Literal["invalid", "missing", "limit"] = "invalid"
    message: str = Field(max_length=2_000)


class Said(Noun):
    """One line of a guest's stdout."""

    progress: Progress | None = None
    fault: Fault | None = None


def say(word: Progress | Fault) -> None:
    """Print one line for the host."""
    said = Said(progress=word) if isinstance(word, Progress) else Said(fault=word)
    sys.stdout.write(said.model_dump_json(exclude_none=True) + "\n")
    sys.stdout.flush()


def pack(head: Noun, parts: Sequence[bytes] = ()) -> bytes:
    """Join a head and its binary parts into one message."""
    text = head.model_dump_json().encode()
    sizes = json.dumps([len(part) for part in parts]).encode()
    return b"".join((LENGTH.pack(len(text)), text, LENGTH.pack(len(sizes)), sizes, *parts))


def unpack(message: bytes) -> tuple[bytes, list[bytes]]:
    """Take a message apart into the head's JSON and its parts.

    Raises ValueError when the message is not whole.
    """
    head, rest = _part(message)
    sizes_text, rest = _part(rest)
    sizes = SIZES.validate_json(sizes_text)
    parts: list[bytes] = []
    for size in sizes:
        if size > len(rest):
            raise ValueError("a part of the message is missing")
        parts.append(bytes(rest[:size]))
        rest = rest[size:]
    if rest:
        raise ValueError("the message is longer than its parts")
    return head, parts


def _part(message: bytes | memoryview) -> tuple[bytes, memoryview]:
    view = memoryview(message)
    if len(view) < LENGTH.size:
        raise ValueError("the message is cut")
    (size,) = LENGTH.unpack(view[: LENGTH.size])
    if size > len(view) - LENGTH.size:
        raise ValueError("the message is cut")
    return bytes(view[LENGTH.size : LENGTH.size + size]), view[LENGTH.size + size :]


def receive(stream: BinaryIO) -> bytes | None:
    """Read one length-prefixed message; None when the other side has closed."""
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(header)
    message = stream.read(size)
    return message if len(message) == size else None


def send(message: bytes, stream: BinaryIO = sys.stdout.buffer) -> None:
    """Write one length-prefixed message."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()
