"""Who may name whom, where the import contracts cannot look."""

import ast
import sys
from pathlib import Path

import pytest

from tests.house.tree import (
    ADAPTERS,
    ROOMS,
    ROOT,
    functions,
    imported,
    name_of,
    parsed,
    product_files,
    python_files,
    room_of,
)

LAZY = ("alembic", "chromadb", "google.genai")
"""Heavy libraries that a function may import, so that the server answers within its first second."""

WIRING = ("main.py", "service.py", "health.py", "wiring.py", "settings.py")
"""The root modules: above every room, known to none."""

ROOT_MODULES = {Path(name).stem for name in WIRING}


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def inline_imports(tree: ast.AST) -> list[str]:
    nodes = (node for function in functions(tree) for node in ast.walk(function))
    return [module for node in nodes for module in imported(node) if not within(module, LAZY)]


def names_an_adapter(tree: ast.AST, packages: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for node in ast.walk(tree):
        found += [module for module in imported(node) if within(module, packages)]
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called in {"load", "load_all", "names", "import_module"} and isinstance(first, ast.Constant):
                found += [str(first.value)] if within(str(first.value), packages) else []
    return found


def others(path: Path) -> tuple[str, ...]:
    return tuple(adapter for adapter in ADAPTERS if adapter != room_of(path))


def test_only_heavy_libraries_are_imported_inside_functions() -> None:
    found = {name_of(path): inline_imports(parsed(path)) for path in python_files()}
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_only_the_wiring_names_adapters() -> None:
    outside = ("tests", "bench", "docs")  # they hold, measure and show single pieces
    checked = [path for path in python_files() if room_of(path) not in outside]
    checked = [path for path in checked if name_of(path) not in WIRING]
    found = {name_of(path): names_an_adapter(parsed(path), others(path)) for path in checked}
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_no_room_reaches_up_to_the_wiring() -> None:
    rooms = [path for path in product_files() if room_of(path)]
    modules = {
        name_of(path): [m for node in ast.walk(parsed(path)) for m in imported(node)] for path in rooms
    }
    assert {name: m for name, m in modules.items() if ROOT_MODULES & set(m)} == {}


def test_the_stage_is_pure_standard_library() -> None:
    stage = [path for path in product_files() if room_of(path) == "stage"]
    assert stage
    allowed = (*sys.stdlib_module_names, "stage")
    for path in stage:
        modules = [module for node in ast.walk(parsed(path)) for module in imported(node)]
        assert [module for module in modules if not within(module, allowed)] == [], name_of(path)


@pytest.mark.parametrize("room", ROOMS)
def test_every_package_says_what_it_is(room: str) -> None:
    packages = [path for path in product_files() if room_of(path) == room and path.name == "__init__.py"]
    assert ROOT / room / "__init__.py" in packages
    assert [name_of(path) for path in packages if not ast.get_docstring(parsed(path))] == []


def test_an_inline_import_is_seen() -> None:
    tree = ast.parse("def f():\n    import json\n    from google.genai import types\n")
    assert inline_imports(tree) == ["json"]


@pytest.mark.parametrize(
    "source", ["import storage.database", "from jobs import worker", "load('sandbox.backends', name)"]
)
def test_a_named_adapter_is_seen(source: str) -> None:
    assert names_an_adapter(ast.parse(source), ADAPTERS)


def test_a_tool_that_names_its_own_kind_is_no_adapter() -> None:
    assert names_an_adapter(ast.parse("load_all('tools.builtin')\nlog('render.finished')"), ADAPTERS) == []
