"""Running a project's source, and turning what came of it into one answer."""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import ModuleType, TracebackType

from stage.compose import compose, seconds
from stage.faults import tell
from stage.film import Film
from stage.imports import opened
from stage.mistakes import Finding, Notebook, Place, TooMuch, collecting, mistake
from stage.variables import look_for_strangers, read_data
from stage.written import read_document

PRINTED = 4_000
"""Letters of an author's own prints that are kept."""


class Capped(io.TextIOBase):
    """Keeps the beginning of what is printed."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = ""

    def writable(self) -> bool:
        """Say that it may be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep what still fits."""
        self.kept += text[: PRINTED - len(self.kept)]
        return len(text)


class Guard:
    """Turns whatever an author's code raises into a finding; prints are kept apart."""

    def __init__(self, book: Notebook) -> None:
        self.book = book
        self.printed = Capped()

    def __enter__(self) -> Guard:
        self.streams = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self.printed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        sys.stdout, sys.stderr = self.streams
        self.book.open_groups.clear()
        if error is not None and not isinstance(error, TooMuch):
            finding = Finding("exception", "error", "the code raised an error that cannot be told", "film.py")
            with suppress(Exception):  # telling runs the author's own __str__
                finding = tell(error, self.book.root)
            self.book.note(finding)
        return True


def compile_folder(folder: Path) -> dict[str, object]:
    """Compile a project's folder; gives the composition or None, the findings and the film's length."""
    root = f"{folder.resolve()}/"
    composition: object = None
    length: float | None = None
    with collecting(root) as book:
        guard = Guard(book)
        book.files = frozenset(_files(root))
        book.data = read_data(Path(root))
        film_py, film_json = Path(root, "film.py"), Path(root, "film.json")
        if film_py.is_file():
            with opened(root), guard:
                film = _run(film_py)
                if film is not None:
                    composition, length = compose(film), round(seconds(film), 4)
                    look_for_strangers()
        elif film_json.is_file():
            with guard:
                composition, length = read_document(film_json)
        else:
            book.note(
                Finding(
                    "film_missing", "error", "there is no film.py", fix_hint="write film.py, or film.json"
                )
            )
        findings = [asdict(finding) for finding in _sorted(book)]
        red = book.red
    return {
        "composition": None if red else composition,
        "findings": findings,
        "source_seconds": None if red else length,
        "printed": guard.printed.kept,
    }


def dump(answer: object) -> str:
    """Write an answer as one line of JSON that is the same for the same source."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _files(root: str) -> list[str]:
    """Every file of the project, by its path in it."""
    return [path.as_posix()[len(root) :] for path in Path(root).rglob("*") if path.is_file()]


def _run(path: Path) -> Film | None:
    module = ModuleType("film")
    module.__file__ = str(path)
    sys.modules["film"] = module
    code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - running the author's source is what compiling means
    film = module.__dict__.get("film")
    if isinstance(film, Film):
        return film
    found = next((name for name, each in module.__dict__.items() if isinstance(each, Film)), None)
    meant = f" (did you mean {found!r}?)" if found else ""
    mistake(
        "film_missing",
        f"film.py leaves no film named 'film'{meant}",
        "write film = Film(…) in film.py",
        Place("film.py", 1),
    )
    return None


def _sorted(book: Notebook) -> list[Finding]:
    return sorted(book.findings, key=lambda each: (each.severity, each.file or "", each.line or 0))
