"""Assets by their address: the same guard as for the director, and the same box."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from providers.web.config import FetchConfig
from providers.web.fetch import WebFetcher
from providers.web.guard import Guard
from tests.contracts.test_every_tool import picture
from tests.doors import Open, opened
from tests.stands import drawing
from tests.web.server import LOOPBACK, site, whole


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    """An installation that can decode, and may fetch from this machine."""
    config = FetchConfig(folder=tmp_path / "fetched", largest=500_000, total_s=5)
    fetcher = WebFetcher(config, Guard(permitted=LOOPBACK, ports=None))
    async with drawing(tmp_path) as engine, opened(tmp_path, engine=engine, fetcher=fetcher) as made:
        yield made


async def test_a_link_becomes_an_asset_as_an_upload_does(doors: Open) -> None:
    client = doors.client()
    project_id = await doors.stand.scaffold()
    async with site({"/logo.png": whole(picture())}) as there:
        body = {"url": there.url("/logo.png?key=s3cret"), "project_id": project_id}
        stranger = await client.post("/api/assets/fetch", json={**body, "project_id": "nobody's"})
        assert stranger.status_code == 404
        answer = await doors.client(key=await doors.key("ada")).post("/api/assets/fetch", json=body)
    assert answer.status_code == 201, answer.text
    asset = answer.json()
    assert (asset["name"], asset["kind"], asset["project_id"]) == ("logo.png", "image", project_id)
    assert "s3cret" not in answer.text


async def test_links_that_may_not_be_fetched_are_problems_with_a_way_out(doors: Open, tmp_path: Path) -> None:
    client = doors.client()
    async with site({"/page": whole(b"<html>"), "/big.png": whole(picture() + bytes(600_000))}) as there:
        for url, status, code in (
            ("http://169.254.169.254/", 403, "url_refused"),
            ("file:///etc/passwd", 422, "url_wrong"),
            (there.url("/page"), 422, "unknown_media"),
            (there.url("/gone"), 422, "url_answers"),
            (there.url("/big.png"), 413, "too_large"),
        ):
            answer = await client.post("/api/assets/fetch", json={"url": url})
            assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    for body in ({}, {"url": ""}, {"url": 7}, {"url": "https://x.example", "more": 1}, {"url": "x" * 3_000}):
        assert (await client.post("/api/assets/fetch", json=body)).status_code == 422
    assert (await client.get("/api/assets")).json()["items"] == []
    assert list((tmp_path / "fetched").iterdir()) == []


async def test_a_reader_may_not_bring_links_and_a_house_may_switch_them_off(tmp_path: Path) -> None:
    async with opened(tmp_path) as made:
        reader = made.client(key=await made.key("ada", scopes=("read",)))
        assert (await reader.post("/api/assets/fetch", json={"url": "https://x.example"})).status_code == 403
        writer = made.client(key=await made.key("ada"))
        off = await writer.post("/api/assets/fetch", json={"url": "https://x.example"})
        assert off.status_code == 503
        assert "DIRECTOR_FETCH_MB" in off.text
