"""What stands inside every box: the server's Python, its packages, our guest packages, and ffmpeg."""

from __future__ import annotations

import compileall
import os
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from domain.errors import Unavailable
from domain.nouns import Noun

ROOT = Path(__file__).resolve().parents[1]
OURS = ("stage", "domain", "render")
"""The packages of this project that a guest may import; it sees no other code of ours."""

PROGRAMS = ("ffmpeg", "ffprobe")
APP, SITE, BIN = "/app", "/site", "/opt/bin"

ENVIRONMENT = {
    "PATH": f"{BIN}:/usr/bin:/bin",
    "HOME": "/box",
    "LANG": "C.UTF-8",
    "PYTHONPATH": f"{APP}:{SITE}/0:{SITE}/1:/packages",  # the last is a film's own, where it has some
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
    "PYTHONSAFEPATH": "1",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",  # looking for some costs a cold guest 40 ms
    "OPENBLAS_NUM_THREADS": "1",  # starting its threads, which nothing here uses, costs 40 ms of processor
}
"""The whole environment of a guest."""


class Guest(Noun):
    """The read-only furniture of a box; the interpreter keeps its path, because its libraries name it."""

    interpreter: Path = Path(sys.executable).resolve()
    prefix: Path = Path(sys.base_prefix).resolve()
    root: Path = ROOT
    """Where the packages of this project lie."""
    path: str | None = None
    """Folders to look for ffmpeg and ffprobe in, separated by colons; nothing means PATH."""

    def binds(self) -> list[tuple[Path, str]]:
        """List (source, target) of what is shown read-only besides the system's own folders."""
        binds = [] if self.prefix.is_relative_to("/usr") else [(self.prefix, str(self.prefix))]
        folders = dict.fromkeys(Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib"))
        binds += [(folder, f"{SITE}/{index}") for index, folder in enumerate(folders)]
        binds += [(self.root / name, f"{APP}/{name}") for name in OURS if (self.root / name).is_dir()]
        binds += [(path, f"{BIN}/{name}") for name, path in self.programs.items() if not _in_usr(path)]
        return binds

    @cached_property
    def programs(self) -> dict[str, Path]:
        """Find ffmpeg and ffprobe where the server would find them."""
        found = {name: shutil.which(name, path=self.path) for name in PROGRAMS}
        return {name: Path(path).resolve() for name, path in found.items() if path}

    def command(self, argv: Sequence[str]) -> list[str]:
        """Turn `python …` into the interpreter without `site`, user folders and the current directory.

        Raises Unavailable when the command is a media program that this machine lacks.
        """
        if not argv:
            raise ValueError("argv is empty: name a command to run")
        name, *rest = argv
        if name == "python":
            return [str(self.interpreter), "-S", "-P", *rest]
        if name in PROGRAMS and name not in self.programs:
            raise Unavailable(name, f"{name!r} is not installed: apt install ffmpeg")
        return [name, *rest]

    def warm_up(self) -> None:
        """Compile our guest packages: a box writes no bytecode, and would compile them at every start."""
        for name in OURS:
            if os.access(self.root / name, os.W_OK):
                compileall.compile_dir(self.root / name, quiet=2)


def _in_usr(path: Path) -> bool:
    return path.is_relative_to("/usr")
