"""What a request's body may say: text that is text, numbers that are numbers, nothing unknown."""

from __future__ import annotations

import json
import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from domain.nouns import AssetId, ProjectId, RenderId, RunId

LONGEST_PROMPT = 20_000
"""Characters."""
LONGEST_NAME = 120
LARGEST_METADATA = 64_000
"""Characters as JSON."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Body(BaseModel):
    """A request's body; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def check_text(value: str) -> str:
    """Raises ValueError for what is no text: control characters, NUL, broken letters."""
    found = _CONTROL.search(value)
    if found:
        raise ValueError(
            f"holds the control character {found[0]!r} at position {found.start()}; send plain text"
        )
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as broken:
        raise ValueError(f"holds half a letter at position {broken.start}; send plain UTF-8 text") from None
    return value


def check_prompt(value: str) -> str:
    """Raises ValueError for a prompt that is empty, too long, or no text."""
    if len(value) > LONGEST_PROMPT:
        raise ValueError(
            f"has {len(value)} characters; give at most {LONGEST_PROMPT}, and put long material into assets"
        )
    check_text(value)
    if not value.strip():
        raise ValueError("is empty; say in your own words what the film is")
    return value


def check_name(value: str) -> str:
    """Raises ValueError for a name that is empty, too long, or no text."""
    value = " ".join(check_text(value).split())
    if not value or len(value) > LONGEST_NAME:
        raise ValueError(f"has {len(value)} characters; give 1 to {LONGEST_NAME}")
    return value


def check_metadata(value: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Raises ValueError for data that no database keeps."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise ValueError("holds NaN or Infinity; JSON has no such numbers") from None
    if len(text) > LARGEST_METADATA:
        raise ValueError(f"has {len(text)} characters as JSON; give at most {LARGEST_METADATA}")
    check_texts(value)
    return value


def check_texts(value: JsonValue) -> None:
    """Raises ValueError when a text anywhere in the data is none."""
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, list):
        for each in value:
            check_texts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            check_text(name)
            check_texts(each)


Prompt = Annotated[str, AfterValidator(check_prompt)]
Name = Annotated[str, AfterValidator(check_name)]
Text = Annotated[str, Field(max_length=1_000), AfterValidator(check_text)]
Metadata = Annotated[dict[str, JsonValue], AfterValidator(check_metadata)]
_Id = AfterValidator(check_text)
ProjectRef = Annotated[ProjectId, Field(min_length=1, max_length=100), _Id]
RunRef = Annotated[RunId, Field(min_length=1, max_length=100), _Id]
RenderRef = Annotated[RenderId, Field(min_length=1, max_length=100), _Id]
AssetRef = Annotated[AssetId, Field(min_length=1, max_length=100), _Id]
