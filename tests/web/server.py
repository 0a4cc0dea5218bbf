"""A web server of a test's own on loopback, which answers with the bytes that it was told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

from providers.web.guard import Guard

Answer = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]
"""What is written back to a request: bytes as they stand, or somebody who writes."""
LOOPBACK = (ip_network("127.0.0.0/8"),)


@dataclass(frozen=True)
class Request:
    """What came in."""

    head: str
    """The request line and the headers, as they were sent."""
    body: bytes

    @property
    def method(self) -> str:
        return self.head.split(" ", 1)[0]

    @property
    def path(self) -> str:
        return self.head.split(" ", 2)[1]

    @property
    def headers(self) -> dict[str, str]:
        pairs = (line.partition(":") for line in self.head.split("\r\n")[1:] if line)
        return {name.lower(): value.strip() for name, _, value in pairs}


@asynccontextmanager
async def listening(
    answer: Callable[[Request], Answer], tls: ssl.SSLContext | None = None
) -> AsyncGenerator[int]:
    """Answer on a port of loopback, one request a connection; those still being answered end with it."""
    busy: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        busy.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = Request(head, b"").headers.get("content-length", "0")
            said = answer(Request(head, await reader.readexactly(int(length))))
            if isinstance(said, bytes):
                writer.write(said)
                await writer.drain()
                writer.close()
                await writer.wait_closed()
            else:
                await said(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()  # streams of Python 3.11 cannot bear a handler that was cancelled
        finally:
            writer.close()
            busy.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)


@dataclass
class Site:
    """A server of pages: a path and its answer, and what it was asked."""

    pages: dict[str, Answer]
    port: int = 0
    asked: list[str] = field(default_factory=list[str])
    """Heads of requests."""

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a page."""
        return f"http://{host}:{self.port}{path}"

    def answer(self, request: Request) -> Answer:
        """Give the page, or say that there is none."""
        self.asked.append(request.head)
        return self.pages.get(request.path.partition("?")[0], whole(b"", status="404 Not Found"))


@asynccontextmanager
async def site(pages: dict[str, Answer], tls: ssl.SSLContext | None = None) -> AsyncGenerator[Site]:
    """Open a server of pages."""
    made = Site(pages)
    async with listening(made.answer, tls) as made.port:
        yield made


def whole(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with its length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def moved(to: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return whole(b"", f"Location: {to}", status=status)


def at(table: dict[str, list[str]], *, permitted: bool = True) -> Guard:
    """A guard that knows these names, each answer of a host in its turn; loopback passes if told to."""
    turns = {host: iter(answers) for host, answers in table.items()}

    async def resolve(host: str, port: int) -> list[str]:
        if host not in turns:
            raise OSError("unknown")
        return next(turns[host]).split()

    return Guard(resolve, LOOPBACK if permitted else (), None)
