"""The service: what runs for as long as it is wanted, be it the doors, a worker or MCP on two pipes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, cast

from api.house import Bounds, OAuth
from api.house import House as DoorHouse
from api.mcp_door.stdio import Known, Place
from api.mcp_door.stdio import speak as speak_mcp
from api.rates import Meter, Rates
from api.serving import Doors
from api.serving import serve as serve_doors
from cli.house import Serving
from domain.job import JobKind
from domain.plugins import load
from domain.run import Limits
from health import Health
from jobs.processes import Processes, die_with_parent
from jobs.sweeper import Sweeper
from settings import ROOT, worker_environment
from tools.registry import load_tools
from wiring import Wiring

if TYPE_CHECKING:
    from jobs.redis.horses import Stable

VERSION = installed_version("director")
WARM_AFTER_S = 1.0
"""Seconds that a new server has for its first answers before it opens the shelves of knowledge."""


class Service:
    """An installation at work."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._settings = wiring.settings

    async def serve(self, serving: Serving) -> None:
        """Open the doors; runs are directed here, the rest is done by workers beside, or all of it by RQ."""
        await self._wiring.database.check()
        if self._settings.redis_url:
            await self._serve_doors(serving, (self._hand_out_tokens,), ())
            return
        agents = self._wiring.worker({"agent": self._settings.agent_slots})
        queues = ("--queues", "render,analysis")
        argv = [sys.executable, "-m", "main", "worker", *queues, "--parent", str(os.getpid())]
        renders = Processes(argv, self._settings.render_workers, worker_environment(), ROOT)
        await self._serve_doors(serving, (agents.run, renders.run), (agents.stop, renders.stop))

    async def _hand_out_tokens(self) -> None:
        """Hand out RQ's tokens; its library is imported in a thread, when the doors are open already."""
        tokens = await asyncio.to_thread(lambda: self._wiring.tokens)
        await tokens.run()

    async def _warm(self) -> None:
        """Open the shelves of knowledge, when who started the server has had its first answers."""
        await asyncio.sleep(WARM_AFTER_S)
        await self._wiring.knowledge.warm()

    async def _serve_doors(
        self,
        serving: Serving,
        work: Sequence[Callable[[], Awaitable[None]]],
        on_stop: Sequence[Callable[[], None]],
    ) -> None:
        sweeper = Sweeper(self._wiring.database, self._wiring.wakeups, self._wiring.handlers)
        await serve_doors(
            self.doors(serving),
            Doors(serving.host, serving.port, self._settings.socket, serving.idle_exit_s),
            beside=(*work, sweeper.run, self._warm),
            on_stop=on_stop,
            announce=lambda line: print(line, flush=True),  # noqa: T201
        )
        await self._wiring.close()

    async def speak(self, revive: Callable[[], Awaitable[None]], images: str | None) -> None:
        """Speak MCP on stdin and stdout, for this machine's server or the one at DIRECTOR_URL."""
        settings = self._settings
        key = settings.key.get_secret_value() if settings.key else ""
        place = Place(settings.socket, settings.url, key, images or settings.mcp_images)
        await speak_mcp(place, Known(VERSION, load_tools()), revive)

    async def work(self, kinds: tuple[JobKind, ...], parent: int | None) -> None:
        """Work off jobs until told to stop, or until the server that started this worker has gone."""
        if parent is not None:
            die_with_parent(parent)
        await self._wiring.database.check()
        if self._settings.redis_url:
            await self._wiring.close()  # a work-horse is forked: it opens what it needs itself
            self._stable(kinds).run()
            return
        slots: dict[JobKind, int] = {
            kind: self._settings.agent_slots if kind == "agent" else 1 for kind in kinds
        }
        worker = self._wiring.worker(slots)
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, worker.stop)
        try:
            await worker.run()
        finally:
            await self._wiring.close()

    def _stable(self, kinds: tuple[JobKind, ...]) -> Stable:
        settings = self._settings

        def do(kind: JobKind) -> None:
            asyncio.run(Service(Wiring(settings)).work_once(kind))

        room = load("jobs.redis", "horses")
        return cast("Stable", room.Stable(settings.redis_url, settings.redis_prefix, kinds, do))

    async def work_once(self, kind: JobKind) -> None:
        """Do the best job of a kind, if there is one.

        Raises Unavailable when the database was moved on to another version under this worker.
        """
        await self._wiring.database.check()
        worker = self._wiring.worker({kind: 1})
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
        try:
            await worker.once()
        finally:
            await self._wiring.close()

    @property
    def _meter(self) -> Meter:
        settings = self._settings
        rates = Rates(
            upload=settings.rate_upload, generate=settings.rate_generate, refine=settings.rate_refine,
            production=settings.rate_production, other=settings.rate_other, streams=settings.streams_at_once,
            redis_url=settings.redis_url, prefix=settings.redis_prefix,
        )  # fmt: skip
        return Meter(rates)

    def doors(self, serving: Serving) -> DoorHouse:
        """The installation as the HTTP doors see it."""
        settings, wiring = self._settings, self._wiring
        limits = Limits(
            steps=settings.run_steps, turns=settings.run_turns, tokens=settings.run_tokens,
            cost_usd=settings.run_cost_usd, seconds=settings.run_seconds,
        )  # fmt: skip
        jwks_url = settings.oauth_jwks_url or f"{settings.oauth_issuer.rstrip('/')}/.well-known/jwks.json"
        oauth = OAuth(settings.oauth_issuer, jwks_url, settings.oauth_audience)
        bounds = Bounds(upload_bytes=settings.upload_mb * 1024 * 1024, heartbeat_s=settings.heartbeat_s)
        return DoorHouse(
            version=VERSION, fingerprint=wiring.fingerprint, director=wiring.director, data=settings.data,
            database=wiring.database, log=wiring.log, blobs=wiring.blobs, engine=wiring.engine,
            executor=wiring.executor, templates=wiring.cards, parts=Health(wiring).parts,
            memory=wiring.memory, knowledge=wiring.knowledge, fetcher=wiring.fetcher,
            limits=limits, bounds=bounds, oauth=oauth if settings.oauth_issuer else None,
            meter=self._meter, host=serving.host, public_url=settings.public_url,
            detached=serving.idle_exit_s is not None, boxes=wiring.boxes,
        )  # fmt: skip
