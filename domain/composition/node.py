"""One thing in a scene."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from domain.composition.track import Track, check_track
from domain.composition.value import Value, check_value
from domain.nouns import Noun
from stage import vocabulary as words


class Source(Noun):
    """Where in the project something was written."""

    file: str
    line: int = Field(ge=0)


class Node(Noun):
    """One thing in a scene; `props` are checked against the tables of `stage.vocabulary`."""

    id: str = Field(pattern=r"^[A-Za-z_][\w.-]{0,79}$")
    """Unique within its scene."""
    kind: str
    props: dict[str, Value] = {}
    tracks: tuple[Track, ...] = ()
    children: tuple[Node, ...] = ()
    source: Source | None = None

    @model_validator(mode="after")
    def _by_the_vocabulary(self) -> Self:
        from_table = words.KINDS.get(self.kind)
        if from_table is None:
            raise ValueError(f"node {self.id!r}: no kind {self.kind!r}; kinds are {', '.join(words.KINDS)}")
        for name, value in self.props.items():
            check_value(self.id, self.kind, name, value, from_table.get(name))
        for track in self.tracks:
            check_track(
                f"node {self.id!r}", self.kind, track, words.PART_PROPERTIES if track.unit else from_table
            )
        taken = words.TAKES.get(self.kind)
        if self.kind not in words.CONTAINERS and any(child.kind != taken for child in self.children):
            raise ValueError(f"node {self.id!r}: a {self.kind} holds no children but {taken or 'none'}")
        return self


def walk(nodes: tuple[Node, ...]) -> list[Node]:
    """List nodes and all their children, parents first."""
    found: list[Node] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(node.children))
    return found
