"""Uploads: known by their content, kept as the sandbox wrote them, refused before they cost anything."""

import io
import struct
import wave
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from api.house import Bounds
from render.engine import BoxEngine, EngineConfig
from sandbox.backends import bubblewrap
from tests.doors import Open, opened

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">'
    b'<rect width="20" height="10" fill="#0a0"/></svg>'
)
EVIL_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script>'
    b'<rect width="9" height="9" onload="alert(2)"/></svg>'
)


def png(width: int = 8, height: int = 6) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (width, height), "#2b7a4b").save(held, "PNG", pnginfo=None)
    return held.getvalue()


def wav() -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(b"\x10\x20" * 4_000)
    return held.getvalue()


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    """An installation that can decode."""
    box = bubblewrap.create(bubblewrap.BubblewrapConfig())
    engine = BoxEngine(box, EngineConfig(folder=tmp_path / "engine", cpus=1, warm=1))
    async with opened(tmp_path, engine=engine, bounds=Bounds(upload_bytes=2 * 2**20)) as made:
        yield made
    await engine.close()


@pytest.fixture
async def plain(tmp_path: Path) -> AsyncGenerator[Open]:
    """An installation without a sandbox: what is refused before decoding needs none."""
    async with opened(tmp_path, bounds=Bounds(upload_bytes=100_000)) as made:
        yield made


async def send(client: httpx.AsyncClient, name: str, content: bytes, **fields: str) -> httpx.Response:
    return await client.post("/api/assets/upload", files={"file": (name, content)}, data=fields)


def leftovers(doors: Open) -> list[Path]:
    return list(doors.house.uploads.glob("*")) if doors.house.uploads.exists() else []


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("logo.png", png(), "image"),
        ("logo.svg", SVG, "svg"),
        ("chime.wav", wav(), "audio"),
        ("photo", png(), "image"),
    ],
)
async def test_what_is_taken_in_is_decoded_and_written_anew(
    doors: Open, name: str, content: bytes, kind: str
) -> None:
    client = doors.client()
    answer = await send(client, name, content)
    assert answer.status_code == 201, answer.text
    asset = answer.json()
    assert (asset["kind"], asset["name"]) == (kind, name)
    kept = await client.get(asset["links"]["content"])
    assert kept.status_code == 200
    assert len(kept.content) == asset["bytes"]
    assert kept.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in kept.headers["content-security-policy"]
    assert leftovers(doors) == []
    assert [each["asset_id"] for each in (await client.get("/api/assets")).json()["items"]] == [
        asset["asset_id"]
    ]


