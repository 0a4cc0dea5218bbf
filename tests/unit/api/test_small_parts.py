"""The small parts of the doors, each alone."""

import struct

import pytest

from api.deliver import asked, disposition, type_of
from api.guard import host_name
from api.house import is_loopback
from api.orders import title_of
from domain.media import kind_of


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("bytes=0-9", (0, 10)), ("bytes=5-", (5, 100)), ("bytes=-5", (95, 100)), ("bytes=-500", (0, 100)),
        ("bytes=90-500", (90, 100)), ("bytes=100-", (0, 0)), ("bytes=-0", (0, 0)), ("bytes=7-3", None),
        ("bytes=0-1,3-4", None), ("bytes=", None), ("bytes=-", None), ("", None), ("bytes=1-x", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)  # fmt: skip
def test_a_range_is_read(wanted: str, found: tuple[int, int] | None) -> None:
    assert asked(wanted, 100) == found


def test_a_range_of_an_empty_file_is_never_there() -> None:
    assert asked("bytes=0-", 0) == (0, 0)
    assert asked("bytes=-5", 0) == (0, 0)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("film.mp4", "video/mp4"), ("a.JPG", "image/jpeg"), ("scenes/a.py", "text/plain; charset=utf-8"),
        ("a.html", "application/octet-stream"), ("a.js", "application/octet-stream"),
        ("noending", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_type_is_never_one_that_a_browser_runs(path: str, kind: str) -> None:
    assert type_of(path) == kind


def test_a_name_in_a_header_cannot_leave_it() -> None:
    told = disposition('a"b\r\nSet-Cookie: x\\شاي.mp4', attachment=True)
    assert "\r" not in told
    assert "\n" not in told
    assert told.count('"') == 2
    assert told.startswith('attachment; filename="a_bSet-Cookie_ x_')
    told.encode("latin-1")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:8470", "localhost"), ("[::1]:8470", "::1"), ("[::1]", "::1"), ("", ""),
        ("EXAMPLE.com.", "example.com"),
    ],
)  # fmt: skip
def test_a_host_is_read_without_its_port(host: str, name: str) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST.", "::1", "[::1]"])
def test_loopback_is_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "10.0.0.1", "localhost.evil.example", "127.0.0.1.nip.io", ""]
)
def test_everything_else_is_not(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("Noor Tea", "Noor Tea"),
        ("  A\n\ncalm   film ", "A calm film"),
        ("A launch teaser, for a brand of green tea that nobody has heard of until now",
         "A launch teaser, for a brand of green tea that nobody has…"),
        ("x" * 100, "x" * 60 + "…"),
    ],
)  # fmt: skip
def test_a_prompt_gives_a_title(prompt: str, title: str) -> None:
    assert title_of(prompt) == title


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image"), (b"\xff\xd8\xff\xe0", "image"), (b"RIFF....WEBPVP8 ", "image"),
        (b"RIFF....WAVEfmt ", "audio"), (b"RIFF....AVI LIST", None), (b"fLaC", "audio"), (b"OggS", "audio"),
        (b"ID3\x04", "audio"), (b"\xff\xfb\x90\x00", "audio"), (b"\xff\xff\xff\xff", None),
        (struct.pack(">I4s4s", 24, b"ftyp", b"M4A "), "audio"),
        (struct.pack(">I4s4s", 24, b"ftyp", b"qt  "), "video"),
        (struct.pack(">I4s4s", 24, b"ftyp", b"mp42"), "video"),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 20, "video"),
        (struct.pack(">I4s4s", 24, b"ftyp", b"heic"), None),
        (b"\x00\x01\x00\x00\x00\x10", "font"), (b"OTTO", "font"), (b"wOF2", None), (b"ttcf", None),
        (b"<svg xmlns='x'>", "svg"), (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- hi -->\n<svg>", "svg"),
        (b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>", None), (b"<html><svg>", None), (b"", None),
        (b"GIF89a", None),
        (b"#EXTM3U", None), (b"%!PS", None), (b"<svgx>", None),
    ],
)  # fmt: skip
def test_media_is_known_by_its_first_bytes(head: bytes, kind: str | None) -> None:
    assert kind_of(head) == kind
