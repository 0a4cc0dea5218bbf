"""The settings of Gemini."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

ThinkingLevel = Literal["minimal", "low", "medium", "high"]


class Price(BaseModel):
    """What a model costs, US dollars for a million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    prompt: float = Field(default=2.0, ge=0)
    cached: float = Field(default=0.5, ge=0)
    """Prompt tokens that the provider had in its cache."""
    answer: float = Field(default=12.0, ge=0)
    """Answer tokens, those of thinking among them."""


class GeminiConfig(BaseModel):
    """How Gemini is reached, and how patient Director is with it."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    api_key: SecretStr
    model: str
    """Name of the model, as the provider lists it."""
    named_by: str = "DIRECTOR_GEMINI_MODEL"
    """The setting that names it, for who has to change it."""
    base_url: str = ""
    """Address of the API, when it is not Google's own."""
    api_version: str = "v1"
    thinking: ThinkingLevel | None = "medium"
    """How long the model thinks before it answers; nothing leaves it to the model."""
    longest_answer: int | None = Field(default=None, ge=1)
    """Tokens of one answer; the model's own limit unless said."""
    connect_timeout_s: float = Field(default=10, gt=0)
    read_timeout_s: float = Field(default=120, gt=0)
    """Seconds without a word after which a request is given up."""
    attempts: int = Field(default=6, ge=1)
    """How often one turn is asked for before the provider counts as away."""
    first_pause_s: float = Field(default=1, ge=0)
    """Longest pause before the second attempt; it doubles with each one."""
    longest_pause_s: float = Field(default=30, ge=0)
    patience_s: float = Field(default=180, ge=0)
    """Seconds of pauses in one turn, together; a provider that asks for more counts as away."""
    prices: dict[str, Price] = {}
    """Prices by model."""
    price: Price = Price()
    """What is assumed for a model that is not in the table, rather too high than too low."""
