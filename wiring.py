"""The wiring: every concrete piece of one installation, made when it is first asked for."""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, cast

from agent.judge import ModelJudge
from agent.loop import Parts
from agent.runner import AgentHandler
from domain.blob import Blobs
from domain.count import Untold
from domain.editor import Editor
from domain.fetching import Fetcher
from domain.handler import Handler
from domain.imagery import Illustrator, PictureMaker
from domain.job import JobKind
from domain.knowledge import Embedder
from domain.memory import Memory
from domain.model import Model
from domain.packages import Packages
from domain.plugins import load, load_all
from domain.queue import Room
from domain.sandbox import Sandbox
from domain.speech import Speaker
from domain.template import Template, TemplateCard
from jobs.worker import Worker
from memory.knowledge import Handbook
from memory.library import entries
from memory.plain import DatabaseMemory
from memory.recall import Recall
from memory.shelf import Shelf
from render.analyses import AnalysisHandler
from render.engine import EngineConfig
from render.farm import Farm
from render.handler import RenderHandler
from render.listener import SECONDS as HEARING_S
from render.parts import PartEngine
from sandbox.backends.bubblewrap import Bubblewrap, BubblewrapConfig
from sandbox.guarded import Guarded
from settings import Settings
from storage import schema
from storage.archive import Archive
from storage.bells import SocketWakeups
from storage.blobs import LocalBlobs
from storage.database import SqlDatabase
from storage.log import DatabaseEventLog
from storage.upkeep import DAY_S, Keeping, Upkeep
from tools.context import Services
from tools.executor import Executor
from tools.registry import load_tools

if TYPE_CHECKING:  # loaded where it is used, so that a server without it starts sooner
    from jobs.redis.tokens import Tokens
    from storage.redis.wakeups import RedisWakeups