async def test_what_a_stranger_hid_in_a_file_is_gone(doors: Open) -> None:
    client = doors.client()
    hidden = png() + b"<?php secret ?>" + b"PK\x03\x04hidden"
    asset = (await send(client, "a.png", hidden)).json()
    assert b"secret" not in (await client.get(asset["links"]["content"])).content
    drawn = await send(client, "a.svg", EVIL_SVG)
    if drawn.status_code == 201:
        kept = (await client.get(drawn.json()["links"]["content"])).content
        assert b"script" not in kept
        assert b"alert" not in kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.png", png()[:40]),
        ("broken.wav", wav()[:20]),
        ("bomb.svg", b'<svg xmlns="x"><!ENTITY a "b">' + b"<g>" * 5_000),
        ("font.ttf", b"\x00\x01\x00\x00\x00\x09" + bytes(200)),
    ],
)
async def test_a_broken_file_is_refused_and_leaves_nothing(doors: Open, name: str, content: bytes) -> None:
    answer = await send(doors.client(), name, content)
    assert answer.status_code in (413, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert leftovers(doors) == []
    assert (await doors.client().get("/api/assets")).json()["items"] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", b"MZ\x90\x00" + bytes(300)),
        ("logo.png", b"#!/bin/sh\nrm -rf /\n"),
        ("clip.mp4", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/secret\n"),
        ("logo.png", b"<html><script>1</script></html>"),
        ("logo.svg", b"<html><svg xmlns='http://www.w3.org/2000/svg'></svg></html>"),
        ("photo.heic", struct.pack(">I4s4s", 20, b"ftyp", b"heic") + bytes(100)),
        ("a.gif", b"GIF89a" + bytes(100)),
        ("a.zip", b"PK\x03\x04" + bytes(100)),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
        ("a.png", b"\x00" * 64),
    ],
)
async def test_what_is_no_media_is_refused_whatever_it_is_called(
    plain: Open, name: str, content: bytes
) -> None:
    answer = await send(plain.client(), name, content)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_media")
    assert name in answer.json()["detail"]
    assert leftovers(plain) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\a\\logo.png", "logo.png"),
        ("/abs/olute.png", "olute.png"),
        ("..", "asset"),
        ("new\nline.png", "newline.png"),
        ("rtl‮gnp.exe.png", "rtlgnp.exe.png"),
        ("x" * 300 + ".png", "x" * 96 + ".png"),
        ("شاي نور.png", "شاي نور.png"),
        ("-rf.png", "-rf.png"),
    ],
)
async def test_a_name_is_only_a_name(doors: Open, given: str, kept: str) -> None:
    boundary = b"edge"
    quoted = given.replace("\\", "\\\\").replace("\n", "%0A") if "\\" in given else given.replace("\n", "")
    body = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="'
        + quoted.encode()
        + b'"\r\n\r\n'
        + png()
        + b"\r\n--edge--\r\n"
    )
    headers = {"content-type": f"multipart/form-data; boundary={boundary.decode()}"}
    answer = await doors.client().post("/api/assets/upload", content=body, headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.json()["name"] == kept


async def test_an_upload_that_is_too_large_is_refused_by_its_length_and_by_its_bytes(plain: Open) -> None:
    client = plain.client()
    large = await send(client, "a.png", png() + bytes(400_000))
    assert (large.status_code, large.json()["code"]) == (413, "upload_too_large")

    async def endless() -> AsyncGenerator[bytes]:
        yield b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
        for _ in range(50):
            yield bytes(10_000)

    headers = {"content-type": "multipart/form-data; boundary=edge"}
    counted = await client.post("/api/assets/upload", content=endless(), headers=headers)
    assert (counted.status_code, counted.json()["code"]) == (413, "upload_too_large")
    assert leftovers(plain) == []


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{}", "application/json", "no_form"),
        (b"", "multipart/form-data", "no_form"),
        (b"nonsense", "multipart/form-data; boundary=edge", "bad_form"),
        (b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf",
         "multipart/form-data; boundary=edge", "bad_form"),
        (b"--edge\r\nContent-Disposition: form-data; name=\"project_id\"\r\n\r\nx\r\n--edge--\r\n",
         "multipart/form-data; boundary=edge", "no_file"),
        (b"--edge\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"a\"\r\n\r\nx\r\n--edge--\r\n",
         "multipart/form-data; boundary=edge", "no_file"),
        (b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n\r\n--edge--\r\n",
         "multipart/form-data; boundary=edge", "empty_file"),
    ],
)  # fmt: skip
async def test_a_form_that_is_none_is_refused(plain: Open, body: bytes, kind: str, code: str) -> None:
    answer = await plain.client().post("/api/assets/upload", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] == code
    assert leftovers(plain) == []


async def test_unknown_fields_and_strangers_projects_are_refused(plain: Open) -> None:
    client = plain.client()
    unknown = await send(client, "a.png", png(), colour="red")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_field")
    missing = await send(client, "a.png", png(), project_id="nope")
    assert (missing.status_code, missing.json()["code"]) == (404, "project_not_found")


async def test_without_a_sandbox_nothing_is_decoded(plain: Open) -> None:
    answer = await send(plain.client(), "a.png", png())
    assert (answer.status_code, answer.json()["code"]) == (503, "sandbox_unavailable")
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["retryable"] is True
    assert "install" in answer.json()["detail"]
    assert leftovers(plain) == []


async def test_an_asset_is_its_owners_and_can_be_forgotten(doors: Open) -> None:
    ada, eve = doors.client(key=await doors.key("ada")), doors.client(key=await doors.key("eve"))
    asset = (await send(ada, "logo.png", png())).json()
    for path in (asset["links"]["asset"], asset["links"]["content"]):
        answer = await eve.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "asset_not_found")
    assert (await eve.delete(asset["links"]["asset"])).status_code == 404
    prompt = {"prompt": "A film", "assets": [asset["asset_id"]]}
    assert (await eve.post("/api/generate/start", json=prompt)).status_code == 404
    assert (await ada.post("/api/generate/start", json=prompt)).status_code == 202
    assert (await ada.delete(asset["links"]["asset"])).status_code == 204
    assert (await ada.get(asset["links"]["asset"])).status_code == 404
