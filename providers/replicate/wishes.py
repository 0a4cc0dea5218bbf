"""A wish in the words of a model: each of Replicate's models names its inputs in a schema of its own."""

from __future__ import annotations

import math
from typing import Any, Final, cast

from domain.errors import ToolError
from domain.imagery import PictureWish

PIXELS: Final = 1_048_576
"""Of pictures whose model asks for sides: what most of them were trained on."""
STEP: Final = 64
Schemas = dict[str, Any]


def inputs(wish: PictureWish, model: str, openapi: object) -> dict[str, str | int]:
    """Say a wish with the inputs that a model has; without a schema the prompt alone.

    Raises ToolError for a model that takes no prompt.
    """
    schemas = _within(openapi, "components", "schemas")
    there = _within(schemas, "Input", "properties")
    if not there:
        return {"prompt": wish.words}
    if "prompt" not in there:
        raise ToolError(
            "invalid",
            f"{model} takes no prompt but {', '.join(sorted(there)[:8])}; DIRECTOR_REPLICATE_MODEL has to "
            "name a model that makes pictures of words",
        )
    said: dict[str, str | int] = {"prompt": wish.words}
    if "aspect_ratio" in there:
        said["aspect_ratio"] = _closest(wish.aspect_ratio, _choices(there["aspect_ratio"], schemas))
    elif "width" in there and "height" in there:
        said["width"], said["height"] = sides(wish.aspect_ratio)
    if "seed" in there:
        said["seed"] = wish.seed
    for count in ("num_outputs", "number_of_images"):
        if count in there:
            said[count] = 1
    if "png" in _choices(there.get("output_format"), schemas):
        said["output_format"] = "png"
    return said


def sides(aspect_ratio: str) -> tuple[int, int]:
    """Width and height, px, of about a million pixels in steps of 64."""
    wide = _ratio(aspect_ratio)
    assert wide is not None
    width, height = math.sqrt(PIXELS * wide), math.sqrt(PIXELS / wide)
    return round(width / STEP) * STEP, round(height / STEP) * STEP


def _choices(field: object, schemas: Schemas) -> list[str]:
    """The values that a field takes; none where it takes any."""
    found = _within(field)
    for each in (found, *_listed(found.get("allOf"))):
        name = str(_within(each).get("$ref", "")).rpartition("/")[2]
        choices = _listed(_within(schemas, name).get("enum")) or _listed(_within(each).get("enum"))
        if choices:
            return [str(choice) for choice in choices]
    return []


def _within(value: object, *names: str) -> Schemas:
    """What a strangers' schema has below these names; nothing where it has something else."""
    for name in names:
        value = cast("Schemas", value).get(name) if isinstance(value, dict) else None
    return cast("Schemas", value) if isinstance(value, dict) else {}


def _listed(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _closest(wanted: str, choices: list[str]) -> str:
    """The choice whose shape is nearest."""
    goal = _ratio(wanted)
    known = {choice: ratio for choice in choices if (ratio := _ratio(choice)) is not None}
    if wanted in choices or not known or goal is None:
        return wanted
    return min(known, key=lambda choice: abs(math.log(known[choice] / goal)))


def _ratio(text: str) -> float | None:
    wide, _, high = text.partition(":")
    if not wide.isdigit() or not high.isdigit() or "0" in (wide, high):
        return None
    return int(wide) / int(high)
