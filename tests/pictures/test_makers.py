"""What every maker of pictures promises, over the real SDKs against servers that speak their protocols."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from domain.errors import ToolError, Unavailable, UserError
from domain.imagery import PictureMaker, PictureWish
from providers.gemini import GeminiPictures
from providers.gemini.config import GeminiConfig
from providers.replicate import Replicate
from providers.replicate.config import ReplicateConfig
from providers.replicate.wishes import inputs, sides
from providers.web.config import FetchConfig
from providers.web.fetch import WebFetcher
from providers.web.guard import Guard
from tests.contracts.test_every_tool import picture
from tests.pictures.wires import (
    GEMINI_MODEL,
    KEY,
    MODEL,
    SCHEMA,
    VERSION,
    Studio,
    Wire,
    failed,
    gemini,
    painted,
    spoken,
    told,
    wire,
)  # fmt: skip
from tests.web.server import LOOPBACK, Answer, Site, site, whole

PNG = picture()
WISH = PictureWish(prompt="A tea field at dawn.", aspect_ratio="16:9", style="photo", seed=7)


@dataclass
class Maker:
    """A maker and the servers behind it."""

    make: PictureMaker
    wire: Wire
    files: Site
    """Where Replicate keeps what it made; empty for Gemini."""


Opening = Callable[..., AbstractAsyncContextManager[Maker]]


@asynccontextmanager
async def by_gemini(
    *answers: Any, key: str = KEY, model: str = GEMINI_MODEL, seconds: float = 5
) -> AsyncGenerator[Maker]:
    """Gemini, which says these answers."""
    async with wire(gemini(*answers)) as server:
        config = GeminiConfig(
            api_key=SecretStr(key), model=model, base_url=server.address, read_timeout_s=seconds, attempts=3,
            first_pause_s=0.01, named_by="DIRECTOR_GEMINI_PICTURES",
        )  # fmt: skip
        made = GeminiPictures(config, 0.1)
        try:
            yield Maker(made, server, Site({}))
        finally:
            await made.close()


@asynccontextmanager
async def by_replicate(
    folder: Path, studio: Studio | None = None, *, pages: dict[str, Answer] | None = None, key: str = KEY,
    model: str = MODEL, seconds: float = 5,
) -> AsyncGenerator[Maker]:  # fmt: skip
    """Replicate, whose pictures lie on a server of their own."""
    async with site(pages or {"/out.png": whole(PNG)}) as files:
        made_here = studio or Studio([files.url("/out.png?signature=s3cret")])
        if made_here.output == "HERE":
            made_here.output = files.url("/out.png?signature=s3cret")
        async with wire(made_here) as server:
            config = ReplicateConfig(
                api_token=SecretStr(key), model=model, base_url=server.address, seconds=seconds, poll_s=0.01
            )
            fetching = FetchConfig(folder=folder / "passing", largest=2_000_000, read_s=2, total_s=20)
            made = Replicate(config, WebFetcher(fetching, Guard(permitted=LOOPBACK, ports=None)))
            try:
                yield Maker(made, server, files)
            finally:
                await made.close()


# -- what both promise


@pytest.fixture(params=["gemini", "replicate"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    """Each way to a picture, when all goes well."""
    if request.param == "gemini":
        return partial(by_gemini, painted(PNG))
    return partial(by_replicate, tmp_path)


async def test_a_picture_comes_with_who_made_it_and_no_address(opening: Opening) -> None:
    async with opening() as shop:
        made = await shop.make.make(WISH)
        assert shop.wire.refused == []
        assert made.content == PNG
        assert made.maker in (GEMINI_MODEL, MODEL)
        assert made.maker in shop.make.name
        assert made.facts in ({"tokens": "1299"}, {"prediction": "p1", "seconds": "1.2"})
        said = made.model_dump_json(exclude={"content"})
        assert "http" not in said
        assert "s3cret" not in said
        words = str([each.body for each in shop.wire.asked])
        assert "A tea field at dawn. Style: photo." in words
        assert "'seed': 7" in words


async def test_a_refused_key_names_its_setting(opening: Opening) -> None:
    async with opening(key="wrong") as shop:
        with pytest.raises(UserError, match=r"Set (GEMINI_API_KEY|REPLICATE_API_TOKEN) to") as refused:
            await shop.make.make(WISH)
        assert "wrong" not in refused.value.message


async def test_an_unknown_model_names_its_setting(tmp_path: Path) -> None:
    async with by_gemini(model="nobody") as shop:
        with pytest.raises(UserError, match="Set DIRECTOR_GEMINI_PICTURES to"):
            await shop.make.make(WISH)
    async with by_replicate(tmp_path, model="nobody/nothing") as shop:
        with pytest.raises(UserError, match="Set DIRECTOR_REPLICATE_MODEL to"):
            await shop.make.make(WISH)


async def test_makers_that_nobody_listens_to_are_away(tmp_path: Path) -> None:
    async with by_gemini() as gone, by_replicate(tmp_path) as gone_too:
        pass
    for shop in (gone, gone_too):
        with pytest.raises((ToolError, Unavailable), match="away"):
            await shop.make.make(WISH)


async def stays_silent(writer: asyncio.StreamWriter) -> None:
    """No word."""
    await asyncio.sleep(60)


def heavy(body: bytes) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
    """A hundred megabytes after a head."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + body)
        for _ in range(1_600):
            writer.write(b"A" * 65_536)
            await writer.drain()

    return write


