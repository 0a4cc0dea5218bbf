"""The HTTP doors over a small house: the whole application, in this process or behind real sockets."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fastapi import FastAPI

from api.app import create_app
from api.house import Bounds, House
from api.rates import Meter
from api.serving import Doors, serve
from domain.account import LOCAL_USER, Scope
from domain.engine import Engine
from domain.event import Event, ModelReplied, RunFinished
from domain.fetching import Fetcher
from domain.nouns import ProjectId, RunId, UserId
from domain.queue import Room
from domain.run import Usage
from domain.template import Template, TemplateCard
from memory.plain import DatabaseMemory
from tests.stands import NoBox, PlainTemplate, Stand, stand

HERE = "http://127.0.0.1:8470"
CARDS: list[TemplateCard] = [PlainTemplate.CARD]


@dataclass
class Open:
    """An installation with its doors open."""

    stand: Stand
    house: House
    app: FastAPI
    clients: list[httpx.AsyncClient] = field(default_factory=list[httpx.AsyncClient])

    def client(
        self, *, key: str = "", base: str = HERE, peer: str = "127.0.0.1", **headers: str
    ) -> httpx.AsyncClient:
        """Somebody at the network door."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(peer, 4711))
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            sent["Authorization"] = f"Bearer {key}"
        made = httpx.AsyncClient(transport=transport, base_url=base, headers=sent, trust_env=False)
        self.clients.append(made)
        return made

    async def key(
        self, user: str = "ada", scopes: tuple[Scope, ...] = ("read", "write", "render"), **more: datetime
    ) -> str:
        """Make a key and give its secret."""
        async with self.stand.database.transaction(None) as tx:
            return (await tx.keys.create(UserId(user), "test", scopes, more.get("expires_at"))).secret

    async def append(
        self, project_id: str, *events: Event, run_id: str | None = None, owner: UserId = LOCAL_USER
    ) -> None:
        """Let something happen to a project."""
        async with self.stand.database.transaction(owner) as tx:
            for event in events:
                await tx.events.append(ProjectId(project_id), event, RunId(run_id) if run_id else None)

    async def finish(self, project_id: str, run_id: str, *, owner: UserId = LOCAL_USER) -> None:
        """End a run as its worker does."""
        async with self.stand.database.transaction(owner) as tx:
            end = RunFinished(status="succeeded", reason="Done.", usage=Usage())
            await tx.events.append(ProjectId(project_id), end, RunId(run_id))
            await tx.runs.update(RunId(run_id), state="succeeded", finished_at=datetime.now(UTC))


def spoke(text: str) -> ModelReplied:
    """Something a model said, with words of its provider that nobody else may read."""
    return ModelReplied(model="scripted", text=text, provider_content={"secret": "thought-signature"})


@asynccontextmanager
async def opened(
    folder: Path,
    *,
    engine: Engine | None = None,
    templates: dict[str, Template] | None = None,
    bounds: Bounds | None = None,
    meter: Meter | None = None,
    host: str | None = "127.0.0.1",
    public_url: str = "",
    room: Room | None = None,
    fetcher: Fetcher | None = None,
    hearing_s: float = 45,
) -> AsyncGenerator[Open]:
    """Open an installation's doors in this process."""
    async with stand(folder, engine=engine, templates=templates, room=room, hearing_s=hearing_s) as made:
        house = House(
            version="0.0.0",
            fingerprint="f00d",
            director="scripted",
            data=folder,
            database=made.database,
            log=made.log,
            blobs=made.blobs,
            engine=engine or NoBox(),
            executor=made.executor,
            templates=CARDS,
            bounds=bounds or Bounds(),
            meter=meter or Meter(),
            memory=DatabaseMemory(made.database),
            knowledge=made.services.knowledge,
            host=host,
            public_url=public_url,
            fetcher=fetcher,
        )
        doors = Open(made, house, create_app(house))
        try:
            yield doors
        finally:
            for client in doors.clients:
                await client.aclose()


@dataclass
class Served:
    """A server at work in this process, on real sockets."""

    url: str
    socket: Path
    task: asyncio.Task[None]

    def client(self, *, socket: bool = False, **more: object) -> httpx.AsyncClient:
        """Somebody at its port, or at its socket."""
        transport = httpx.AsyncHTTPTransport(uds=str(self.socket)) if socket else None
        return httpx.AsyncClient(
            transport=transport, base_url="http://director" if socket else self.url, trust_env=False,
            timeout=10, **more,  # pyright: ignore[reportArgumentType]
        )  # fmt: skip

    async def stop(self) -> None:
        """End it as an operator does."""
        if not self.task.done():
            os.kill(os.getpid(), signal.SIGTERM)
        await self.task


@asynccontextmanager
async def served(
    doors: Open,
    *,
    host: str | None = "127.0.0.1",
    idle_exit_s: float | None = None,
    beside: Sequence[Callable[[], Awaitable[None]]] = (),
    on_stop: Sequence[Callable[[], None]] = (),
) -> AsyncGenerator[Served]:
    """Serve an installation on a free port and on a socket."""
    house = replace(doors.house, host=host)
    doors.house = house
    said: asyncio.Queue[str] = asyncio.Queue()
    wanted = Doors(host=host, port=0, socket=house.data / "d.sock", idle_exit_s=idle_exit_s)
    task = asyncio.create_task(serve(house, wanted, beside=beside, on_stop=on_stop, announce=said.put_nowait))
    hearing = asyncio.create_task(said.get())
    await asyncio.wait({task, hearing}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        hearing.cancel()
        await task
    server = Served((await hearing).removeprefix("director: "), wanted.socket, task)
    try:
        yield server
    finally:
        await server.stop()
