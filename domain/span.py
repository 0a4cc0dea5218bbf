"""Stretches of work, told to whoever traces this installation; nobody does unless somebody says so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from domain.trail import trail

Value = str | int | float | bool
Opens = Callable[[str, dict[str, Value]], AbstractContextManager[object]]


class Traces:
    """Who traces: set once, when the process starts."""

    opens: Opens | None = None


def span(name: str, **attributes: Value) -> AbstractContextManager[object]:
    """Trace what is done in this context, under the ids of the work at hand."""
    if Traces.opens is None:
        return nullcontext()
    ids = {f"director.{key}": value for key, value in trail().items()}
    return Traces.opens(name, {**ids, **{f"director.{key}": value for key, value in attributes.items()}})
