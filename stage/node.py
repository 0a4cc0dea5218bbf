"""What every node can do: hold properties, hold children, be a target of tweens."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import ClassVar, Self, TypeVar, cast

from stage import vocabulary as words
from stage.mistakes import TooMuch, Wrong, article, did_you_mean, here, mistake, notebook
from stage.names import ALIASES, check_id
from stage.values import clean

N = TypeVar("N", bound="Node")
_OWN = frozenset({"id", "props", "children", "parent", "place_made", "loose"})


class Target:
    """Something whose properties tweens can change."""

    kind: str
    table: dict[str, words.Property]
    props: dict[str, object]

    def describe(self) -> str:
        """Name the target as messages do."""
        return self.kind


class Parts:
    """The lines, words or characters of a text, each of which plays a tween on its own."""

    def __init__(self, owner: Node, unit: str) -> None:
        self.owner = owner
        self.unit = unit


class Node(Target):
    """One thing in a scene; its properties stand in `stage.vocabulary`."""

    kind: ClassVar[str] = ""  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(self, id: str | None, properties: dict[str, object]) -> None:
        table = words.KINDS[self.kind]
        self.table = table
        self.props: dict[str, object] = {}
        self.children: list[Node] = []
        self.parent: object | None = None
        self.loose = False
        self.id = check_id(id, self.kind)
        self.place_made = here()
        self.set(**properties)
        self._join()

    def _join(self) -> None:
        book = notebook()
        book.made.append(self)
        most = words.LIMITS["nodes"][1]
        if len(book.made) > most and book.root:
            mistake("film_limit", f"the film has more than {most:,g} nodes", "make fewer nodes")
            raise TooMuch
        if book.open_groups:
            group = book.open_groups[-1]
            self.parent, self.loose = group, True
            cast(Node, group).children.append(self)

    def describe(self) -> str:
        """Name the node as messages do."""
        if self.id:
            return f"{self.kind} {self.id!r}"
        shown = str(self.props.get("text") or self.props.get("src") or "")
        return f"{self.kind} {shown[:24]!r}" if shown else self.kind

    def set(self, **properties: object) -> Self:
        """Set properties by name; returns the node."""
        for name, value in properties.items():
            rule = self.table.get(name)
            if rule is None:
                hint = f"{article(self.kind)} has {', '.join(self.table)}"
                guess = did_you_mean(name, self.table, ALIASES)
                mistake("property_unknown", f"{self.kind} has no property {name!r}{guess}", hint)
                continue
            try:
                kept = clean(article(self.kind), name, rule, value)
            except Wrong as wrong:
                mistake("value_wrong", wrong.message, wrong.hint)
                continue
            if kept is not None:
                self.props[name] = kept
        return self

    def place(self, anchor: str, x: float = 0, y: float = 0, **properties: object) -> Self:
        """Hang the node on an anchor of its parent's box, moved by x and y px; returns the node."""
        return self.set(anchor=anchor, x=x, y=y, **properties)

    def add(self, node: N, *more: Node) -> N:
        """Put nodes into this one, after those it has; returns the first."""
        for each in (node, *more):
            adopt(self, self.children, each)
        return node

    def __enter__(self) -> Self:
        if self.kind not in words.CONTAINERS:
            mistake("node_misplaced", f"{self.kind} holds no children", "open a group, row, column or grid")
        notebook().open_groups.append(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        notebook().open_groups.pop()

    def __setattr__(self, name: str, value: object) -> None:
        if name in words.KINDS[self.kind]:
            self.set(**{name: value})
        elif name in _OWN or name == "table":
            object.__setattr__(self, name, value)
        else:
            self.set(**{name: value})

    def __getattr__(self, name: str) -> object:
        rule = words.KINDS[self.kind].get(name)
        if rule is None:
            raise AttributeError(
                f"{self.kind} has no property {name!r}{did_you_mean(name, words.KINDS[self.kind], ALIASES)}"
            )
        return self.props.get(name, rule.default)


def adopt(parent: object, children: list[Node], node: object) -> None:
    """Move a node under a parent; mistakes are noted."""
    owner = getattr(parent, "kind", "scene")
    if not isinstance(node, Node):
        shown = type(node).__name__
        mistake(
            "node_misplaced",
            f"{owner}.add(…) got {shown}",
            "write add(*nodes)" if isinstance(node, list | tuple) else "add nodes: Text, Rect, Group …",
        )
        return
    taken = words.TAKES.get(owner)
    if node.kind in words.TAKES.values() and node.kind != taken:
        held = next(kind for kind, each in words.TAKES.items() if each == node.kind)
        mistake(
            "node_misplaced", f"{node.describe()} stands in {owner}", f"add it to its {held}: {held}.add(…)"
        )
        return
    if isinstance(parent, Node) and parent.kind not in words.CONTAINERS and node.kind != taken:
        mistake("node_misplaced", f"{owner} holds no children", "add it to a group, row, column or grid")
        return
    above: object | None = parent
    while isinstance(above, Node):
        if above is node:
            mistake("node_misplaced", f"{node.describe()} cannot hold itself", "")
            return
        above = above.parent
    if node.parent is not None and not node.loose and node.parent is not parent:
        mistake(
            "node_misplaced",
            f"{node.describe()} already stands elsewhere",
            "make a second node, or add it once",
        )
        return
    if node.parent is not None:
        held = cast(Node, node.parent).children
        held[:] = [each for each in held if each is not node]
    node.parent, node.loose = parent, False
    children.append(node)


def walk(nodes: Iterable[Node]) -> list[Node]:
    """List nodes and all below them, parents first."""
    found: list[Node] = []
    waiting = list(nodes)[::-1]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(node.children))
    return found
