"""Reusable parts of films: functions whose props are held against their types."""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable, Mapping
from typing import Any, Literal, ParamSpec, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from stage.mistakes import Wrong, did_you_mean, here, mistake, notebook
from stage.names import check_id
from stage.node import Node
from stage.nodes import Group

P = ParamSpec("P")
N = TypeVar("N", bound=Node)
DEEPEST = 24
"""Components within components."""
PLAIN: dict[object, str] = {str: "a text", bool: "True or False", int: "a whole number", float: "a number"}


def component(build: Callable[P, N]) -> Callable[P, N]:
    """Make a part of a function that returns a node: its props are checked at every call.

    Ids given inside become `name_1.id`, `name_2.id`…, or `own.id` where the call says `id="own"`.
    """
    name = build.__name__
    signature = inspect.signature(build)
    hints = get_type_hints(build)

    @functools.wraps(build)
    def made(*args: P.args, **kwargs: P.kwargs) -> N:
        book = notebook()
        own = kwargs.pop("id", None) if "id" not in signature.parameters else None
        own = check_id(own, name)
        if book.components.count(name) and len(book.components) >= DEEPEST:
            mistake("component_recursive", f"component {name} holds itself without an end",
                    "return without calling it again at some point")  # fmt: skip
            return cast(N, Group())
        if not _fits(name, signature, hints, args, kwargs):
            return cast(N, Group())
        before = len(book.made)
        book.components.append(name)
        try:
            root = cast(object, build(*args, **kwargs))
        finally:
            book.components.pop()
        if not isinstance(root, Node):
            mistake("component_wrong", f"component {name} returned {_shown(root)}", "return the node it made")
            return cast(N, Group())
        _name(name, own, root, [each for each in book.made[before:] if isinstance(each, Node)])
        return cast(N, root)

    return made


def _shown(value: object) -> str:
    return "nothing (no return?)" if value is None else f"a {type(value).__name__}"


def _fits(
    name: str, signature: inspect.Signature, hints: Mapping[str, object], args: tuple[object, ...],
    kwargs: Mapping[str, object],
) -> bool:  # fmt: skip
    """Hold the props of one call against the function; mistakes are noted at the caller's line."""
    known = signature.parameters
    takes = ", ".join(known) or "none"
    loose = any(each.kind is inspect.Parameter.VAR_KEYWORD for each in known.values())
    fine = True
    for prop in kwargs:
        if prop not in known and not loose:
            guess = did_you_mean(prop, known)
            mistake("component_props", f"{name} has no prop {prop!r}{guess}", f"props are {takes}")
            fine = False
    if not fine:
        return False
    try:
        said = signature.bind(*args, **kwargs)
    except TypeError as error:
        mistake("component_props", f"{name}: {error}", f"props are {takes}")
        return False
    for prop, value in said.arguments.items():
        wanted = hints.get(prop)
        if known[prop].kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            continue
        try:
            _check(f"{prop} of {name}", wanted, value)
        except Wrong as wrong:
            mistake("component_props", wrong.message, wrong.hint)
            fine = False
    return fine


def _check(what: str, wanted: object, value: object) -> None:
    """Hold a value against an annotation; what cannot be held against it passes. Raises Wrong."""
    if wanted in (None, Any, inspect.Parameter.empty):
        return
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        if not any(_is(what, each, value) for each in inner):
            raise Wrong(f"{what} is {value!r}", f"give {' or '.join(_told(each) for each in inner)}")
    elif origin is Literal:
        if value not in inner:
            raise Wrong(f"{what} is {value!r}", f"give one of {', '.join(map(str, inner))}")
    elif isinstance(origin, type):
        if not isinstance(value, origin):
            raise Wrong(f"{what} is {value!r}", f"give a {origin.__name__}")
        if origin in (list, set, frozenset) and inner:
            for item in cast(list[object], value):
                _check(f"an item of {what}", inner[0], item)
    elif isinstance(wanted, type):
        number = wanted is float and isinstance(value, int)
        mixed = isinstance(value, bool) and wanted in (int, float)
        if mixed or not (isinstance(value, wanted) or number) or value != value:
            raise Wrong(f"{what} is {value!r}", f"give {_told(wanted)}")


def _is(what: str, wanted: object, value: object) -> bool:
    if wanted in (None, types.NoneType):
        return value is None
    try:
        _check(what, wanted, value)
    except Wrong:
        return False
    return True


def _told(wanted: object) -> str:
    return PLAIN.get(wanted) or (
        "None" if wanted is types.NoneType else getattr(wanted, "__name__", str(wanted))
    )


def _name(name: str, own: str | None, root: Node, made: list[Node]) -> None:
    """Give the ids inside a component a name of their own, so that it can be used many times."""
    book = notebook()
    named = [node for node in made if node.id is not None]
    if own is None and not named:
        return
    prefix = own
    if prefix is None:
        book.uses[name] = book.uses.get(name, 0) + 1
        prefix = f"{name}_{book.uses[name]}"
    for node in named:
        node.id = check_id(f"{prefix}.{node.id}", node.kind)
    if own is not None:
        root.id = own
    root.place_made = here() or root.place_made
