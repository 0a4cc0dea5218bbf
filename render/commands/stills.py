"""Answer the wish of `wish.json` for frames of `composition.json`, once, on stdout."""

from __future__ import annotations

import argparse

from render.stills import Drawer
from render.wire import pack, send
from render.wishes import Wish


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing more may be said."""


def run(words: argparse.Namespace) -> None:
    """Draw and answer."""
    wish = Wish.model_validate_json((words.given / "wish.json").read_bytes())
    composition = (words.given / "composition.json").read_bytes()
    send(pack(*Drawer(words.project).answer(wish, composition)))
