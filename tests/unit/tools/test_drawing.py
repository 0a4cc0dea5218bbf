"""Drawings: safe, proved to draw, kept with who drew them; bad ones leave nothing."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from PIL import Image
from pydantic import JsonValue

from domain.errors import ToolError, Unavailable
from domain.event import Notice
from domain.project import Asset
from providers.symbols import Symbols
from tests.stands import OWNER
from tests.unit.tools.shop import HEAD, SCRIPT, Draws, Shop, opened
from tools.builtin.generate_svg_asset import in_one_color

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEA: dict[str, JsonValue] = {"description": "a tea leaf", "colors": ["#0F7A5C"]}
GOOD = f'{HEAD}<circle cx="12" cy="12" r="9" fill="#111111"/></svg>'


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Shop]:
    async with opened(tmp_path_factory.mktemp("making")) as made:
        yield made


async def content(shop: Shop, asset: Asset) -> str:
    return (await shop.stand.blobs.get(asset.sha256)).decode()


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


@pytest.mark.parametrize(("paint", "pale"), [("#101418", False), ("#FFF6D8", True)], ids=["dark", "pale"])
async def test_whoever_orders_a_drawing_sees_it_on_a_ground_that_shows_it(
    paint: str, pale: bool, shop: Shop
) -> None:
    project_id = await shop.stand.scaffold()
    svg = f'{HEAD}<circle cx="12" cy="12" r="9" fill="{paint}"/></svg>'
    answer = await shop.drawn_by(Draws(svg)).stand.call("generate_svg_asset", TEA, project_id=project_id)
    (shown,) = answer.images
    assert shown.media_type == "image/jpeg"
    with Image.open(io.BytesIO(await shop.stand.blobs.get(shown.sha256))) as small:
        middle, corner = (small.convert("L").getpixel(at) for at in ((192, 192), (3, 3)))
    assert (small.format, small.size) == ("JPEG", (384, 384))
    assert isinstance(middle, int) and isinstance(corner, int)  # noqa: PT018 - one thing is told: a gray
    assert (middle - corner > 100) is pale
    assert abs(middle - corner) > 100


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
    "script": SCRIPT,
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
    assert (better.usage.prompt_tokens, better.usage.cost_usd) == (20, 0.0246), "both tries count"
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
