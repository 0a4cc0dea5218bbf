"""Pictures and drawings that are made to order, and the seams that make them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Callable
from typing import Literal, Protocol

from pydantic import Field

from domain.errors import ToolError
from domain.nouns import Noun
from domain.run import Usage

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of a maker's answer: a picture of 40 million pixels as Base64 fits."""
Aspect = Literal["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3"]


class PictureWish(Noun):
    """What a picture is to show."""

    prompt: str
    aspect_ratio: Aspect = "16:9"
    style: str = ""
    seed: int = Field(ge=0, lt=2**31)
    """The same seed gives the same picture, where the maker knows seeds."""

    @property
    def words(self) -> str:
        """The prompt with its style, as makers read it."""
        return f"{self.prompt.rstrip('. ')}. Style: {self.style}." if self.style else self.prompt


class MadePicture(Noun):
    """A picture as its maker gave it: a stranger's bytes."""

    content: bytes
    maker: str
    """The model that made it."""
    facts: dict[str, str] = {}
    """What the maker says of its work: its number there, tokens, seconds. No addresses: they expire."""


class PictureMaker(Protocol):
    """Makes pictures for money."""

    name: str
    """Provider and model, for people."""
    most_usd: float
    """What one picture costs at most, US dollars."""

    async def make(self, wish: PictureWish) -> MadePicture:
        """Make one picture; a call that is cancelled is cancelled there too.

        Raises UserError for a key or model that is refused, ToolError("invalid" | "limit" | "timeout", …)
        when no picture came of it, Unavailable when the provider is away.
        """
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class DrawingWish(Noun):
    """What a drawing is to show."""

    description: str
    style: str = ""
    colors: tuple[str, ...] = ()
    """Hex; none means one color, which the scene chooses."""
    fault: str = ""
    """Why the drawing before was refused."""


class Drawn(Noun):
    """A drawing as its maker gave it: a stranger's markup."""

    svg: str
    maker: str
    """A model, or a set of symbols."""
    shows: str = ""
    """What was drawn, where that is less than what was asked for."""
    licence: str = ""
    cost_usd: float = 0


class Illustrator(Protocol):
    """Draws SVG."""

    name: str
    tries: int
    """How often it may be told what is wrong with its drawing."""

    async def draw(self, wish: DrawingWish, used: Callable[[Usage], None]) -> Drawn:
        """Draw once; `used` is told what a model used for it, whatever comes of it.

        Raises ToolError("missing", …) for what it cannot draw, Unavailable when it is away.
        """
        ...


async def capped(pieces: AsyncIterable[bytes]) -> AsyncGenerator[bytes, None]:
    """Read a maker's answer as long as it is no larger than one may be; raises ToolError("limit", …)."""
    left = LARGEST_ANSWER
    async for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise ToolError(
                "limit", "the picture that was made is too large to be taken; ask for a simpler one"
            )
        yield piece
