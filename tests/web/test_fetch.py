"""Fetching: what is media comes, what is anything else, too much, too slow or elsewhere does not."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import pytest

from domain.errors import Denied, LimitReached, UserError
from providers.web import create
from providers.web.config import FetchConfig
from providers.web.fetch import WebFetcher, next_hop
from providers.web.guard import Guard
from tests.contracts.test_every_tool import picture
from tests.web.server import LOOPBACK, Site, at, moved, site, whole

PNG = picture()
OPEN = Guard(permitted=LOOPBACK, ports=None)


def fetcher(folder: Path, guard: Guard = OPEN, **config: float) -> WebFetcher:
    """A fetcher that takes a megabyte, and waits two seconds for a word."""
    given = {"largest": 1_000_000, "read_s": 2, "total_s": 20, **config}
    return WebFetcher(FetchConfig(folder=folder, **given), guard)  # pyright: ignore[reportArgumentType]


async def refused(url: str, made: WebFetcher) -> UserError:
    """What a fetch is refused with; nothing is left of it."""
    with pytest.raises(UserError) as caught:
        async with made.fetch(url):
            raise AssertionError("it was fetched")
    return caught.value


async def test_a_picture_is_fetched_and_gone_when_the_context_ends(tmp_path: Path) -> None:
    async with (
        site({"/a/logo%20big.png": whole(PNG)}) as shop,
        fetcher(tmp_path).fetch(shop.url("/a/logo%20big.png?token=s3cret#x")) as got,
    ):
        assert (got.kind, got.name, got.bytes) == ("image", "logo big.png", len(PNG))
        assert got.path.read_bytes() == PNG
        assert "s3cret" not in got.url
    assert list(tmp_path.iterdir()) == []
    assert "accept-encoding: identity" in shop.asked[0].lower()
    assert "cookie" not in shop.asked[0].lower()


async def test_what_it_is_says_its_content_and_not_its_name_or_type(tmp_path: Path) -> None:
    pages = {
        "/page.png": whole(b"<!doctype html><p>no", "Content-Type: image/png"),
        "/data": whole(PNG, "Content-Type: text/html"),
        "/empty.png": whole(b""),
    }  # fmt: skip
    async with site({**pages}) as shop:
        for page, why in (("/page.png", "nothing that is taken in"), ("/empty.png", "is empty")):
            error = await refused(shop.url(page), fetcher(tmp_path))
            assert error.code == "unknown_media"
            assert why in error.message
        async with fetcher(tmp_path).fetch(shop.url("/data")) as got:
            assert got.kind == "image"


async def endless(writer: asyncio.StreamWriter) -> None:
    """A picture without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + PNG)
    while True:
        writer.write(bytes(65_536))
        await writer.drain()


async def trickling(writer: asyncio.StreamWriter) -> None:
    """A byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + PNG)
    while True:
        writer.write(b"\0")
        await writer.drain()
        await asyncio.sleep(0.05)


async def silent(writer: asyncio.StreamWriter) -> None:
    """No word."""
    await asyncio.sleep(60)


async def many_headers(writer: asyncio.StreamWriter) -> None:
    """A head without end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: " + b"a" * 8_000 + b"\r\n")
        await writer.drain()


async def endless_page(writer: asyncio.StreamWriter) -> None:
    """A page without end: known for what it is after its first bytes."""
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html>")
    while True:
        writer.write(b"a" * 65_536)
        await writer.drain()


