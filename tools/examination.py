"""What a check of a state of a project came to, and the newest of them kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from domain.composition import Composition
from domain.event import CheckFinished
from domain.finding import Finding, Skipped


@dataclass(frozen=True)
class Examined:
    """What a state of a project is as a film, and what is wrong with it."""

    film: Composition | None
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def event(self) -> CheckFinished:
        """The check as the log tells it."""
        return CheckFinished(
            subject="source", findings=self.findings, checked=self.checked, skipped=self.skipped
        )


@dataclass
class Examinations:
    """The newest states that were checked: a film is what its files say, so no state is checked twice."""

    most: int = 8
    _known: OrderedDict[str, Examined] = field(default_factory=OrderedDict[str, Examined])

    def recall(self, key: str) -> Examined | None:
        """Give what is known of a state."""
        return self._known.get(key)

    def keep(self, key: str, found: Examined) -> None:
        """Remember a state, in place of the oldest one."""
        self._known[key] = found
        while len(self._known) > self.most:
            self._known.popitem(last=False)
