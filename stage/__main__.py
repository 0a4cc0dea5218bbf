"""The commands of the stage: `python -m stage compile FOLDER` and its neighbours."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from stage import generate, handbook
from stage.compile import compile_folder, dump
from stage.outline import outline_folder
from stage.serve import Limits, serve

USAGE = """usage: python -m stage COMMAND
  compile FOLDER [--out FILE]    run film.py, or read film.json; print the film and its findings as JSON
  outline FOLDER                 tell what is written where, without running it
  serve [SECONDS [MEGABYTES]]    answer framed requests on stdin, each in a fresh fork
  handbook [--short]             print the authors' handbook
  generate                       write signatures/, nodes/ and animated.py anew"""

PAGES: dict[tuple[str, ...], Callable[[], str]] = {
    ("handbook",): handbook.page,
    ("handbook", "--short"): handbook.short,
}


def main(arguments: list[str]) -> int:
    """Run one command; gives the exit code: 0 fine, 1 the film has errors, 2 wrong usage."""
    match arguments:
        case ["compile", folder]:
            return _about(Path(folder), lambda path: _compile(path, None))
        case ["compile", folder, "--out", out]:
            return _about(Path(folder), lambda path: _compile(path, Path(out)))
        case ["outline", folder]:
            return _about(Path(folder), _outline)
        case ["serve", *numbers] if len(numbers) <= 2 and all(each.isdecimal() for each in numbers):
            return serve(sys.stdin.buffer, sys.stdout.buffer, Limits(*(int(each) for each in numbers)))
        case ["generate"]:
            return _generate()
        case _ if tuple(arguments) in PAGES:
            sys.stdout.write(PAGES[tuple(arguments)]())
            return 0
        case _:
            sys.stderr.write(USAGE + "\n")
            return 2


def _about(folder: Path, command: Callable[[Path], int]) -> int:
    if folder.is_dir():
        return command(folder)
    sys.stderr.write(f"{folder} is no folder\n")
    return 2


def _generate() -> int:
    for path, text in generate.modules().items():
        Path(__file__).parent.joinpath(path).write_text(text, encoding="utf-8")
    return 0


def _outline(folder: Path) -> int:
    sys.stdout.write(dump(outline_folder(folder)) + "\n")
    return 0


def _compile(folder: Path, out: Path | None) -> int:
    # The author's code may write to descriptor 1 itself: the answer leaves by a copy of it.
    answer_to = os.dup(1)
    os.dup2(2, 1)
    answer = compile_folder(folder)
    if out is not None and answer["composition"] is not None:
        out.write_text(dump(answer["composition"]) + "\n", encoding="utf-8")
    with os.fdopen(answer_to, "w", encoding="utf-8", errors="replace") as stream:
        stream.write(dump(answer) + "\n")
    return 0 if answer["composition"] is not None else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
