"""A house with the real engine, whose makers of assets a test may change."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from domain.engine import Engine
from domain.imagery import DrawingWish, Drawn
from domain.project import Asset
from domain.run import Usage
from providers.web.config import FetchConfig
from providers.web.fetch import WebFetcher
from providers.web.guard import Guard
from tests.stands import OWNER, Stand, drawing, stand
from tests.web.server import LOOPBACK
from tools.executor import Executor

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
SCRIPT = f"{HEAD}<script>alert(1)</script><rect width='9' height='9'/></svg>"


class Draws:
    """An illustrator that hands over what it was given, one after the other."""

    name = "draws"

    def __init__(self, *drawings: str | Exception, tries: int = 2) -> None:
        self.left = list(drawings)
        self.tries = tries
        self.wishes: list[DrawingWish] = []

    async def draw(self, wish: DrawingWish, used: Callable[[Usage], None]) -> Drawn:
        self.wishes.append(wish)
        used(Usage(prompt_tokens=10, cost_usd=0.0123))
        said = self.left.pop(0)
        if isinstance(said, Exception):
            raise said
        return Drawn(svg=said, maker="draws-1", cost_usd=0.0123)


@dataclass
class Shop:
    """A house with the real engine, and what a test changes of it."""

    stand: Stand
    engine: Engine

    def drawn_by(self, *illustrators: object) -> Shop:
        """The same house with other illustrators."""
        return self._with(illustrators=illustrators)

    def _with(self, **services: object) -> Shop:
        changed = replace(self.stand.services, **services)  # pyright: ignore[reportArgumentType]
        executor = Executor(changed, self.stand.executor.tools)
        return Shop(replace(self.stand, services=changed, executor=executor), self.engine)

    def painted_by(self, maker: object) -> Shop:
        """The same house with another maker of pictures."""
        return self._with(pictures=maker)

    async def assets(self, project_id: str) -> list[Asset]:
        """What the house keeps for a project."""
        async with self.stand.database.transaction(OWNER, reading=True) as tx:
            return [each for each in await tx.assets.list() if each.project_id == project_id]


@asynccontextmanager
async def opened(folder: Path) -> AsyncGenerator[Shop]:
    """Open one that may fetch from this machine."""
    guard = Guard(permitted=LOOPBACK, ports=None)
    fetcher = WebFetcher(FetchConfig(folder=folder / "fetched", largest=1_000_000, total_s=5), guard)
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(drawing(folder))
        yield Shop(await stack.enter_async_context(stand(folder, engine=engine, fetcher=fetcher)), engine)
