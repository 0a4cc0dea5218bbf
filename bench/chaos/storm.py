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
from typing import cast

from bench.chaos.points import PATIENCE_S, PROMPT
from bench.chaos.server import Server, children
from bench.chaos.story import Leavings, leavings
from bench.stack.parts import Workers
from cli.client import Json
from domain.errors import Unavailable, UserError
from storage import schema
from tests.engines.postgresql import PostgreSQL
from tests.engines.redis import Redis

VICTIMS = {"worker": 6, "box": 8, "server": 2, "redis": 1, "postgresql": 1}
"""What is drawn to be killed, and how often against the others; a box is often not there just then."""
AT_ONCE = 5
"""Runs that are in flight at the same time, and workers that drive them: none waits for a free one."""
MOST_BLOWS = 2
"""Blows that one run's own jobs are dealt: after three dead workers a job is given up, and that is right."""
PAUSES_S = (0.5, 3.0)
EFFECTS = ("tool.finished", "project.revised", "render.finished", "run.finished")


@dataclass
class Trial:
    """One run of the storm."""

    run_id: str
    project_id: str
    blows: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    """When what was killed that it needed (time.time)."""

    @property
    def has_had_enough(self) -> bool:
        """Whether one more blow could rightly end it: a database that dies takes a held job's lease along."""
        return sum(victim in ("worker", "box", "postgresql") for _, victim in self.blows) >= MOST_BLOWS


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
    pause_s_max: float = 0.0
    """The longest pause of a run that no blow fell into: what the machine's load alone makes, seconds."""
    stories: list[str] = field(default_factory=list[str])
    """A line for each run that was not as it should be."""

    def figures(self) -> dict[str, float]:
        """The storm's figures by their names."""
        return {
            "chaos_seed": self.seed, "chaos_kills": self.kills.total(), "chaos_runs": self.runs,
            "chaos_unfinished": self.unfinished, "effects_lost": self.lost, "effects_doubled": self.doubled,
            "recovery_s_max": round(self.recovery_s_max, 1), "chaos_pause_s_max": round(self.pause_s_max, 1),
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
            float(told["recovery_s_max"]), float(told.get("chaos_pause_s_max", 0)),
        )  # fmt: skip


class Farm:
    """PostgreSQL, Redis, RQ workers and a server, each in a process that may be killed."""

    def __init__(self, server: Server, workers: Workers, redis: Redis, postgresql: PostgreSQL) -> None:
        self.server = server
        self.workers = workers
        self.redis = redis
        self.postgresql = postgresql

    async def kill(self, victim: str, dice: random.Random, opened: dict[str, Trial]) -> list[Trial]:
        """Kill a part with -9 and have it started again; gives the runs that needed it."""
        at_work = await self._at_work()
        if victim == "worker":
            return await self._kill_worker(dice, at_work, opened)
        if victim == "box":
            return self._kill_box(dice, at_work, opened)
        hit = [*opened.values()]
        if victim == "server":
            await self.server.kill_server()
            await self.server.start()
            return hit
        if victim == "postgresql" and any(trial.has_had_enough for trial in hit):
            return []
        part = self.redis if victim == "redis" else self.postgresql
        await asyncio.to_thread(part.stop, signal.SIGKILL)
        await asyncio.to_thread(part.start)
        return hit

    async def _at_work(self) -> dict[int, str]:
        """Each work-horse that holds a job, and whose run the job is of."""
        try:
            told = await self.server.client.get("/api/queue/workers")
        except (Unavailable, UserError):
            return {}
        found = {
            str(each["worker"]): cast(list[Json], each["jobs"]) for each in cast(list[Json], told["items"])
        }
        return {int(name.rpartition("-")[2]): str(jobs[0]["run_id"]) for name, jobs in found.items()}

    async def _kill_worker(
        self, dice: random.Random, at_work: dict[int, str], opened: dict[str, Trial]
    ) -> list[Trial]:
        busy = [
            (pid, opened[run_id])
            for pid in self.workers.pids
            for horse in children(pid)
            if (run_id := at_work.get(horse)) in opened and not opened[run_id].has_had_enough
        ]
        if not busy:
            return []
        pid, hit = dice.choice(busy)
        await self.workers.kill_one(pid)
        await self.workers.hire()
        return [hit]

    def _kill_box(
        self, dice: random.Random, at_work: dict[int, str], opened: dict[str, Trial]
    ) -> list[Trial]:
        boxes = [
            (pid, opened[run_id])
            for horse, run_id in at_work.items()
            if run_id in opened and not opened[run_id].has_had_enough
            for pid in descendants(horse)
            if is_box(pid)
        ]
        if not boxes:
            return []
        pid, hit = dice.choice(boxes)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return [hit]


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
        for _ in range(AT_ONCE):
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
            if tally.kills.total() >= tally.runs + len(opened):
                continue  # one for each run: a storm that never rests lets no run through
            victim = dice.choices([*VICTIMS], [*VICTIMS.values()])[0]
            struck = time.time()
            hit = await place.kill(victim, dice, opened)
            tally.kills[victim] += bool(hit)
            for trial in hit:
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
    recovery_s, pause_s = stood_still(moments, [at for at, _ in trial.blows])
    tally.recovery_s_max = max(tally.recovery_s_max, recovery_s)
    tally.pause_s_max = max(tally.pause_s_max, pause_s)
    struck = ", ".join(victim for _, victim in trial.blows) or "nothing"
    print(f"  run {tally.runs:>3}, {tally.kills.total():>3} kills; hit by {struck}: {said},"
          f" {recovery_s:.1f} s to go on", flush=True)  # fmt: skip
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
        reason = left.events[-1][-300:] if left is not None and left.events else "it did not end"
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


def stood_still(moments: list[float], blows: list[float]) -> tuple[float, float]:
    """Seconds from a blow to the run's next event, and between two events without a blow; each at most.

    Of several blows between two events the last counts.
    """
    recovery_s = pause_s = 0.0
    whole = sorted(moments)
    for at, later in enumerate(whole):
        earlier = whole[at - 1] if at else float("-inf")
        between = [blow for blow in blows if earlier <= blow < later]
        if between:
            recovery_s = max(recovery_s, later - max(between))
        elif at:
            pause_s = max(pause_s, later - earlier)
    return recovery_s, pause_s


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
