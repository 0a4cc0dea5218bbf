"""One command of a guest, from its words to its exit code."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from domain import plugins
from render.wire import EXIT_FAULT, Fault, say

COMMANDS = "render.commands"


def main(argv: Sequence[str]) -> int:
    """Do one command; a fault of what was given is said on stdout and ends with code 3."""
    name = argv[0] if argv else ""
    try:
        command = plugins.load(COMMANDS, name)
    except LookupError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    gc.freeze()
    gc.enable()  # the door switched it off
    parser = argparse.ArgumentParser(prog=f"python -m render {name}", description=command.__doc__)
    parser.add_argument("--given", type=Path, default=Path("/in"), help="where the inputs lie")
    parser.add_argument("--project", type=Path, default=Path("/project"), help="the project's files")
    parser.add_argument("--out", type=Path, default=Path("/box/out"), help="where the outputs go")
    command.arguments(parser)
    try:
        command.run(parser.parse_args(argv[1:]))
    except ValidationError as error:
        first = error.errors()[0]
        say(Fault(message=f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:2000]))
        return EXIT_FAULT
    except ValueError as error:
        say(Fault(message=str(error)[:2000]))
        return EXIT_FAULT
    return 0
