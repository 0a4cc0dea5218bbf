"""The health of an installation: what the doctor and /ready look at, part by part."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, cast

from cli.house import Part
from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from sandbox.guarded import refusal
from sandbox.launcher import landlock_words
from storage import schema
from wiring import Wiring

if TYPE_CHECKING:
    from storage.cloud import CloudBlobs
    from storage.redis.wakeups import RedisWakeups

LEAST_FREE = 512 * 1024 * 1024
"""Bytes of disk below which the installation calls itself unwell."""


class Health:
    """The parts that are in use, each with a question that only a working one answers."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._settings = wiring.settings

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts in use, by name, kind and question."""
        kind = self._settings.database.partition(":")[0]
        return (
            Part("database", kind, self._database_works),
            *(self._redis_parts if self._settings.redis_url else ()),
            Part("sandbox", self._settings.sandbox, self._sandbox_works),
            Part("director", self._wiring.director, self._director_works),
            Part("pictures", self._settings.painter or "nobody", self._pictures_made),
            Part("drawings", self._drawer, self._drawings_made),
            Part("knowledge", self._settings.knowledge, self._knowledge_works),
            *(
                (Part("blobs", self._settings.blob_url, self._bucket_works),)
                if self._settings.blob_url
                else ()
            ),
            Part("data", "local folder", self._data_works),
        )

    async def _database_works(self) -> str:
        await self._wiring.database.check()
        return f"schema {schema.expected()}"

    @property
    def _redis_parts(self) -> tuple[Part, ...]:
        wakeups = cast("RedisWakeups", self._wiring.wakeups)
        return Part("redis", "Redis", wakeups.check), Part("workers", "RQ", self._workers_live)

    async def _workers_live(self) -> str:
        return await self._wiring.tokens.check()

    async def _sandbox_works(self) -> str:
        limits = BoxLimits(seconds=10, work_mb=16)
        ended = await self._wiring.sandbox.run(["ffmpeg", "-hide_banner", "-version"], limits=limits)
        if ended.exit_code:
            said = ended.stderr.decode(errors="replace")[:200]
            raise Unavailable("sandbox", f"ffmpeg does not run in it: {said}")
        if got_out := await self._wiring.sandbox.verdict():
            raise refusal(self._settings.sandbox, got_out)
        walls = f"; {landlock_words()}" if self._settings.sandbox == "bubblewrap" else ""
        return f"{ended.stdout.decode(errors='replace').splitlines()[0][:60]}; no canary gets out{walls}"

    async def _director_works(self) -> str:
        if self._settings.director == "offline":
            return "rule-based, no key needed; GEMINI_API_KEY makes Gemini direct"
        return "key is set"

    @property
    def _drawer(self) -> str:
        return "symbols" if self._settings.director == "offline" else self._wiring.director

    async def _pictures_made(self) -> str:
        settings, maker = self._settings, self._wiring.pictures
        if maker is None:
            return (
                "ai_image_proxy refuses: set GEMINI_API_KEY, or REPLICATE_API_TOKEN with "
                "DIRECTOR_REPLICATE_MODEL"
            )
        model = settings.gemini_pictures if settings.painter == "gemini" else settings.replicate_model
        return f"{model}, key is set; ${maker.most_usd:.2f} a picture at most, a person is asked before each"

    async def _drawings_made(self) -> str:
        first, *others = (each.name for each in self._wiring.illustrators)
        return f"{first} draws, and {others[0]} where it cannot" if others else f"{first}, no key needed"

    async def _knowledge_works(self) -> str:
        told = await self._wiring.knowledge.check()
        if self._settings.redis_url and not self._settings.chroma_url:
            return (
                f"{told}; RQ workers direct the runs here, and a folder has one owner: they search by words "
                "only, set CHROMA_URL"
            )
        return told

    async def _bucket_works(self) -> str:
        bucket = cast("CloudBlobs", self._wiring.blobs)
        return await bucket.check()

    async def _data_works(self) -> str:
        free = shutil.disk_usage(self._settings.data).free
        if free < LEAST_FREE:
            raise Unavailable("disk", f"{free >> 20} MiB are free in {self._settings.data}; make room")
        return f"{free >> 30} GiB free"
