"""Linked files: fetched from public addresses, judged by their content in the box."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from domain.account import Principal
from domain.nouns import new_id
from domain.run import Request
from tests.contracts.test_every_tool import picture
from tests.stands import OWNER, stand
from tests.unit.tools.shop import SCRIPT, Shop, opened
from tests.web.server import moved, site, whole

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Shop]:
    async with opened(tmp_path_factory.mktemp("making")) as made:
        yield made


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
        "/script.svg": whole(SCRIPT.encode()),
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
