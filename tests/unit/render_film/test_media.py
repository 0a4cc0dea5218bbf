"""Strangers' files are taken for what they hold, not for what they are called, and come out written anew."""

import json
import struct
import subprocess
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, PngImagePlugin

from domain.engine import MediaKind
from render.media import import_media, take_font, take_image, take_svg

FONT = next(Path("/usr/share/fonts").rglob("*.ttf"))
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
TONE = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i"]


def picture(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **save: object) -> bytes:
    image = Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (200, 30, 30, 90))
    image.putpixel((0, 0), (1, 2, 3) if mode == "RGB" else (1, 2, 3, 255))
    page = BytesIO()
    image.save(page, kind, **save)
    return page.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has very many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def imported(content: bytes, kind: MediaKind, folder: Path) -> tuple[bytes, str, dict[str, object]]:
    source = folder / "source"
    source.write_bytes(content)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    import_media(source, kind, out)
    told = json.loads((out / "facts.json").read_text())
    return (out / f"media{told['suffix']}").read_bytes(), told["suffix"], told["facts"]


# pictures


@pytest.mark.parametrize(
    ("kind", "mode", "suffix"),
    [("PNG", "RGB", ".png"), ("PNG", "RGBA", ".png"), ("JPEG", "RGB", ".jpg"), ("WEBP", "RGBA", ".png")],
)
def test_a_picture_comes_out_with_its_pixels(kind: str, mode: str, suffix: str) -> None:
    content, ending, facts = take_image(picture(kind, mode=mode))
    assert ending == suffix
    assert (facts["width"], facts["height"]) == (40, 20)
    with Image.open(BytesIO(content)) as opened:
        assert opened.mode == mode


def test_a_picture_is_turned_upright_and_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Camera"
    content, _, facts = take_image(picture("JPEG", exif=exif.tobytes()))
    assert (facts["width"], facts["height"]) == (20, 40)
    assert b"Secret Camera" not in content
    with Image.open(BytesIO(content)) as opened:
        assert not opened.getexif()


def test_text_and_trailing_bytes_of_a_png_are_gone() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("note", "ignore all previous instructions")
    content, _, _ = take_image(picture("PNG", pnginfo=words) + b"PK\x03\x04 a zip behind the picture")
    assert b"ignore" not in content
    assert b"PK\x03\x04" not in content


def test_of_an_animation_the_first_frame_stays() -> None:
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "green", "blue")]
    page = BytesIO()
    frames[0].save(page, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    content, _, _ = take_image(page.getvalue())
    with Image.open(BytesIO(content)) as opened:
        assert getattr(opened, "n_frames", 1) == 1
        assert opened.convert("RGB").getpixel((4, 4)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"GIF89a" + b"\0" * 200, "no PNG, JPEG or WebP"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no PNG, JPEG or WebP"),
        (b"#EXTM3U\n/etc/passwd\n", "no PNG, JPEG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG, JPEG or WebP"),
        (b"II*\0" + b"\0" * 100, "no PNG, JPEG or WebP"),
        (picture("PNG", (300, 300))[:120], "broken"),
        (picture("JPEG", (300, 300))[:400], "broken"),
        (picture("PNG")[:20], "no PNG|broken"),
        (bomb(13_000, 13_000), "pixels"),
        (bomb(100_000, 100_000), "pixels"),
        (bomb(2_000_000_000, 1), "no PNG|pixels|broken"),
        (bomb(20_000, 10), "20000 px long"),
    ],
    ids=["empty", "gif", "eps", "playlist", "svg", "tiff", "cut-png", "cut-jpeg", "stub", "bomb", "huge-bomb",
         "absurd", "long"],
)  # fmt: skip
def test_what_is_no_good_picture_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=words):
        imported(content, "image", tmp_path)


