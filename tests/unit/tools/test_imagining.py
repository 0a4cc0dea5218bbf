"""Pictures that are made for money: after a yes, once, kept with their provenance."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from PIL import Image
from pydantic import JsonValue

from domain.errors import ToolError, Unavailable
from domain.imagery import MadePicture, PictureWish
from tests.contracts.test_every_tool import picture
from tests.stands import Painter
from tests.unit.tools.shop import Shop, opened
from tools.answer import Answer

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Shop]:
    async with opened(tmp_path_factory.mktemp("making")) as made:
        yield made


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
    (shown,) = answer.images
    with Image.open(io.BytesIO(await shop.stand.blobs.get(shown.sha256))) as small:
        assert (small.format, small.size) == ("JPEG", (180, 320))


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


def dear(*seas: str) -> list[tuple[str, dict[str, JsonValue]]]:
    """Calls for pictures of seas."""
    return [("ai_image_proxy", {"prompt": f"A {sea} sea at noon"}) for sea in seas]


async def made_in_a_run(shop: Shop, left_usd: float, *seas: str) -> list[Answer]:
    """Have pictures made in one turn of a run that may still spend so much; a person says yes to each."""
    run = (await shop.stand.open_run(await shop.stand.scaffold())).model_copy(update={"left_usd": left_usd})
    turn = await shop.stand.turn(run, *dear(*seas))
    while turn.parked:
        await shop.stand.settle()
        turn = await shop.stand.turn(run, *dear(*seas))
    return list(turn.answers)


async def test_what_a_picture_costs_counts_for_its_run(shop: Shop) -> None:
    painter = Painter()
    answers = await made_in_a_run(shop.painted_by(painter), 1, "calm", "rough")
    assert [(each.failed, each.usage.cost_usd) for each in answers] == [(False, 0.1), (False, 0.1)]


async def test_pictures_that_a_run_cannot_pay_are_not_made_and_nobody_is_asked(shop: Shop) -> None:
    painter = Painter()
    seas = ("calm", "rough", "black")
    answers = await made_in_a_run(shop.painted_by(painter), 0.25, *seas)
    assert [each.kind for each in answers] == ["", "", "limit"]
    assert "costs at most $0.10, and this run may spend $0.05 more" in answers[2].summary
    assert "DIRECTOR_RUN_COST_USD" in answers[2].summary
    assert len(painter.wishes) == 2
    async with shop.stand.database.transaction(None, reading=True) as tx:
        assert [each for each in await tx.approvals.list(states=("open",)) if "black" in each.what] == []


@pytest.mark.parametrize(
    ("said", "cost_usd"),
    [
        (b"not a picture", 0.5),
        (ToolError("timeout", "too late"), 0.5),
        (Unavailable("pictures", "Replicate is away"), 0),
    ],
    ids=["text", "late", "away"],
)
async def test_a_picture_that_came_to_nothing_counts_where_it_may_have_been_paid(
    said: bytes | Exception, cost_usd: float, shop: Shop
) -> None:
    (answer,) = await made_in_a_run(shop.painted_by(Gives(said)), 1, "calm")
    assert (answer.failed, answer.usage.cost_usd) == (True, cost_usd)


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
    assert answer.usage.cost_usd == maker.most_usd
    assert len(await shop.assets(project_id)) == 1
