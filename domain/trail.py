"""Which request, job and run the code is working for, so that each line of the log can say so."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar

_TRAIL: ContextVar[Mapping[str, str]] = ContextVar("trail", default={})  # noqa: B039 - never changed, only replaced


def follow(**ids: str | None) -> None:
    """Let everything that this task does from now on, and the tasks it makes, be known by these ids."""
    _TRAIL.set({**_TRAIL.get(), **{name: value for name, value in ids.items() if value}})


def trail() -> Mapping[str, str]:
    """The ids of the work at hand."""
    return _TRAIL.get()
