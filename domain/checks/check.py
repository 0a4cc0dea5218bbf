"""One check: what it looks for, how bad it is, its numbers and where they come from."""

from __future__ import annotations

from typing import Literal

from domain.finding import Severity
from domain.nouns import Noun

About = Literal["source", "texts", "picture", "look", "film", "sound"]
HOUSE = "our own measure, tried on our films"
STAGE = "Python, the words of the stage, and the files of the project"
PLAN = "the plan that the file was made from"
WCAG = "WCAG 2.2, 1.4.3"
HYPERFRAMES = "as HyperFrames checks"
VIBEFRAME = "as VibeFrame checks"
EBU = "EBU R 128 and ITU-R BS.1770-4"
RULES = "the rules of our look"


class Limit(Noun):
    """A number that a check goes by."""

    name: str
    value: float
    unit: str


class Check(Noun):
    """One fault that is looked for."""

    code: str
    about: About
    severity: Severity
    """The worst that it can be."""
    rule: str
    """What must be so."""
    source: str
    """Where rule and numbers come from."""
    limits: tuple[Limit, ...] = ()


def check(
    about: About, code: str, severity: Severity, rule: str, source: str = HOUSE, **limits: tuple[float, str]
) -> Check:
    """Write a check down; a limit is its value and unit."""
    numbers = tuple(Limit(name=name, value=value, unit=unit) for name, (value, unit) in limits.items())
    return Check(code=code, about=about, severity=severity, rule=rule, source=source, limits=numbers)
