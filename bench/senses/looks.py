"""Every template in every format, language, length of text and brand: red findings, advice on its look."""

from __future__ import annotations

import json
import time
from pathlib import Path

from bench.figure import ROOT, Bar
from domain.finding import Finding
from render.stills import Drawer
from render.wishes import Wish
from tests.unit.templates.films import CONTENTS, FORMATS, NAMES, compiled, lay

BARS = {"false_reds": Bar("≤", 0), "look_failures": Bar("≤", 0), "picture_checks_s": Bar("≤", 3)}
KINDS = ("as it comes", "arabic", "long words", "bare", "logo", "dark brand", "light brand")
"""What is said, and in whose colors: the films as they come have no logo."""
REPORT = ROOT / "reports" / "looks.json"


def measure(folder: Path) -> dict[str, float]:
    """Look at every film; the table of what was said goes to reports/looks.json."""
    table: dict[str, list[str]] = {}
    reds = looks = films = 0
    spent: list[float] = []
    for name in NAMES:
        for frame, size in FORMATS.items():
            for words in KINDS:
                project = folder / f"{name}-{films}"
                film, problems = compiled(lay(project, name, size, CONTENTS[words]))
                started = time.process_time()
                wish = Wish(
                    frames=tuple(holds(film.starts(), [each.frames for each in film.scenes])), sheet=False
                )
                seen, _ = Drawer(project).answer(wish, film.model_dump_json().encode())
                spent.append((time.process_time() - started) * 12 / film.seconds)
                told = [each for each in seen.findings if not each.allowed]
                reds += len([line for line in problems if line.startswith("error")]) + red(told)
                looks += sum(each.code.startswith("look_") for each in told)
                films += 1
                table[f"{name} {frame} {words}"] = [
                    f"{each.severity} {each.code} {each.scene} {each.node or ''}: {each.message}"
                    for each in told
                ]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")
    spent.sort()
    return {
        "good_films": films, "false_reds": reds, "look_failures": looks,
        "picture_checks_s": spent[len(spent) * 9 // 10],
    }  # fmt: skip


def holds(starts: tuple[int, ...], lengths: list[int]) -> list[int]:
    """The moment of each scene at which all of it stands."""
    return [start + length * 62 // 100 for start, length in zip(starts, lengths, strict=True)]


def red(findings: list[Finding]) -> int:
    """Count errors."""
    return sum(each.severity == "error" for each in findings)
