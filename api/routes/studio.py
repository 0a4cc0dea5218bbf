"""The studio page and the page of the API: a few files, all our own, that work without the world."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.entrance import Visitor

router = APIRouter(include_in_schema=False, dependencies=[Visitor])

FOLDER = Path(__file__).resolve().parents[1] / "studio"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@router.get("/")
async def page(request: Request) -> Response:
    """The studio."""
    return _file(request, "index.html")


@router.get("/docs")
async def docs(request: Request) -> Response:
    """The API, described."""
    return _file(request, "docs.html")


@router.get("/favicon.ico")
async def favicon(request: Request) -> Response:
    """The mark, for browsers that ask by themselves."""
    return _file(request, "mark.svg")


@router.get("/studio/{name}")
async def part(name: str, request: Request) -> Response:
    """A file that the pages are made of."""
    return _file(request, name)


def _file(request: Request, name: str) -> Response:
    content = _contents().get(name)
    if content is None:
        raise HTTPException(404)
    tag = f'"{len(content)}-{crc32(content):x}"'
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=TYPES[Path(name).suffix])


@cache
def _contents() -> dict[str, bytes]:
    """Every file of the pages by its name; nothing else can be asked for."""
    return {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in TYPES}
