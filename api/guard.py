"""What holds for every request before any route sees it: host, origin, size, headers, who is here."""

from __future__ import annotations

import asyncio
import re

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.house import House, is_loopback
from api.problems import Misdirected, Unreadable, known
from domain.errors import Denied, LimitReached, UserError
from domain.nouns import new_id
from domain.trail import follow

LARGEST_BODY = 1024 * 1024
"""Bytes of a JSON body."""
UPLOAD = "/api/assets/upload"
READING = ("GET", "HEAD", "OPTIONS")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = request_id = new_id()
        follow(request_id=request_id)
        presence = self._house.presence
        presence.open += 1
        try:
            try:
                self._check(Request(scope))
            except UserError as refused:
                await known(refused, request_id)(scope, receive, _dressed(send, request_id))
                return
            counted = receive if scope["path"] == UPLOAD else _counted(receive)
            await self._app(scope, counted, _dressed(send, request_id))
        finally:
            presence.open -= 1
            presence.last_s = asyncio.get_running_loop().time()

    def _check(self, request: Request) -> None:
        """Raises UserError for a request that no route should see."""
        if _UNSEEN.search(request.scope["path"]):
            raise Unreadable("bad_path", "the path holds a control character; leave it out")
        length = request.headers.get("content-length", "")
        if request.scope["path"] != UPLOAD and length.isdigit() and int(length) > LARGEST_BODY:
            raise _too_large()
        if getattr(request.state, "peer_uid", None) is not None:
            return
        self._check_host(request)
        if request.method not in READING:
            check_origin(request, self._house)

    def _check_host(self, request: Request) -> None:
        """A page of the world that makes its own name mean this machine must not get in (DNS rebinding)."""
        house = self._house
        host = host_name(request.headers.get("host", ""))
        wide_open = house.host in ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
        if host and (is_loopback(host) or host in (house.public_host, house.host) or wide_open):
            return
        raise Misdirected(
            "unknown_host", f"this server is not {host[:100]!r}; DIRECTOR_PUBLIC_URL tells it another name"
        )


def host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].rstrip(".").lower()


def check_origin(request: Request, house: House, *, needed: bool = False) -> None:
    """Hold a writing request of a browser to the server's own pages.

    Raises Denied for one that comes from another site, and when `needed` for one that does not say.
    """
    origin = request.headers.get("origin")
    if origin is None:
        if needed and request.headers.get("sec-fetch-site") != "same-origin":
            raise Denied("origin_missing", "a request with a cookie must say its Origin")
        return
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if origin not in (own, house.public_url.rstrip("/")):
        raise Denied("foreign_origin", f"pages of {origin[:100]!r} may not write here")


def _dressed(send: Send, request_id: str) -> Send:
    """Put the security headers on an answer, unless its route has its own."""

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = request_id
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return dressed


def _counted(receive: Receive) -> Receive:
    """Count a body that does not say its size; one that is too large ends the request."""
    arrived = 0

    async def counted() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > LARGEST_BODY:
            raise HTTPException(413, _too_large().message)
        return message

    return counted


def _too_large() -> LimitReached:
    return LimitReached("too_large", f"the body is larger than {LARGEST_BODY} bytes; send less")
