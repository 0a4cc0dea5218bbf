"""Runs on many parts, while one part after the other is killed with -9: what is lost, doubled or stuck."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.chaos.points import PATIENCE_S, PROMPT
from bench.chaos.server import Server, children
from bench.chaos.story import Leavings, leavings
from bench.stack.parts import HORSES, Workers
from cli.client import Json
from domain.errors import Unavailable, UserError
from storage import schema
from tests.engines.postgresql import PostgreSQL
from tests.engines.redis import Redis

VICTIMS = {"worker": 5, "box": 4, "server": 2, "redis": 1, "postgresql": 1}
"""What is killed, and how often against the others."""
AT_ONCE = 2
MOST_BLOWS = 2
"""Blows that one run is dealt: after three dead workers a job is given up, and that is right."""
PAUSES_S = (1.0, 4.0)
EFFECTS = ("tool.finished", "project.revised", "render.finished", "run.finished")


@dataclass
class Trial:
    """One run of the storm."""

    run_id: str
    project_id: str
    blows: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    """When what was killed while it was open (time.time)."""

    @property
    def crashes(self) -> int:
        return sum(victim in ("worker", "box") for _, victim in self.blows)


@dataclass
class Tally:
    """What a storm came to; tallies of several storms add up."""

    seed: int
    runs: int = 0
    kills: Counter[str] = field(default_factory=Counter[str])
    unfinished: int = 0
    lost: int = 0
    doubled: int = 0
    recovery_s_max: float = 0.0
    stories: list[str] = field(default_factory=list[str])
    """A line for each run that was not as it should be."""

    def figures(self) -> dict[str, float]:
        """The storm's figures by their names."""
        return {
            "chaos_seed": self.seed, "chaos_kills": self.kills.total(), "chaos_runs": self.runs,
            "chaos_unfinished": self.unfinished, "effects_lost": self.lost, "effects_doubled": self.doubled,
            "recovery_s_max": round(self.recovery_s_max, 1),
            **{f"chaos_kills_{name}": self.kills[name] for name in VICTIMS},
        }  # fmt: skip

    @classmethod
    def of(cls, told: dict[str, float], seed: int) -> Tally:
        """Go on from the figures of earlier storms of the same seed."""
        if told.get("chaos_seed") != seed:
            return cls(seed)
        return cls(
            seed, int(told["chaos_runs"]),
            Counter({name: int(told.get(f"chaos_kills_{name}", 0)) for name in VICTIMS}),
            int(told["chaos_unfinished"]), int(told["effects_lost"]), int(told["effects_doubled"]),
            float(told["recovery_s_max"]),
        )  # fmt: skip


class Farm:
    """PostgreSQL, Redis, RQ workers and a server, each in a process that may be killed."""

    def __init__(self, server: Server, workers: Workers, redis: Redis, postgresql: PostgreSQL) -> None:
        self.server = server
        self.workers = workers
        self.redis = redis
        self.postgresql = postgresql

    async def kill(self, victim: str) -> bool:
        """Kill a part with -9 and have it started again; tells whether there was one."""
        if victim == "worker":
            await self.workers.kill_one()
            await self.workers.hire()
        elif victim == "server":
            await self.server.kill_server()
            await self.server.start()
        elif victim == "box":
            return self._kill_box()
        else:
            part = self.redis if victim == "redis" else self.postgresql
            await asyncio.to_thread(part.stop, signal.SIGKILL)
            await asyncio.to_thread(part.start)
        return True

    def _kill_box(self) -> bool:
        boxes = [pid for root in self.workers.pids for pid in descendants(root) if is_box(pid)]
        if not boxes:
            return False
        with suppress(ProcessLookupError):
            os.kill(boxes[-1], signal.SIGKILL)
        return True


@asynccontextmanager
async def farm(folder: Path, name: str = "storm") -> AsyncGenerator[Farm]:
    """Open an installation for many machines on this one; boxes are bubblewrap's."""
    redis, postgresql = Redis(), PostgreSQL()
    await asyncio.to_thread(postgresql.start)
    await asyncio.to_thread(redis.start)
    url = await asyncio.to_thread(postgresql.create)
    await asyncio.to_thread(schema.upgrade, url)
    data = folder / name
    data.mkdir(mode=0o700)
    own = {"DATABASE_URL": url, "REDIS_URL": redis.url(), "DIRECTOR_RATE_GENERATE": "0"}
    workers = Workers(data, {**own, "DIRECTOR_DATA": str(data), "DIRECTOR_MODEL": "offline"})
    try:
        for _ in range(HORSES):
            await workers.hire()
        async with Server(data, own) as server:
            yield Farm(server, workers, redis, postgresql)
    finally:
        await workers.end()
        await asyncio.to_thread(redis.end)
        await asyncio.to_thread(postgresql.end)


