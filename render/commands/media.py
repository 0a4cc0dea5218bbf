"""Decode a stranger's file and write it anew."""

from __future__ import annotations

import argparse

from render.footage import import_clip
from render.media import import_media


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what may be said."""
    parser.add_argument("kind", choices=("image", "audio", "font", "svg", "video"))


def run(words: argparse.Namespace) -> None:
    """Leave `media.*` and `facts.json` in the folder of outputs."""
    words.out.mkdir(parents=True, exist_ok=True)
    source = words.given / "source"
    if words.kind == "video":
        import_clip(source, words.out)
    else:
        import_media(source, words.kind, words.out)