# -- Gemini


async def test_gemini_is_asked_for_the_shape_that_is_wanted() -> None:
    async with by_gemini(painted(PNG)) as shop:
        await shop.make.make(WISH.model_copy(update={"aspect_ratio": "9:16", "style": ""}))
        (asked,) = shop.wire.asked
        assert asked.body["generationConfig"]["imageConfig"] == {"aspectRatio": "9:16"}
        assert asked.body["contents"][0]["parts"] == [{"text": "A tea field at dawn."}]


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (spoken("I cannot draw that."), "invalid", "words \\('I cannot draw that.'\\)"),
        (spoken("", "IMAGE_SAFETY"), "invalid", "nothing \\(IMAGE_SAFETY\\)"),
        ({"promptFeedback": {"blockReason": "SAFETY"}}, "invalid", "refuses this prompt \\(SAFETY\\)"),
        ({"candidates": []}, "invalid", "nothing"),
        (painted(b"GIF89a" + bytes(50), "image/gif"), "invalid", "sent image/gif that is no PNG"),
        (painted(b"<html>no</html>", "image/png"), "invalid", "no PNG, JPEG or WebP"),
        (painted(b"%PDF-1.7" + bytes(50), "application/pdf"), "invalid", "application/pdf"),
        (stays_silent, "timeout", "made no picture in 1 s"),
        (heavy(b'{"candidates": [{"content": {"parts": [{"inlineData": {"data": "'), "limit", "too large"),
        (whole(b"not json at all"), "unavailable", "cannot be read"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{", "unavailable", "away"),
        (failed(500, "INTERNAL", "An internal error has occurred."), "unavailable", "500"),
    ],
    ids=["words", "unsafe", "blocked", "none", "gif", "html", "pdf", "late", "100MB", "noise", "torn", "500"],
)
async def test_what_gemini_sends_in_place_of_a_picture_is_said(answer: Any, kind: str, why: str) -> None:
    async with by_gemini(answer, seconds=1 if kind == "timeout" else 40) as shop:
        with pytest.raises(ToolError, match=why) as refused:
            await shop.make.make(WISH)
        assert refused.value.kind == kind
        assert len(shop.wire.asked) == 1  # it may have cost something: never asked again by itself


async def test_gemini_is_asked_again_only_when_nothing_was_made() -> None:
    full = failed(429, "RESOURCE_EXHAUSTED", "Slow down.", "Retry-After: 0")
    async with by_gemini(full, failed(503, "UNAVAILABLE", "Later."), painted(PNG)) as shop:
        assert (await shop.make.make(WISH)).content == PNG
        assert len(shop.wire.asked) == 3
    async with by_gemini(full, full, full, full) as shop:
        with pytest.raises(Unavailable, match="429"):
            await shop.make.make(WISH)


