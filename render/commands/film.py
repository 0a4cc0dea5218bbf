"""Make the film of `composition.json`, by `plan.json` where there is one."""

from __future__ import annotations

import argparse
from pathlib import Path

from domain.composition import Composition
from domain.engine import Output
from render.film import Places, make_film, processors
from render.profiles import PROFILES, Profile
from render.segments import Plan, make_plan


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what may be said."""
    parser.add_argument("--segments", type=Path, default=Path("/segments"), help="pieces drawn before")
    parser.add_argument("--workers", type=int, default=processors())
    parser.add_argument("--quality", choices=list(PROFILES), default="standard")
    parser.add_argument("--preset", help="of x264, in place of the quality's")
    parser.add_argument("--crf", type=float, help="of x264, in place of the quality's")


def run(words: argparse.Namespace) -> None:
    """Draw, mix, join, probe."""
    composition = Composition.model_validate_json((words.given / "composition.json").read_bytes())
    planned = words.given / "plan.json"
    if planned.is_file():
        plan = Plan.model_validate_json(planned.read_bytes())
    else:
        wished = PROFILES[words.quality]
        profile = Profile(words.preset or wished.preset, words.crf or wished.crf, wished.scale)
        plan = make_plan(composition, Output(quality=words.quality), {}, "", profile)
    words.out.mkdir(parents=True, exist_ok=True)
    places = Places(project=words.project, kept=words.segments, out=words.out)
    make_film(composition, plan, places, words.workers)
