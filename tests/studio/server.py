"""A whole server whose director knows one play: run by the studio's tests as a process of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path

from pydantic import JsonValue

from agent.loop import Parts
from agent.runner import AgentHandler
from api.house import House
from api.serving import Doors, serve
from domain.event import Call
from domain.handler import Handler
from domain.job import JobKind
from domain.model import Delta, Message, Reply, ToolMessage, ToolSpec, UserMessage
from domain.nouns import UserId
from domain.plugins import load_all
from domain.run import Usage
from jobs.sweeper import Sweeper
from jobs.worker import Worker
from memory.plain import DatabaseMemory
from providers.web.config import FetchConfig
from providers.web.fetch import WebFetcher
from providers.web.guard import Guard
from render.engine import BoxEngine, EngineConfig
from render.handler import RenderHandler
from sandbox.backends import bubblewrap
from tests.stands import stand
from tests.studio.template import Sunrise
from tests.web.server import LOOPBACK

WORDS_S = 0.05
"""Seconds from one word to the next."""
SLOW = "slowly"
"""A prompt with this word is thought about for a minute."""
CHANGE = "change"
"""A prompt with this word edits the film instead of laying it out."""
SCAFFOLD: tuple[str, str, dict[str, JsonValue]] = (
    "I lay out a calm film with one strong title.",
    "scaffold_project",
    {"template_name": "sunrise", "project_name": "Noor Tea"},
)
PLAN: tuple[str, str, dict[str, JsonValue]] = (
    "Before I begin, this is what I would make.",
    "propose_plan",
    {
        "plan": "Title: Noor Tea\nLength: 2 seconds\nFormat: 16:9\n"
        "Scenes: one title in cream on deep green; a golden sun wanders from right to left"
    },
)
EDIT: tuple[str, str, dict[str, JsonValue]] = (
    "I note it down.",
    "atomic_edit",
    {
        "file_path": "NOTES.md",
        "expected_sha256": "new",
        "edits": [{"start_line": 1, "end_line": 0, "new_content": "calmer"}],
    },
)


class Player:
    """Plays the same few steps for every prompt: lay out, check, look, render, done."""

    name = "offline"
    folds = True

    async def reply(
        self, briefing: str, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Delta | Reply, None]:
        wish = next(each.text for each in messages if isinstance(each, UserMessage))
        if SLOW in wish:
            for _ in range(240):
                yield Delta(text="thinking, ")
                await asyncio.sleep(0.25)
        first, planned = EDIT if CHANGE in wish else SCAFFOLD, "Show me the plan first" in wish
        if planned and any(
            each.failed for said in messages if isinstance(said, ToolMessage) for each in said.answers
        ):
            yield Reply(text="I made nothing.", usage=Usage(turns=1))
            return
        line = self._line(messages, first, planned=planned)
        for word in line.text.split(" "):
            yield Delta(text=f"{word} ")
            await asyncio.sleep(WORDS_S)
        yield line

    def _line(
        self, messages: Sequence[Message], first: tuple[str, str, dict[str, JsonValue]], *, planned: bool
    ) -> Reply:
        turn = sum(isinstance(each, ToolMessage) for each in messages)
        play: list[tuple[str, str, dict[str, JsonValue]]] = [
            *((PLAN,) if planned else ()),
            first,
            ("Does it hold together?", "run_build_check", {}),
            ("Let me look at it with my own eyes.", "visual_frame_inspection", {"times": [0.4, 1.0, 1.8]}),
            ("It reads well. I render the film.", "render_video", {}),
            ("A moment.", "wait_for_job", {}),
        ]
        if turn < len(play):
            text, tool, args = play[turn]
            call = Call(call_id=f"{len(messages)}-{turn}", tool=tool, args=args)
            return Reply(text=text, calls=(call,), usage=Usage(turns=1))
        return Reply(text="Your film is ready.", usage=Usage(turns=1))


async def main(folder: Path, port: int, keyed: bool) -> None:
    """Serve until told to stop."""
    engine = BoxEngine(
        bubblewrap.create(bubblewrap.BubblewrapConfig()),
        EngineConfig(folder=folder / "engine", cpus=1, warm=1),
    )
    async with stand(folder, engine=engine, templates={"sunrise": Sunrise()}) as made:
        memory = DatabaseMemory(made.database)
        parts = Parts(blobs=made.blobs, log=made.log, model=Player(), executor=made.executor, memory=memory)
        handlers: Mapping[JobKind, Handler] = {
            "agent": AgentHandler(made.database, parts),
            "render": RenderHandler(made.database, engine, made.blobs, made.log, folder / "films"),
        }
        worker = Worker(made.database, made.wakeups, handlers, name="w", slots={"agent": 2, "render": 1})
        sweeper = Sweeper(made.database, made.wakeups, handlers)
        house = House(
            version="0.0.0",
            fingerprint="",
            director="offline",
            data=folder,
            database=made.database,
            log=made.log,
            blobs=made.blobs,
            engine=engine,
            executor=made.executor,
            templates=[Sunrise.CARD, *(each.CARD for each in load_all("templates.gallery").values())],
            host="127.0.0.1",
            fetcher=WebFetcher(FetchConfig(folder=folder / "fetched"), Guard(permitted=LOOPBACK, ports=None)),
        )
        if keyed:
            async with made.database.transaction(None) as tx:
                key = await tx.keys.create(UserId("ada"), "studio", ("read", "write", "render"))
            print(key.secret, flush=True)  # noqa: T201
        doors = Doors(host="127.0.0.1", port=port, socket=folder / "d.sock")
        await serve(
            house, doors, beside=(worker.run, sweeper.run), on_stop=(worker.stop,),
            announce=lambda line: print(line, flush=True),  # noqa: T201
        )  # fmt: skip
    await engine.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), keyed="--keyed" in sys.argv))
