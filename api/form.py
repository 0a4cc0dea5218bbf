"""A form with one file, read as it arrives: the file goes to disk and never into memory."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from api.problems import Unreadable
from domain.errors import LimitReached, UserError

FILE = "file"
LARGEST_FIELD = 1_000
"""Bytes of a field that is no file."""
MOST_PARTS = 20
_SLACK = 64 * 1024
"""Bytes that a form may have beside its file."""


@dataclass
class Form:
    """What arrived."""

    path: Path
    """The file's content, until the form is left."""
    name: str = ""
    """What its sender calls it; nothing to be trusted."""
    size: int = 0
    fields: dict[str, str] = field(default_factory=dict[str, str])
    files: int = 0


@asynccontextmanager
async def form(request: Request, folder: Path, largest: int) -> AsyncGenerator[Form]:
    """Read a request's form; what it left on disk is gone when the context ends.

    Raises Unreadable for what is no form, UserError when there is not exactly one file, LimitReached when
    it is larger than `largest` bytes.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary or len(boundary) > 100:
        raise Unreadable("no_form", "send multipart/form-data with one part that is named 'file'")
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > largest + _SLACK:
        raise _too_large(largest)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="upload-") as out:
        found = Form(path=Path(out.name))
        reader = _Reader(found, out, largest)  # pyright: ignore[reportArgumentType]
        try:
            parser = MultipartParser(boundary, reader.callbacks())  # pyright: ignore[reportArgumentType]
            async for chunk in request.stream():
                parser.write(chunk)
                if reader.waiting:
                    await asyncio.to_thread(reader.drain)
            parser.finalize()
        except FormParserError as wrong:
            raise Unreadable("bad_form", f"the form cannot be read: {wrong}") from None
        if not reader.whole:
            raise Unreadable("bad_form", "the form ends in the middle; send it whole")
        if found.files != 1:
            raise UserError("no_file", f"the form has {found.files} files; send one, in a part named 'file'")
        await asyncio.to_thread(out.flush)
        yield found


class _Reader:
    """Takes the parts of a form as the parser meets them."""

    def __init__(self, found: Form, out: BinaryIO, largest: int) -> None:
        self._found = found
        self._out = out
        self._largest = largest
        self._header = b""
        self._value = b""
        self._name = ""
        self._is_file = False
        self._text = bytearray()
        self._parts = 0
        self.waiting: list[bytes] = []
        self.whole = False

    def callbacks(self) -> dict[str, object]:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_header,
            "on_header_value": self._on_value,
            "on_header_end": self._end_header,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._all,
        }

    def drain(self) -> None:
        """Write to disk what waits; blocks."""
        for piece in self.waiting:
            self._out.write(piece)
        self.waiting.clear()

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise LimitReached("too_many_parts", f"the form has more than {MOST_PARTS} parts; send fewer")
        self._header = self._value = b""
        self._name, self._is_file = "", False
        self._text.clear()

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            self._name = options.get(b"name", b"").decode("utf-8", "replace")
            self._is_file = b"filename" in options
            if self._is_file:
                self._found.files += 1
                self._found.name = options[b"filename"].decode("utf-8", "replace")
                if self._name != FILE:
                    raise UserError("no_file", f"the file is in part {self._name[:60]!r}; name it 'file'")
        self._header = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if not self._is_file:
            self._text += data[start:end]
            if len(self._text) > LARGEST_FIELD:
                raise LimitReached(
                    "field_too_large", f"field {self._name[:60]!r} has more than {LARGEST_FIELD} bytes"
                )
            return
        if self._found.files > 1:
            raise UserError("too_many_files", "the form has several files; send one at a time")
        self._found.size += end - start
        if self._found.size > self._largest:
            raise _too_large(self._largest)
        self.waiting.append(data[start:end])

    def _end(self) -> None:
        if not self._is_file:
            self._found.fields[self._name] = self._text.decode("utf-8", "replace")

    def _all(self) -> None:
        self.whole = True


def _too_large(largest: int) -> LimitReached:
    return LimitReached(
        "upload_too_large", f"the file has more than {largest // 2**20} MiB; send a smaller one"
    )
