"""Make the film of `composition.json`, by `plan.json` where there is one."""

from __future__ import annotations

import argparse
from pathlib import Path

from domain.composition import Composition
from domain.engine import SUFFIXES, Output
from render.coding import SCALES, Coding, coding_of
from render.film import Places, make_film, processors
from render.outputs import mp4
from render.segments import Plan, make_plan


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what may be said."""
    parser.add_argument("--segments", type=Path, default=Path("/segments"), help="pieces drawn before")
    parser.add_argument("--workers", type=int, default=processors())
    parser.add_argument("--quality", choices=list(SCALES), default="standard")
    parser.add_argument("--format", choices=list(SUFFIXES), default="mp4")
    parser.add_argument("--preset", help="of x264, in place of the quality's")
    parser.add_argument("--crf", type=float, help="of x264, in place of the quality's")


def run(words: argparse.Namespace) -> None:
    """Draw, mix, join, probe."""
    composition = Composition.model_validate_json((words.given / "composition.json").read_bytes())
    planned = words.given / "plan.json"
    if planned.is_file():
        plan = Plan.model_validate_json(planned.read_bytes())
    else:
        output = Output(quality=words.quality, format=words.format)
        plan = make_plan(composition, output, {}, "", coding(words, output))
    words.out.mkdir(parents=True, exist_ok=True)
    places = Places(project=words.project, kept=words.segments, out=words.out)
    make_film(composition, plan, places, words.workers)


def coding(words: argparse.Namespace, output: Output) -> Coding:
    """Take the quality's settings, or those that were said."""
    if words.preset is None and words.crf is None:
        return coding_of(output)
    crf = mp4.CRF[words.quality] if words.crf is None else words.crf
    return mp4.x264(words.preset or mp4.PRESETS[words.quality], crf, SCALES[words.quality])
