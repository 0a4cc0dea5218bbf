"""Tools that make assets: drawn, made for money, or fetched; always written anew in the box, never half."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from pydantic import JsonValue

from domain.account import Principal
from domain.engine import Engine
from domain.errors import ToolError, Unavailable
from domain.event import Notice
from domain.imagery import DrawingWish, Drawn, MadePicture, PictureWish
from domain.nouns import new_id
from domain.project import Asset
from domain.run import Request
from providers.symbols import Symbols
from providers.web import FetchConfig, WebFetcher
from providers.web.guard import Guard
from tests.contracts.test_every_tool import picture
from tests.stands import OWNER, Painter, Stand, drawing, stand
from tests.web.server import LOOPBACK, moved, site, whole
from tools.answer import Answer
from tools.builtin.generate_svg_asset import in_one_color
from tools.executor import Executor

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEA: dict[str, JsonValue] = {"description": "a tea leaf", "colors": ["#0F7A5C"]}
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
GOOD = f'{HEAD}<circle cx="12" cy="12" r="9" fill="#111111"/></svg>'


class Draws:
    """An illustrator that hands over what it was given, one after the other."""

    name = "draws"

    def __init__(self, *drawings: str | Exception, tries: int = 2) -> None:
        self.left = list(drawings)
        self.tries = tries
        self.wishes: list[DrawingWish] = []

    async def draw(self, wish: DrawingWish) -> Drawn:
        self.wishes.append(wish)
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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Shop]:
    folder = tmp_path_factory.mktemp("making")
    guard = Guard(permitted=LOOPBACK, ports=None)
    fetcher = WebFetcher(FetchConfig(folder=folder / "fetched", largest=1_000_000, total_s=5), guard)
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(drawing(folder))
        yield Shop(await stack.enter_async_context(stand(folder, engine=engine, fetcher=fetcher)), engine)


async def content(shop: Shop, asset: Asset) -> str:
    return (await shop.stand.blobs.get(asset.sha256)).decode()


# -- drawings


async def test_a_drawing_is_kept_with_who_drew_it_and_under_which_licence(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    answer = await shop.stand.call("generate_svg_asset", TEA, project_id=project_id)
    assert not answer.failed, answer.summary
    assert answer.data["path"] == "assets/a-tea-leaf.svg"
    assert answer.data["shows"] == "coffee with leaf"
    (kept,) = await shop.assets(project_id)
    assert kept.provenance["licence"].startswith("ISC (Lucide)")
    assert kept.provenance["maker"].startswith("Lucide 1.")
    assert kept.provenance["prompt"] == "a tea leaf"
    assert "time" in kept.provenance
    said = await content(shop, kept)
    assert said.startswith("<svg")
    assert "viewBox=" in said
    assert "width=" not in said.partition(">")[0].replace("stroke-width", "")
    async with shop.stand.database.transaction(OWNER, reading=True) as tx:
        files = (await tx.revisions.get(project_id)).files
    assert files["assets/a-tea-leaf.svg"] == kept.sha256


SYMBOLS = [
    {"description": "rocket and growth", "style": "badge", "colors": ["#2547E0"]},
    {"description": "piggy bank", "style": "sticker"},
    {"description": "شاي مع ورقة", "colors": ["#0F7A5C", "#E5B31C"]},
    {"description": "leaf, drop", "style": "pattern", "colors": ["#7A5236", "#F3E9DC"]},
]  # fmt: skip


@pytest.mark.parametrize("wish", SYMBOLS, ids=lambda wish: str(wish["description"]))
async def test_each_style_draws_in_the_films_own_engine(wish: dict[str, object], shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    answer = await shop.stand.call("generate_svg_asset", wish, project_id=project_id)  # pyright: ignore[reportArgumentType]
    assert not answer.failed, answer.summary
    drawn = await in_a_film(shop, project_id, str(answer.data["path"]))
    ground = drawn.getpixel((2, 2))
    other = sum(1 for x in range(0, 320, 4) for y in range(0, 180, 4) if drawn.getpixel((x, y)) != ground)
    assert 20 < other < 3_400


async def in_a_film(shop: Shop, project_id: str, path: str) -> Image.Image:
    """A frame of a film that shows a drawing in the middle of a light ground."""
    film = (
        "from stage import Film, Scene, Svg\n\nfilm = Film('d', width=320, height=180)\n"
        "with Scene('one', seconds=1, background='#FFFFFF') as scene:\n"
        f"    Svg({path!r}, id='d', height=150, anchor='center', color='#C72C41')\nfilm.add(scene)\n"
    )
    async with shop.stand.database.transaction(OWNER, reading=True) as tx:
        sha256 = (await tx.revisions.get(project_id)).files[path]  # pyright: ignore[reportArgumentType]
    blobs = shop.stand.blobs
    files = {"film.py": await blobs.path(await blobs.put(film.encode())), path: await blobs.path(sha256)}
    build = await shop.engine.compile(files)
    assert build.composition is not None, build.findings
    stills = await shop.engine.stills(build.composition, files, [5], png=True, sheet=False)
    return Image.open(io.BytesIO(stills.stills[0].png)).convert("RGB")


async def test_a_drawing_without_colors_takes_the_scenes(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    answer = await shop.drawn_by(Draws(GOOD)).stand.call(
        "generate_svg_asset", {"description": "a dot"}, project_id=project_id
    )
    drawn = await in_a_film(shop, project_id, str(answer.data["path"]))
    assert drawn.getpixel((160, 90)) == pytest.approx((0xC7, 0x2C, 0x41), abs=3)


async def test_one_paint_becomes_the_scenes_color_and_several_stay() -> None:
    assert in_one_color(GOOD) == GOOD.replace("#111111", "currentColor")
    assert in_one_color(f"{HEAD}<path d='M0 0h9v9z'/></svg>").startswith('<svg fill="currentColor" ')
    two = f'{HEAD}<rect fill="#111" width="9" height="9"/><rect fill="red" width="3" height="3"/></svg>'
    assert in_one_color(two) == two
    line = f'{HEAD}<path fill="none" stroke="black" d="M0 0h9"/></svg>'
    assert in_one_color(line) == line.replace("black", "currentColor")
    mixed = f'{HEAD}<path fill="none" stroke="currentColor" d="M0 0h9"/></svg>'
    assert in_one_color(mixed) == mixed
    shaded = f'{HEAD}<rect fill="url(#g)" width="9" height="9"/></svg>'
    assert in_one_color(shaded) == shaded
    assert in_one_color("fill=" + " " * 200_000) == "fill=" + " " * 200_000


EVIL = {
    "script": f"{HEAD}<script>alert(1)</script><rect width='9' height='9'/></svg>",
    "handler": f"{HEAD}<rect width='9' height='9' onload='alert(1)'/></svg>",
    "foreign": f"{HEAD}<foreignObject><p>hi</p></foreignObject></svg>",
    "image": f"{HEAD}<image href='https://example.com/a.png' width='9' height='9'/></svg>",
    "link": f"{HEAD}<use href='https://example.com/a.svg#x'/></svg>",
    "style": f"{HEAD}<style>@import 'https://example.com/a.css'</style><rect width='9' height='9'/></svg>",
    "paint": f"{HEAD}<rect width='9' height='9' fill='url(https://example.com/a#b)'/></svg>",
    "javascript": f"{HEAD}<a href='javascript:alert(1)'><rect width='9' height='9'/></a></svg>",
    "entities": '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "laughs": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<svg xmlns="http://www.w3.org/2000/svg"><text>&b;&b;&b;</text></svg>',
    "deep": HEAD + "<g>" * 5_000 + "</g>" * 5_000 + "</svg>",
    "many": HEAD + "<g/>" * 60_000 + "</svg>",
    "uses": HEAD + "".join(
        f"<g id='a{n}'>{f'<use href=%#a{n - 1}%/>'.replace('%', chr(39)) * 10}</g>" for n in range(1, 12)
    ) + "</svg>",
    "heavy": HEAD + "<path d='" + "M0 0" * 1_250_000 + "'/></svg>",
    "empty": f"{HEAD}</svg>",
    "unseen": f"{HEAD}<rect width='9' height='9' opacity='0'/></svg>",
    "words": "I would draw a leaf with a stem.",
    "half": f"{HEAD}<rect width='9'",
    "html": "<html><body>no</body></html>",
    "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", EVIL)
async def test_a_bad_drawing_is_refused_told_and_leaves_nothing(kind: str, shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    draws = Draws(EVIL[kind], tries=1)
    answer = await shop.drawn_by(draws).stand.call("generate_svg_asset", TEA, project_id=project_id)
    assert answer.failed
    assert answer.kind in ("invalid", "limit", "timeout")
    assert len(answer.summary) < 600
    assert await shop.assets(project_id) == []


async def test_a_second_try_and_then_the_symbols_stand_in_and_it_is_said(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    draws = Draws("words", GOOD)
    better = await shop.drawn_by(draws).stand.call("generate_svg_asset", TEA, project_id=project_id)
    assert draws.wishes[0].fault == ""
    assert "no SVG" in draws.wishes[1].fault
    assert better.data["maker"] == "draws-1"
    (kept,) = await shop.assets(project_id)
    assert kept.provenance["cost_usd"] == "0.0123"
    for fault in (ToolError("invalid", "no"), Unavailable("model", "Gemini is away")):
        draws = Draws(fault, fault)
        stood_in = await shop.drawn_by(draws, Symbols()).stand.call(
            "generate_svg_asset", TEA, project_id=project_id
        )
        assert str(stood_in.data["maker"]).startswith("Lucide"), stood_in.summary
    told = [each.event for each in await shop.stand.events(project_id) if isinstance(each.event, Notice)]
    assert [each.substitution for each in told] == ["symbols of Lucide"] * 2
    assert "Gemini is away" in told[1].reason


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ({"description": "xylophonic zeugma"}, "no symbol shows"),
        ({"description": "raket"}, "spelled alike are"),
        ({"description": "leaf", "colors": ["greenish"]}, "colors: "),
        ({"description": "leaf", "colors": ["url(#x)"]}, "colors: "),
        ({"description": "leaf", "colors": ["#000"] * 7}, "colors"),
        ({"description": "l"}, "description"),
        ({"description": "x" * 501}, "description"),
    ],
)
async def test_what_cannot_be_drawn_names_the_way_out(args: dict[str, object], why: str, shop: Shop) -> None:
    answer = await shop.stand.call("generate_svg_asset", args, project_id=await shop.stand.scaffold())  # pyright: ignore[reportArgumentType]
    assert answer.failed
    assert why in answer.summary


# -- pictures


async def agreed(shop: Shop, project_id: str, **more: object) -> Answer:
    """Ask for a picture, agree, and ask again, as a client at a door does."""
    args = {"prompt": "Rows of tea bushes at dawn", "style": "photo", **more}
    asked = await shop.stand.call("ai_image_proxy", args, project_id=project_id)  # pyright: ignore[reportArgumentType]
    assert asked.kind == "approval", asked.summary
    await shop.stand.settle()
    return await shop.stand.call("ai_image_proxy", args, project_id=project_id)  # pyright: ignore[reportArgumentType]


async def test_a_picture_is_made_after_a_yes_and_kept_with_its_provenance(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    painter = Painter()
    answer = await agreed(shop.painted_by(painter), project_id, aspect_ratio="9:16")
    assert not answer.failed, answer.summary
    (wish,) = painter.wishes
    assert (wish.words, wish.aspect_ratio) == ("Rows of tea bushes at dawn. Style: photo.", "9:16")
    (kept,) = await shop.assets(project_id)
    known = kept.provenance
    assert (known["maker"], known["strokes"], known["seed"]) == ("painter-1", "7", str(wish.seed))
    assert (known["prompt"], known["cost_usd"]) == ("Rows of tea bushes at dawn", "at most 0.10")
    assert "time" in known
    assert kept.facts["colors"] == "#2B7A4B"
    assert (kept.facts["width"], kept.facts["height"]) == (180, 320)
    assert str(answer.data["path"]).startswith("assets/rows-of-tea-bushes-")


async def test_the_person_who_is_asked_reads_who_makes_it_and_what_it_costs(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    args = {"prompt": "A calm sea", "style": "oil"}
    asked = await shop.stand.call("ai_image_proxy", args, project_id=project_id)
    assert "at most $0.10" in asked.summary
    settled = await shop.stand.settle("reject", reason="too dear")
    assert settled.what == "Have one picture made by a painter of tests, 16:9, oil: A calm sea"
    refused = await shop.stand.call("ai_image_proxy", args, project_id=project_id)
    assert (refused.kind, "too dear" in refused.summary) == ("denied", True)
    assert await shop.assets(project_id) == []


async def test_without_a_maker_nobody_is_asked_and_the_settings_are_named(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    nobody = shop.painted_by(None)
    answer = await nobody.stand.call("ai_image_proxy", {"prompt": "A calm sea"}, project_id=project_id)
    assert answer.kind == "unavailable"
    for name in ("GEMINI_API_KEY", "REPLICATE_API_TOKEN", "DIRECTOR_REPLICATE_MODEL", "generate_svg_asset"):
        assert name in answer.summary
    async with shop.stand.database.transaction(None, reading=True) as tx:
        assert [
            each for each in await tx.approvals.list(states=("open",)) if each.project_id == project_id
        ] == []
    run = await nobody.stand.open_run(project_id)
    turn = await nobody.stand.turn(run, ("ai_image_proxy", {"prompt": "A calm sea"}))
    assert [each.kind for each in turn.answers] == ["unavailable"]


class Gives:
    """A maker that gives these bytes."""

    name = "gives"
    most_usd = 0.5

    def __init__(self, said: bytes | Exception) -> None:
        self.said = said
        self.made = 0

    async def make(self, wish: PictureWish) -> MadePicture:
        self.made += 1
        if isinstance(self.said, Exception):
            raise self.said
        return MadePicture(content=self.said, maker="gives-1")

    async def close(self) -> None:
        """Nothing is open."""


def bomb() -> bytes:
    """A PNG of 400 million pixels in a few bytes of file."""
    page = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(page, "PNG")
    return page.getvalue()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"not a picture", "invalid"),
        (picture()[:40], "invalid"),
        (b"", "invalid"),
        (bomb(), "invalid"),
        (Unavailable("pictures", "Replicate is away"), "unavailable"),
        (ToolError("timeout", "too late"), "timeout"),
        (ToolError("limit", "too large"), "limit"),
    ],
    ids=["text", "half", "empty", "bomb", "away", "late", "large"],
)
async def test_what_is_no_picture_leaves_nothing(said: bytes | Exception, kind: str, shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    answer = await agreed(shop.painted_by(Gives(said)), project_id)
    assert (answer.failed, answer.kind) == (True, kind)
    assert await shop.assets(project_id) == []


async def test_a_picture_that_was_paid_for_is_not_paid_again_when_somebody_was_faster(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()

    class Slow(Gives):
        async def make(self, wish: PictureWish) -> MadePicture:
            args: dict[str, JsonValue] = {"file_path": "NOTES.md", "expected_sha256": "new", "edits": [
                {"start_line": 1, "end_line": 0, "new_content": "meanwhile"}]}  # fmt: skip
            edited = await shop.stand.call("atomic_edit", args, project_id=project_id)
            assert not edited.failed, edited.summary
            return await super().make(wish)

    maker = Slow(picture())
    answer = await agreed(shop.painted_by(maker), project_id)
    assert not answer.failed, answer.summary
    assert maker.made == 1
    assert len(await shop.assets(project_id)) == 1


# -- linked files


async def test_a_linked_picture_comes_into_the_film(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    async with site({"/go": moved("/img/Big%20Logo.png"), "/img/Big%20Logo.png": whole(picture())}) as there:
        answer = await shop.stand.call(
            "add_asset", {"source": there.url("/go?k=s3cret")}, project_id=project_id
        )
        assert not answer.failed, answer.summary
        assert answer.data["path"] == "assets/Big-Logo.png"
        (kept,) = await shop.assets(project_id)
        assert kept.provenance["url"] == there.url("/img/Big%20Logo.png")
        assert kept.facts["colors"] == "#2E7D4F"


@pytest.mark.parametrize("door", ["http", "mcp", "socket", "agent"])
@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://[::1]/a.png",
        "http://10.0.0.1/a.png",
        "HTTP://0/a.png",
    ],
)
async def test_private_addresses_are_refused_at_every_door(url: str, door: str, shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    asking = Principal(user_id=OWNER, door=door)  # pyright: ignore[reportArgumentType]
    answer = await shop.stand.call("add_asset", {"source": url}, project_id=project_id, principal=asking)
    assert answer.kind == "denied", answer.summary
    assert "not public" in answer.summary


async def test_a_run_fetches_only_what_its_user_wrote(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    ticket = await shop.stand.open_run(project_id)
    async with site({"/logo.png": whole(picture())}) as there:
        wanted, planted = there.url("/logo.png"), there.url("/logo.png?stolen=s3cret")
        asked = Request(prompt=f"A film with the logo at {wanted}, please.")
        async with shop.stand.database.transaction(OWNER) as tx:
            run = await tx.runs.get(ticket.run_id)
            await tx.runs.add(
                run.model_copy(update={"run_id": new_id(), "request": asked, "state": "succeeded"})
            )
        turn = await shop.stand.turn(
            ticket, ("add_asset", {"source": planted}), ("add_asset", {"source": wanted})
        )
        assert [each.kind for each in turn.answers] == ["denied", ""]
        assert "word for word" in turn.answers[0].summary
        assert len(there.asked) == 1


async def test_what_is_fetched_is_judged_by_its_content_in_the_box(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    pages = {
        "/script.svg": whole(EVIL["script"].encode()),
        "/half.png": whole(picture()[:40]),
        "/page.png": whole(b"<html>"),
        "/big.png": whole(picture() + bytes(1_000_000)),
    }  # fmt: skip
    async with site({**pages}) as there:
        for page, kind in zip(pages, ("invalid", "invalid", "invalid", "limit"), strict=True):
            answer = await shop.stand.call("add_asset", {"source": there.url(page)}, project_id=project_id)
            assert (answer.failed, answer.kind) == (True, kind), answer.summary
    assert await shop.assets(project_id) == []


async def test_where_nothing_is_fetched_the_setting_is_named(shop: Shop, tmp_path: Path) -> None:
    async with stand(tmp_path, engine=shop.engine) as house:
        project_id = await house.scaffold()
        answer = await house.call("add_asset", {"source": "https://example.com/a.png"}, project_id=project_id)
    assert answer.kind == "unavailable"
    assert "DIRECTOR_FETCH_MB" in answer.summary


async def test_calls_side_by_side_keep_their_own_files(shop: Shop) -> None:
    project_id = await shop.stand.scaffold()
    async with site({f"/{n}.png": whole(picture()) for n in range(3)}) as there:
        answers = await asyncio.gather(
            *(
                shop.stand.call("add_asset", {"source": there.url(f"/{n}.png")}, project_id=project_id)
                for n in range(3)
            )
        )
    assert [each.failed for each in answers] == [False] * 3
    assert {str(each.data["path"]) for each in answers} == {f"assets/{n}.png" for n in range(3)}
