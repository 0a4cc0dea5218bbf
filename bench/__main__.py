"""`make bench`: measure the figures, print a table, write reports/bench.json."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figure import Bar
from domain import plugins

ROOT = Path(__file__).resolve().parents[1]


def main(room: str = "bench.figures", report: Path = ROOT / "reports" / "bench.json") -> int:
    """Measure the figures that are named, or all but the longest; exit code 1 when one misses its bar."""
    known = [name for name in plugins.names(room) if hasattr(plugins.load(room, name), "measure")]
    parser = argparse.ArgumentParser(prog=f"python -m {room.removesuffix('.figures')}")
    parser.add_argument("figures", nargs="*", help=f"some of {', '.join(known)}; else all but the longest")
    quick = [name for name in known if not hasattr(plugins.load(room, name), "ONLY_NAMED")]
    wanted = parser.parse_args().figures or quick
    measured: dict[str, float] = json.loads(report.read_text()) if report.is_file() else {}
    table = Table("figure", "measured", "bar", "")
    missed = 0
    for name in wanted:
        module = plugins.load(room, name)
        started = time.monotonic()
        sys.stderr.write(f"measuring {name} …\n")
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            found: dict[str, float] = module.measure(Path(folder))
        sys.stderr.write(f"  took {time.monotonic() - started:.0f} s\n")
        bars: dict[str, Bar] = module.BARS
        for figure, number in found.items():
            bar = bars.get(figure)
            held = bar is None or bar.holds(number)
            missed += not held
            table.add_row(
                figure, f"{number:.3g}", str(bar or ""), "" if bar is None else "✓" if held else "✗"
            )
        measured |= {figure: round(number, 4) for figure, number in found.items()}
        report.parent.mkdir(exist_ok=True)
        report.write_text(json.dumps(measured, indent=2, sort_keys=True) + "\n")
    Console().print(table)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
