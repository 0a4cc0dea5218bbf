"""`make stack`: run every contract suite on every real part, and write reports/stack.json."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "reports" / "stack.json"
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
    "jobs: own workers": (("dispatch",), "own"),
    "jobs: RQ": (("dispatch",), "not own"),
    "memory: database": (("memory",), "plain"),
    "memory: Redis": (("memory",), "not plain"),
    "knowledge: Chroma in a folder, Chroma server, words": (("knowledge*",), ""),
    "sandbox: bubblewrap": (SANDBOX, "bubblewrap"),
    "sandbox: Docker": (SANDBOX, "docker"),
}
"""Each seam with what stands behind it: the suites' files, and which of their tests."""


def main() -> int:
    """Run all suites, or those whose name holds a word; exit code 1 when one does not pass."""
    parser = argparse.ArgumentParser(prog="python -m bench.stack")
    parser.add_argument("words", nargs="*", help="parts of names of seams; all without")
    words = parser.parse_args().words
    chosen = [name for name in SUITES if not words or any(word.lower() in name.lower() for word in words)]
    table = Table("seam: implementation", "passed", "seconds")
    passed: dict[str, bool] = {}
    for name in chosen:
        started = time.monotonic()
        passed[name] = _run(*SUITES[name])
        seconds = f"{time.monotonic() - started:.0f}"
        table.add_row(name, "yes" if passed[name] else "NO", seconds)
        sys.stderr.write(f"{name}: {'passed' if passed[name] else 'FAILED'} in {seconds} s\n")
    Console().print(table)
    figures = {"seams": len(passed), "seams_passed": sum(passed.values()), "suites": passed}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(figures, indent=2) + "\n")
    return 0 if all(passed.values()) else 1


def _run(files: tuple[str, ...], which: str) -> bool:
    paths = sorted(
        str(path) for file in files for path in (ROOT / "tests" / "contracts").glob(f"test_{file}.py")
    )
    argv = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-m", "not live", "-k", which, *paths]
    return subprocess.run(argv, cwd=ROOT, check=False, stdout=sys.stderr).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
