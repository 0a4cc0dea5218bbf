"""Everything that answers questions from the handbook, with everything that embeds, on real parts."""

from __future__ import annotations

import asyncio
import json
import math
import socket
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from domain.knowledge import Embedder, Entry, Knowledge
from memory.chroma_folder import FolderShelf
from memory.chroma_server import ServerShelf
from memory.knowledge import Handbook
from memory.library import entries
from memory.words import KeywordKnowledge, stems
from providers import embeddings_local
from providers.gemini import embeddings as embeddings_gemini
from providers.gemini.config import GeminiConfig

KEY = "a-good-key"
Open = Callable[[Path, Sequence[Entry]], AbstractAsyncContextManager[Knowledge]]


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class ChromaServer:
    """A real Chroma server, as `chroma run` starts it."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        argv = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self.folder)]
        quiet = asyncio.subprocess.DEVNULL
        self.process = await asyncio.create_subprocess_exec(
            *argv, "--host", "127.0.0.1", "--port", str(self.port), stdout=quiet, stderr=quiet
        )
        async with asyncio.timeout(40), httpx.AsyncClient(trust_env=False) as client:
            while True:
                try:
                    if (await client.get(f"{self.url}/api/v2/heartbeat")).is_success:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    async def kill(self) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def chroma(folder: Path) -> AsyncGenerator[ChromaServer]:
    """A Chroma server with a folder of its own."""
    server = ChromaServer(folder)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()


@dataclass
class EmbeddingService:
    """A local Gemini that embeds: the wire protocol of batchEmbedContents, over word stems."""

    address: str = ""
    batches: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    paths: list[str] = field(default_factory=list[str])
    status: int = 200
    numbers: int = embeddings_gemini.DIMENSION

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:] if line)}
                body = json.loads(await reader.readexactly(int(headers["content-length"])))
                self.paths.append(lines[0].split()[1])
                self.batches.append(body)
                good = headers.get("x-goog-api-key") == KEY
                answer = self.answer(body) if good and self.status == 200 else self.refusal()
                text = json.dumps(answer).encode()
                code = 200 if "error" not in answer else answer["error"]["code"]
                start = (
                    f"HTTP/1.1 {code} X\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n"
                )
                writer.write(start.encode() + b"\r\n" + text)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        texts = [" ".join(part["text"] for part in each["content"]["parts"]) for each in body["requests"]]
        return {"embeddings": [{"values": self.vector(text)} for text in texts]}

    def refusal(self) -> dict[str, Any]:
        code = self.status if self.status != 200 else 400
        return {"error": {"code": code, "message": "refused here", "status": "INVALID_ARGUMENT"}}

    def vector(self, text: str) -> list[float]:
        values = [0.0] * self.numbers
        for word in stems(text):
            values[sum(word.encode()) * 31 % self.numbers] += 3.0
        return values


@asynccontextmanager
async def gemini_embeddings() -> AsyncGenerator[EmbeddingService]:
    """The local Gemini, on a port of its own."""
    service = EmbeddingService()
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0, limit=2**22)
    service.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield service
        server.close()


def gemini(service: EmbeddingService, *, key: str = KEY, model: str = "gemini-embedding-001") -> Embedder:
    """The real SDK, pointed at the local service."""
    config = GeminiConfig(api_key=SecretStr(key), model=model, base_url=service.address, read_timeout_s=5)
    return embeddings_gemini.create(config)


class Tiny:
    """An embedder of a few numbers: each is how often a letter stands in a heading."""

    def __init__(self, name: str = "tiny", dimension: int = 26) -> None:
        self.name, self.dimension = name, dimension
        self.texts: list[str] = []

    async def embed(self, texts: Sequence[str], *, asking: bool = False) -> list[list[float]]:
        if not asking:
            self.texts += texts
        return [self.vector(text.split("\n\n", 1)[0].lower()) for text in texts]

    async def close(self) -> None:
        """Nothing is open."""

    def vector(self, text: str) -> list[float]:
        values = [float(text.count(chr(97 + index))) for index in range(self.dimension)]
        length = math.hypot(*values)
        return [value / length for value in values] if length else values


@asynccontextmanager
async def in_folder(folder: Path, held: Sequence[Entry]) -> AsyncGenerator[Knowledge]:
    book = Handbook(held, lambda: FolderShelf(folder), embeddings_local.create, patience_s=30)
    try:
        yield book
    finally:
        await book.close()


@asynccontextmanager
async def in_folder_by_gemini(folder: Path, held: Sequence[Entry]) -> AsyncGenerator[Knowledge]:
    async with gemini_embeddings() as service:
        book = Handbook(held, lambda: FolderShelf(folder), lambda: gemini(service), patience_s=30)
        try:
            yield book
        finally:
            await book.close()


@asynccontextmanager
async def on_server(folder: Path, held: Sequence[Entry]) -> AsyncGenerator[Knowledge]:
    async with chroma(folder) as server:
        book = Handbook(held, lambda: ServerShelf(server.url), embeddings_local.create, patience_s=30)
        try:
            yield book
        finally:
            await book.close()


@asynccontextmanager
async def on_server_by_gemini(folder: Path, held: Sequence[Entry]) -> AsyncGenerator[Knowledge]:
    async with chroma(folder) as server, gemini_embeddings() as service:
        book = Handbook(held, lambda: ServerShelf(server.url), lambda: gemini(service), patience_s=30)
        try:
            yield book
        finally:
            await book.close()


@asynccontextmanager
async def by_words(folder: Path, held: Sequence[Entry]) -> AsyncGenerator[Knowledge]:
    yield KeywordKnowledge(held)


KNOWLEDGE: dict[str, Open] = {
    "folder": in_folder,
    "folder and gemini": in_folder_by_gemini,
    "server": on_server,
    "server and gemini": on_server_by_gemini,
    "words": by_words,
}
ENTRIES = entries()
