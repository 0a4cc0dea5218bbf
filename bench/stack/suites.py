"""Every contract suite on every real part."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATABASE = ("database", "database_isolation", "database_turns", "keys", "jobs_rows", "event_writers")
SANDBOX = ("sandbox", "sandbox_limits", "sandbox_output", "sandbox_session")
SUITES: dict[str, tuple[tuple[str, ...], str]] = {
    "database: SQLite": (DATABASE, "sqlite"),
    "database: PostgreSQL": (DATABASE, "postgresql"),
    "schema: SQLite": (("database_schema",), "not postgresql"),
    "schema: PostgreSQL": (("database_schema",), "postgresql"),
    "database away: SQLite, PostgreSQL": (("database_outage",), ""),
    "event log: SQLite": (("event_log",), "sqlite"),
    "event log: PostgreSQL": (("event_log",), "postgresql and not redis"),
    "event log: PostgreSQL and Redis": (("event_log",), "redis"),
    "wake-ups: one process": (("wakeups",), "local"),
    "wake-ups: socket": (("wakeups",), "not local and not redis"),
    "wake-ups: Redis": (("wakeups", "redis_outage"), "redis"),
    "jobs: own workers": (("dispatch", "analyses"), "own"),
    "jobs: RQ": (("dispatch", "analyses"), "not own"),
    "memory: database": (("memory",), "plain"),
    "memory: Redis": (("memory",), "not plain"),
    "knowledge: Chroma in a folder, Chroma server, words": (("knowledge*",), ""),
    "sandbox: bubblewrap": (SANDBOX, "bubblewrap"),
    "sandbox: Docker": (SANDBOX, "docker and not gate"),
    "sandbox: Docker behind the gate": (SANDBOX, "gate"),
}
"""Each seam with what stands behind it: the suites' files, and which of their tests."""


def run(words: Sequence[str]) -> dict[str, bool]:
    """Run all suites, or those whose name holds a word; tells of each whether it passed."""
    passed: dict[str, bool] = {}
    for name, (files, which) in SUITES.items():
        if words and not any(word.lower() in name.lower() for word in words):
            continue
        started = time.monotonic()
        passed[name] = _passes(files, which)
        said = "passed" if passed[name] else "FAILED"
        sys.stderr.write(f"{name}: {said} in {time.monotonic() - started:.0f} s\n")
    return passed


def _passes(files: tuple[str, ...], which: str) -> bool:
    folder = ROOT / "tests" / "contracts"
    paths = sorted(str(path) for file in files for path in folder.glob(f"test_{file}.py"))
    argv = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-m", "not live", "-k", which, *paths]
    return subprocess.run(argv, cwd=ROOT, check=False, stdout=sys.stderr).returncode == 0