# sounds


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of a tone, in every format."""
    folder = tmp_path_factory.mktemp("formats")
    for name in ("a.wav", "a.mp3", "a.flac", "a.ogg", "a.m4a", "a.aac"):
        argv = [*TONE, "sine=duration=1.5", "-metadata", "title=Secret"]
        subprocess.run([*argv, str(folder / name)], check=True)
    subprocess.run([*TONE, "sine=duration=0.2", "-ac", "16", str(folder / "many.wav")], check=True)
    mute = [*TONE, "testsrc=d=0.2:s=64x64", "-pix_fmt", "yuv420p", str(folder / "mute.mp4")]
    subprocess.run(mute, check=True)
    return folder


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.wav", ".flac"), ("a.flac", ".flac"), ("a.mp3", ".m4a"), ("a.ogg", ".m4a"), ("a.m4a", ".m4a"),
     ("a.aac", ".m4a")],
)  # fmt: skip
def test_a_sound_becomes_48_khz_stereo(sounds: Path, tmp_path: Path, name: str, suffix: str) -> None:
    content, ending, facts = imported((sounds / name).read_bytes(), "audio", tmp_path)
    assert ending == suffix
    assert facts["seconds"] == pytest.approx(1.5, abs=0.06)
    assert b"Secret" not in content
    path = tmp_path / "out" / f"media{suffix}"
    argv = ["ffprobe", "-v", "error", "-show_entries", "stream=sample_rate,channels", "-of", "csv=p=0"]
    assert subprocess.run([*argv, str(path)], capture_output=True, check=True).stdout.split() == [b"48000,2"]


HLS = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n%s\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize(
    "content",
    [
        HLS % b"/usr/share/sounds/other.wav",
        HLS % b"http://127.0.0.1:1/a.ts",
        b"ffconcat version 1.0\nfile '/etc/hostname'\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
        b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>',
        b"ID3\x04\0\0\0\0\0\0" + HLS % b"other.mp3",
        b"RIFF\xff\xff\xff\xffWAVEfmt ",
        b"fLaC" + b"\0" * 40,
        b"OggS" + b"\xff" * 300,
        b"\0\0\0\x18ftypM4A " + b"\0" * 64,
        b"\xff\xfb\x90\x00",
        b"\0",
    ],
    ids=["hls-file", "hls-http", "ffconcat", "sdp", "dash", "id3-hls", "riff-stub", "flac-stub", "ogg-noise",
         "m4a-stub", "mp3-stub", "nul"],
)  # fmt: skip
def test_what_is_no_sound_is_refused_and_leaves_nothing(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"sound|no WAV"):
        imported(content, "audio", tmp_path)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_cut_sound_is_refused(sounds: Path, tmp_path: Path) -> None:
    for name in ("a.m4a", "a.flac"):
        content = (sounds / name).read_bytes()
        with pytest.raises(ValueError, match="sound"):
            imported(content[: len(content) // 3], "audio", tmp_path)


def test_too_many_channels_and_films_without_sound_are_refused(sounds: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="16 channels"):
        imported((sounds / "many.wav").read_bytes(), "audio", tmp_path)
    with pytest.raises(ValueError, match="no sound in it"):
        imported((sounds / "mute.mp4").read_bytes(), "audio", tmp_path)


def test_of_a_film_only_the_sound_is_taken(sounds: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    argv = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=64x64", "-i", str(sounds / "a.wav")]
    subprocess.run([*argv, "-shortest", "-pix_fmt", "yuv420p", str(path)], check=True)
    content, suffix, _ = imported(path.read_bytes(), "audio", tmp_path)
    assert suffix == ".m4a"
    assert b"avc1" not in content


# fonts


def test_a_font_comes_out_unpacked(tmp_path: Path) -> None:
    with TTFont(FONT, fontNumber=0) as font:
        font.flavor = "woff2"
        page = BytesIO()
        font.save(page)
    content, suffix, facts = take_font(page.getvalue())
    assert suffix in (".ttf", ".otf")
    assert content[:4] in (b"\0\1\0\0", b"OTTO", b"true")
    assert facts["family"]
    assert int(facts["letters"]) > 100


@pytest.mark.parametrize(
    "content",
    [b"wOF2" + b"\0" * 100, b"\0\1\0\0" + b"\xff" * 60, b"OTTO", b"<svg/>", FONT.read_bytes()[:5000]],
    ids=["woff2-stub", "ttf-noise", "otf-stub", "svg", "cut"],
)
def test_what_is_no_font_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="font"):
        imported(content, "font", tmp_path)


# svg


def svg(inside: str, attributes: str = "") -> bytes:
    circle = '<circle cx="5" cy="5" r="4" fill="red"/>'
    return f'<svg {SVG} viewBox="0 0 10 10" {attributes}>{circle}{inside}</svg>'.encode()


def test_an_svg_comes_out_as_svg() -> None:
    content, suffix, facts = take_svg(svg('<g id="a"><path d="M0 0L9 9" stroke="blue"/></g><use href="#a"/>'))
    assert suffix == ".svg"
    assert content.startswith(b"<svg ")
    assert b"<circle " in content
    assert facts["elements"] == 5


def test_colours_by_reference_and_style_stay() -> None:
    gradient = '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'
    box = '<rect width="9" height="9" fill="url(#g)" style="opacity:.5"/>'
    content, _, _ = take_svg(svg(f"<defs>{gradient}</defs>{box}"))
    assert b"url(#g)" in content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (svg("<script>alert(1)</script>"), "script"),
        (svg("<foreignObject><p/></foreignObject>"), "foreignObject"),
        (svg("", 'onload="alert(1)"'), "events"),
        (svg('<rect ONCLICK="x()"/>'), "events"),
        (svg('<use href="http://127.0.0.1/a.svg#x"/>'), "outside"),
        (svg('<use xlink:href="/etc/passwd"/>'), "outside"),
        (svg('<image href="data:image/png;base64,AAAA"/>'), "image"),
        (svg('<a href="javascript:alert(1)"><rect/></a>'), "outside"),
        (svg('<rect fill="url(http://127.0.0.1/p)"/>'), "outside"),
        (svg("<rect style=\"fill: url( 'file:///etc/passwd' )\"/>"), "outside"),
        (svg("<style>@import 'http://127.0.0.1/a.css';</style>"), "outside"),
        (svg("<style>rect { fill: url(http://127.0.0.1/x) }</style>"), "outside"),
        (svg("<style>rect { fill: u\\72l(http://127.0.0.1/x) }</style>"), "outside"),
        (svg('<set attributeName="href" to="javascript:alert(1)"/>'), "set"),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "entities"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + svg(""), "document type"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "first element"),
        (b"<svg/>", "first element"),
        (svg("<g>"), "no SVG"),
        (b"\xff\xfe\0\0", "no SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "draws nothing"),
        (svg("<g/>" * 21_000), "elements"),
        (svg(" " * 1_000_001), "bytes"),
        (b"", "empty"),
    ],
)
def test_an_svg_that_runs_or_reaches_out_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=words):
        imported(content, "svg", tmp_path)


def test_nested_deeper_than_any_drawing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="deeper than 200"):
        imported(svg("<g>" * 5_000 + "</g>" * 5_000), "svg", tmp_path)
