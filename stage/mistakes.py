"""What an author did wrong, with the line where it stands."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import FrameType
from typing import Literal

HERE = __file__.rpartition("/")[0] + "/"
MOST = 50
"""More findings than this tell an author nothing new."""
SHORTEST = 2
"""Fewer letters give nothing to guess from."""
WAY_OUT = 120
"""A way out of fewer letters stands in the message itself."""


@dataclass(frozen=True)
class Place:
    """A line of the author's source."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Finding:
    """One mistake, in one line."""

    code: str
    severity: Literal["error", "warning"]
    message: str
    file: str | None = None
    line: int | None = None
    fix_hint: str = ""


class Wrong(ValueError):
    """A value that cannot stand; carries the way out apart from the message."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Mistake(Exception):
    """A mistake made while nobody collects mistakes."""


class TooMuch(BaseException):
    """A film grew over a limit while it was being written; already noted, and not for authors to catch."""


@dataclass
class Notebook:
    """Collects the mistakes of one compilation, and what is under construction."""

    root: str = ""
    """The project's folder with a slash at its end; empty takes the first frame outside of this package."""
    files: frozenset[str] | None = None
    """Paths of the project's files, where they are known."""
    findings: list[Finding] = field(default_factory=list[Finding])
    open_groups: list[object] = field(default_factory=list[object])
    """Containers whose `with` block is running, the innermost last."""
    made: list[object] = field(default_factory=list[object])
    """Every node and scene, in the order of their making."""
    data: dict[str, object] = field(default_factory=dict[str, object])
    """The row of data that fills in the film's variables."""
    asked: dict[str, object] = field(default_factory=dict[str, object])
    """The film's variables with their defaults."""
    components: list[str] = field(default_factory=list[str])
    """Components that are being built, the innermost last."""
    uses: dict[str, int] = field(default_factory=dict[str, int])
    """How often each component was used."""

    def note(self, finding: Finding) -> None:
        """Keep a finding once, errors before warnings when there are too many."""
        if finding in self.findings:
            return
        if len(self.findings) < MOST:
            self.findings.append(finding)
        elif finding.severity == "error":
            for index in range(MOST - 1, -1, -1):
                if self.findings[index].severity == "warning":
                    self.findings[index] = finding
                    return

    @property
    def red(self) -> bool:
        """Whether something is an error."""
        return any(finding.severity == "error" for finding in self.findings)


_open: ContextVar[Notebook | None] = ContextVar("notebook", default=None)
_loose = Notebook()


@contextmanager
def collecting(root: str = "") -> Generator[Notebook, None, None]:
    """Collect mistakes while the block runs, instead of raising at the first."""
    token = _open.set(Notebook(root=root))
    try:
        book = _open.get()
        assert book is not None
        yield book
    finally:
        _open.reset(token)


def notebook() -> Notebook:
    """The open notebook, or one that keeps nothing but `with` blocks."""
    return _open.get() or _loose


def collected() -> bool:
    """Whether somebody collects."""
    return _open.get() is not None


def here() -> Place | None:
    """Find the line of the author's code that is running now."""
    root = notebook().root
    frame: FrameType | None = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(root) if root else not name.startswith((HERE, "<frozen")):
            return Place(name[len(root) :], frame.f_lineno)
        frame = frame.f_back
    return None


def mistake(code: str, message: str, hint: str = "", place: Place | None = None) -> None:
    """Note an error at a place, by default the running line.

    Raises Mistake when nobody collects.
    """
    place = place or here()
    if 0 < len(hint) < WAY_OUT and not message.endswith("?)"):
        message = f"{message}; {hint}"
    if not collected():
        raise Mistake(f"{place}: {message}" if place else message)
    notebook().note(_finding(code, "error", message, hint, place))


def warn(code: str, message: str, hint: str = "", place: Place | None = None) -> None:
    """Note a warning at a place, by default the running line."""
    if collected():
        notebook().note(_finding(code, "warning", message, hint, place or here()))


def _finding(
    code: str, severity: Literal["error", "warning"], message: str, hint: str, place: Place | None
) -> Finding:
    return Finding(
        code, severity, message, place.file if place else None, place.line if place else None, hint
    )


def article(noun: str) -> str:
    """Write `a text`, `an image`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def nearest(word: str, known: Iterable[str], aliases: dict[str, str] | None = None) -> str | None:
    """Pick the known word that was probably meant."""
    names = list(known)
    plain = word.lower().replace("-", "_")
    for meant in ((aliases or {}).get(plain.replace("_", "")), plain):
        if meant in names:
            return meant
    if len(plain) < SHORTEST:
        return None
    best, least = None, max(1, len(plain) // 3) + 1
    for name in names:
        steps = _distance(plain, name.lower(), least)
        if steps < least:
            best, least = name, steps
    return best


def did_you_mean(word: str, known: Iterable[str], aliases: dict[str, str] | None = None) -> str:
    """Write ` (did you mean 'opacity'?)`, or nothing when no known word is near."""
    found = nearest(word, known, aliases)
    return f" (did you mean {found!r}?)" if found else ""


def _distance(one: str, other: str, limit: int) -> int:
    """Count the letters to add, drop, change or swap, giving up at the limit."""
    if abs(len(one) - len(other)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
