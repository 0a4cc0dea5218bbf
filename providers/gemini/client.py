"""How the SDK's client is made: over an HTTP client of ours, for it sets no timeouts of its own."""

from __future__ import annotations

import httpx2
from google.genai import Client, types

from providers.gemini.config import GeminiConfig


def client_of(
    config: GeminiConfig, http: httpx2.AsyncClient, headers: dict[str, str] | None = None
) -> Client:
    """Make the SDK's client for a key, an address and a patience."""
    return Client(
        vertexai=False,
        api_key=config.api_key.get_secret_value(),
        http_options=types.HttpOptions(
            base_url=config.base_url or None,
            api_version=config.api_version,
            timeout=int(config.read_timeout_s * 1000),
            headers=headers,
            httpx_async_client=http,
        ),
    )
