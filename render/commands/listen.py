"""Analyse a sound: its beats, bars, key and loudness, and a picture of them."""

from __future__ import annotations

import argparse

from render.hearing.listen import listen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what may be said."""
    parser.add_argument("--sensitivity", type=float, default=0.5, help="0 to 1")


def run(words: argparse.Namespace) -> None:
    """Leave `hearing.json` and `hearing.jpg` in the folder of outputs."""
    words.out.mkdir(parents=True, exist_ok=True)
    listen(words.given / "source", words.sensitivity, words.out)
