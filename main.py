"""The front door: builds and wires every concrete piece, and hands them to the command that was asked for."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import shutil
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, cast

from agent.loop import Parts
from agent.runner import AgentHandler
from api.house import Bounds, OAuth
from api.house import House as DoorHouse
from api.mcp_door.stdio import Known, Place
from api.mcp_door.stdio import speak as speak_mcp
from api.serving import Doors
from api.serving import serve as serve_doors
from cli.dispatch import run
from cli.house import House, Part, Serving
from domain.errors import Unavailable
from domain.handler import Handler
from domain.job import JobKind
from domain.knowledge import Embedder
from domain.memory import Memory
from domain.model import Model
from domain.plugins import load, load_all
from domain.run import Limits
from domain.sandbox import BoxLimits, Sandbox
from domain.template import Template, TemplateCard
from jobs.processes import Processes, die_with_parent
from jobs.sweeper import Sweeper
from jobs.worker import Worker
from memory.knowledge import Handbook
from memory.library import entries
from memory.plain import DatabaseMemory
from memory.shelf import Shelf
from render.engine import BoxEngine, EngineConfig
from render.handler import RenderHandler
from sandbox.backends.bubblewrap import Bubblewrap, BubblewrapConfig
from settings import ROOT, Settings, worker_environment
from storage import schema
from storage.bells import SocketWakeups
from storage.blobs import LocalBlobs
from storage.database import SqlDatabase
from storage.log import DatabaseEventLog
from tools.context import Services
from tools.executor import Executor
from tools.registry import load_tools

if TYPE_CHECKING:  # loaded where it is used, so that a server without it starts sooner
    from jobs.redis.horses import Stable
    from jobs.redis.tokens import Tokens
    from storage.redis.wakeups import RedisWakeups

VERSION = installed_version("director")
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
LEAST_FREE = 512 * 1024 * 1024
"""Bytes of disk below which the installation calls itself unwell."""


class Wiring:
    """Every piece of one installation, made when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def wakeups(self) -> RedisWakeups | SocketWakeups:
        if not self.settings.redis_url:
            return SocketWakeups(self.settings.data / "bells")
        room = load("storage.redis", "wakeups")
        return cast(
            "RedisWakeups", room.RedisWakeups(self.settings.redis_url, prefix=self.settings.redis_prefix)
        )

    @cached_property
    def memory(self) -> Memory:
        settings = self.settings
        if not settings.redis_url:
            return DatabaseMemory(self.database)
        room = load("memory.redis", "hot")
        hot = room.RedisMemory(settings.redis_url, self.database, prefix=settings.redis_prefix)
        return cast(Memory, hot)

    @cached_property
    def tokens(self) -> Tokens:
        settings = self.settings
        room = load("jobs.redis", "tokens")
        tokens = room.Tokens(settings.redis_url, settings.redis_prefix, self.database, self.wakeups)
        return cast("Tokens", tokens)

    @cached_property
    def database(self) -> SqlDatabase:
        connections = self.settings.database_connections
        return SqlDatabase(self.settings.database, self.wakeups, connections=connections)

    @cached_property
    def log(self) -> DatabaseEventLog:
        return DatabaseEventLog(self.database, self.wakeups)

    @cached_property
    def blobs(self) -> LocalBlobs:
        return LocalBlobs(self.settings.data / "blobs")

    @cached_property
    def sandbox(self) -> Sandbox:
        if self.settings.sandbox == "bubblewrap":
            return Bubblewrap(BubblewrapConfig())
        module = load("sandbox.backends", "docker")
        data = hashlib.sha256(str(self.settings.data).encode()).hexdigest()[:12]
        url, image = self.settings.docker_url, self.settings.docker_image
        return cast(Sandbox, module.create(module.DockerConfig(url=url, image=image, installation=data)))

    @cached_property
    def engine(self) -> BoxEngine:
        config = EngineConfig(
            folder=self.settings.data / "engine",
            cache_mb=self.settings.cache_mb,
            cpus=self.settings.render_cpus,
        )
        return BoxEngine(self.sandbox, config)

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        return cast(Mapping[str, Template], load_all("templates.gallery"))

    @cached_property
    def executor(self) -> Executor:
        services = Services(
            self.database, self.blobs, self.engine, self.log, self.templates, knowledge=self.knowledge
        )
        return Executor(services, load_tools())

    @cached_property
    def knowledge(self) -> Handbook:
        return Handbook(entries(), self._shelf, self._embedder)

    def _shelf(self) -> Shelf:
        """Open what keeps vectors; imports its library, so it is called in a thread."""
        if self.settings.chroma_url:
            return cast(Shelf, load("memory", "chroma_server").ServerShelf(self.settings.chroma_url))
        folder = self.settings.data / "knowledge"
        return cast(Shelf, load("memory", "chroma_folder").FolderShelf(folder))

    def _embedder(self) -> Embedder:
        """Load what makes vectors; imports its library, so it is called in a thread."""
        if self.settings.embedder == "local":
            return cast(Embedder, load("providers", "embeddings_local").create())
        config = load("providers", "gemini").GeminiConfig(
            api_key=self.settings.gemini_api_key,
            model=self.settings.gemini_embeddings,
            base_url=self.settings.gemini_base_url,
            read_timeout_s=10,
        )
        return cast(Embedder, load("providers.gemini", "embeddings").create(config))

    @cached_property
    def model(self) -> Model:
        provider = load("providers", self.settings.director)
        if self.settings.director == "offline":
            return cast(Model, provider.create())
        config = provider.GeminiConfig(
            api_key=self.settings.gemini_api_key,
            model=self.settings.gemini_model,
            base_url=self.settings.gemini_base_url,
            thinking=self.settings.gemini_thinking,
            read_timeout_s=self.settings.gemini_timeout_s,
        )
        return cast(Model, provider.create(config))

    @cached_property
    def handlers(self) -> dict[JobKind, Handler]:
        parts = Parts(
            blobs=self.blobs, log=self.log, model=self.model, executor=self.executor, memory=self.memory
        )
        films = self.settings.data / "films"
        return {
            "agent": AgentHandler(self.database, parts),
            "render": RenderHandler(self.database, self.engine, self.blobs, self.log, films),
        }

    @property
    def director(self) -> str:
        """Who directs, as events name it."""
        return "offline" if self.settings.director == "offline" else self.settings.gemini_model

    @property
    def fingerprint(self) -> str:
        """Tells whether a running server has the settings of now; secrets go in as their hash."""
        key = self.settings.gemini_api_key
        own = {"url", "key", "mcp_images"}  # of `director mcp` alone; no server has to know them
        told = self.settings.model_dump_json(exclude=own) + (key.get_secret_value() if key else "")
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    async def open(self) -> None:
        """Make the data folder, and bring an embedded database to this version's schema."""
        self.settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.settings.database_url:
            await asyncio.to_thread(schema.upgrade, self.settings.database)

    def worker(self, slots: Mapping[JobKind, int]) -> Worker:
        """Make a worker for some kinds of jobs."""
        name = f"{socket.gethostname()}-{os.getpid()}"
        return Worker(self.database, self.wakeups, self.handlers, name=name, slots=slots)

    async def serve(self, serving: Serving) -> None:
        """Open the doors; runs are directed here, renders in worker processes beside, or all of it by RQ."""
        await self.database.check()
        if self.settings.redis_url:
            await self._serve_doors(serving, (self.tokens.run,), ())
            return
        agents = self.worker({"agent": self.settings.agent_slots})
        argv = [sys.executable, "-m", "main", "worker", "--queues", "render", "--parent", str(os.getpid())]
        renders = Processes(argv, self.settings.render_workers, worker_environment(), ROOT)
        await self._serve_doors(serving, (agents.run, renders.run), (agents.stop, renders.stop))

    async def _serve_doors(
        self,
        serving: Serving,
        work: Sequence[Callable[[], Awaitable[None]]],
        on_stop: Sequence[Callable[[], None]],
    ) -> None:
        sweeper = Sweeper(self.database, self.wakeups, self.handlers)
        await serve_doors(
            self.doors(serving),
            Doors(serving.host, serving.port, self.settings.socket, serving.idle_exit_s),
            beside=(*work, sweeper.run, self.knowledge.warm),
            on_stop=on_stop,
            announce=lambda line: print(line, flush=True),  # noqa: T201
        )
        await self.close()

    async def speak(self, revive: Callable[[], Awaitable[None]], images: str | None) -> None:
        """Speak MCP on stdin and stdout, for this machine's server or the one at DIRECTOR_URL."""
        settings = self.settings
        key = settings.key.get_secret_value() if settings.key else ""
        place = Place(settings.socket, settings.url, key, images or settings.mcp_images)
        await speak_mcp(place, Known(VERSION, load_tools()), revive)

    async def work(self, kinds: tuple[JobKind, ...], parent: int | None) -> None:
        """Work off jobs until told to stop, or until the server that started this worker has gone."""
        if parent is not None:
            die_with_parent(parent)
        await self.database.check()
        if self.settings.redis_url:
            await self.close()  # a work-horse is forked: it opens what it needs itself
            self._stable(kinds).run()
            return
        slots: dict[JobKind, int] = {
            kind: self.settings.agent_slots if kind == "agent" else 1 for kind in kinds
        }
        worker = self.worker(slots)
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, worker.stop)
        try:
            await worker.run()
        finally:
            await self.close()

    def _stable(self, kinds: tuple[JobKind, ...]) -> Stable:
        settings = self.settings

        def do(kind: JobKind) -> None:
            asyncio.run(Wiring(settings).work_once(kind))

        room = load("jobs.redis", "horses")
        return cast("Stable", room.Stable(settings.redis_url, settings.redis_prefix, kinds, do))

    async def work_once(self, kind: JobKind) -> None:
        """Do the best job of a kind, if there is one."""
        worker = self.worker({kind: 1})
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
        try:
            await worker.once()
        finally:
            await self.close()

    async def close(self) -> None:
        """End warm guests and connections."""
        closing = getattr(self.__dict__.get("model"), "close", None)
        if closing is not None:
            await closing()
        if "engine" in self.__dict__:
            await self.engine.close()
        if "knowledge" in self.__dict__:
            await self.knowledge.close()
        if "memory" in self.__dict__:
            await self.memory.close()
        await self.wakeups.close()
        await self.database.close()

    def doors(self, serving: Serving) -> DoorHouse:
        """The installation as the HTTP doors see it."""
        settings = self.settings
        limits = Limits(
            steps=settings.run_steps, turns=settings.run_turns, tokens=settings.run_tokens,
            cost_usd=settings.run_cost_usd, seconds=settings.run_seconds,
        )  # fmt: skip
        jwks_url = settings.oauth_jwks_url or f"{settings.oauth_issuer.rstrip('/')}/.well-known/jwks.json"
        oauth = OAuth(settings.oauth_issuer, jwks_url, settings.oauth_audience)
        bounds = Bounds(upload_bytes=settings.upload_mb * 1024 * 1024, heartbeat_s=settings.heartbeat_s)
        return DoorHouse(
            version=VERSION, fingerprint=self.fingerprint, director=self.director, data=settings.data,
            database=self.database, log=self.log, blobs=self.blobs, engine=self.engine,
            executor=self.executor, templates=self.cards, parts=self.parts, limits=limits, bounds=bounds,
            oauth=oauth if settings.oauth_issuer else None, host=serving.host, public_url=settings.public_url,
            detached=serving.idle_exit_s is not None,
        )  # fmt: skip

    @property
    def cards(self) -> tuple[TemplateCard, ...]:
        """The cards of all templates."""
        return tuple(template.CARD for template in self.templates.values())

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the doctor and /ready look at."""
        kind = self.settings.database.partition(":")[0]
        return (
            Part("database", kind, self._database_works),
            *(self._redis_parts if self.settings.redis_url else ()),
            Part("sandbox", self.settings.sandbox, self._sandbox_works),
            Part("director", self.director, self._director_works),
            Part("knowledge", self.settings.knowledge, self.knowledge.check),
            Part("data", "local folder", self._data_works),
        )

    async def _database_works(self) -> str:
        await self.database.check()
        return f"schema {schema.expected()}"

    @property
    def _redis_parts(self) -> tuple[Part, ...]:
        wakeups = cast("RedisWakeups", self.wakeups)
        return Part("redis", "Redis", wakeups.check), Part("workers", "RQ", self._workers_live)

    async def _workers_live(self) -> str:
        return await self.tokens.check()

    async def _sandbox_works(self) -> str:
        limits = BoxLimits(seconds=10, work_mb=16)
        ended = await self.sandbox.run(["ffmpeg", "-hide_banner", "-version"], limits=limits)
        if ended.exit_code:
            said = ended.stderr.decode(errors="replace")[:200]
            raise Unavailable("sandbox", f"ffmpeg does not run in it: {said}")
        return ended.stdout.decode(errors="replace").splitlines()[0][:60]

    async def _director_works(self) -> str:
        if self.settings.director == "offline":
            return "rule-based, no key needed; GEMINI_API_KEY makes Gemini direct"
        return "key is set"

    async def _data_works(self) -> str:
        free = shutil.disk_usage(self.settings.data).free
        if free < LEAST_FREE:
            raise Unavailable("disk", f"{free >> 20} MiB are free in {self.settings.data}; make room")
        return f"{free >> 30} GiB free"


def build() -> House:
    """Read the settings and give the commands their house."""
    settings = Settings()
    logging.basicConfig(level=settings.log_level.upper(), format=LOG_FORMAT)
    for chatty in ("alembic", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    wiring = Wiring(settings)
    return House(
        version=VERSION, fingerprint=wiring.fingerprint, data=settings.data, films=settings.films,
        socket=settings.socket, serving=Serving(host=settings.host, port=settings.port),
        director=wiring.director, database=wiring.database, schema=schema.Schema(settings.database),
        blobs=wiring.blobs, sandbox=wiring.sandbox, engine=wiring.engine, templates=wiring.cards,
        parts=wiring.parts, open=wiring.open, close=wiring.close,
        serve=wiring.serve, speak=wiring.speak, work=wiring.work,
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of `director` and give its exit code."""
    return run(sys.argv[1:] if arguments is None else arguments, build, VERSION)


if __name__ == "__main__":
    sys.exit(main())
