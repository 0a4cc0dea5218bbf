"""Every tool there is, found by its file."""

from __future__ import annotations

from types import ModuleType

from domain.plugins import load_all
from tools.define import Tool

Registry = dict[str, Tool]


def load_tools(package: str = "tools.builtin") -> Registry:
    """Load the tools of a package, sorted by name.

    Raises LookupError for a file without its tool, and for a name that is there twice.
    """
    return gather(load_all(package))


def gather(modules: dict[str, ModuleType]) -> Registry:
    """Take the one tool out of each file.

    Raises LookupError for a file without its tool, and for a name that is there twice.
    """
    found: Registry = {}
    for name, module in sorted(modules.items()):
        tools = [value for value in vars(module).values() if isinstance(value, Tool)]
        if len(tools) != 1:
            raise LookupError(f"{module.__name__} defines {len(tools)} tools; a file holds exactly one")
        tool = tools[0]
        if tool.name in found:
            raise LookupError(f"{module.__name__} defines {tool.name!r}, which another file defines too")
        if tool.name != name:
            raise LookupError(f"{module.__name__} defines {tool.name!r}; a file is named as its tool")
        found[tool.name] = tool
    return found
