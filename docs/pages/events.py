"""Every event of the log, as streams tell it."""

from __future__ import annotations

import inspect
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from domain.event import Event, Transient

PATH = "events.md"
HEAD = """\
# Events

Made from `domain/event.py` by `make docs`. `GET /api/generate/{run_id}/stream` tells the events of one run
and ends after its `run.finished`; `GET /api/projects/{project_id}/stream` tells everything that happens to a
project.

Streams are server-sent events: `event:` is the type, `id:` the event's number in its project, `data:` a JSON
object with the fields below and `seq`, `project_id`, `run_id` (null outside of runs) and `at`. Numbers start
at 1 and have no gaps in a project. `Last-Event-ID` or `?after=` goes on behind a number. Transient events
have no `id:` and `seq` 0: they are shown to who is listening and then forgotten. A parser of server-sent
events keeps the last id it saw, so take the number from `seq`. A comment comes every few seconds while
nothing happens. `model.replied` is told without `provider_content`.
"""
PLAIN: dict[object, str] = {str: "text", int: "number", float: "number", bool: "true or false"}
UNTOLD = ("type", "provider_content")


def text() -> str:
    """Write the page."""
    events = cast(tuple[type[BaseModel], ...], get_args(get_args(Event)[0]))
    parts: dict[str, type[BaseModel]] = {}
    sections = [section(name_of(each), each, parts) for each in events]
    told: dict[str, str] = {}
    while len(told) < len(parts):
        for name in [name for name in parts if name not in told]:
            told[name] = section(name, parts[name], parts)
    return "\n".join([HEAD, *sections, "# Parts of events\n", *(told[name] for name in sorted(told))])


def name_of(event: type[BaseModel]) -> str:
    """An event's type, as streams write it."""
    return str(event.model_fields["type"].default)


def section(name: str, model: type[BaseModel], parts: dict[str, type[BaseModel]]) -> str:
    """Write one event, or one part; what it is made of goes into `parts`."""
    transient = " Transient." if model in get_args(Transient) else ""
    summary = (inspect.getdoc(model) or "").replace("; never stored.", ".")
    rows = "".join(
        row(field, about, parts) for field, about in model.model_fields.items() if field not in UNTOLD
    )
    return f"## {name}\n\n{summary}{transient}\n\n| field | type | means |\n|---|---|---|\n{rows}"


def row(name: str, about: FieldInfo, parts: dict[str, type[BaseModel]]) -> str:
    """Write one field."""
    meaning = " ".join((about.description or "").split()).replace("|", "\\|")
    return f"| `{name}` | {kind(about.annotation, parts)} | {meaning} |\n"


def kind(annotation: Any, parts: dict[str, type[BaseModel]]) -> str:
    """Tell a field's type in few words."""
    annotation = getattr(annotation, "__supertype__", annotation)
    inner = get_args(annotation)
    origin = get_origin(annotation)
    if origin is tuple and inner[-1] is ...:
        return f"list of {kind(inner[0], parts)}"
    if origin in (tuple, list):
        return f"{len(inner)} of {kind(inner[0], parts)}"
    if origin is dict:
        return "object"
    if origin in (Union, UnionType):
        return " or ".join("null" if each is NoneType else kind(each, parts) for each in inner)
    if inner:
        return ", ".join(f"`{each}`" for each in inner)
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        name = annotation.__name__
        parts[name] = annotation
        return f"[{name}](#{name.lower()})"
    return PLAIN.get(annotation, "time" if annotation.__name__ == "datetime" else "any")
