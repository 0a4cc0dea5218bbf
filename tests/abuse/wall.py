"""Where an attack is tried: in a box, or on the naked host as the negative control; and how it came out."""

import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

from domain.sandbox import BoxLimits, ExecResult, Mount, Sandbox
from tests.abuse.case import Case
from tests.abuse.prey import Prey

LIMITS = BoxLimits(seconds=20, memory_mb=256, processes=32, work_mb=32, output_mb=4, stdout_kb=64)
IMPATIENT = LIMITS.model_copy(update={"seconds": 0.5})
BARE_SECONDS = 20


async def tried(sandbox: Sandbox, case: Case, prey: Prey, into: Path) -> list[str]:
    """Let a guest attack from its box; one sentence for each thing that a wall should have stopped."""
    if case.before:
        await _run(sandbox, case, prey, None, earlier=True)
    if case.takes is not None:
        into.mkdir()
    result = await _run(sandbox, case, prey, into if case.takes is not None else None)
    wrong = [f"ended by {result.ended_by}: {result}"] if result.ended_by != case.ended_by else []
    if case.takes is not None:
        wrong += _taken(case.takes, into)
    elif case.ended_by == "exit" and not result.stdout.startswith(b"HELD"):
        wrong.append(f"the guest got through: {result}")
    return wrong + prey.touched() + left_behind(prey)


async def _run(
    sandbox: Sandbox, case: Case, prey: Prey, collect: Path | None, *, earlier: bool = False
) -> ExecResult:
    return await sandbox.run(
        ["python", "-c", case.script(earlier=earlier)],
        mounts=[Mount(source=prey.given, target="/project")],
        limits=IMPATIENT if case.ended_by == "timeout" else LIMITS,
        stdin=json.dumps(prey.facts("/project")).encode(),
        collect=collect,
    )


def bare(case: Case, prey: Prey, work: Path) -> list[str]:
    """Attack from a plain subprocess with a timeout, and copy what it left: what the product never does."""
    work.mkdir()
    facts = json.dumps(prey.facts(str(prey.given))).encode()
    said = b""
    for earlier in (True, False) if case.before else (False,):
        argv = [sys.executable, "-c", case.script(earlier=earlier)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            said = subprocess.run(
                argv, input=facts, capture_output=True, cwd=work, timeout=BARE_SECONDS, check=False
            ).stdout
    wrong = [] if case.takes is not None or said.startswith(b"HELD") else [f"it got through: {said!r}"]
    if case.takes is not None:
        into = work.with_name(f"{work.name}-into")
        try:
            shutil.copytree(work / "out", into)
        except (OSError, shutil.Error, RecursionError) as problem:
            wrong.append(f"the copy failed: {str(problem)[:80]}")
        wrong += _taken(case.takes, into) if into.is_dir() else []
    wrong += [*prey.touched(), *left_behind(prey)]
    for path in (work, work.with_name(f"{work.name}-into")):
        subprocess.run(["rm", "-rf", path], check=True)
    return wrong


def _taken(allowed: tuple[str, ...], into: Path) -> list[str]:
    """What was taken that is not one of the allowed plain files."""
    wrong: list[str] = []
    for folder, folders, names in os.walk(into):
        for name in [*folders, *names]:
            path = Path(folder, name)
            facts = path.lstat()
            if path.name not in allowed or not stat.S_ISREG(facts.st_mode):
                wrong.append(f"{path.name[:40]!r} was taken")
            elif facts.st_mode & 0o7111 or facts.st_nlink != 1:
                wrong.append(f"{path.name[:40]!r} kept its mode {facts.st_mode:o} or its other name")
    return wrong[:3]


def left_behind(prey: Prey) -> list[str]:
    """Say which processes of an attack live on, and end them."""
    left: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"left-{prey.mark}".encode() in (folder / "cmdline").read_bytes():
                left.append(int(folder.name))
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return [f"{len(left)} processes were left"] if left else []