class Wiring:
    """The pieces of one installation, and how to open and close them."""

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
        room = Room(all=self.settings.queue_waiting, each=self.settings.queue_waiting_each)
        return SqlDatabase(self.settings.database, self.wakeups, connections=connections, room=room)

    @cached_property
    def log(self) -> DatabaseEventLog:
        return DatabaseEventLog(self.database, self.wakeups)

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.settings.database, self.database, self.blobs)

    @cached_property
    def upkeep(self) -> Upkeep:
        keeping = Keeping(deleted_s=self.settings.keep_deleted_days * DAY_S)
        return Upkeep(self.database, self.blobs, self.settings.data, keeping)

    @cached_property
    def blobs(self) -> Blobs:
        near = LocalBlobs(self.settings.data / "blobs")
        if not self.settings.blob_url:
            return near
        secret, entry = self.settings.aws_secret_access_key, dict[str, str]()
        if secret is not None and self.settings.blob_url.startswith("s3:"):
            entry = {"aws_access_key_id": self.settings.aws_access_key_id}
            entry["aws_secret_access_key"] = secret.get_secret_value()
        return cast(Blobs, load("storage", "cloud").open_bucket(self.settings.blob_url, near, entry))

    @cached_property
    def boxes(self) -> Untold:
        """Boxes that this process has started and not written down yet."""
        return Untold()

    @cached_property
    def sandbox(self) -> Guarded:
        settings = self.settings
        verdict = settings.sandbox_verdict or settings.data / "sandbox.verdict"
        if settings.sandbox == "bubblewrap":
            return Guarded("bubblewrap", lambda: Bubblewrap(BubblewrapConfig()), verdict, starts=self.boxes)
        about = f"{settings.docker_url} {settings.docker_image}"
        return Guarded("docker", self._docker, verdict, about, self.boxes)

    def _docker(self) -> Sandbox:
        """Load what speaks to a Docker engine; imports its library, so it is called in a thread."""
        module = load("sandbox.backends", "docker")
        data = hashlib.sha256(str(self.settings.data).encode()).hexdigest()[:12]
        url, image = self.settings.docker_url, self.settings.docker_image
        return cast(Sandbox, module.create(module.DockerConfig(url=url, image=image, installation=data)))

    @cached_property
    def engine(self) -> PartEngine:
        config = EngineConfig(
            folder=self.settings.data / "engine",
            cache_mb=self.settings.cache_mb,
            cpus=self.settings.render_cpus,
        )
        return PartEngine(self.sandbox, config, self.speaker, self._editor)

    def _editor(self) -> Editor:
        """Load what writes cuts for editing programs, with its library."""
        return cast(Editor, load("providers", "otio"))

    @cached_property
    def speaker(self) -> Speaker:
        return cast(Speaker, load("providers", "espeak").create(self.sandbox))

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        return cast(Mapping[str, Template], load_all("templates.gallery"))

    @cached_property
    def executor(self) -> Executor:
        services = Services(
            self.database, self.blobs, self.engine, self.log, self.templates, knowledge=self.knowledge,
            judge=ModelJudge(lambda: self.model) if self.settings.director != "offline" else None,
            fetcher=self.fetcher, pictures=self.pictures, illustrators=self.illustrators,
            packages=self.packages, occasions=frozenset({"packages"} if self.packages else ()),
        )  # fmt: skip
        return Executor(services, load_tools())

    @cached_property
    def fetcher(self) -> Fetcher | None:
        if not self.settings.fetch_mb:
            return None
        web = load("providers", "web")
        passing, largest = self.settings.data / "fetched", self.settings.fetch_mb * 1024 * 1024
        return cast(Fetcher, web.create(web.FetchConfig(folder=passing, largest=largest)))

    @cached_property
    def packages(self) -> Packages | None:
        settings = self.settings
        if not settings.packages.split() or settings.package_index is None:
            return None
        room = load("providers", "packages")
        config = room.PackagesConfig(
            allowed=tuple(settings.packages.split()), index=settings.package_index,
            hosts=tuple(settings.package_hosts.split()),
        )  # fmt: skip
        return cast(Packages, room.create(config))

    @cached_property
    def pictures(self) -> PictureMaker | None:
        settings = self.settings
        if settings.painter is None:
            return None
        provider = load("providers", settings.painter)
        if settings.painter == "gemini":
            config = provider.GeminiConfig(
                api_key=settings.gemini_api_key, model=settings.gemini_pictures,
                base_url=settings.gemini_base_url, read_timeout_s=settings.picture_timeout_s,
                attempts=3, patience_s=60, named_by="DIRECTOR_GEMINI_PICTURES",
            )  # fmt: skip
            return cast(PictureMaker, provider.GeminiPictures(config, settings.picture_usd))
        web = load("providers", "web")
        config = provider.ReplicateConfig(
            api_token=settings.replicate_api_token, model=settings.replicate_model,
            base_url=settings.replicate_base_url, seconds=settings.picture_timeout_s,
            most_usd=settings.picture_usd,
        )  # fmt: skip
        own = web.create(web.FetchConfig(folder=settings.data / "fetched"))
        return cast(PictureMaker, provider.create(config, own))

    @cached_property
    def illustrators(self) -> tuple[Illustrator, ...]:
        symbols = cast(Illustrator, load("providers", "symbols").create())
        if self.settings.director == "offline":
            return (symbols,)
        return cast(Illustrator, load("providers", "illustrator").create(self.model)), symbols

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
            blobs=self.blobs, log=self.log, model=self.model, executor=self.executor, memory=self.memory,
            recall=None if self.settings.director == "offline" else Recall(entries()),
        )  # fmt: skip
        films = self.settings.data / "films"
        farm = Farm(self.database, self.engine, self.blobs, self.log, self.settings.parts)
        return {
            "agent": AgentHandler(self.database, parts),
            "render": RenderHandler(self.database, self.engine, self.blobs, self.log, films, farm),
            "analysis": AnalysisHandler(self.database, self.engine, self.blobs),
        }

    @property
    def director(self) -> str:
        """Who directs, as events name it."""
        return "offline" if self.settings.director == "offline" else self.settings.gemini_model

    @property
    def fingerprint(self) -> str:
        """Tells whether a running server has the settings of now; secrets go in as their hash."""
        settings = self.settings
        secrets = (settings.gemini_api_key, settings.replicate_api_token, settings.package_index,
                   settings.aws_secret_access_key)  # fmt: skip
        own = {"url", "key", "mcp_images"}  # of `director mcp` alone; no server has to know them
        told = self.settings.model_dump_json(exclude=own)
        told += " ".join(secret.get_secret_value() if secret else "" for secret in secrets)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def cards(self) -> tuple[TemplateCard, ...]:
        """The cards of all templates."""
        return tuple(template.CARD for template in self.templates.values())

    async def open(self) -> None:
        """Make the data folder, and bring an embedded database to this version's schema."""
        self.settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.settings.database_url:
            await asyncio.to_thread(schema.upgrade, self.settings.database)

    def worker(self, slots: Mapping[JobKind, int]) -> Worker:
        """Make a worker for some kinds of jobs."""
        name = f"{socket.gethostname()}-{os.getpid()}"
        # a run counts its own seconds and ends with a reason; this is for one that does not
        longest: dict[JobKind, float] = {
            "agent": 2 * self.settings.run_seconds, "render": self.settings.render_seconds,
            "analysis": 2 * HEARING_S,
        }  # fmt: skip
        return Worker(
            self.database, self.wakeups, self.handlers, name=name, slots=slots, longest=longest,
            boxes=self.boxes,
        )  # fmt: skip

    async def close(self) -> None:
        """End warm guests and connections."""
        closing = getattr(self.__dict__.get("model"), "close", None)
        if closing is not None:
            await closing()
        if (pictures := self.__dict__.get("pictures")) is not None:
            await pictures.close()
        if "engine" in self.__dict__:
            await self.engine.close()
        if "knowledge" in self.__dict__:
            await self.knowledge.close()
        if "memory" in self.__dict__:
            await self.memory.close()
        await self.wakeups.close()
        await self.database.close()
