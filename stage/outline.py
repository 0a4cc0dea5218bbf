"""What is written where in a project's source, told without running it."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from stage import vocabulary as words

MOST_ENTRIES = 4_000
MOST_FILES = 500
LARGEST = 1_000_000
SHOWN = 80
NODES = {kind.title(): kind for kind in words.KINDS}
FAULTS = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What parsing a stranger's file may raise."""


@dataclass(frozen=True)
class Entry:
    """One thing and its lines."""

    kind: str
    name: str
    file: str
    start_line: int
    end_line: int
    detail: str = ""


def outline_folder(folder: Path) -> dict[str, object]:
    """List files, imports, classes, functions, scenes, nodes and assets, in the order of files and lines."""
    entries: list[Entry] = []
    problems: list[str] = []
    files = [
        path for path in sorted(folder.rglob("*")) if path.is_file() and not _hidden(path.relative_to(folder))
    ]
    if len(files) > MOST_FILES:
        problems.append(f"{len(files)} files; only the first {MOST_FILES} are listed")
    for path in files[:MOST_FILES]:
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".py":
            _read(path, name, entries, problems)
        else:
            size = path.stat().st_size
            entries.append(Entry("file", name, name, 1, 1, f"{size:,} bytes" if size else ""))
        if len(entries) > MOST_ENTRIES:
            problems.append(f"more than {MOST_ENTRIES:,} entries; the rest from {name} on is left out")
            break
    return {"entries": [asdict(entry) for entry in entries[:MOST_ENTRIES]], "problems": problems[:50]}


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


def _read(path: Path, name: str, entries: list[Entry], problems: list[str]) -> None:
    if path.stat().st_size > LARGEST:
        problems.append(f"{name}: larger than {LARGEST // 1_000_000} MB, not read")
        return
    source = path.read_bytes()
    lines = source.count(b"\n") + (not source.endswith(b"\n"))
    file = Entry("file", name, name, 1, max(1, lines), f"{lines} lines")
    entries.append(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, filename=name)
    except FAULTS as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        problems.append(
            f"{name}{line}: {error.msg if isinstance(error, SyntaxError) else type(error).__name__}"
        )
        return
    if isinstance(about := ast.get_docstring(tree), str):
        entries[-1] = Entry("file", name, name, 1, max(1, lines), f"{lines} lines: {_short(about)}")
    found = [entry for node, target in _in_order(tree) for entry in _entries(node, target, name)]
    entries.extend(sorted(found, key=lambda entry: (entry.start_line, -entry.end_line)))


def _in_order(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every node of a tree with the name it is assigned to; without recursion, so depth does not matter."""
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    while waiting:
        node, target = waiting.pop()
        yield node, target
        name = ""
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            name = node.optional_vars.id
        waiting.extend((child, name) for child in ast.iter_child_nodes(node))


def _entries(node: ast.AST, target: str, file: str) -> Iterator[Entry]:
    match node:
        case ast.ClassDef():
            bases = ", ".join(_brief(base) for base in node.bases)
            yield Entry("class", node.name, file, node.lineno, node.end_lineno or node.lineno, bases)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            names = [each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            end = node.end_lineno or node.lineno
            yield Entry("function", node.name, file, node.lineno, end, _short(f"({', '.join(names)})"))
        case ast.Import():
            for alias in node.names:
                yield Entry("import", alias.name, file, node.lineno, node.end_lineno or node.lineno)
        case ast.ImportFrom():
            module = "." * node.level + (node.module or "")
            taken = ", ".join(alias.name for alias in node.names)
            yield Entry("import", module, file, node.lineno, node.end_lineno or node.lineno, _short(taken))
        case ast.Call():
            yield from _call(node, target, file)
        case ast.Constant(value=str(text)) if (
            text.startswith("assets/") and len(text) <= 200 and "\n" not in text
        ):
            yield Entry("asset", text, file, node.lineno, node.end_lineno or node.lineno)
        case _:
            pass


def _call(node: ast.Call, target: str, file: str) -> Iterator[Entry]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    end = node.end_lineno or node.lineno
    if name == "Scene":
        seconds = _given(node, "seconds", 1)
        said = _given(node, "id", 0) or target or "scene"
        yield Entry("scene", _short(said), file, node.lineno, end, f"{seconds} s" if seconds else "")
    elif name in NODES:
        first = words.FIRST_WORDS.get(NODES[name])
        shown = _given(node, first, 0) if first else ""
        label = _given(node, "id", 99) or target or NODES[name]
        yield Entry("node", _short(label), file, node.lineno, end, _short(f"{name} {shown}".strip()))


def _given(node: ast.Call, name: str, place: int) -> str:
    """The constant given for an argument, or its source."""
    said = next((word.value for word in node.keywords if word.arg == name), None)
    if said is None and place < len(node.args):
        said = node.args[place]
    if said is None:
        return ""
    return str(said.value) if isinstance(said, ast.Constant) else _brief(said)


def _brief(node: ast.expr) -> str:
    """A name or an attribute as it stands; anything longer is only hinted at."""
    if isinstance(node, ast.Name):
        return node.id
    return "…" if not isinstance(node, ast.Attribute) else f"….{node.attr}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