async def storm(place: Farm, tally: Tally, runs: int, kills: int, until: float) -> None:
    """Keep runs going and parts dying until there were enough of both, or the time is over."""
    dice = random.Random(f"{tally.seed}-{tally.runs}-{tally.kills.total()}")
    reference = await alone(place)
    opened: dict[str, Trial] = {}
    over = asyncio.Event()

    def is_over() -> bool:
        enough = tally.runs >= runs and tally.kills.total() >= kills
        if enough or time.monotonic() >= until:
            over.set()
        return over.is_set()

    async def run_on() -> None:
        while not is_over():
            await _one(place, opened, tally, reference)

    async def strike_on() -> None:
        while not is_over():
            await asyncio.sleep(dice.uniform(*PAUSES_S))
            victim = dice.choices([*VICTIMS], [*VICTIMS.values()])[0]
            if not opened or any(len(trial.blows) >= MOST_BLOWS for trial in opened.values()):
                continue
            struck = time.time()
            if await place.kill(victim):
                tally.kills[victim] += 1
                for trial in opened.values():
                    trial.blows.append((struck, victim))

    async with asyncio.TaskGroup() as tasks:
        for _ in range(AT_ONCE):
            tasks.create_task(run_on())
        tasks.create_task(strike_on())


async def alone(place: Farm) -> Leavings:
    """Make a run that nobody disturbs."""
    started = await place.server.client.post("/api/generate/start", {"prompt": PROMPT, "quality": "draft"})
    return await leavings(place.server.client, str(started["project_id"]), str(started["run_id"]))


async def _one(place: Farm, opened: dict[str, Trial], tally: Tally, reference: Leavings) -> None:
    """Make one run and add what it left to the tally."""
    started = await _start(place)
    trial = Trial(str(started["run_id"]), str(started["project_id"]))
    opened[trial.run_id] = trial
    left: Leavings | None = None
    moments: list[float] = []
    try:
        async with asyncio.timeout(PATIENCE_S):
            while left is None:
                try:
                    left = await leavings(place.server.client, trial.project_id, trial.run_id, moments)
                except (Unavailable, UserError):
                    moments.clear()  # a part is away: the whole story is asked for again
                    await asyncio.sleep(0.5)
    except TimeoutError:
        pass
    finally:
        del opened[trial.run_id]
    tally.runs += 1
    said = _judge(tally, left, reference, trial)
    tally.recovery_s_max = max(tally.recovery_s_max, stood_still(moments, [at for at, _ in trial.blows]))
    struck = ", ".join(victim for _, victim in trial.blows) or "nothing"
    print(f"  run {tally.runs:>3}, {tally.kills.total():>3} kills; hit by {struck}: {said}", flush=True)
    if said != "equal":
        tally.stories.append(f"{trial.run_id} hit by {struck}: {said}")


async def _start(place: Farm) -> Json:
    while True:
        try:
            order: Json = {"prompt": PROMPT, "quality": "draft"}
            return await place.server.client.post("/api/generate/start", order)
        except (Unavailable, UserError):
            await asyncio.sleep(0.5)  # nobody answers while a part is away, and nothing was taken in


def _judge(tally: Tally, left: Leavings | None, reference: Leavings, trial: Trial) -> str:
    """Hold what a run left against a run that was left alone."""
    if left is None or left.status != reference.status:
        tally.unfinished += 1
        reason = left.events[-1][:300] if left is not None and left.events else "it did not end"
        return f"UNFINISHED: {reason}"
    if any(victim == "box" for _, victim in trial.blows):
        # a tool whose box was killed says so and is called again: what counts is what the film became
        wanted, found = Counter(reference.revisions[:1]), Counter(left.revisions[:1])
    else:
        wanted, found = _effects(reference), _effects(left)
    lost, doubled = (wanted - found).total(), (found - wanted).total()
    tally.lost += lost
    tally.doubled += doubled
    if not left.gapless:
        tally.lost += 1
    return "equal" if not lost and not doubled and left.gapless else f"{lost} LOST, {doubled} DOUBLED"


def _effects(left: Leavings) -> Counter[str]:
    return Counter([*left.revisions, *(event for event in left.events if event.startswith(EFFECTS))])


def stood_still(moments: list[float], blows: list[float]) -> float:
    """Seconds from a blow to the run's next event, at most; of several blows between two the last counts."""
    longest = 0.0
    for later in sorted(moments):
        before = [blow for blow in blows if blow < later]
        earlier = [moment for moment in moments if moment < later]
        if before and (not earlier or max(before) > max(earlier)):
            longest = max(longest, later - max(before))
    return longest


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    found: list[int] = []
    for child in children(pid):
        found += [child, *descendants(child)]
    return found


def is_box(pid: int) -> bool:
    """Tell whether a process is a box's outermost one."""
    try:
        return b"bwrap" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
