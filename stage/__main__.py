"""The commands of the stage: `python -m stage compile FOLDER` and its neighbours."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from stage.compile import compile_folder, dump

USAGE = "usage: python -m stage compile FOLDER [--out FILE] | nodes | signatures"


def main(arguments: list[str]) -> int:
    """Run one command; gives the exit code: 0 fine, 1 the film has errors, 2 wrong usage."""
    match arguments:
        case ["compile", folder, *rest] if not rest or (rest[0] == "--out" and len(rest) == 2):
            return _compile(Path(folder), rest[1] if rest else None)
        case _:
            print(USAGE, file=sys.stderr)
            return 2


def _compile(folder: Path, out: str | None) -> int:
    if not folder.is_dir():
        print(f"{folder} is no folder", file=sys.stderr)
        return 2
    # The author's code may write to descriptor 1 itself: the answer leaves by a copy of it.
    answer_to = os.dup(1)
    os.dup2(2, 1)
    answer = compile_folder(folder)
    text = dump(answer)
    if out is not None and answer["composition"] is not None:
        Path(out).write_text(dump(answer["composition"]) + "\n", encoding="utf-8")
    with open(answer_to, "w", encoding="utf-8") as stream:
        stream.write(text + "\n")
    return 0 if answer["composition"] is not None else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
