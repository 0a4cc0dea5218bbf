"""Connections to public addresses alone: a name is resolved once, and what was checked is connected to."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import quote, urlsplit

import httpcore

from domain.errors import Denied, UserError
from providers.web.addresses import Network, not_public

LONGEST_URL = 2_000
"""Characters."""
PORTS = frozenset({80, 443, 8080, 8443})
"""Where web servers are; on others lie mail, databases and consoles."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_KEPT: Final = "/%:@!$&'()*+,;=~?[]"
"""Letters of a path or query that are written as they stand; what is escaped already stays so."""
_WHO: Final = re.compile(r"//[^/]*@")
Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system for every address of a host; an address in any spelling is its own answer."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """Who may be connected to."""

    resolve: Resolve = resolve
    permitted: tuple[Network, ...] = ()
    """Networks that count as public."""
    ports: frozenset[int] | None = PORTS
    """Nothing lets every port pass."""

    async def addresses(self, host: str, port: int) -> list[str]:
        """Resolve a host whose every address is public.

        Raises Denied when one is not, UserError when there is none.
        """
        if self.ports is not None and port not in self.ports:
            raise Denied(
                "url_refused", f"port {port} of {host!r} is not asked; web servers listen on {_ports()}"
            )
        try:
            found = await self.resolve(host, port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise UserError("url_unknown", f"nobody knows the host {host!r}; look at its spelling")
        for address in found:
            if why := not_public(address, self.permitted):
                raise Denied(
                    "url_refused",
                    f"{host!r} is at {address}, which is not public ({why}); give an address of the public "
                    "web, or upload the file",
                )
        return found


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens the connections of an httpcore pool: to addresses that a guard lets pass, and no others."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the name is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to one of the addresses that were checked, never to the name."""
        failed: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in await self._guard.addresses(host, port):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        assert failed is not None, "a guard gives at least one address"
        raise failed

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the name is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no address of the web is a socket of this machine."""
        raise Denied("url_refused", f"{path!r} is no address of the web")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


def place_of(url: str) -> httpcore.URL:
    """Take an address apart, so that nobody after us reads it in another way.

    Raises UserError that says what is wrong with it.
    """
    if len(url) > LONGEST_URL:
        raise _wrong(url, f"it has {len(url)} characters; at most {LONGEST_URL} are read")
    if any(not letter.isprintable() or letter.isspace() or letter == "\\" for letter in url):
        raise _wrong(url, "it holds a space, a backslash or something that nobody sees")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
    except ValueError:  # UnicodeError is one
        raise _wrong(url, "it cannot be taken apart") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise _wrong(url, "it begins with neither https:// nor http://")
    if not host or "%" in host:
        raise _wrong(url, "it names no host")
    if parts.username is not None or parts.password is not None:
        raise _wrong(url, "it holds a user's name or password")
    target = quote(parts.path or "/", safe=_KEPT)
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return httpcore.URL(
        scheme=parts.scheme.encode(),
        host=host.encode("ascii"),
        port=port if port is not None else _DEFAULT_PORTS[parts.scheme],
        target=f"{target}{query}".encode("ascii"),
    )


def bare(url: str) -> str:
    """An address for people: without a password, without its query, which may hold a signature, and short."""
    return _WHO.sub("//", url.partition("#")[0].partition("?")[0], count=1)[:300]


def _ports() -> str:
    return ", ".join(str(port) for port in sorted(PORTS))


def _wrong(url: str, why: str) -> UserError:
    return UserError("url_wrong", f"{bare(url)[:100]!r} is no address that can be fetched: {why}")
