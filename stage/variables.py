"""What a film leaves open, to be filled in from `data.json`: one source and a row of data make one film."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from stage.mistakes import Place, Wrong, did_you_mean, mistake, notebook, warn

FILE = "data.json"
LARGEST = 1_000_000
"""Bytes of a row of data."""
YES = frozenset({"yes", "true", "on", "1", "ja", "نعم"})
NO = frozenset({"no", "false", "off", "0", "nein", "لا"})
BETWEEN = "|"
"""Parts the items of a list that is written in one cell."""


class Variables:
    """The variables of a film, by name: `v.headline`."""

    def __init__(self, values: dict[str, object]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        known = self.__dict__
        raise AttributeError(f"no variable {name!r}{did_you_mean(name, known)}; there are {', '.join(known)}")


def variables(**defaults: object) -> Variables:
    """Leave values open, each with a default.

    `v = variables(headline="Spring sale", price=9.9, tier=("gold", "silver"))`, then `v.headline`. A default
    says the type: a text, a number, a whole number, True or False, a list of texts, or a tuple of choices,
    whose first is the default. What `data.json` says takes the default's place.
    """
    book = notebook()
    found: dict[str, object] = {}
    for name, default in defaults.items():
        found[name] = (
            cast(tuple[object, ...], default)[0] if isinstance(default, tuple) and default else default
        )
        if name in book.asked and book.asked[name] != default:
            mistake(
                "data_wrong", f"variable {name!r} is left open twice, with another default", "name it anew"
            )
        book.asked[name] = default
        said = book.data.get(name)
        try:
            _known(name, cast(object, default))
            if said is not None and said != "":
                found[name] = _read(name, cast(object, default), said)
        except Wrong as wrong:
            mistake("data_wrong", wrong.message, wrong.hint)
    return Variables(found)


def _known(name: str, default: object) -> None:
    """Hold a default against the types there are; raises Wrong."""
    if isinstance(default, bool | int | float | str):
        return
    if isinstance(default, tuple | list):
        items = cast(tuple[object, ...] | list[object], default)
        if all(isinstance(item, str) for item in items) and (items or isinstance(items, list)):
            return
    raise Wrong(f"the default of variable {name!r} is {default!r}",
                "give a text, a number, True or False, a list of texts, or a tuple of choices")  # fmt: skip


def _read(name: str, default: object, said: object) -> object:
    """Read a value as its default's type; raises Wrong."""
    match default:
        case bool():
            return _flag(name, said)
        case int():
            number = _number(name, said)
            if number != int(number):
                raise Wrong(f"the data's {name} is {said!r}", "give a whole number")
            return int(number)
        case float():
            return _number(name, said)
        case str():
            if isinstance(said, str | int | float) and not isinstance(said, bool):
                return str(said)
            raise Wrong(f"the data's {name} is {said!r}", "give a text")
        case tuple():
            choices = cast(tuple[str, ...], default)
            if said in choices:
                return said
            raise Wrong(f"the data's {name} is {said!r}{did_you_mean(str(said), choices)}",
                        f"give one of {', '.join(choices)}")  # fmt: skip
        case _:
            items = cast(list[object], said) if isinstance(said, list) else str(said).split(BETWEEN)
            return [str(item).strip() for item in items]


def _flag(name: str, said: object) -> bool:
    word = str(said).strip().lower()
    if word in YES or word in NO:
        return word in YES
    raise Wrong(f"the data's {name} is {said!r}", "give yes or no")


def _number(name: str, said: object) -> float:
    try:
        number = (
            float(said) if isinstance(said, int | float | str) and not isinstance(said, bool) else math.nan
        )
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Wrong(f"the data's {name} is {said!r}", "give a number, with a point: 9.90")
    return number


def read_data(folder: Path) -> dict[str, object]:
    """Read a project's row of data, if it has one; what is wrong with it is noted."""
    path = folder / FILE
    if not path.is_file():
        return {}
    place = Place(FILE, 1)
    try:
        if path.stat().st_size > LARGEST:
            raise Wrong(f"{FILE} is larger than {LARGEST // 1_000_000} MB", "keep long texts in the source")
        row: object = json.loads(path.read_bytes().decode("utf-8-sig"))
    except Wrong as wrong:
        mistake("data_wrong", wrong.message, wrong.hint, place)
        return {}
    except (ValueError, RecursionError) as error:
        mistake("data_wrong", f"{FILE} is no JSON: {error}", 'write {"headline": "…"}', place)
        return {}
    if not isinstance(row, dict):
        mistake("data_wrong", f"{FILE} holds no object", 'write {"headline": "…"}', place)
        return {}
    return {str(name): value for name, value in cast(Mapping[object, object], row).items()}


def look_for_strangers() -> None:
    """Warn of data that no variable of the film asked for."""
    book = notebook()
    for name in book.data:
        if name not in book.asked:
            known = ", ".join(book.asked) or "none"
            message = f"the data's {name!r} is no variable of the film{did_you_mean(name, book.asked)}"
            warn("data_unknown", message, f"variables are {known}", Place(FILE, 1))
