"""A web server of a test's own on loopback, which answers with the bytes that it was told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

from providers.web.guard import Guard

Answer = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]
"""What is written back to a request: bytes as they stand, or somebody who writes."""
LOOPBACK = (ip_network("127.0.0.0/8"),)


@dataclass
class Site:
    """The server: a path and its answer, and what it was asked."""

    pages: dict[str, Answer]
    port: int = 0
    asked: list[str] = field(default_factory=list[str])
    """Heads of requests."""
    busy: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a page."""
        return f"http://{host}:{self.port}{path}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and close."""
        task = asyncio.current_task()
        assert task is not None
        self.busy.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.asked.append(head)
            page = self.pages.get(head.split(" ")[1].partition("?")[0], whole(b"", status="404 Not Found"))
            if isinstance(page, bytes):
                writer.write(page)
                await writer.drain()
                writer.close()
                await writer.wait_closed()
            else:
                await page(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()  # streams of Python 3.11 cannot bear a handler that was cancelled
        finally:
            writer.close()
            self.busy.discard(task)


@asynccontextmanager
async def site(pages: dict[str, Answer]) -> AsyncGenerator[Site]:
    """Open a server; requests that are still being answered end with it."""
    made = Site(pages)
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in made.busy:
            task.cancel()
        await asyncio.gather(*made.busy, return_exceptions=True)


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
