"""A run of 200 steps: what is kept of its beginning, and what its prompts weigh."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from bench.figure import ROOT, Bar
from memory.conversation import conversation
from memory.folding import fold
from tests.runs.long import STEPS, long_run

BARS = {
    "late_facts_kept": Bar("≥", 20),
    "tokens_step200_ratio": Bar("≤", 0.15),
    "rebuilt_differences": Bar("≤", 0),
}
REPORT = ROOT / "reports" / "memory-tokens.json"
"""The curve: tokens of the prompt before each step, and what they would be with nothing folded."""


def measure(folder: Path) -> dict[str, float]:
    """Drive the run; the curve goes to reports/memory-tokens.json."""
    story = asyncio.run(long_run(folder))
    replies = [place for place, entry in enumerate(story.entries) if entry.event.type == "model.replied"]
    rebuilt = conversation(story.entries[: replies[STEPS - 1]], {})
    folds = {fold(story.entries[:place]) for place in replies}
    curve = {"folded": story.prompts, "whole": story.whole, "lost": sorted({*story.facts} - {*story.kept})}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(curve) + "\n")
    return {
        "late_facts_kept": len(story.kept),
        "tokens_step200": story.prompts[-1],
        "tokens_step200_ratio": story.prompts[-1] / story.whole[-1],
        "tokens_most": max(story.prompts),
        "tokens_read_ratio": sum(story.prompts) / sum(story.whole),
        "foldings": len(folds) - 1,
        "rebuilt_differences": float(list(story.heard) != rebuilt),
    }
