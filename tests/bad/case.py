"""A film with one fault that a check has to find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from domain.finding import Finding

Look = Callable[[Path], list[Finding]]


@dataclass(frozen=True)
class Bad:
    """One bad film; `look` makes it in a folder and gives what the checks say of it."""

    code: str
    name: str
    look: Look
    severity: tuple[str, ...] = ("error", "warning")

    def caught(self, folder: Path) -> bool:
        """Tell whether the fault is found."""
        return any(each.code == self.code and each.severity in self.severity for each in self.look(folder))

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"
