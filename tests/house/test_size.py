"""Files and functions stay small enough to read."""

import ast

from tests.house.tree import Function, functions, name_of, parsed, product_files, python_files

FILE_LINES = 400
FUNCTION_LINES = 50
LONG_SHARE = 0.02


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    counts = {name_of(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: lines for name, lines in counts.items() if lines > FILE_LINES} == {}


def test_few_functions_are_longer_than_50_lines() -> None:
    found = [(name_of(path), function) for path in product_files() for function in functions(parsed(path))]
    long = [f"{name}:{f.lineno} {f.name} ({length(f)})" for name, f in found if length(f) > FUNCTION_LINES]
    assert len(long) <= LONG_SHARE * len(found), long


def test_a_long_function_is_seen() -> None:
    tree = ast.parse("class A:\n    async def f(self):\n" + "        pass\n" * FUNCTION_LINES)
    assert [length(function) for function in functions(tree)] == [FUNCTION_LINES + 1]
