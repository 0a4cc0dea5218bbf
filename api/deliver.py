"""Blobs as downloads: whole or in part, cached by their hash, and harmless in a browser."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from api.problems import problem, request_id_of
from domain import engine
from domain.blob import Blobs
from domain.nouns import Sha256
from domain.paths import TEXT_SUFFIXES, clean_name

FOREVER = "private, max-age=31536000, immutable"
"""What an address shows never changes."""
FRESH = "private, no-cache"
"""What an address shows may change: ask every time, and be told that it has not."""
TYPES = {
    **engine.TYPES, ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml",
    ".flac": "audio/flac", ".wav": "audio/wav",
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".ttf": "font/ttf", ".otf": "font/otf",
    ".json": "application/json",
}  # fmt: skip
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_LOCKED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"


def type_of(path: str) -> str:
    """The media type of a file by its ending; text is plain, and what nobody knows is bytes."""
    suffix = f".{path.rsplit('.', 1)[-1].lower()}" if "." in path else ""
    if suffix in TYPES:
        return TYPES[suffix]
    return "text/plain; charset=utf-8" if suffix in TEXT_SUFFIXES else "application/octet-stream"


async def deliver(
    request: Request,
    blobs: Blobs,
    sha256: Sha256,
    name: str,
    *,
    attachment: bool = False,
    cache: str = FOREVER,
) -> Response:
    """Answer with a blob, or with the part that `Range` asks for.

    Raises NotFound when the blob is gone.
    """
    size = await blobs.size(sha256)
    headers = {
        "ETag": f'"{sha256}"',
        "Cache-Control": cache,
        "Accept-Ranges": "bytes",
        "Content-Security-Policy": _LOCKED,
        "Content-Disposition": disposition(name, attachment=attachment),
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    start, end, status = 0, size, 200
    wanted = request.headers.get("range")
    if wanted and request.headers.get("if-range", headers["ETag"]) == headers["ETag"]:
        part = asked(wanted, size)
        if part == (0, 0):
            return problem(
                416, "range_not_satisfiable", f"Range is {wanted[:60]!r}; the file has {size} bytes",
                request_id=request_id_of(request), headers={"Content-Range": f"bytes */{size}"},
            )  # fmt: skip
        if part is not None:
            start, end = part
            status = 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    media_type = type_of(name)
    if request.method == "HEAD" or end == start:
        return Response(status_code=status, headers=headers, media_type=media_type)
    return StreamingResponse(
        _pieces(blobs, sha256, start, end - start), status, headers=headers, media_type=media_type
    )


def asked(wanted: str, size: int) -> tuple[int, int] | None:
    """Read a Range header: first byte and the byte after the last; (0, 0) when there are no such bytes.

    None for what we do not serve in parts, such as several ranges: the whole file is the right answer then.
    """
    match = _RANGE.fullmatch(wanted.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        return (size - length, size) if length else (0, 0)
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    return (start, end) if start < size else (0, 0)


def disposition(name: str, *, attachment: bool) -> str:
    """A Content-Disposition header: the name in ASCII for old clients, and as it is."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", clean_name(name))[:100] or "file"
    kind = "attachment" if attachment else "inline"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean_name(name)[:100], safe='')}"


async def _pieces(blobs: Blobs, sha256: Sha256, start: int, length: int) -> AsyncGenerator[bytes, None]:
    async with aclosing(blobs.stream(sha256, start=start, length=length)) as pieces:
        async for piece in pieces:
            yield piece
