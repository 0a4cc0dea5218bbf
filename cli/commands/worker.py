"""Work off jobs of the given kinds, beside a server."""

from __future__ import annotations

import argparse

from cli.exits import OK
from cli.house import House
from domain.errors import UserError
from domain.job import JobKind

KINDS: tuple[JobKind, ...] = ("agent", "render", "analysis")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director worker`."""
    parser.add_argument("--queues", default="render,analysis", help="kinds of jobs, by comma (%(default)s)")
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process has ended")


async def act(options: argparse.Namespace, house: House) -> int:
    """Work until told to stop."""
    asked = [name.strip() for name in options.queues.split(",") if name.strip()]
    kinds: tuple[JobKind, ...] = tuple(kind for kind in KINDS if kind in asked)
    if not asked or len(kinds) != len(set(asked)):
        raise UserError("unknown_queue", f"--queues is {options.queues!r}; give some of {','.join(KINDS)}")
    await house.work(kinds, options.parent)
    return OK
