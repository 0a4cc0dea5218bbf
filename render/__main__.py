"""The guest's front door: `python -m render film | stills | serve | media`, inside a sandbox."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from types import ModuleType

from domain import plugins

SEARCH = "pydantic.plugin._loader"
"""Pydantic's search for plug-ins; to find none, it would load importlib.metadata: 15 ms of a cold still."""


class NoPlugins(ModuleType):
    """Stands where the search would be: a guest has no plug-ins."""

    def get_plugins(self) -> tuple[()]:
        """Find none."""
        return ()


def main(argv: Sequence[str]) -> int:
    """Load what commands stand on, and do one; gives its exit code."""
    gc.disable()  # what is loaded now stays: looking it through for rubbish takes a tenth of a start
    sys.modules.setdefault(SEARCH, NoPlugins(SEARCH))
    return plugins.load("render", "command").main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
