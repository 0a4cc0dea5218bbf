"""Two hundred files that mean well, and must go on being taken."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import Image

from domain.engine import MediaKind
from tests.abuse.media.sources import SPACE, clip, picture, tone


@dataclass(frozen=True)
class Good:
    """A file as people have them."""

    name: str
    kind: MediaKind
    make: Callable[[], bytes]


SIZES = [(1, 1), (7, 3), (64, 64), (333, 1), (640, 361)]


def _upright(number: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = number
    return picture("JPEG", (60, 30), exif=exif.tobytes())


def _pictures() -> list[Good]:
    found = [
        Good(f"PNG {mode} {size}", "image", lambda mode=mode, size=size: picture("PNG", size, mode))
        for mode, size in product(("1", "L", "LA", "P", "RGB", "RGBA", "I;16"), SIZES)
    ]
    found += [
        Good(
            f"JPEG {mode} {size} {progressive}",
            "image",
            lambda mode=mode, size=size, progressive=progressive: picture(
                "JPEG", size, mode, progressive=progressive
            ),
        )
        for mode, size, progressive in product(("L", "RGB", "CMYK"), SIZES, (False, True))
    ]
    found += [
        Good(
            f"WebP {mode} {size} {lossless}",
            "image",
            lambda mode=mode, size=size, lossless=lossless: picture("WEBP", size, mode, lossless=lossless),
        )
        for mode, size, lossless in product(("RGB", "RGBA"), SIZES, (False, True))
    ]
    return found + [Good(f"JPEG turned {n}", "image", lambda n=n: _upright(n)) for n in range(1, 9)]


def _sounds() -> list[Good]:
    waves = [
        ("a.wav", ("-c:a", codec))
        for codec in ("pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8", "pcm_mulaw", "pcm_alaw")
    ]
    packed = [
        ("a.flac", ()),
        ("a.mp3", ()),
        ("a.mp3", ("-q:a", "9")),
        ("a.ogg", ("-c:a", "libvorbis")),
        ("a.ogg", ("-c:a", "libopus", "-ar", "48000")),
        ("a.m4a", ("-c:a", "aac")),
        ("a.m4a", ("-c:a", "alac")),
        ("a.aac", ("-c:a", "aac")),
        ("a.mka", ("-c:a", "flac")),
        ("a.webm", ("-c:a", "libopus", "-ar", "48000")),
    ]
    found = [
        Good(
            f"{name} {' '.join(words)} of {channels}",
            "audio",
            lambda name=name, words=words, channels=channels: tone(name, *words, "-ac", str(channels)),
        )
        for (name, words), channels in [*product([*waves, *packed], (1, 2)), *product(waves, (6,))]
    ]
    return found + [
        Good(f"WAVE at {rate}", "audio", lambda rate=rate: tone("a.wav", rate=rate))
        for rate in (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 48_000, 88_200, 96_000)
    ]


def _clips() -> list[Good]:
    kinds = [
        ("a.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv420p")), ("a.mp4", ("-c:v", "mpeg4")),
        ("a.mp4", ("-c:v", "libx265", "-pix_fmt", "yuv420p", "-x265-params", "log-level=none")),
        ("a.mov", ("-c:v", "prores_ks")),
        ("a.mov", ("-c:v", "mjpeg")), ("a.mkv", ("-c:v", "libx264")), ("a.mkv", ("-c:v", "ffv1")),
        ("a.webm", ("-c:v", "libvpx")), ("a.webm", ("-c:v", "libvpx-vp9", "-cpu-used", "8")),
    ]  # fmt: skip
    return [
        Good(
            f"{name} {words[1]} {size}{' with sound' * sound}",
            "video",
            lambda name=name, words=words, size=size, sound=sound: clip(name, *words, size=size, sound=sound),
        )
        for (name, words), (size, sound) in product(kinds, (("64x48", False), ("130x74", True)))
    ]


def _fonts() -> list[Good]:
    paths = [path for path in sorted(Path("/usr/share/fonts").rglob("*.ttf")) if "Emoji" not in path.name][:6]

    def packed(path: Path, flavor: str | None) -> bytes:
        with TTFont(path, fontNumber=0) as font:
            font.flavor = flavor
            page = BytesIO()
            font.save(page)
        return page.getvalue()

    return [
        Good(f"{path.stem} {flavor}", "font", lambda path=path, flavor=flavor: packed(path, flavor))
        for path, flavor in product(paths, (None, "woff", "woff2"))
    ]


DRAWINGS = [
    '<circle cx="5" cy="5" r="4"/>',
    '<rect width="8" height="6" rx="2"/>',
    '<path d="M0 0L9 9" stroke="red"/>',
    '<ellipse cx="5" cy="5" rx="4" ry="2"/>',
    '<polygon points="0,0 9,0 5,9"/>',
    '<polyline points="0,0 9,9" stroke="red"/>',
    '<line x1="0" y1="0" x2="9" y2="9" stroke="red"/>',
    '<g transform="rotate(20)"><rect width="4" height="4"/></g>',
    '<g id="a"><rect width="3" height="3"/></g><use href="#a"/>',
    '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
    '<rect width="9" height="9" fill="url(#g)"/>',
    '<defs><radialGradient id="g"><stop offset="0" stop-color="red"/></radialGradient></defs>'
    '<rect width="9" height="9" fill="url(#g)"/>',
    '<defs><clipPath id="c"><circle cx="5" cy="5" r="3"/></clipPath></defs>'
    '<rect width="9" height="9" clip-path="url(#c)"/>',
    '<defs><mask id="m"><rect width="9" height="9" fill="white"/></mask></defs>'
    '<rect width="9" height="9" mask="url(#m)"/>',
    '<style>.a { fill: #ff8040 }</style><rect class="a" width="9" height="9"/>',
    '<rect width="9" height="9" opacity=".5"/>',
    '<title>Leaf</title><desc>A leaf</desc><circle r="4"/>',
    '<rect width="9" height="9" style="fill:rgb(10,20,30)"/>',
    '<path d="M1 5a4 4 0 1 1 8 0z" fill-rule="evenodd"/>',
    '<symbol id="s"><circle r="4"/></symbol><use href="#s"/>',
    '<rect width="9" height="9" fill="none" stroke="#000" stroke-dasharray="2 1"/>',
]


def _drawings() -> list[Good]:
    def drawn(inside: str) -> bytes:
        return f'<svg {SPACE} viewBox="0 0 10 10">{inside}</svg>'.encode()

    return [Good(f"drawing {n}", "svg", lambda each=each: drawn(each)) for n, each in enumerate(DRAWINGS)]


GOOD = [*_pictures(), *_sounds(), *_clips(), *_fonts(), *_drawings()]
