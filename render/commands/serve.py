"""Answer wishes until the other side closes: each is a wish, with its composition as a part."""

from __future__ import annotations

import argparse
import sys

from render.stills import Drawer
from render.wire import pack, receive, send, unpack
from render.wishes import Wish


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing more may be said."""


def run(words: argparse.Namespace) -> None:
    """Stay warm between the wishes."""
    drawer = Drawer(words.project)
    while (message := receive(sys.stdin.buffer)) is not None:
        head, parts = unpack(message)
        send(pack(*drawer.answer(Wish.model_validate_json(head), parts[0])))
