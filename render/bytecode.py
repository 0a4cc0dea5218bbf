"""Compiling what guests import: they may not write, and would compile it anew at every start."""

from __future__ import annotations

import compileall
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMPORTED = ("stage", "domain", "render")


@cache
def compile_for_guests() -> None:
    """Write the bytecode of the packages in a box, where it is not there yet and may be written; once."""
    if sys.dont_write_bytecode:
        return
    for package in IMPORTED:
        compileall.compile_dir(ROOT / package, quiet=2, maxlevels=4)
