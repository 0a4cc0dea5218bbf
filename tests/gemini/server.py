"""A local Gemini: speaks the wire protocol of generateContent, and is as strict as the real one."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.gemini.script import Behaviour, Json, Line, Status, Stream, answer
from tests.gemini.strict import complaints, items

KEY = "a-good-key"
MODEL = "gemini-local"
_STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
_PATH = re.compile(r"/v1(?:beta)?/models/([\w.-]+):streamGenerateContent\?alt=sse")


@dataclass
class Request:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: Json


@dataclass
class GeminiServer:
    """Says its lines one after another, and refuses what the real service would refuse."""

    lines: list[Line] = field(default_factory=list[Line])
    address: str = ""
    requests: list[Request] = field(default_factory=list[Request])
    refused: list[str] = field(default_factory=list[str])
    """Everything that was wrong with the requests; empty when the client is right."""
    issued: list[list[Json]] = field(default_factory=list[list[Json]])
    """The parts of every answer that was sent whole."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client left before its stream had ended."""
    open: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, request by request."""
        self.open.add(writer)
        try:
            while (request := await _read(reader)) is not None:
                self.requests.append(request)
                behaviour = self._behaviour(request)
                if isinstance(behaviour, Status):
                    await _send_status(writer, behaviour)
                elif not await self._send_stream(reader, writer, behaviour):
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            self.gone.set()
        finally:
            self.open.discard(writer)
            writer.close()

    def _behaviour(self, request: Request) -> Behaviour:
        found = _PATH.fullmatch(request.path)
        if found is None:
            return self._refuse(404, "NOT_FOUND", f"no such method: {request.path}")
        if request.headers.get("x-goog-api-key") != KEY:
            invalid = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
            return Status(
                400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", [invalid]
            )
        if found[1] != MODEL:
            return Status(404, "NOT_FOUND", f"models/{found[1]} is not found for API version v1")
        if wrong := list(complaints(request.body, self.issued)):
            return self._refuse(400, "INVALID_ARGUMENT", "; ".join(wrong))
        line = self.lines.pop(0) if self.lines else answer("The film is finished.")
        behaviour = line if isinstance(line, Status | Stream) else line(request.body)
        if isinstance(behaviour, Stream) and behaviour.end == "clean":
            self.issued.append(_parts(behaviour))
        return behaviour

    def _refuse(self, code: int, status: str, message: str) -> Status:
        self.refused.append(message)
        return Status(code, status, message)

    async def _send_stream(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stream: Stream
    ) -> bool:
        """Send the chunks; tells whether the connection is still good."""
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for chunk in stream.chunks:
            _chunk(writer, b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\r\n\r\n")
            await writer.drain()
        match stream.end:
            case "torn":
                _chunk(writer, b'data: {"candidates": [{"content": {"par')
            case "drop":
                await writer.drain()
                writer.transport.abort()
                return False
            case "hang":
                await writer.drain()
                if not await reader.read(1):
                    self.gone.set()
                return False
            case _:
                pass
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True


def _parts(stream: Stream) -> list[Json]:
    return [
        part
        for chunk in stream.chunks
        for candidate in chunk.get("candidates", [])
        for part in items(candidate.get("content", {}), "parts")
    ]


def _chunk(writer: asyncio.StreamWriter, content: bytes) -> None:
    writer.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")


async def _read(reader: asyncio.StreamReader) -> Request | None:
    head = await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b""
    if not head:
        return None
    first, *lines = head.decode().split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(path=first.split(" ")[1], headers=headers, body=json.loads(body))


async def _send_status(writer: asyncio.StreamWriter, status: Status) -> None:
    body = json.dumps(status.body).encode()
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **status.headers}
    lines = [
        f"HTTP/1.1 {status.code} {status.status}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    await writer.drain()


@asynccontextmanager
async def gemini(lines: Sequence[Line] = ()) -> AsyncGenerator[GeminiServer]:
    """Serve on a free port of this machine while the context is open."""
    local = GeminiServer(lines=list(lines))
    server = await asyncio.start_server(local.serve, "127.0.0.1", 0, limit=64_000_000)
    host, port = server.sockets[0].getsockname()[:2]
    local.address = f"http://{host}:{port}"
    try:
        yield local
    finally:
        server.close()
        while local.open:
            for writer in local.open:
                writer.transport.abort()
            await asyncio.sleep(0)
        await server.wait_closed()
