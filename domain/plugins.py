"""The one discovery rule: a plug-in is a file in a plural folder, found by its name."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def names(package: str) -> list[str]:
    """List the plug-ins of a package, sorted; names that start with an underscore are not plug-ins."""
    found = pkgutil.iter_modules(importlib.import_module(package).__path__)
    return sorted(module.name for module in found if not module.name.startswith("_"))


def load(package: str, name: str) -> ModuleType:
    """Import one plug-in and nothing else of its folder.

    Raises LookupError, naming those that exist, when there is none of that name.
    """
    if name not in names(package):
        raise LookupError(f"{package} has no {name!r}; it has {', '.join(names(package))}")
    return importlib.import_module(f"{package}.{name}")


def load_all(package: str) -> dict[str, ModuleType]:
    """Import every plug-in of a package, in the order of their names."""
    return {name: importlib.import_module(f"{package}.{name}") for name in names(package)}
