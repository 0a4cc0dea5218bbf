"""Packages that a film's code imports: what the project's lock says of them, and the seam that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import Field

from domain.nouns import Noun
from domain.paths import PACKAGES
from domain.wheel import canonical

LOCK = "packages.lock.json"
"""The project's file that names its packages, each by its content."""
FOLDER = PACKAGES
"""The project's folder that their wheels lie in."""
_WANTED = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")


class Locked(Noun):
    """One package of a project."""

    name: str
    version: str
    file: str = Field(pattern=r"^[A-Za-z0-9._+!-]+\.whl$", max_length=120)
    """The wheel's file name."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    wanted: bool
    """Asked for by name; the others come because another needs them."""
    needs: tuple[str, ...] = ()
    """Names of the packages that it cannot be without."""


class Lock(Noun):
    """All packages of a project, sorted by name."""

    packages: tuple[Locked, ...] = ()

    @property
    def wanted(self) -> list[str]:
        """What was asked for, each at its version."""
        return [f"{each.name}=={each.version}" for each in self.packages if each.wanted]

    def without(self, names: Iterable[str]) -> Lock:
        """Take packages out, and those that nothing needs any more.

        Raises ValueError that names one which is not there by its own right.
        """
        gone = {canonical(name) for name in names}
        by_name = {each.name: each for each in self.packages}
        for name in sorted(gone):
            if name not in by_name or not by_name[name].wanted:
                own = ", ".join(each.name for each in self.packages if each.wanted)
                raise ValueError(f"{name!r} was not asked for; the film uses {own or 'no packages'}")
        todo = [each.name for each in self.packages if each.wanted and each.name not in gone]
        kept: set[str] = set()
        while todo:
            name = todo.pop()
            if name not in kept and name in by_name:
                kept.add(name)
                todo.extend(by_name[name].needs)
        left = (each for each in self.packages if each.name in kept)
        return Lock(
            packages=tuple(
                each.model_copy(update={"wanted": each.wanted and each.name not in gone}) for each in left
            )
        )


@dataclass(frozen=True)
class Found:
    """A package with the wheel that was fetched for it."""

    locked: Locked
    content: bytes


def plain_name(text: str) -> str:
    """Read a package's name as a model writes it.

    Raises ValueError for anything more than a name: addresses, paths, options, extras.
    """
    if not _WANTED.fullmatch(text):
        raise ValueError(
            f"{text[:80]!r} is no package name; give it as in 'networkx', without version or address"
        )
    return canonical(text)


class Packages(Protocol):
    """Finds packages that the operator allows."""

    @property
    def allowed(self) -> tuple[str, ...]:
        """Names of all packages that films may use."""
        ...

    async def find(self, names: Sequence[str], kept: Sequence[str] = ()) -> tuple[Found, ...]:
        """Fetch wheels of these packages and of all that they need; `kept` says `name==version` of others.

        Raises ToolError that says why one cannot be had, Unavailable when the index does not answer.
        """
        ...
