"""From a prompt to a finished film: the offline director, the real tools, the real doors."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from bench.chaos.server import Server
from bench.figure import Bar

BARS = {"prompt_to_film_s": Bar("≤", 60)}
PROMPT = "A 12-second launch teaser for Noor Tea: calm, green, title in English and Arabic"


def measure(folder: Path) -> dict[str, float]:
    """Post the prompt of the README to a fresh server and wait for its film."""
    return {"prompt_to_film_s": asyncio.run(_film(folder))}


async def _film(folder: Path) -> float:
    async with Server(folder / "data") as server:
        began = time.perf_counter()
        started = await server.client.post("/api/generate/start", {"prompt": PROMPT})
        status = ""
        stream = server.client.events(f"/api/generate/{started['run_id']}/stream", _nothing)
        async for sent in stream:
            if sent.type == "run.finished":
                status = f"{sent.data['status']}: {sent.data['reason']}"
        seconds = time.perf_counter() - began
    assert status.startswith("succeeded"), status
    return seconds


async def _nothing() -> None:
    return
