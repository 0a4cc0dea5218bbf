"""The settings of Replicate."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class ReplicateConfig(BaseModel):
    """How Replicate is reached, and which of its models makes pictures."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    api_token: SecretStr
    model: str = Field(pattern=r"^[\w.-]+/[\w.-]+(:[0-9a-f]{64})?$")
    """`owner/model`, with `:version` where it has to be one."""
    base_url: str = ""
    """Address of the API, when it is not Replicate's own."""
    seconds: float = Field(default=180, gt=0)
    """How long one picture may take, waiting for a machine included."""
    most_usd: float = Field(default=0.25, ge=0)
    poll_s: float = Field(default=0.5, gt=0)
    """Seconds between two looks at how far it is."""
