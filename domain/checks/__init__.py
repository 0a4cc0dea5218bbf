"""Every check of the house with its thresholds: the one table that checks, reports and docs read."""

from domain.checks.check import Check, Limit
from domain.checks.film import FILM
from domain.checks.look import LOOK
from domain.checks.picture import PICTURE
from domain.checks.source import SOURCE
from domain.checks.texts import TEXTS

CHECKS: dict[str, Check] = {each.code: each for each in (*SOURCE, *TEXTS, *PICTURE, *LOOK, *FILM)}
"""By code, in the order in which they are made."""


def limit(code: str, name: str) -> float:
    """Give a threshold."""
    return next(each.value for each in CHECKS[code].limits if each.name == name)


def codes(*abouts: str) -> tuple[str, ...]:
    """List the codes of some groups of checks."""
    return tuple(each.code for each in CHECKS.values() if each.about in abouts)


__all__ = ["CHECKS", "Check", "Limit", "codes", "limit"]