# -- Replicate


async def test_replicate_is_asked_with_the_inputs_that_its_model_has(tmp_path: Path) -> None:
    async with by_replicate(tmp_path) as shop:
        await shop.make.make(WISH)
        created = next(each for each in shop.wire.asked if each.method == "POST")
        assert created.path == f"/v1/models/{MODEL}/predictions"
        assert created.body["input"] == {
            "prompt": "A tea field at dawn. Style: photo.",
            "seed": 7,
            "aspect_ratio": "16:9",
            "num_outputs": 1,
            "output_format": "png",
        }
        assert "authorization" not in shop.files.asked[0].lower()  # the token goes to Replicate alone
    assert list((tmp_path / "passing").iterdir()) == []


@pytest.mark.parametrize("model", [MODEL, f"{MODEL}:{VERSION}"])
async def test_a_model_without_an_address_of_its_own_is_run_by_its_version(
    model: str, tmp_path: Path
) -> None:
    async with by_replicate(tmp_path, Studio("HERE", official=False), model=model) as shop:
        assert (await shop.make.make(WISH)).content == PNG
        assert shop.wire.refused == []


async def test_a_model_that_tells_no_schema_is_given_the_prompt_alone(tmp_path: Path) -> None:
    async with by_replicate(tmp_path, Studio("HERE", schema=None)) as shop:
        assert (await shop.make.make(WISH)).content == PNG
        created = next(each for each in shop.wire.asked if each.method == "POST")
        assert list(created.body["input"]) == ["prompt"]


GONE = whole(b"", status="404 Not Found")
BAD_PROMPT = told({"detail": "prompt is bad"}, "422 No")


def in_place(content: bytes) -> str:
    """A file as some models give it: in the answer itself."""
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize("shape", ["text", "list", "fields", "data"])
async def test_every_shape_of_output_is_understood(shape: str, tmp_path: Path) -> None:
    async with by_replicate(tmp_path) as shop:
        there = shop.files.url("/out.png")
        studio = Studio(
            {
                "text": there,
                "list": [there, there],
                "fields": {"image": there, "seed": 3},
                "data": in_place(PNG),
            }[shape]
        )
        shop.wire.answer = studio(shop.wire)
        assert (await shop.make.make(WISH)).content == PNG


@pytest.mark.parametrize(
    ("studio", "pages", "kind", "why"),
    [
        (Studio("a poem about tea"), None, "invalid", "str in place of a file"),
        (Studio(None), None, "invalid", "NoneType in place"),
        (Studio(7.5), None, "invalid", "float in place"),
        (Studio("data:image/png;base64,%%%"), None, "invalid", "data that cannot be read"),
        (Studio(in_place(b"hello" * 99)), None, "invalid", "no PNG"),
        (Studio("file:///etc/passwd"), None, "invalid", "str in place of a file"),
        (Studio("HERE"), {"/out.png": whole(b"RIFF\0\0\0\0WAVEfmt ")}, "invalid", "of the kind audio"),
        (Studio("HERE"), {"/out.png": whole(b"<html>expired</html>")}, "unavailable", "unknown_media"),
        (Studio("HERE"), {"/out.png": GONE}, "unavailable", "for a short while only"),
        (Studio("HERE"), {"/out.png": whole(b"", status="403 Forbidden")}, "unavailable", "url_answers"),
        (Studio("HERE"), {"/out.png": heavy(PNG)}, "limit", "too large"),
        (Studio("HERE"), {"/out.png": stays_silent}, "unavailable", "url_slow"),
        (Studio("http://10.0.0.1/out.png"), None, "unavailable", "url_refused"),
        (Studio("HERE", end="failed", error="CUDA out of memory"), None, "invalid", "CUDA out of memory"),
        (Studio("HERE", end="canceled"), None, "invalid", "canceled"),
        (Studio("HERE", created=BAD_PROMPT), None, "invalid", "prompt is bad"),
        (Studio("HERE", created=stays_silent), None, "timeout", "called off"),
        (Studio("HERE", created=heavy(b'{"id": "')), None, "limit", "too large"),
    ],
    ids=[
        "words",
        "nothing",
        "number",
        "bad data",
        "no picture",
        "file",
        "sound",
        "page",
        "expired",
        "forbidden",
        "100MB",
        "slow",
        "private",
        "failed",
        "cancelled",
        "refused",
        "late",
        "100MB answer",
    ],
)
async def test_what_replicate_gives_in_place_of_a_picture_is_said(
    studio: Studio, pages: dict[str, Answer] | None, kind: str, why: str, tmp_path: Path
) -> None:
    async with by_replicate(tmp_path, studio, pages=pages, seconds=1 if kind == "timeout" else 40) as shop:
        with pytest.raises(ToolError, match=why) as refused:
            await shop.make.make(WISH)
        assert refused.value.kind == kind
        assert "s3cret" not in refused.value.message
        assert "http" not in refused.value.message


