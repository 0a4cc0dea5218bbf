"""Importing a project's own modules: its folders are packages without saying so."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType


class ProjectFinder:
    """Finds modules and folders of one project before anything else of that name."""

    def __init__(self, root: str) -> None:
        self.root = root

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module of the project; others are left to the usual ways."""
        if path is not None:
            return None
        found = PathFinder.find_spec(name, [self.root])
        if found is not None and found.submodule_search_locations is not None and found.loader is None:
            found.submodule_search_locations = [f"{self.root}{name}"]
        return found


@contextmanager
def opened(root: str) -> Generator[None, None, None]:
    """Let `import scenes.opening` find the project's files while the block runs, and forget them after."""
    finder = ProjectFinder(root)
    before = set(sys.modules)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        sys.dont_write_bytecode = bytecode
        for name in set(sys.modules) - before:
            if _of_project(sys.modules[name], root):
                del sys.modules[name]
        sys.path_importer_cache.pop(root, None)


def _of_project(module: ModuleType, root: str) -> bool:
    file = getattr(module, "__file__", None)
    places = [file] if file else list(getattr(module, "__path__", []))
    return any(str(place).startswith(root) for place in places)


def modules(root: str) -> list[str]:
    """Name every module of a project, for guesses."""
    found: set[str] = set()
    for path in Path(root).rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        found.update(".".join(parts[:end]) for end in range(1, len(parts) + 1))
    return sorted(found)
