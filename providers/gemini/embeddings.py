"""Gemini's embeddings over google-genai: many texts in one request, tried once; words stand in meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import httpx2
import numpy as np
from google.genai import errors, types

from domain.errors import Unavailable
from providers.gemini.client import client_of
from providers.gemini.config import GeminiConfig

DIMENSION: Final = 768
MOST_AT_ONCE: Final = 100
"""Texts in one request; the service takes no more."""


class GeminiEmbedder:
    """Speaks with one Gemini embedding model."""

    dimension = DIMENSION

    def __init__(self, config: GeminiConfig) -> None:
        self.name = config.model
        self._http = httpx2.AsyncClient(timeout=config.read_timeout_s)
        self._client = client_of(config, self._http)

    async def embed(self, texts: Sequence[str], *, asking: bool = False) -> list[list[float]]:
        vectors: list[list[float]] = []
        for start in range(0, len(texts), MOST_AT_ONCE):
            vectors += await self._ask(texts[start : start + MOST_AT_ONCE], asking)
        return vectors

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aio.aclose()
        await self._http.aclose()
        self._client.close()

    async def _ask(self, texts: Sequence[str], asking: bool) -> list[list[float]]:
        wanted = types.EmbedContentConfig(
            task_type="RETRIEVAL_QUERY" if asking else "RETRIEVAL_DOCUMENT",
            output_dimensionality=DIMENSION,
        )
        try:
            answer = await self._client.aio.models.embed_content(
                model=self.name,
                # As plain strings, newer models would make one vector of all of them.
                contents=[types.Content(parts=[types.Part(text=text)]) for text in texts],
                config=wanted,
            )
        except errors.APIError as refused:
            said = (refused.message or refused.status or "no reason given").strip()[:300]
            raise self._away(f"{refused.code} {said}") from refused
        except (errors.UnknownApiResponseError, httpx2.HTTPError) as broken:
            raise self._away(str(broken)[:200] or type(broken).__name__) from broken
        vectors = [unit(each.values or []) for each in answer.embeddings or []]
        lengths = {len(vector) for vector in vectors}
        if len(vectors) != len(texts) or lengths - {DIMENSION}:
            raise self._away(f"{len(vectors)} vectors of {sorted(lengths)} numbers for {len(texts)} texts")
        return vectors

    def _away(self, why: str) -> Unavailable:
        return Unavailable(
            "embeddings",
            f"{self.name} gives no vectors ({why}); DIRECTOR_GEMINI_EMBEDDINGS names another model, "
            "DIRECTOR_EMBEDDINGS=local does without Gemini",
        )


def unit(vector: Sequence[float]) -> list[float]:
    """Bring a vector to length 1, which shortened ones do not have."""
    values = np.asarray(vector, np.float64)
    length = float(np.linalg.norm(values))
    return (values / length).tolist() if length else values.tolist()


def create(config: GeminiConfig) -> GeminiEmbedder:
    """Make the embedder; importing this module loads the SDK."""
    return GeminiEmbedder(config)
