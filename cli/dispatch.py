"""Reading the command line, and giving each ending its exit code."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import sys
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from cli.exits import CANCELLED, ENVIRONMENT, FINDINGS, LIMIT, READER_GONE, USAGE
from cli.house import House
from domain.errors import LimitReached, ToolError, Unavailable, UserError
from domain.plugins import load_all

_FULL = (errno.ENOSPC, errno.EDQUOT)


def run(arguments: Sequence[str], build: Callable[[], House], version: str) -> int:
    """Run one command and give its exit code, as `cli.exits` names them."""
    parser = argparse.ArgumentParser(prog="director", description="Makes finished films from prompts.")
    parser.add_argument("--version", action="version", version=f"director {version}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in load_all("cli.commands").items():
        summary = (module.__doc__ or "").splitlines()[0]
        command = commands.add_parser(name, help=summary, description=summary)
        command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        module.arguments(command)
        command.set_defaults(act=module.act)
    options = parser.parse_args(arguments)
    try:
        code: int = asyncio.run(options.act(options, build()))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return CANCELLED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python flushes into it once more
        return READER_GONE
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False):
            place = ".".join(str(part) for part in error["loc"]) or "settings"
            print(f"director: {place}: {error['msg']}{_got(place, error['input'])}", file=sys.stderr)
        return USAGE
    except LimitReached as limit:
        return _say(limit.message, LIMIT)
    except UserError as wrong:
        return _say(wrong.message, USAGE)
    except ToolError as wrong:
        return _say(wrong.message, LIMIT if wrong.kind in ("limit", "timeout") else FINDINGS)
    except Unavailable as away:
        return _say(f"{away.part}: {away.message}", ENVIRONMENT)
    except OSError as refused:
        if refused.filename is None and refused.errno not in _FULL:
            raise
        place = f"{str(refused.filename)!r}: " if refused.filename is not None else ""
        return _say(f"{place}{refused.strerror}; name a place that can be written and has room", ENVIRONMENT)


def _got(place: str, value: object) -> str:
    """Quote a setting's value, unless it may hold a secret."""
    secret = any(word in place.lower() for word in ("key", "url", "token", "settings"))
    return "" if secret or not isinstance(value, str | int | float) else f" (got {value!r})"


def _say(message: str, code: int) -> int:
    print(f"director: {message}", file=sys.stderr)
    return code