@pytest.mark.parametrize(
    ("studio", "why"),
    [
        (Studio("HERE", created=told({"detail": "busy"}, "500 Oh")), "500 busy"),
        (Studio("HERE", created=whole(b"<html>", status="201 Created")), "cannot be read"),
        (Studio("HERE", created=told({"id": 1}, "201 Created")), "cannot be read"),
        (Studio("HERE", stream=None), "cannot be read"),
    ],
    ids=["500", "html", "half", "null"],
)
async def test_replicate_that_cannot_be_understood_is_away(studio: Studio, why: str, tmp_path: Path) -> None:
    async with by_replicate(tmp_path, studio) as shop:
        with pytest.raises(Unavailable, match=why):
            await shop.make.make(WISH)


async def test_a_prediction_that_takes_too_long_is_called_off_there_too(tmp_path: Path) -> None:
    studio = Studio("HERE", looks=10**9)
    async with by_replicate(tmp_path, studio, seconds=0.5) as shop:
        with pytest.raises(ToolError, match="was called off") as refused:
            await shop.make.make(WISH)
        assert refused.value.kind == "timeout"
        assert studio.cancelled.is_set()


async def test_who_says_stop_stops_the_prediction(tmp_path: Path) -> None:
    studio = Studio("HERE", looks=10**9)
    async with by_replicate(tmp_path, studio) as shop:
        task = asyncio.create_task(shop.make.make(WISH))
        await studio.looked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert studio.cancelled.is_set()


def test_a_wish_is_said_in_the_words_of_a_model() -> None:
    wide = WISH.model_copy(update={"aspect_ratio": "4:3"})
    assert inputs(wide, MODEL, SCHEMA)["aspect_ratio"] == "3:2"  # the nearest that it has

    def schema(**fields: Any) -> dict[str, Any]:
        return {"components": {"schemas": {"Input": {"properties": {"prompt": {}, **fields}}}}}

    asked = inputs(WISH, MODEL, schema(width={}, height={}))
    assert (asked["width"], asked["height"]) == (1344, 768) == sides("16:9")
    assert sides("1:1") == (1024, 1024)
    assert inputs(WISH, MODEL, schema(aspect_ratio={"enum": ["square", "16:9"]}))["aspect_ratio"] == "16:9"
    assert inputs(WISH, MODEL, schema(aspect_ratio={"type": "string"}))["aspect_ratio"] == "16:9"
    odd_ones: list[Any] = [None, {}, {"components": 7}, {"components": {"schemas": {"Input": []}}}, "x"]
    for odd in odd_ones:
        assert inputs(WISH, MODEL, odd) == {"prompt": WISH.words}
    music: Any = {"components": {"schemas": {"Input": {"properties": {"melody": {}}}}}}
    with pytest.raises(ToolError, match="takes no prompt but melody"):
        inputs(WISH, MODEL, music)
