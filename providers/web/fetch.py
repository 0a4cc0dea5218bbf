"""Fetching over httpcore: from public addresses alone, so much and no more, for so long."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit

import httpcore

from domain.errors import Denied, LimitReached, UserError
from domain.fetching import Fetched
from domain.media import HEAD, KNOWN, kind_of
from domain.paths import clean_name
from providers.web.config import FetchConfig
from providers.web.guard import Guard, GuardedBackend, bare, place_of

MOST_HOPS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_ASKED = [("Accept", "*/*"), ("Accept-Encoding", "identity"), ("User-Agent", "Director")]
_FAILURES = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol)


class WebFetcher:
    """The Fetcher seam over httpcore (see domain/fetching.py); no proxies and no cookies."""

    def __init__(self, config: FetchConfig, guard: Guard | None = None) -> None:
        self._config = config
        self._backend = GuardedBackend(guard or Guard())

    @asynccontextmanager
    async def fetch(self, url: str) -> AsyncGenerator[Fetched]:
        """Fetch what lies at an address; the file is gone when the context ends."""
        config = self._config
        config.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=config.folder, prefix="fetched-") as out:
            try:
                async with asyncio.timeout(config.total_s):
                    final = await self._follow(url, out)
            except (TimeoutError, httpcore.TimeoutException):
                raise UserError(
                    "url_slow", f"{bare(url)!r} did not answer in time, or its content came too slowly"
                ) from None
            except _FAILURES as failure:
                raise UserError(
                    "url_unreachable", f"{bare(url)!r} could not be fetched: {_said(failure)}"
                ) from failure
            out.flush()
            yield _fetched(Path(out.name), final)

    async def _follow(self, url: str, out: IO[bytes]) -> str:
        """Go from redirect to redirect, holding each against the guard; gives where the content lay."""
        for _ in range(MOST_HOPS + 1):
            place = place_of(url)
            async with httpcore.AsyncConnectionPool(network_backend=self._backend) as pool:
                asked = pool.stream("GET", place, headers=_ASKED, extensions={"timeout": self._patience})
                async with asked as response:
                    if response.status not in _MOVED:
                        await self._take(url, response, out)
                        return url
                    url = next_hop(url, _header(response, b"location"))
        raise UserError("url_circles", f"{bare(url)!r} redirects more than {MOST_HOPS} times")

    async def _take(self, url: str, response: httpcore.Response, out: IO[bytes]) -> None:
        """Write the body down, as long as it may become media and is not too much."""
        if response.status != 200:
            raise UserError("url_answers", f"{bare(url)!r} answers with {response.status}, not with content")
        if _header(response, b"content-encoding") not in ("", "identity"):
            raise UserError("url_packed", f"{bare(url)!r} sends packed content, which was not asked for")
        length = _header(response, b"content-length")
        if length.isdigit() and int(length) > self._config.largest:
            raise self._too_large(url)
        head, size = b"", 0
        async for piece in response.aiter_stream():
            size += len(piece)
            if size > self._config.largest:
                raise self._too_large(url)
            if len(head) < HEAD:
                head += piece[:HEAD]
                if len(head) >= HEAD:
                    _check_kind(url, head)
            out.write(piece)
        _check_kind(url, head)

    def _too_large(self, url: str) -> LimitReached:
        most = self._config.largest >> 20
        return LimitReached("too_large", f"{bare(url)!r} has more than {most} MiB; give a smaller file")

    @property
    def _patience(self) -> dict[str, float]:
        connect, read = self._config.connect_s, self._config.read_s
        return {"connect": connect, "read": read, "write": read, "pool": connect}


def next_hop(url: str, location: str) -> str:
    """Say where a redirect leads.

    Raises Denied when that is out of https, UserError when it is nowhere.
    """
    try:
        there = urljoin(url, location)
    except ValueError:
        raise UserError("url_wrong", f"{bare(url)!r} redirects to {bare(location)!r}, no address") from None
    if url.lower().startswith("https:") and not there.lower().startswith("https:"):
        raise Denied("url_refused", f"{bare(url)!r} redirects from https to {bare(there)!r}")
    return there


def _header(response: httpcore.Response, name: bytes) -> str:
    values = [value for key, value in response.headers if key.lower() == name]
    return values[0].decode("latin-1").strip() if values else ""


def _check_kind(url: str, head: bytes) -> None:
    if kind_of(head) is None:
        what = "is empty" if not head else "is nothing that is taken in"
        raise UserError("unknown_media", f"what lies at {bare(url)!r} {what}; give {KNOWN}")


def _fetched(path: Path, url: str) -> Fetched:
    with path.open("rb") as file:
        kind = kind_of(file.read(HEAD))
    assert kind is not None, "what is no media was refused while it came"
    name = PurePosixPath(clean_name(unquote(urlsplit(url).path)).replace("\\", "/")).name.strip(" .")
    return Fetched(path=path, kind=kind, name=name[:100] or "asset", url=bare(url), bytes=path.stat().st_size)


def _said(failure: Exception) -> str:
    return (str(failure) or type(failure).__name__)[:200]
