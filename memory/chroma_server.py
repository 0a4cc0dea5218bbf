"""Vectors in a Chroma server, over plain HTTP: its own client waits for ever and imports for seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import httpx

from domain.errors import Unavailable
from memory.shelf import Card

PLACE: Final = "/api/v2/tenants/default_tenant/databases/default_database"
VERSION: Final = "/api/v2/version"
CONNECT_S: Final = 3.0
ANSWER_S: Final = 10.0
"""Seconds after which a server that says nothing counts as away."""


class ServerShelf:
    """A Chroma server; several installations may share one, for the ids are the same everywhere."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        self._address = f"{parts.hostname}:{parts.port or (443 if secure else 8000)}"
        login = None
        if parts.username is not None:
            login = httpx.BasicAuth(unquote(parts.username), unquote(parts.password or ""))
        self._http = httpx.AsyncClient(
            base_url=f"{parts.scheme}://{self._address}{parts.path.rstrip('/')}",
            auth=login,
            timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
            trust_env=False,
        )
        self._space = ""
        self._collection = ""

    @property
    def using(self) -> str:
        return f"chroma server at {self._address}"

    async def open(self, space: str) -> str:
        asked = {
            "name": space,
            "get_or_create": True,
            "configuration": {"hnsw": {"space": "cosine"}, "embedding_function": None},
        }
        found = await self._ask("POST", f"{PLACE}/collections", asked)
        self._space, self._collection = space, str(found["id"])
        return ""

    async def held(self) -> dict[str, str]:
        found = await self._ask("POST", f"{self._path}/get", {"include": ["metadatas"]})
        facts: list[dict[str, Any] | None] = found["metadatas"]
        return {
            str(entry_id): str((each or {}).get("sha256", ""))
            for entry_id, each in zip(found["ids"], facts, strict=True)
        }

    async def put(self, cards: Sequence[Card]) -> None:
        asked = {
            "ids": [card.entry.entry_id for card in cards],
            "embeddings": [list(card.vector) for card in cards],
            "metadatas": [card.facts for card in cards],
        }
        await self._ask("POST", f"{self._path}/upsert", asked)

    async def drop(self, ids: Sequence[str]) -> None:
        await self._ask("POST", f"{self._path}/delete", {"ids": list(ids)})

    async def nearest(self, vector: Sequence[float], most: int) -> dict[str, float]:
        asked = {"query_embeddings": [list(vector)], "n_results": most, "include": ["distances"]}
        found = await self._ask("POST", f"{self._path}/query", asked)
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return {entry_id: 1 - distance for entry_id, distance in pairs}

    async def clear(self) -> None:
        if self._collection:
            await self._ask("DELETE", f"{PLACE}/collections/{self._space}")
            self._collection = ""

    async def check(self) -> str:
        try:
            return f"{self.using}, API {await self._ask('GET', VERSION)}"
        except Unavailable as away:
            if "(404 " in away.message or "(410 " in away.message:
                raise Unavailable(
                    "knowledge",
                    f"the server at {self._address} speaks no API v2: it is older than Chroma 1.0, or none; "
                    "upgrade it, or mend CHROMA_URL",
                ) from None
            raise

    async def close(self) -> None:
        await self._http.aclose()

    @property
    def _path(self) -> str:
        if not self._collection:
            raise Unavailable("knowledge", "the index is closed")
        return f"{PLACE}/collections/{self._collection}"

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            answer = await self._http.request(method, path, json=body)
            answer.raise_for_status()
            return answer.json()
        except httpx.HTTPStatusError as refused:
            said = refused.response.text[:200]
            raise self._away(f"{refused.response.status_code} {said}") from refused
        except (httpx.HTTPError, ValueError) as broken:
            raise self._away(str(broken)[:200] or type(broken).__name__) from broken

    def _away(self, why: str) -> Unavailable:
        return Unavailable(
            "knowledge", f"the Chroma server at {self._address} gives no answer ({why}); see CHROMA_URL"
        )
