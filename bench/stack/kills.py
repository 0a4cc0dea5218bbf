"""Kill -9 of a worker, Redis or PostgreSQL while a film is made, at seeded moments."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from bench.chaos.story import Leavings, leavings
from bench.stack.films import begin, nothing
from bench.stack.parts import Stack
from cli.client import Sent

VICTIMS = ("worker", "redis", "postgresql")
_PATIENCE_S = 120.0
_ASIDE = ("notice", "run.queued")
"""Events that a part's absence may add, or that are no sign of work."""


@dataclass(frozen=True)
class Blow:
    """One trial: what is killed, and when."""

    number: int
    victim: str
    after_seq: int
    delay_s: float


@dataclass(frozen=True)
class Recovery:
    """How one trial ended."""

    blow: Blow
    differences: tuple[str, ...]
    recovery_s: float
    """From the blow to the next thing that the run did after it; 0 when it had nothing left to do."""
    to_the_end_s: float


def blows(seed: int, count: int, last_seq: int) -> list[Blow]:
    """Draw the trials from a seed; each victim has its turn."""
    dice = random.Random(seed)
    return [
        Blow(number, VICTIMS[number % len(VICTIMS)], dice.randint(1, last_seq - 1), dice.uniform(0, 0.5))
        for number in range(count)
    ]


async def trial(stack: Stack, blow: Blow, reference: Leavings) -> Recovery:
    """Make the film once, with one blow; tell how long the run stood still and what it left."""
    client = stack.server.client
    started = await begin(stack.server)
    run_id = str(started["run_id"])
    stream = f"/api/generate/{run_id}/stream"
    async for sent in client.events(stream, nothing):
        if sent.seq >= blow.after_seq or sent.type == "run.finished":
            break
    await asyncio.sleep(blow.delay_s)
    struck = await stack.strike(blow.victim)
    heard: list[Sent] = []
    async with asyncio.timeout(_PATIENCE_S):
        async for sent in client.events(stream, nothing):
            heard.append(sent)
        left = await leavings(client, str(started["project_id"]), run_id)
    later = [_moment(sent) for sent in heard if sent.seq and sent.type not in _ASIDE]
    later = [moment for moment in later if moment > struck]
    standing = min(later) - struck if later else 0.0
    ended = max(later) - struck if later else 0.0
    return Recovery(blow, tuple(_differences(left, reference)), standing, ended)


def _differences(left: Leavings, reference: Leavings) -> list[str]:
    return _plain(left).differences(_plain(reference))


def _plain(left: Leavings) -> Leavings:
    """What a run left without notices: that a part was away is told, and changes nothing."""
    return replace(left, events=tuple(each for each in left.events if not each.startswith("notice")))


def _moment(sent: Sent) -> float:
    return datetime.fromisoformat(str(sent.data["at"])).timestamp()


async def strike_often(stack: Stack, reference: Leavings, seed: int, count: int) -> list[Recovery]:
    """Make all trials, printing each."""
    found: list[Recovery] = []
    last = len(reference.events)
    for blow in blows(seed, count, last):
        began = time.monotonic()
        try:
            found.append(await trial(stack, blow, reference))
        except TimeoutError:
            found.append(Recovery(blow, ("the run did not end",), _PATIENCE_S, _PATIENCE_S))
        made = found[-1]
        said = "; ".join(made.differences) or "equal"
        print(
            f"  {blow.number:>3} kill {blow.victim:<10} after event {blow.after_seq:<3}"
            f" {made.recovery_s:5.1f} s still, {made.to_the_end_s:5.1f} s to the end,"
            f" {time.monotonic() - began:5.1f} s in all: {said}",
            flush=True,
        )
        await stack.ready()
    return found


def figures(found: list[Recovery]) -> dict[str, float]:
    """The figures of all trials."""
    good = [each for each in found if not each.differences]
    victims = Counter(each.blow.victim for each in found)
    return {
        "kills": len(found),
        "kills_recovered": len(good),
        "recovery_s_max": round(max((each.recovery_s for each in found), default=0), 2),
        **{f"kills_{name}": victims[name] for name in VICTIMS},
    }
