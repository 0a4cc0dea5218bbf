"""Vectors in Chroma in a folder that one process owns."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import logging
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final, TypeVar, cast

import chromadb
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.api.types import GetResult, QueryResult
from chromadb.config import Settings
from chromadb.errors import ChromaError

from domain.errors import Unavailable
from memory.shelf import PREFIX, Card

log = logging.getLogger(__name__)

_OTHER_OWNER: Final = (
    "another process of this installation owns the index; processes that direct runs beside the server "
    "share one by CHROMA_URL"
)
T = TypeVar("T")


class FolderShelf:
    """Chroma in a folder. The index in memory of a second process would be stale: a lock lets in only one."""

    using = "chroma, in the data folder"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: IO[bytes] | None = None
        self._client: Client | None = None
        self._collection: Collection | None = None
        self._doubted = False
        # One thread: Chroma's calls block, and opening may not overtake closing.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="chroma")

    async def open(self, space: str) -> str:
        return await self._run(lambda: self._open(space))

    async def held(self) -> dict[str, str]:
        return await self._run(lambda: _hashes(self._opened.get(include=["metadatas"])))

    async def put(self, cards: Sequence[Card]) -> None:
        await self._run(lambda: self._upsert(cards))

    async def drop(self, ids: Sequence[str]) -> None:
        await self._run(lambda: self._delete(ids))

    async def nearest(self, vector: Sequence[float], most: int) -> dict[str, float]:
        return await self._run(
            lambda: _cosines(
                self._opened.query(query_embeddings=[list(vector)], n_results=most, include=["distances"])
            )
        )

    async def clear(self) -> None:
        await self._run(self._clear)

    async def check(self) -> str:
        return f"chroma {version('chromadb')}, {'open' if self._collection else 'not open in this process'}"

    async def close(self) -> None:
        await self._run(self._close)
        self._thread.shutdown()

    @property
    def _opened(self) -> Collection:
        if self._collection is None:
            raise Unavailable("knowledge", "the index is closed")
        return self._collection

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: self._tried(work))

    def _tried(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except (ChromaError, OSError, ValueError) as broken:
            self._doubted = True
            raise Unavailable(
                "knowledge", f"the index in {self._folder.name}/ is broken: {broken}"
            ) from broken

    def _open(self, space: str) -> str:
        self._own()
        sound = not self._doubted and self._sealed()
        if sound:
            try:
                self._read(space)
            except (ChromaError, ValueError) as broken:
                log.warning("knowledge index unreadable", extra={"reason": str(broken)[:200]})
                sound = False
        if not sound:
            self._release()
            self._wipe()
            self._read(space)
        self._seal()
        self._doubted = False
        return "" if sound else "the knowledge index was damaged and was made anew"

    def _sealed(self) -> bool:
        """Tell whether the files are as they were left: some that are not make Chroma end the process."""
        if not (self._folder / "chroma").exists():
            return True
        seal = self._folder / "seal"
        return seal.is_file() and seal.read_text() == self._digest()

    def _seal(self) -> None:
        new = self._folder / "seal.new"
        new.write_text(self._digest())
        new.replace(self._folder / "seal")

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for path in sorted((self._folder / "chroma").rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(self._folder).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def _upsert(self, cards: Sequence[Card]) -> None:
        self._opened.upsert(
            ids=[card.entry.entry_id for card in cards],
            embeddings=[list(card.vector) for card in cards],
            metadatas=[card.facts for card in cards],
        )
        self._seal()

    def _delete(self, ids: Sequence[str]) -> None:
        self._opened.delete(ids=list(ids))
        self._seal()

    def _own(self) -> None:
        if self._lock is not None:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (self._folder / "owner.lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise Unavailable("knowledge", _OTHER_OWNER) from None
        self._lock = lock

    def _read(self, space: str) -> None:
        self._release()
        quiet = Settings(anonymized_telemetry=False)
        client = chromadb.PersistentClient(path=str(self._folder / "chroma"), settings=quiet)
        self._client = cast(Client, client)
        for other in self._client.list_collections():
            if other.name.startswith(PREFIX) and other.name != space:
                self._client.delete_collection(other.name)
        self._collection = self._client.get_or_create_collection(
            space, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        self._collection.get(include=["metadatas"])

    def _wipe(self) -> None:
        # Chroma keeps what it had opened of this path, broken as it may be.
        Client.clear_system_cache()
        path = self._folder / "chroma"
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def _clear(self) -> None:
        self._own()
        self._release()
        self._wipe()

    def _release(self) -> None:
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            client.close()

    def _close(self) -> None:
        self._release()
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()


def _hashes(held: GetResult) -> dict[str, str]:
    facts = held["metadatas"] or []
    return {
        entry_id: str(fact.get("sha256", ""))
        for entry_id, fact in zip(held["ids"], facts, strict=True)
        if fact
    }


def _cosines(found: QueryResult) -> dict[str, float]:
    distances = (found["distances"] or [[]])[0]
    return {entry_id: 1 - far for entry_id, far in zip(found["ids"][0], distances, strict=True)}
