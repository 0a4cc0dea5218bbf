"""The numbers of a film: frames and finite lengths."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Frames = Annotated[int, Field(ge=0, le=1_000_000)]
Number = Annotated[float, Field(allow_inf_nan=False)]