BAD: dict[str, tuple[bytes | Callable[[asyncio.StreamWriter], Awaitable[None]], str]] = {
    "/endless": (endless, "too_large"),
    "/trickling": (trickling, "url_slow"),
    "/silent": (silent, "url_slow"),
    "/headers": (many_headers, "url_unreachable"),
    "/page": (endless_page, "unknown_media"),
    "/claims": (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n" + PNG, "too_large"),
    "/short": (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + PNG, "url_unreachable"),
    "/packed": (whole(PNG, "Content-Encoding: gzip"), "url_packed"),
    "/gone": (whole(b"gone", status="410 Gone"), "url_answers"),
    "/part": (whole(PNG, status="206 Partial Content"), "url_answers"),
    "/noise": (b"\x16\x03\x01 hello", "url_unreachable"),
    "/nothing": (b"", "url_unreachable"),
    "/circle": (moved("/circle"), "url_circles"),
    "/nowhere": (moved("http://["), "url_wrong"),
    "/file": (moved("file:///etc/passwd"), "url_wrong"),
}  # fmt: skip


@pytest.mark.parametrize("page", BAD)
async def test_a_bad_server_is_left_with_a_clear_word_and_nothing_stays(page: str, tmp_path: Path) -> None:
    answer, code = BAD[page]
    async with site({page: answer}) as shop:
        patience = 2 if page == "/trickling" else 20
        error = await refused(shop.url(page), fetcher(tmp_path, total_s=patience))
    assert error.code == code, error.message
    assert isinstance(error, LimitReached) is (code == "too_large")
    assert list(tmp_path.iterdir()) == []


async def test_loopback_is_refused_before_anybody_connects(tmp_path: Path) -> None:
    async with site({"/a.png": whole(PNG)}) as shop:
        guard = Guard(ports=None)
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1"):
            assert (await refused(shop.url("/a.png", host), fetcher(tmp_path, guard))).code == "url_refused"
    assert shop.asked == []


async def test_a_redirect_to_a_private_address_is_refused(tmp_path: Path) -> None:
    async with site({"/secret": whole(PNG)}) as inner:
        targets = [
            inner.url("/secret", "127.0.0.2"),
            "http://169.254.169.254/",
            "http://[::1]/",
            "http://10.0.0.9/",
        ]
        for status in ("301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"):
            async with site({f"/{n}": moved(to, status) for n, to in enumerate(targets)}) as shop:
                for n in range(len(targets)):
                    error = await refused(shop.url(f"/{n}"), fetcher(tmp_path, only("127.0.0.1")))
                    assert isinstance(error, Denied), error.message
        assert inner.asked == []


def only(address: str) -> Guard:
    """A guard that lets one address of this machine pass, for the server that redirects."""
    return Guard(permitted=tuple(type(LOOPBACK[0])(f"{address}/32") for _ in range(1)), ports=None)


async def test_a_name_that_changes_its_address_is_connected_where_it_was_checked(tmp_path: Path) -> None:
    async with site({"/a.png": whole(PNG), "/again": moved("/a.png")}) as shop:
        once = at({"shop.example": ["127.0.0.1", "10.0.0.1"]})
        async with fetcher(tmp_path, once).fetch(shop.url("/a.png", "shop.example")) as got:
            assert got.bytes == len(PNG)  # the second answer of the name was never asked for
        rebound = at({"shop.example": ["127.0.0.1", "10.0.0.1"]})
        error = await refused(shop.url("/again", "shop.example"), fetcher(tmp_path, rebound))
        assert error.code == "url_refused"
    assert f"host: shop.example:{shop.port}" in shop.asked[0].lower()


async def test_redirects_are_followed(tmp_path: Path) -> None:
    pages = {"/1": moved("/2"), "/2": moved("a/logo.png?x=1"), "/a/logo.png": whole(PNG)}
    async with site({**pages}) as shop, fetcher(tmp_path).fetch(shop.url("/1")) as got:
        assert (got.name, got.url) == ("logo.png", shop.url("/a/logo.png"))


def test_a_redirect_never_leaves_https() -> None:
    assert next_hop("https://a.example/x", "https://b.example/y") == "https://b.example/y"
    assert next_hop("http://a.example/x", "https://b.example/y") == "https://b.example/y"
    assert next_hop("https://a.example/x/", "y") == "https://a.example/x/y"
    for there in ("http://a.example/x", "file:///x", "ftp://a.example"):
        with pytest.raises(Denied, match="redirects from https to"):
            next_hop("https://a.example/x", there)


async def test_an_unknown_host_and_a_closed_port_are_said(tmp_path: Path) -> None:
    async with site({}) as shop:
        pass
    assert (await refused(shop.url("/"), fetcher(tmp_path))).code == "url_unreachable"
    nobody = fetcher(tmp_path, at({}))
    assert (await refused("https://nobody.example/a.png", nobody)).code == "url_unknown"


async def test_a_certificate_for_somebody_else_is_refused(tmp_path: Path, served_tls: Site) -> None:
    made = fetcher(tmp_path, at({"shop.example": ["127.0.0.1"] * 2}))
    error = await refused(f"https://shop.example:{served_tls.port}/a.png", made)
    assert error.code == "url_unreachable"
    assert "certificate" in error.message.lower()
    assert served_tls.asked == []


@pytest.fixture
async def served_tls(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Site]:
    """A server that signs for itself."""
    folder = tmp_path_factory.mktemp("tls")
    argv = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    argv += ["-keyout", str(folder / "key"), "-out", str(folder / "cert"), "-days", "1", "-subj", "/CN=other"]
    ended = await asyncio.create_subprocess_exec(*argv, stderr=asyncio.subprocess.DEVNULL)
    assert await ended.wait() == 0
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert", folder / "key")
    async with site({"/a.png": whole(PNG)}, context) as made:
        yield made


async def test_a_fetch_that_is_given_up_ends_its_connection(tmp_path: Path) -> None:
    gone = asyncio.Event()

    async def waits(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + PNG)
        await writer.drain()
        started.set()
        with contextlib.suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b"\0")
                await writer.drain()
                await asyncio.sleep(0.01)
        gone.set()

    started = asyncio.Event()
    async with site({"/a.png": waits}) as shop:
        made = fetcher(tmp_path, read_s=30, total_s=60)
        task = asyncio.create_task(refused(shop.url("/a.png"), made))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(10):
            await gone.wait()
    assert list(tmp_path.iterdir()) == []


async def test_the_front_loads_what_connects_and_guards_alike(tmp_path: Path) -> None:
    front = create(FetchConfig(folder=tmp_path))
    for _ in range(2):
        with pytest.raises(Denied, match="not public"):
            async with front.fetch("http://169.254.169.254/a.png"):
                raise AssertionError("it was fetched")
